//! `/award-applications`, `/api/v1/award-applications`: the applications of the reader's scope, the latest first.

use crate::accounts::Actor;
use crate::app::App;
use crate::award_applications::model::ApplicationStatus;
use crate::award_applications::pages::{List, Row, Tab, ways};
use crate::award_applications::policy::View;
use crate::award_applications::queries::{self, Filter};
use crate::award_applications::standing::Standing;
use crate::award_applications::view::ApplicationView;
use crate::award_applications::{policy, view};
use crate::clock;
use crate::db::AnyConn;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::policies::awards::{AwardRule, Payer};
use crate::web::filled::{Choice, Filled};
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::AwardApplicationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// Filters of the list.
pub const FILTERS: &[&str] = &["status", "rule", "county", "year", "project", "treasury", "payer", "payable"];
/// For who reads no more than how far they have come: the others tell of money.
const FILTERS_OF_STATUS: &[&str] = &["status", "rule", "county", "year", "project"];
/// For a liaison, who is told of no county.
const FILTERS_OF_OUTCOME: &[&str] = &["status", "rule", "year", "project"];
/// The one field that it is sorted by.
pub const ORDER: Order = Order::descending("created_at");

/// `GET /api/v1/award-applications?status=&rule=&county=&year=&project=&sort=&cursor=&limit=&count=`
pub async fn index(
    reader: AwardApplicationReader,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(filters(&reader))?;
    let order = params.order(ORDER)?;
    let (after, limit, counts) = (params.cursor(&order.to_string())?, params.limit()?, params.flag("count")?);
    let page = app
        .read(move |app, conn| {
            let filter = filter(conn, app, &params)?;
            let rows = queries::list(conn, &reader, &filter, after.as_ref(), order.descending, limit)?;
            let page = PageOf::from_rows(rows, limit, |row| order.at(&row.id));
            let total = if counts { Some(queries::count(conn, &reader, &filter)?) } else { None };
            let items = view::list(conn, &reader, page.items)?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

fn filters(actor: &Actor) -> &'static [&'static str] {
    match policy::view_of(actor.role) {
        View::Status => FILTERS_OF_STATUS,
        View::Outcome => FILTERS_OF_OUTCOME,
        View::All | View::Record => FILTERS,
    }
}

/// The filter that the parameters describe.
pub fn filter(conn: &mut AnyConn, app: &App, params: &Params) -> Result<Filter, AppError> {
    let year = params.one::<i32>("year")?;
    if year.is_some_and(|year| !clock::YEARS.contains(&year)) {
        return Err(AppError::bad_request("year", "unknown"));
    }
    let (payer, payable) = (params.one::<Payer>("payer")?, params.text("payable").is_some());
    let payable = if payable { Some(params.flag("payable")?) } else { None };
    let standing = match (payer, payable) {
        (None, None) => None,
        _ => Some(Standing::on(&*app.policies.now(conn)?, clock::today())),
    };
    Ok(Filter {
        statuses: params.list("status")?,
        rules: params.list("rule")?,
        counties: params.codes("county", |code| app.reference.is_county(code))?,
        year,
        project: params.one("project")?,
        treasury: params.one("treasury")?,
        ruled_by: standing.as_ref().zip(payer).map(|(standing, payer)| standing.paid_by(payer)),
        payable: standing.as_ref().zip(payable).map(|(standing, is)| standing.payable(is)),
    })
}

/// `GET /award-applications`
pub async fn page(
    reader: AwardApplicationReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&[filters(&reader), &["cursor", "limit"]].concat())?;
    let lang = visit.lang;
    let page = app.read(move |app, conn| list(conn, app, &reader, lang, &params)).await?;
    visit.page(&app, &page)
}

fn list(conn: &mut AnyConn, app: &App, actor: &Actor, lang: Lang, params: &Params) -> Result<List, AppError> {
    let filter = filter(conn, app, params)?;
    let (after, limit) = (params.cursor(&ORDER.to_string())?, params.limit()?);
    let rows = queries::list(conn, actor, &filter, after.as_ref(), ORDER.descending, limit)?;
    let page = PageOf::from_rows(rows, limit, |row| ORDER.at(&row.id));
    let counts = queries::by_status(conn, actor, &filter)?;
    let others = params.without("cursor");
    let tab = |key: &str, status: Option<ApplicationStatus>, count: i64| Tab {
        key: key.to_owned(),
        href: format!("/award-applications?{}", others.with("status", status.map(ApplicationStatus::as_str))),
        count,
        current: match status {
            None => filter.statuses.is_empty(),
            Some(status) => filter.statuses == [status],
        },
    };
    let all = counts.iter().map(|(_, count)| count).sum();
    let mut tabs = vec![tab("all", None, all)];
    for status in ApplicationStatus::ALL {
        let count = counts.iter().find(|(of, _)| of == status).map_or(0, |(_, count)| *count);
        if count > 0 || filter.statuses.contains(status) {
            tabs.push(tab(status.as_str(), Some(*status), count));
        }
    }
    let total = if filter.statuses.is_empty() { all } else { queries::count(conn, actor, &filter)? };
    let shows = policy::view_of(actor.role);
    let filled = FILTERS
        .iter()
        .filter_map(|name| Some((*name, params.text(name)?)))
        .fold(Filled::new(), |filled, (name, value)| filled.value(name, value));
    let filled = match &filter.payable {
        Some(payable) => filled.value("payable", payable.is.to_string()),
        None => filled,
    };
    let counties = app.reference.counties().iter();
    Ok(List {
        tabs,
        rows: view::list(conn, actor, page.items)?.into_iter().map(|one| row(app, lang, one)).collect(),
        total: Some(total),
        next: page
            .next_cursor
            .map(|cursor| format!("/award-applications?{}", params.with("cursor", Some(&cursor))))
            .unwrap_or_default(),
        filter: filled,
        rules: AwardRule::ALL.iter().map(|rule| Choice::code(rule.as_str())).collect(),
        counties: counties.map(|county| Choice::named(&county.code, county.name(lang.code()))).collect(),
        drafts: policy::drafts(actor.role),
        amounts: shows != View::Status,
        filters: policy::sees_record(actor.role),
        ways: ways(actor.role, "applications"),
    })
}

fn row(app: &App, lang: Lang, one: ApplicationView) -> Row {
    let line = one.line;
    Row {
        id: one.id.to_string(),
        code: one.code,
        project: one.project.title,
        rule: one.rule.to_string(),
        status: one.status.to_string(),
        county: line
            .as_ref()
            .and_then(|line| line.county.as_deref())
            .map(|county| app.reference.region_name(county, lang.code()).to_owned()),
        amount_fen: line.as_ref().map(|line| line.amount_fen),
        payees: line
            .map(|line| line.payees.into_iter().map(|payee| payee.name).collect())
            .unwrap_or_default(),
    }
}
