//! `GET /policies`: which versions there are, the documents behind them, and what waits for the second person.

use super::{lines, others, shown};
use crate::app::App;
use crate::error::AppError;
use crate::policies::model::Policy;
use crate::policies::pages::{DocumentLine, List, Version};
use crate::policies::queries::Decision;
use crate::policies::{policy, queries};
use crate::web::params::Params;
use crate::web::roles::PolicyReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

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
            let is = |line: &DocumentLine, decision: Option<Decision>| {
                line.decision.as_deref() == decision.map(Decision::as_str)
            };
            let of = |decision: Option<Decision>| {
                documents.iter().filter(|line| is(line, decision)).cloned().collect::<Vec<_>>()
            };
            let mut versions: Vec<&Policy> = all.all().iter().collect();
            versions.sort_by_key(|version| std::cmp::Reverse(version.from));
            let in_force = of(Some(Decision::Accepted));
            let version = |version: &Policy| Version {
                documents: in_force.iter().filter(|line| line.code == version.code).cloned().collect(),
                ..shown(app, lang, version)
            };
            let keeps = policy::keeps(reader.role);
            let lacks_second = keeps && others(conn, &reader.user_id)?.is_empty();
            Ok(List {
                versions: versions.into_iter().map(version).collect(),
                waiting: of(None),
                refused: of(Some(Decision::Refused)),
                keeps,
                lacks_second,
            })
        })
        .await?;
    visit.page(&app, &page)
}
