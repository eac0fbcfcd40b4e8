//! `/projects/{id}/referral-shares`: how the referrers of a project share its award.

use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::filings::forms::{ShareBody, SharesBody};
use crate::filings::pages::SharesForm;
use crate::filings::policy::{self, View};
use crate::filings::queries;
use crate::filings::shares::{self, percent, share_bp};
use crate::projects::handlers::small_page::{Reader, head, show, submit as submit_small};
use crate::projects::handlers::{load, load_editable};
use crate::projects::model::Project;
use crate::referrers;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::FilingReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /api/v1/projects/{id}/referral-shares`, with the project's ETag
pub async fn read(reader: FilingReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let (version, shown) = app
        .read(move |_, conn| {
            let project = load(conn, &reader, &id)?;
            if policy::view_of(reader.role) != View::All {
                return Err(AppError::Forbidden("role"));
            }
            Ok((project.version, shares::of_project(conn, &project)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shown))
}

/// `PUT /api/v1/projects/{id}/referral-shares {agreed_on, shares: [{referrer_id, share_bp}]}`, with the project's ETag
pub async fn update(
    reader: FilingReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<SharesBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (version, shown) = app
        .write(&actor.clone(), move |_, conn| {
            let project = load_editable(conn, &actor, &id)?;
            if_match.require(project.version)?;
            let project = shares::put(conn, &actor, project, body)?;
            Ok((project.version, shares::of_project(conn, &project)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shown))
}

/// `GET /projects/{id}/referral-shares`
pub async fn form(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), page).await
}

/// `POST /projects/{id}/referral-shares`
pub async fn submit(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("shares-saved");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen: IfMatch, form: &mut Form| {
        let project = load_editable(conn, actor, id)?;
        seen.honour(project.version)?;
        let agreed_on = form.date("agreed_on");
        form.check()?;
        let agreed_on = agreed_on.ok_or_else(|| AppError::invalid("agreed_on", "required"))?;
        let mut entered = Vec::new();
        for one in filed(conn, &project)? {
            if let Some(text) = form.text(&format!("share_{}", one.value)) {
                let share =
                    share_bp(&text).ok_or_else(|| AppError::invalid("shares", "share-out-of-range"))?;
                // Nothing is what an empty field says, too.
                if share > 0 {
                    entered.push(ShareBody { referrer_id: one.value, share_bp: share });
                }
            }
        }
        shares::put(conn, actor, project, SharesBody { agreed_on, shares: entered })
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, page).await
}

/// Codes and names of the referrers with an open filing, in the order of filing, each once.
fn filed(conn: &mut AnyConn, project: &Project) -> Result<Vec<Choice>, AppError> {
    let open = queries::of_project(conn, project)?.into_iter().filter(|filing| filing.withdrawn_on.is_none());
    let mut ids = Vec::new();
    for filing in open {
        // Twice, where two leads that he brought were merged.
        if !ids.contains(&filing.referrer_id) {
            ids.push(filing.referrer_id);
        }
    }
    let known = referrers::queries::of_ids(conn, &ids)?;
    let named = ids.iter().filter_map(|id| known.iter().find(|one| one.id == *id));
    Ok(named.map(|one| Choice::named(one.code.clone(), one.name.clone())).collect())
}

fn page(
    conn: &mut AnyConn,
    _: &App,
    _: &Reader,
    project: Project,
    mut form: Filled,
) -> Result<SharesForm, AppError> {
    let known = shares::of_project(conn, &project)?;
    if !form.values.contains_key("agreed_on") {
        let day = known.agreed_on.map(|day| day.to_string());
        form.values.insert("agreed_on".to_owned(), day.unwrap_or_default());
        for share in &known.shares {
            form.values.insert(format!("share_{}", share.referrer.code), percent(share.share_bp));
        }
    }
    Ok(SharesForm { referrers: filed(conn, &project)?, frozen: known.frozen, project: head(&project), form })
}
