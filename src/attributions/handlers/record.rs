//! `/leads/{id}/attribution`: how the credit for a lead is shared, and a change of it.

use crate::accounts::Actor;
use crate::app::App;
use crate::attributions::changing::{AttributionBody, AttributionPart, change};
use crate::attributions::pages::Show;
use crate::attributions::{policy, view};
use crate::chambers;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::filings::shares::{percent, share_bp};
use crate::leads::handlers::load;
use crate::leads::handlers::small_page::{Reader, again, head, returned};
use crate::leads::queries::Known;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

/// Lines of the form beside those that are filled.
const EMPTY_LINES: usize = 2;

/// `GET /api/v1/leads/{id}/attribution`, with the lead's ETag
pub async fn read(reader: LeadReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let (version, shown) = app
        .read(move |_, conn| {
            let lead = load(conn, &reader, &id)?.lead;
            Ok((lead.version, view::of_lead(conn, &reader, &lead)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shown))
}

/// `POST /api/v1/leads/{id}/attribution {shares: [{chamber_id, share_bp}], reason}` → the change
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<AttributionBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (shown, version) = app
        .write(&actor.clone(), move |_, conn| {
            // A lead that leaves the actor's scope by the change is told of as it was.
            let lead = load(conn, &actor, &id)?.lead;
            let (change, version) = change(conn, &actor, &id, if_match, &body)?;
            Ok::<_, AppError>((view::one(conn, &actor, change, lead)?, version))
        })
        .await?;
    let location = format!("/api/v1/attribution-changes/{}", shown.id);
    Ok(HttpResponse::Created().insert_header(("Location", location)).insert_header(etag(version)).json(shown))
}

/// `GET /leads/{id}/attribution?with=`: another chamber may be named beforehand, as after a later claim.
pub async fn page(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["with"])?;
    let mut form = Filled::new();
    if let Some(with) = params.text("with") {
        form = form.value("with", with);
    }
    again(&app, &visit, reader.0, id.into_inner(), load, form, StatusCode::OK, make).await
}

/// `POST /leads/{id}/attribution`
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, lead, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |_, conn| {
            let body = AttributionBody {
                shares: entered(conn, &typed)?,
                reason: typed.text("reason").unwrap_or_default(),
            };
            change(conn, &actor, &lead, typed.version(), &body)
        })
        .await;
    match done {
        Ok((change, _)) => {
            let done = if change.outcome.is_some() { "attribution-changed" } else { "attribution-proposed" };
            Ok(flash::redirect(format!("/leads/{}", change.lead_id), Message::new(done)))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            again(&app, &visit, reader.0, id, load, filled, status, make).await
        }
    }
}

/// The lines that name a chamber.
fn entered(conn: &mut AnyConn, form: &Form) -> Result<Vec<AttributionPart>, AppError> {
    let (mut parts, mut errors) = (Vec::new(), FieldErrors::default());
    for line in lines() {
        let (chamber, share) = (form.text(&format!("chamber_{line}")), form.text(&format!("share_{line}")));
        let Some(name) = chamber else {
            if share.is_some() {
                errors.add(format!("chamber_{line}"), "required");
            }
            continue;
        };
        let known = chambers::queries::find_by_name(conn, &name)?;
        let bp = share.as_deref().and_then(share_bp);
        if known.is_none() {
            errors.add(format!("chamber_{line}"), "unknown-chamber");
        }
        match (known, bp) {
            (_, None) => errors.add(format!("share_{line}"), "share-out-of-range"),
            (Some(chamber), Some(share_bp)) if share_bp > 0 => {
                parts.push(AttributionPart { chamber_id: chamber.code, share_bp });
            }
            // No part is what an empty line says, too.
            _ => {}
        }
    }
    errors.into_result()?;
    Ok(parts)
}

fn lines() -> std::ops::RangeInclusive<usize> {
    1..=crate::attributions::rules::MOST
}

fn make(
    conn: &mut AnyConn,
    _: &App,
    reader: &Reader,
    known: Known,
    mut form: Filled,
) -> Result<Show, AppError> {
    let (actor, lead) = (&reader.actor, &known.lead);
    let shown = view::of_lead(conn, actor, lead)?;
    let changes = policy::may_change(actor, lead) && shown.waiting.is_none();
    let mut filled = shown.shares.len();
    if changes && !form.values.contains_key("version") {
        for (line, share) in lines().zip(&shown.shares) {
            form.values.insert(format!("chamber_{line}"), share.name.clone());
            form.values.insert(format!("share_{line}"), percent(share.share_bp));
        }
        if let Some(other) = other(conn, actor, &mut form)?
            && shown.shares.iter().all(|share| share.name != other)
        {
            filled += 1;
            form.values.insert(format!("chamber_{filled}"), other);
        }
    }
    let shown_lines = lines().take_while(|line| {
        *line <= filled + EMPTY_LINES || form.values.contains_key(&format!("chamber_{line}"))
    });
    Ok(Show {
        lead: head(lead),
        lines: if changes { shown_lines.collect() } else { Vec::new() },
        shares: super::parts(shown.shares),
        waiting: shown.waiting.map(super::row),
        history: shown.history.into_iter().map(super::row).collect(),
        chambers: if changes { named(conn)? } else { Vec::new() },
        decides: policy::decides(actor.role),
        opens: policy::reads_changes(actor.role),
        form,
    })
}

/// The name of the chamber that the address names.
fn other(conn: &mut AnyConn, actor: &Actor, form: &mut Filled) -> Result<Option<String>, AppError> {
    let Some(with) = form.values.remove("with") else { return Ok(None) };
    Ok(chambers::queries::find_visible(conn, actor, &with)?.map(|chamber| chamber.name))
}

fn named(conn: &mut AnyConn) -> Result<Vec<String>, AppError> {
    Ok(chambers::queries::names(conn)?.into_iter().map(|(_, name)| name).collect())
}
