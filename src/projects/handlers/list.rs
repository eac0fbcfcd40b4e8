//! `GET /api/v1/projects`

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::db::page::PageOf;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::projects::policy::{View, view_of};
use crate::projects::queries::{self, ProjectFilter, Sort, SortField};
use crate::projects::view;
use crate::web::params::Params;
use crate::web::roles::ProjectReader;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// Filters of the list.
pub const PARAMETERS: &[&str] =
    &["county", "industry", "leader", "chamber", "pool", "key", "reached", "waiting", "import", "q"];

/// Orders by what liaison and federation see.
const OWN_SORTS: &[SortField] = &[SortField::UpdatedAt, SortField::Code];

pub async fn index(reader: ProjectReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(PARAMETERS)?;
    let page = app
        .read(move |app, conn| {
            permit(&reader, &params)?;
            let filter = filter(conn, app, &params)?;
            let sort = params.one::<Sort>("sort")?.unwrap_or_default();
            let after = params.cursor(&sort.to_string())?;
            let page = queries::page(conn, &reader, &filter, sort, after.as_ref(), params.limit()?)?
                .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let items = view::list(conn, app.tools(), &reader, page.items)?;
            let total =
                if params.flag("count")? { Some(queries::count(conn, &reader, &filter)?) } else { None };
            Ok(PageOf { items, next_cursor: page.next_cursor, total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// The filter that the parameters describe. A person or chamber that does not exist finds nothing.
pub fn filter(conn: &mut AnyConn, app: &App, params: &Params) -> Result<ProjectFilter, AppError> {
    let nobody = Id::generate();
    let mut filter = ProjectFilter {
        counties: params.codes("county", |code| app.reference.is_county(code))?,
        industries: params.codes("industry", |code| app.reference.industry(code).is_some())?,
        in_pool: yes_or_no(params, "pool")?,
        key: yes_or_no(params, "key")?,
        reached: params.one("reached")?,
        waiting: params.flag("waiting")?,
        import: params.one("import")?,
        text: params.text("q").map(str::to_owned),
        ..ProjectFilter::default()
    };
    match params.text("leader") {
        Some("none") => filter.without_leader = true,
        Some(named) => {
            let found = match named.parse::<Id>() {
                Ok(id) => Some(id),
                Err(_) => users::find_by_username(conn, named)?.map(|user| user.id),
            };
            filter.leader = Some(found.unwrap_or_else(|| nobody.clone()));
        }
        None => {}
    }
    if let Some(named) = params.text("chamber") {
        let chamber = chambers::queries::find(conn, named)?.map(|chamber| chamber.id);
        filter.chamber = Some(chamber.unwrap_or(nobody));
    }
    Ok(filter)
}

/// 403 that names the filters and the order of what the actor's pages do not show: by them he would learn it.
fn permit(actor: &Actor, params: &Params) -> Result<(), AppError> {
    if view_of(actor.role) != View::NameAndStage {
        return Ok(());
    }
    let mut forbidden = FieldErrors::default();
    for name in PARAMETERS.iter().filter(|name| params.text(name).is_some()) {
        forbidden.add(*name, "forbidden-field");
    }
    if params.one::<Sort>("sort")?.is_some_and(|sort| !OWN_SORTS.contains(&sort.field)) {
        forbidden.add("sort", "forbidden-field");
    }
    if forbidden.is_empty() { Ok(()) } else { Err(AppError::ForbiddenFields(forbidden)) }
}

fn yes_or_no(params: &Params, name: &'static str) -> Result<Option<bool>, AppError> {
    if params.text(name).is_none() { Ok(None) } else { params.flag(name).map(Some) }
}
