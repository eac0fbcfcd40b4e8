//! `/policies` and `/api/v1/policies`: which versions there are, the documents behind them, and what waits for the
//! second person.

use super::{lines, others, shown};
use crate::app::App;
use crate::db::page::Order;
use crate::error::AppError;
use crate::policies::model::Policy;
use crate::policies::pages::{DocumentLine, List, Version};
use crate::policies::queries::DocumentDecision;
use crate::policies::view::VersionView;
use crate::policies::{policy, queries};
use crate::web::params::Params;
use crate::web::roles::PolicyReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// The one order there is: the latest version first.
const ORDER: Order = Order::descending("from");

/// `GET /api/v1/policies`
pub async fn index(_: PolicyReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(&["sort", "cursor", "limit", "count"])?;
    let page = app
        .read(move |app, conn| {
            let all = app.policies.now(conn)?;
            let mut versions: Vec<VersionView> = all.all().iter().map(VersionView::of).collect();
            versions.sort_by(|a, b| (b.from, &b.code).cmp(&(a.from, &a.code)));
            params.page_of(ORDER, versions, |version| &version.code)
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /api/v1/policies/{code}`
pub async fn show(_: PolicyReader, code: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let version = app
        .read(move |app, conn| {
            let all = app.policies.now(conn)?;
            all.find(&code).map(VersionView::of).ok_or(AppError::NotFound)
        })
        .await?;
    Ok(HttpResponse::Ok().json(version))
}

/// `GET /policies`
pub async fn page(
    reader: PolicyReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&[])?;
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let all = app.policies.now(conn)?;
            let documents = queries::all(conn)?;
            let documents = lines(conn, &reader, documents)?;
            let is = |line: &DocumentLine, decision: Option<DocumentDecision>| {
                line.decision.as_deref() == decision.map(DocumentDecision::as_str)
            };
            let of = |decision: Option<DocumentDecision>| {
                documents.iter().filter(|line| is(line, decision)).cloned().collect::<Vec<_>>()
            };
            let mut versions: Vec<&Policy> = all.all().iter().collect();
            versions.sort_by_key(|version| std::cmp::Reverse(version.from));
            let in_force = of(Some(DocumentDecision::Accepted));
            let version = |version: &Policy| Version {
                documents: in_force.iter().filter(|line| line.code == version.code).cloned().collect(),
                ..shown(app, lang, version)
            };
            let keeps = policy::keeps(reader.role);
            let lacks_second = keeps && others(conn, &reader.user_id)?.is_empty();
            Ok(List {
                versions: versions.into_iter().map(version).collect(),
                waiting: of(None),
                refused: of(Some(DocumentDecision::Refused)),
                keeps,
                lacks_second,
            })
        })
        .await?;
    visit.page(&app, &page)
}
