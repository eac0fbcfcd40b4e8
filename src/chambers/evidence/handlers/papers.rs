//! `/chambers/{id}/evidence.pdf`, `….xlsx`: the sheet for the president, for pages and API alike.

use super::period;
use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::editing::load;
use crate::chambers::evidence::model::{EvidenceFigure, Period};
use crate::chambers::evidence::papers::{Dossier, written};
use crate::chambers::evidence::{handlers::sheet::labels, view};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::papers::{self as writing, Say};
use crate::web::download;
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /chambers/{id}/evidence.pdf?from=&to=`, and under `/api/v1`
pub async fn pdf(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (name, paper) = paper(&app, reader.0, visit.lang, id.into_inner(), &params).await?;
    let bytes = app.block(move |app| writing::pdf(&paper, app.fonts()?)).await?;
    Ok(download::pdf(&format!("{name}.pdf"), bytes))
}

/// `GET /chambers/{id}/evidence.xlsx?from=&to=`, and under `/api/v1`
pub async fn xlsx(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (name, paper) = paper(&app, reader.0, visit.lang, id.into_inner(), &params).await?;
    let bytes = app.block(move |_| writing::xlsx(&paper)).await?;
    Ok(download::xlsx(&format!("{name}.xlsx"), bytes))
}

/// What the file is called, without its ending, and the paper.
async fn paper(
    app: &App,
    actor: Actor,
    lang: Lang,
    id: String,
    params: &Params,
) -> Result<(String, writing::Paper), AppError> {
    params.only(&["from", "to"])?;
    let period = period(params)?;
    app.read(move |app, conn| {
        let dossier = dossier(conn, app, &actor, lang, &id, period)?;
        let say = Say { i18n: app.views.i18n(), lang };
        let name = format!("{}-{}-{}", dossier.evidence.chamber.code, period.from, period.to);
        Ok((name, written(&dossier, say)))
    })
    .await
}

/// What the sheet tells, with the rows that its reader sees.
fn dossier(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    id: &str,
    period: Period,
) -> Result<Dossier, AppError> {
    let chamber = load(conn, actor, id)?;
    let evidence = view::of_chamber(conn, app, actor, &chamber, period)?;
    let mut rows = Vec::new();
    for figure in EvidenceFigure::ALL {
        rows.push((*figure, view::opened(conn, app, actor, &chamber.id, period, *figure)?));
    }
    Ok(Dossier { labels: labels(app, lang, period, &evidence.labels), evidence, rows })
}
