//! `/chambers/{id}/evidence/{figure}`: the leads or projects that make a figure.

use super::{figure, period, query};
use crate::app::App;
use crate::chambers::editing::load;
use crate::chambers::evidence::model::{EvidenceFigure, EvidenceRecord, Row};
use crate::chambers::evidence::pages::{Opened, OpenedRow};
use crate::chambers::evidence::view::{self, RowsView};
use crate::chambers::handlers::row as chamber_row;
use crate::chambers::view as chamber_view;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::filings::shares::percent;
use crate::web::params::Params;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// The latest first.
pub const ORDER: Order = Order::descending("on");

/// `GET /api/v1/chambers/{id}/evidence/{figure}?from=&to=&cursor=&limit=&count=`
pub async fn index(
    reader: ChamberReader,
    path: Path<(String, String)>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["from", "to", "cursor", "limit", "count"])?;
    let (id, code) = path.into_inner();
    let (period, code) = (period(&params)?, known(&code)?);
    let page = app
        .read(move |app, conn| {
            let chamber = load(conn, &reader, &id)?;
            let opened = view::opened(conn, app, &reader, &chamber.id, period, code)?;
            let page = paged(&params, opened.rows)?;
            Ok(RowsView {
                items: page.items,
                next_cursor: page.next_cursor,
                total: page.total,
                hidden: opened.hidden,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /chambers/{id}/evidence/{figure}?from=&to=&cursor=`
pub async fn page(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["from", "to", "cursor"])?;
    let (id, code) = path.into_inner();
    let (period, code, lang) = (period(&params)?, known(&code)?, visit.lang);
    let page = app
        .read(move |app, conn| {
            let chamber = load(conn, &reader, &id)?;
            let opened = view::opened(conn, app, &reader, &chamber.id, period, code)?;
            let evidence = view::of_chamber(conn, app, &reader, &chamber, period)?;
            let total = i64::try_from(opened.rows.len()).ok();
            let page = paged(&params, opened.rows)?;
            let path = format!("/chambers/{}/evidence", chamber.id);
            let next = page
                .next_cursor
                .map(|cursor| format!("{path}/{code}?{}", params.with("cursor", Some(&cursor))));
            Ok(Opened {
                figure: figure(chamber.id.as_str(), period, code, evidence.figures.of(code)),
                from: Some(period.from),
                to: Some(period.to),
                back: format!("{path}?{}", query(period)),
                rows: page.items.into_iter().map(row).collect(),
                hidden: opened.hidden,
                next: next.unwrap_or_default(),
                chamber: chamber_row(app, lang, chamber_view::detail(conn, app.tools(), &reader, chamber)?),
                total,
            })
        })
        .await?;
    visit.page(&app, &page)
}

fn known(code: &str) -> Result<EvidenceFigure, AppError> {
    code.parse().map_err(|_| AppError::NotFound)
}

/// A row has no id of its own (one lead may be visited twice a day): its place is its cursor.
fn paged(params: &Params, rows: Vec<Row>) -> Result<PageOf<Row>, AppError> {
    let named: Vec<(String, Row)> =
        (1..).zip(rows).map(|(number, row): (u64, Row)| (format!("{number}"), row)).collect();
    Ok(params.page_of(ORDER, named, |(number, _)| number)?.map(|(_, row)| row))
}

fn row(row: Row) -> OpenedRow {
    let folder = match row.record {
        EvidenceRecord::Lead => "leads",
        EvidenceRecord::Project => "projects",
        EvidenceRecord::Event => "events",
    };
    OpenedRow {
        href: format!("/{folder}/{}", row.id),
        code: row.code,
        title: row.title,
        on: Some(row.on),
        share: percent(row.share_bp),
        value: row.value,
    }
}
