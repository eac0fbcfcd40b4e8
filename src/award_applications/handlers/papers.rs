//! `/award-applications/{id}/papers/{paper}.pdf`, `….xlsx`: the papers that the program writes, for pages and API alike.

use super::load;
use crate::accounts::Actor;
use crate::app::App;
use crate::award_applications::papers::{self, Dossier, PaperKind, Say, accounts};
use crate::award_applications::policy;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::papers as writing;
use crate::web::download;
use crate::web::i18n::Lang;
use crate::web::roles::AwardApplicationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /award-applications/{id}/papers/{paper}.pdf`, and under `/api/v1`
pub async fn pdf(
    reader: AwardApplicationReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, kind) = path.into_inner();
    let kind: PaperKind = kind.parse().map_err(|_| AppError::NotFound)?;
    let (name, paper) = written(&app, reader.0, visit.lang, id, kind).await?;
    let bytes = app.block(move |app| writing::pdf(&paper, app.fonts()?)).await?;
    Ok(download::pdf(&format!("{name}.pdf"), bytes))
}

/// `GET /award-applications/{id}/papers/{paper}.xlsx`, and under `/api/v1`: of those that are edited on.
pub async fn xlsx(
    reader: AwardApplicationReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, kind) = path.into_inner();
    let kind: Option<PaperKind> = kind.parse().ok().filter(|kind: &PaperKind| kind.has_sheet());
    let kind = kind.ok_or(AppError::NotFound)?;
    let (name, paper) = written(&app, reader.0, visit.lang, id, kind).await?;
    let bytes = app.block(move |_| writing::xlsx(&paper)).await?;
    Ok(download::xlsx(&format!("{name}.xlsx"), bytes))
}

/// What the file is called, without its ending, and the paper. A payment list that tells accounts is a write: the
/// trail has it.
async fn written(
    app: &App,
    actor: Actor,
    lang: Lang,
    id: String,
    kind: PaperKind,
) -> Result<(String, writing::Paper), AppError> {
    if kind == PaperKind::PaymentList && accounts::may_be_told(actor.role) {
        let asker = actor.clone();
        app.write(&asker, move |app, conn| paper(conn, app, &actor, lang, &id, kind)).await
    } else {
        app.read(move |app, conn| paper(conn, app, &actor, lang, &id, kind)).await
    }
}

/// # Errors
/// 403 for who sees only how far it has come; 409 while there is nothing to be said yet.
fn paper(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    id: &str,
    kind: PaperKind,
) -> Result<(String, writing::Paper), AppError> {
    let application = load(conn, actor, id)?;
    if !policy::sees_all(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    let mut dossier = Dossier::of(conn, app, actor, lang, application)?;
    if !kind.is_ready(&dossier.application) {
        return Err(AppError::Conflict("award-paper-not-ready"));
    }
    let code = dossier.application.code.clone();
    if kind == PaperKind::PaymentList {
        dossier.accounts = accounts::of(conn, app.tools(), actor, &dossier)?;
    }
    let say = Say { i18n: app.views.i18n(), lang };
    Ok((format!("{code}-{}", kind.title(say)), papers::write(kind, &dossier, say)))
}
