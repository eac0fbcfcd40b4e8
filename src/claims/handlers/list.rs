//! `/claims`: a liaison's own with their answers, the bureau's that wait, the late ones first.

use crate::accounts::Role;
use crate::app::App;
use crate::claims::model::ClaimState;
use crate::claims::pages::List;
use crate::claims::{policy, queries, view};
use crate::db::page::PageOf;
use crate::error::AppError;
use crate::web::params::Params;
use crate::web::roles::ClaimReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

/// `GET /api/v1/claims?state=waiting|answered&cursor=&limit=&count=`
pub async fn index(reader: ClaimReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(&["state", "cursor", "limit", "count"])?;
    let state = params.one::<ClaimState>("state")?;
    let (after, limit, counts) =
        (params.cursor(queries::sort_of(state))?, params.limit()?, params.flag("count")?);
    let body = app
        .read(move |app, conn| {
            let rows = queries::list(conn, &reader, state, after.as_ref(), limit)?;
            let rows = rows.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let page = PageOf::from_rows(rows, limit, |claim| queries::cursor(claim, state));
            let items = view::list(conn, app.tools(), &reader, &page.items)?;
            let mut body = json!({ "items": items, "next_cursor": page.next_cursor });
            if counts {
                body["total"] = queries::count(conn, &reader, state)?.into();
            }
            Ok(body)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

/// `GET /claims`
pub async fn page(
    reader: ClaimReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["state", "cursor", "limit"])?;
    let own = reader.role == Role::ChamberLiaison;
    let state = match params.text("state") {
        Some("all") => None,
        None if own => None,
        None => Some(ClaimState::Waiting),
        Some(_) => params.one("state")?,
    };
    let (after, limit, lang) = (params.cursor(queries::sort_of(state))?, params.limit()?, visit.lang);
    let page = app
        .read(move |app, conn| {
            let rows = queries::list(conn, &reader, state, after.as_ref(), limit)?;
            let rows = rows.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let page = PageOf::from_rows(rows, limit, |claim| queries::cursor(claim, state));
            let shown = view::list(conn, app.tools(), &reader, &page.items)?;
            let next =
                page.next_cursor.map(|cursor| format!("/claims?{}", params.with("cursor", Some(&cursor))));
            Ok(List {
                state: state.map_or("all", ClaimState::as_str).to_owned(),
                rows: shown.into_iter().map(|claim| super::row(app, lang, claim)).collect(),
                total: Some(queries::count(conn, &reader, state)?),
                waiting: queries::count(conn, &reader, Some(ClaimState::Waiting))?,
                next: next.unwrap_or_default(),
                own,
                may_answer: policy::answers(reader.role),
            })
        })
        .await?;
    visit.page(&app, &page)
}
