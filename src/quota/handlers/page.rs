//! `GET /quota?year=`

use super::asked_year;
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::policies::{self, Metric, Policy, PolicyName, ScopeKind};
use crate::projects::pages::ways;
use crate::quota::pages::{Counted, County, Reason, Row, Show, Version};
use crate::quota::rules::NotCounted;
use crate::quota::view::{self, RowView};
use crate::web::chart::{Chart, Series, Target};
use crate::web::filled::Filled;
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::QuotaReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// Projects that a row names; the pool's table shows the rest.
const NAMED: usize = 200;

/// Reasons as a page tells them: what can still be put right comes first.
const ORDER: &[NotCounted] = &[
    NotCounted::NotVerified,
    NotCounted::NoEvidence,
    NotCounted::EnteredLate,
    NotCounted::NotKey,
    NotCounted::NotCoveredIndustry,
    NotCounted::PhaseWithoutFiling,
    NotCounted::NotStarted,
    NotCounted::Withdrawn,
    NotCounted::OtherYear,
];

pub async fn page(
    reader: QuotaReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["year"])?;
    let year = asked_year(&params)?;
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let policies = app.policies.now(conn)?;
            let policy = policies.of_year(year);
            let quotas = view::of_year(conn, app, &reader, policy, year, lang)?;
            let keeps = policies::policy::keeps(reader.role);
            let last = policies.last_covered_year(year).filter(|_| policy.is_none());
            // The one that ended last is the one to go on with; a made-up one is nobody's plan.
            let extendable = policies.all().iter().filter(|version| !version.demonstration);
            let extendable = extendable.max_by_key(|version| version.to).map(|version| version.code.clone());
            let decompose = |one: &RowView| match policy {
                Some(policy) if keeps && can_be_decomposed(one) => {
                    format!("/policies/{}/decomposition/{year}", policy.code)
                }
                _ => String::new(),
            };
            // What a county is to reach stands in the city's row, if there is one.
            let of_city = |one: &RowView| {
                quotas.rows.iter().any(|city| city.scope.kind == ScopeKind::City && city.metric == one.metric)
            };
            let shown = quotas.rows.iter().filter(|one| one.scope.kind != ScopeKind::County || !of_city(one));
            let rows: Vec<Row> = shown
                .map(|one| Row { decompose: decompose(one), ..row(app, lang, one, &quotas.rows) })
                .collect();
            Ok(Show {
                prev: at(year - 1),
                next: at(year + 1),
                policy: policy.map(|policy| version(policy, lang)),
                last_covered: last,
                extendable: extendable.filter(|_| keeps && policy.is_none()),
                keeps,
                waiting: policies::queries::count_waiting(conn)?,
                chart: chart(app, lang, &rows),
                ways: ways(reader.role, "quota", &Filled::new()),
                rows,
                year,
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// The page of another year; empty where there is none.
fn at(year: i32) -> String {
    if clock::YEARS.contains(&year) { format!("/quota?year={year}") } else { String::new() }
}

fn version(policy: &Policy, lang: Lang) -> Version {
    Version {
        name: PolicyName::of(policy, lang.code()),
        number: policy.number.clone(),
        from: policy.from,
        to: policy.to,
        extensions: policy.extensions.clone(),
    }
}

/// Starts are the counties' to make; the zone's enterprises are the zone's.
fn can_be_decomposed(row: &RowView) -> bool {
    row.scope.kind == ScopeKind::City && row.metric == Metric::ConstructionStarts
}

fn row(app: &App, lang: Lang, row: &RowView, all: &[RowView]) -> Row {
    let name = |code: &str| app.reference.region_name(code, lang.code()).to_owned();
    let of_county = |code: &str| row.by_county.iter().find(|one| one.county == code);
    let target = |code: &str| {
        let mut of_metric = all.iter().filter(|one| one.metric == row.metric);
        of_metric.find(|one| one.scope.kind == ScopeKind::County && one.scope.region.as_deref() == Some(code))
    };
    let by_county = app.reference.counties().iter().map(|county| {
        let part = of_county(&county.code);
        let asked = target(&county.code);
        County {
            name: county.name(lang.code()).to_owned(),
            target: asked.map(|asked| asked.target),
            gap: asked.map(|asked| asked.gap),
            counted: part.map_or(0, |part| part.counted),
            forecast: part.map_or(0, |part| part.forecast),
        }
    });
    let by_county: Vec<County> = if row.scope.region.is_none() { by_county.collect() } else { Vec::new() };
    let targets: Vec<i64> = by_county.iter().filter_map(|county| county.target).collect();
    let reason = |reason: &NotCounted| {
        let of_reason = row.not_counted.iter().filter(|one| one.reason == *reason);
        let projects: Vec<_> =
            of_reason.map(|one| (one.id.to_string(), one.code.clone(), one.title.clone())).collect();
        (!projects.is_empty()).then(|| Reason { code: reason.to_string(), projects })
    };
    Row {
        metric: row.metric.to_string(),
        scope: row.scope.kind.to_string(),
        region: row.scope.region.as_deref().map(name),
        clause: row.clause.clone(),
        target: row.target,
        counted: row.counted,
        gap: row.gap,
        met: row.met,
        forecast: row.forecast,
        by_county,
        sum: (!targets.is_empty()).then(|| targets.iter().sum()),
        decompose: String::new(),
        more: row.projects.len().saturating_sub(NAMED),
        not_counted: ORDER.iter().filter_map(reason).collect(),
        projects: row
            .projects
            .iter()
            .take(NAMED)
            .map(|one| Counted {
                id: one.id.to_string(),
                code: one.code.clone(),
                title: one.title.clone(),
                county: name(&one.county),
                started_on: one.started_on,
                reported_late: one.reported_late,
                withdrawn_on: one.withdrawn_on,
            })
            .collect(),
    }
}

/// The city's rows: counted and forecast by county.
fn chart(app: &App, lang: Lang, rows: &[Row]) -> String {
    let Some(row) = rows.iter().find(|row| !row.by_county.is_empty()) else { return String::new() };
    let say = |key: &'static str| app.views.i18n().say(lang, &Message::new(key));
    let series = |name, values: Vec<i64>| Series { name: say(name), values, stack: Some("all") };
    let target = Message::new("quota-target-line").number("target", row.target);
    let chart = Chart {
        names: row.by_county.iter().map(|county| county.name.clone()).chain([say("scope-city")]).collect(),
        series: vec![
            series(
                "quota-counted",
                row.by_county.iter().map(|county| county.counted).chain([row.counted]).collect(),
            ),
            series(
                "quota-forecast",
                row.by_county.iter().map(|county| county.forecast).chain([row.forecast]).collect(),
            ),
        ],
        target: Some(Target { name: app.views.i18n().say(lang, &target), value: row.target }),
    };
    chart.to_json()
}
