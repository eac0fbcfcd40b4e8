//! `/chambers/{id}/evidence`: the figures of a chamber in a period.

use super::{figure, period, query, years_around};
use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::editing::load;
use crate::chambers::entries::ChamberEntryKind;
use crate::chambers::evidence::model::{EvidenceFigure, Period};
use crate::chambers::evidence::pages::{Confirmation, ConfirmedPeriod, CountedTwice, Show};
use crate::chambers::evidence::view::{self, EvidenceView};
use crate::chambers::handlers::row;
use crate::chambers::{policy, view as chamber_view};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::view::Person;
use crate::web::filled::Filled;
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /api/v1/chambers/{id}/evidence?from=&to=`; without days, of this year
pub async fn read(
    reader: ChamberReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["from", "to"])?;
    let period = period(&params)?;
    let shown = app
        .read(move |app, conn| {
            let chamber = load(conn, &reader, &id)?;
            view::of_chamber(conn, app, &reader, &chamber, period)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `GET /chambers/{id}/evidence?from=&to=`
pub async fn page(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["from", "to"])?;
    let (period, lang) = (period(&params)?, visit.lang);
    let page = app.read(move |app, conn| shown(conn, app, &reader, lang, &id, period, Filled::new())).await?;
    visit.page(&app, &page)
}

/// The page, with its form as it goes back.
pub(super) fn shown(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    id: &str,
    period: Period,
    form: Filled,
) -> Result<Show, AppError> {
    let chamber = load(conn, actor, id)?;
    let evidence = view::of_chamber(conn, app, actor, &chamber, period)?;
    let path = format!("/chambers/{}/evidence", chamber.id);
    let (prev, next) = years_around(&path, period);
    let confirms = policy::confirms_evidence(actor.role);
    let is_confirmed = evidence.confirmation.is_some();
    Ok(Show {
        figures: figures(chamber.id.as_str(), period, &evidence),
        from: Some(period.from),
        to: Some(period.to),
        score: evidence.score,
        labels: labels(app, lang, period, &evidence.labels),
        president: evidence.president,
        confirmation: evidence.confirmation.map(|given| Confirmation {
            at: given.at,
            by: given.by.map(|person| person.display_name),
            note: given.note,
        }),
        confirmations: evidence.confirmations.into_iter().map(|one| confirmed(&path, one)).collect(),
        counted_twice: evidence.counted_twice.map(|twice| CountedTwice {
            records: twice.records,
            chambers: twice.chambers.iter().map(|one| format!("{} {}", one.code, one.name)).collect(),
        }),
        pdf_href: format!("{path}.pdf?{}", query(period)),
        xlsx_href: format!("{path}.xlsx?{}", query(period)),
        may_confirm: confirms && !is_confirmed && period.is_over(clock::today()),
        may_revoke: confirms && is_confirmed,
        chamber: row(app, lang, chamber_view::detail(conn, app.tools(), actor, chamber)?),
        prev,
        next,
        form,
    })
}

/// A period with the way to its sheet, while that is confirmed.
fn confirmed(path: &str, one: view::ConfirmedPeriod) -> ConfirmedPeriod {
    let name = |person: Option<Person>| person.map(|person| person.display_name);
    let href = match one.revoked_at {
        None => format!("{path}?{}", query(Period { from: one.from, to: one.to })),
        Some(_) => String::new(),
    };
    let (revoked_by, reason) = (name(one.revoked_by), one.revocation_reason);
    ConfirmedPeriod {
        href,
        from: one.from,
        to: one.to,
        confirmed: Confirmation { at: one.confirmed_at, by: name(one.confirmed_by), note: one.note },
        revoked: one.revoked_at.map(|at| Confirmation { at, by: revoked_by, note: reason }),
    }
}

fn figures(chamber: &str, period: Period, evidence: &EvidenceView) -> Vec<super::Figure> {
    let now = evidence.confirmation.as_ref();
    let shown = |code: &EvidenceFigure| {
        let changed = now.filter(|given| given.changed.contains(code));
        super::Figure {
            now: changed.map(|given| given.figures_now.of(*code)),
            ..figure(chamber, period, *code, evidence.figures.of(*code))
        }
    };
    EvidenceFigure::ALL.iter().map(shown).collect()
}

/// The labels by the names that they bore on the last day.
pub(super) fn labels(app: &App, lang: Lang, period: Period, codes: &[String]) -> Vec<String> {
    let words = app.reference.chamber_words();
    let name = |code: &String| match words.word(ChamberEntryKind::Recognition, code) {
        Some(word) => word.name(lang.code(), period.to).to_owned(),
        None => code.clone(),
    };
    codes.iter().map(name).collect()
}
