//! `/award-applications/{id}/archive`: everything of an application that was paid, in one file.

use super::load;
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::model::Attachment;
use crate::attachments::storage;
use crate::audit::{self, Act, Differences};
use crate::award_applications::archive::{self, Pack};
use crate::award_applications::papers::{Dossier, Say, accounts};
use crate::award_applications::{checklist, policy, queries};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::web::download::{self, Way};
use crate::web::i18n::Lang;
use crate::web::roles::AwardApplicationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path};
use futures_util::TryStreamExt;
use futures_util::stream::try_unfold;
use std::io::{Seek, SeekFrom};
use std::sync::Arc;

/// `GET /award-applications/{id}/archive`, and under `/api/v1`: from the payment on.
pub async fn show(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, lang) = (reader.0, visit.lang);
    let asker = actor.clone();
    let gathered = app.write(&actor, move |app, conn| gathered(conn, app, &asker, lang, &id)).await?;
    let (dossier, papers) = (Arc::new(gathered.0), gathered.1);
    let of = dossier.clone();
    let write = move |app: &App| Pack::new()?.write(&of, Say { i18n: app.views.i18n(), lang }, app.fonts()?);
    let mut pack = app.block(write).await?;
    for (at, paper) in papers.into_iter().enumerate() {
        let name = archive::name_of(at + 1, &paper);
        if !archive::is_included(&paper) {
            pack = pack.leave_out(&name, &paper);
            continue;
        }
        let content = app.attachments.get(&paper.storage_name, None).await?;
        let parts: Vec<Bytes> = content.try_collect().await.map_err(anyhow::Error::from)?;
        pack = app.block(move |_| pack.add_kept(&name, &paper, &parts.concat())).await?;
    }
    let code = dossier.application.code.clone();
    let by = actor.display_name.clone();
    let (file, size) = app
        .block(move |_| {
            let mut file = pack.finish(&dossier, &by, clock::now())?;
            let size = file.seek(SeekFrom::End(0)).map_err(anyhow::Error::from)?;
            file.seek(SeekFrom::Start(0)).map_err(anyhow::Error::from)?;
            Ok((file, size))
        })
        .await?;
    let parts = try_unfold(file, async |file| {
        let (file, bytes) = storage::part(file).await?;
        Ok::<_, AppError>((!bytes.is_empty()).then(|| (Bytes::from(bytes), file)))
    });
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header(header::ContentEncoding::Identity)
        .insert_header(download::disposition(Way::Saved, &format!("{code}.zip")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(SizedStream::new(size, Box::pin(parts))))
}

/// What goes into it; the trail says who took it out.
///
/// # Errors
/// 403 for roles that take no archives; 409 before the payment.
fn gathered(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    id: &str,
) -> Result<(Dossier, Vec<Attachment>), AppError> {
    let application = load(conn, actor, id)?;
    if !policy::archives(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    if !application.status.is_paid() {
        return Err(AppError::Conflict("award-not-paid"));
    }
    let project = queries::project_of(conn, &application)?.ok_or(AppError::NotFound)?;
    let mut payees = queries::payees_of(conn, std::slice::from_ref(&application.id))?;
    let payees = payees.remove(&application.id).unwrap_or_default();
    let filings = checklist::filings(conn, &project, &payees)?;
    let papers = checklist::papers(conn, actor, &application, &project, &filings)?;
    let subject_id = application.id.clone();
    let mut dossier = Dossier::of(conn, app, actor, lang, application)?;
    dossier.accounts = accounts::of(conn, app.tools(), actor, &dossier)?;
    let act = Act {
        action: "award.archive",
        subject_kind: "award_application",
        subject_id: subject_id.as_str(),
        differences: Differences::default().set("files", &papers.len()),
        reason: None,
    };
    audit::record(conn, actor, act)?;
    Ok((dossier, papers))
}
