//! `GET /projects/board`: the pool by how far each project has come, a bounded number of cards a column.

use super::list::{FILTERS, choices, counted, filter, frame, row};
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::queries::At;
use crate::milestones::model::Phase;
use crate::projects::pages::{Board, Column, ways};
use crate::projects::policy::{View, view_of};
use crate::projects::queries::{self, ProjectFilter, Sort};
use crate::projects::view;
use crate::web::address;
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use std::collections::HashMap;

/// Cards of a column; the table shows the rest.
const CARDS: i64 = 8;

pub async fn page(
    reader: ProjectReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&[FILTERS, &["sort"]].concat())?;
    let actor = reader.0;
    let lang = visit.lang;
    let board = app.read(move |app, conn| board(conn, app, &actor, lang, &params)).await?;
    visit.page(&app, &board)
}

fn board(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    params: &Params,
) -> Result<Board, AppError> {
    let asked = filter(conn, app, actor, params)?;
    let sort = params.one::<Sort>("sort")?.unwrap_or_default();
    let filled = frame(params);
    let mut columns = Vec::new();
    let mut found = Vec::new();
    for phase in Phase::ALL.iter().copied().filter(|phase| is_asked(&asked, *phase)) {
        let unsigned = phase == Phase::Unsigned;
        let of_phase = ProjectFilter { stages: phase.kinds().to_vec(), unsigned, ..asked.clone() };
        let count = counted(conn, app, actor, &of_phase)?;
        // Most projects have a contract: without exceptions there is no column for them.
        if unsigned && count == 0 {
            continue;
        }
        let page = queries::page(conn, actor, &of_phase, sort, &At::Start, CARDS)?.unwrap_or_default();
        columns.push(Column {
            code: phase.to_string(),
            count,
            href: address::with("/projects", &filled.values, &[("stage", &phase.filter())]),
            cards: Vec::new(),
        });
        found.extend(page.items);
    }
    // What the cards refer to is looked up once for all columns.
    let mut cards: HashMap<String, Vec<_>> = HashMap::new();
    for project in view::list(conn, app.tools(), actor, found)? {
        let card = row(app, lang, project);
        cards.entry(card.phase.clone()).or_default().push(card);
    }
    for column in &mut columns {
        column.cards = cards.remove(&column.code).unwrap_or_default();
    }
    let board = Board {
        choices: choices(conn, app, actor, lang)?,
        columns,
        ways: ways(actor.role, "board", &filled),
        own: view_of(actor.role) == View::NameAndStage,
        filter: filled,
        ..Board::default()
    };
    Ok(board.prepared())
}

/// Whether a column can hold anything that was asked for.
fn is_asked(filter: &ProjectFilter, phase: Phase) -> bool {
    let all = filter.stages.is_empty() && !filter.unsigned;
    let named = match phase.kinds() {
        [] => filter.unsigned,
        kinds => kinds.iter().any(|kind| filter.stages.contains(kind)),
    };
    all || named
}
