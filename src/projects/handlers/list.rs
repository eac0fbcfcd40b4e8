//! `GET /api/v1/projects`

use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::projects::queries::{self, ProjectFilter, Sort};
use crate::projects::view;
use crate::web::params::Params;
use crate::web::roles::ProjectReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

/// Parameters of the list, of the page and the API alike.
pub const PARAMETERS: &[&str] = &[
    "county", "industry", "leader", "chamber", "pool", "key", "reached", "waiting", "import", "q", "sort",
    "cursor", "limit", "count",
];

pub async fn index(reader: ProjectReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let body = app
        .read(move |app, conn| {
            let filter = filter(conn, &params)?;
            let sort = params.one::<Sort>("sort")?.unwrap_or_default();
            let after = params.cursor(&sort.to_string())?;
            let page = queries::page(conn, &reader, &filter, sort, after.as_ref(), params.limit()?)?
                .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let items = view::list(conn, app.tools(), &reader, page.items)?;
            let mut body = json!({ "items": items, "next_cursor": page.next_cursor });
            if params.flag("count")? {
                body["total"] = queries::count(conn, &reader, &filter)?.into();
            }
            Ok(body)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

/// The filter that the parameters describe. A person or chamber that does not exist finds nothing.
pub fn filter(conn: &mut AnyConn, params: &Params) -> Result<ProjectFilter, AppError> {
    let nobody = Id::generate();
    let mut filter = ProjectFilter {
        counties: params.list("county")?,
        industries: params.list("industry")?,
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

fn yes_or_no(params: &Params, name: &'static str) -> Result<Option<bool>, AppError> {
    if params.text(name).is_none() { Ok(None) } else { params.flag(name).map(Some) }
}
