//! `/projects/{id}/contract` and its supplementary agreements as pages. The annual plan is rows of fields; a button
//! asks for more of them, so that no script is needed.

use super::load_editable;
use super::small_page::{Reader, answer, head, show, submit as submit_small};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::money;
use crate::projects::contract::{self, ContractBody, FundingBody, YearBody, as_body};
use crate::projects::model::Project;
use crate::projects::pages::{Contract, Supplement};
use crate::projects::queries::{self, ContractKind};
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

/// Rows that an empty plan begins with, and that are added at once.
const ROWS: usize = 3;
/// The most rows; a contract has 50 years at most.
const MOST_ROWS: usize = 50;

/// `GET /projects/{id}/contract`
pub async fn form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), page).await
}

/// `POST /projects/{id}/contract`; with `more` set the form comes back with more rows, and nothing is written.
pub async fn submit(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    if form.is_checked("more") {
        let filled = form.filled(&FieldErrors::default());
        return answer(&app, &visit, reader.0, id, filled, StatusCode::OK, editable_page).await;
    }
    let done = Message::new("contract-saved");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen: IfMatch, form: &mut Form| {
        let project = load_editable(conn, actor, id)?;
        seen.honour(project.version)?;
        let body = read(form);
        let mut errors = std::mem::take(&mut form.errors);
        match contract::put(conn, actor, project, body).map_err(at_fields) {
            Err(AppError::Invalid(more)) => {
                let known: Vec<_> = errors.0.iter().map(|fault| fault.field.clone()).collect();
                errors.0.extend(more.0.into_iter().filter(|fault| !known.contains(&fault.field)));
                Err(AppError::Invalid(errors))
            }
            Ok(_) if !errors.is_empty() => Err(AppError::Invalid(errors)),
            other => other,
        }
    };
    submit_small(&app, &visit, reader.0, id, form, done, work, page).await
}

/// `GET /projects/{id}/contract/supplements`
pub async fn supplement_form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), supplement_page).await
}

/// `POST /projects/{id}/contract/supplements`
pub async fn submit_supplement(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("supplement-saved");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen: IfMatch, form: &mut Form| {
        let project = load_editable(conn, actor, id)?;
        seen.honour(project.version)?;
        let content = form.text("content").unwrap_or_default();
        contract::supplement(conn, actor, project, form.chosen("signed_on")?, content)
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, supplement_page).await
}

/// The contract as it was typed; what cannot be read is a fault of the form.
fn read(form: &mut Form) -> ContractBody {
    let mut wan = |name: &str, at: &'static str| {
        let text = form.text(name)?;
        let fen = money::fen_from_wan(&text);
        if fen.is_none() {
            form.errors.add(at, "not-an-amount");
        }
        fen
    };
    let mut years = Vec::new();
    let mut funding = Vec::new();
    for row in 1..=MOST_ROWS {
        years.push(["fixed", "land", "actual"].map(|name| wan(&format!("year_{row}_{name}"), "years")));
        funding.push(wan(&format!("funding_{row}_amount"), "funding"));
    }
    // Rows below the last one that was filled are no years.
    let filled = years.iter().rposition(|row| row.iter().any(Option::is_some)).map_or(0, |last| last + 1);
    let years = years.into_iter().take(filled).zip(1..).map(|([fixed, land, actual], year)| YearBody {
        year,
        fixed_investment_fen: fixed.unwrap_or_default(),
        land_premium_fen: land.unwrap_or_default(),
        actual_fixed_investment_fen: actual,
    });
    let years = years.collect();
    let mut parts = Vec::new();
    for (row, amount_fen) in funding.into_iter().enumerate() {
        match (form.text(&format!("funding_{}_source", row + 1)), amount_fen) {
            (Some(source), amount_fen) => parts.push(FundingBody { source, amount_fen }),
            (None, Some(_)) => form.errors.add("funding", "funding-without-source"),
            (None, None) => {}
        }
    }
    ContractBody {
        kind: form.parsed("kind", "unknown"),
        signed_on: form.date("signed_on"),
        parties: form.all("parties"),
        total_investment_fen: form.wan("total_investment"),
        fixed_investment_fen: form.wan("fixed_investment"),
        land_premium_fen: form.wan("land_premium"),
        years,
        funding: parts,
    }
}

fn at_fields(error: AppError) -> AppError {
    let AppError::Invalid(mut errors) = error else { return error };
    for fault in &mut errors.0 {
        if let Some(name) = fault.field.strip_suffix("_fen") {
            fault.field = name.to_owned().into();
        }
    }
    AppError::Invalid(errors)
}

/// A contract's body as the fields of the form show it.
fn filled(body: &ContractBody) -> Filled {
    let mut filled = Filled::new();
    let mut put = |name: String, value: Option<String>| {
        if let Some(value) = value {
            filled.values.insert(name, value);
        }
    };
    put("kind".into(), body.kind.map(|kind| kind.to_string()));
    put("signed_on".into(), body.signed_on.map(|day| day.to_string()));
    put("parties".into(), Some(body.parties.join("\n")));
    put("total_investment".into(), body.total_investment_fen.map(money::wan_text));
    put("fixed_investment".into(), body.fixed_investment_fen.map(money::wan_text));
    put("land_premium".into(), body.land_premium_fen.map(money::wan_text));
    for year in &body.years {
        put(format!("year_{}_fixed", year.year), Some(money::wan_text(year.fixed_investment_fen)));
        put(format!("year_{}_land", year.year), Some(money::wan_text(year.land_premium_fen)));
        put(format!("year_{}_actual", year.year), year.actual_fixed_investment_fen.map(money::wan_text));
    }
    for (row, part) in body.funding.iter().enumerate() {
        put(format!("funding_{}_source", row + 1), Some(part.source.clone()));
        put(format!("funding_{}_amount", row + 1), part.amount_fen.map(money::wan_text));
    }
    filled
}

fn editable_page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: Project,
    form: Filled,
) -> Result<Contract, AppError> {
    let project = load_editable(conn, &reader.actor, project.id.as_str())?;
    page(conn, app, reader, project, form)
}

fn page(
    conn: &mut AnyConn,
    _: &App,
    _: &Reader,
    project: Project,
    mut form: Filled,
) -> Result<Contract, AppError> {
    let known = queries::contract_of(conn, &project.id)?;
    let more = form.values.remove("more").is_some();
    if form.values.is_empty() {
        let body = match &known {
            Some((contract, years, _)) => as_body(contract, years),
            // What the project knows already is not typed again.
            None => ContractBody {
                kind: Some(ContractKind::Formal),
                parties: vec![project.investor_name.clone()],
                total_investment_fen: project.total_investment_fen,
                fixed_investment_fen: project.fixed_investment_fen,
                ..ContractBody::default()
            },
        };
        form.values = filled(&body).values;
    }
    let rows = |field: &str| {
        let is_there = |row: &usize| form.values.contains_key(&format!("{field}_{row}_{}", last_of(field)));
        let there = (1..=MOST_ROWS).take_while(is_there).count();
        let wanted = if more { there + ROWS } else { there.max(ROWS) };
        (1..=wanted.min(MOST_ROWS)).collect::<Vec<usize>>()
    };
    Ok(Contract {
        kinds: ContractKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
        years: rows("year"),
        funding: rows("funding"),
        is_new: known.is_none(),
        project: head(&project),
        form,
    })
}

/// The field of a row that is always sent.
fn last_of(field: &str) -> &'static str {
    if field == "year" { "fixed" } else { "source" }
}

fn supplement_page(
    _: &mut AnyConn,
    _: &App,
    _: &Reader,
    project: Project,
    form: Filled,
) -> Result<Supplement, AppError> {
    Ok(Supplement { project: head(&project), form })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn rows_become_years_up_to_the_last_one_that_is_filled() {
        let mut typed = form(&[
            ("year_1_fixed", "100"),
            ("year_1_land", ""),
            ("year_2_fixed", ""),
            ("year_2_land", ""),
            ("year_3_fixed", "1.5"),
            ("year_3_land", "2"),
            ("year_3_actual", "1.25"),
            ("year_4_fixed", ""),
            ("year_4_land", ""),
            ("funding_1_source", "自筹"),
            ("funding_1_amount", "3"),
            ("parties", "甲\n乙"),
        ]);
        let body = read(&mut typed);
        let plan: Vec<_> = body
            .years
            .iter()
            .map(|year| (year.year, year.fixed_investment_fen, year.land_premium_fen))
            .collect();
        assert_eq!(plan, [(1, 1_000_000_00, 0), (2, 0, 0), (3, 15_000_00, 20_000_00)]);
        assert_eq!(body.funding[0].amount_fen, Some(30_000_00));
        assert_eq!(body.parties, ["甲", "乙"]);
        assert!(typed.errors.is_empty());
        let again = filled(&body);
        assert_eq!(again.values["year_3_fixed"], "1.5");
        assert_eq!(again.values["year_3_actual"], "1.25");
        assert!(!again.values.contains_key("year_1_actual"), "nothing is not 0");
    }

    #[test]
    fn what_is_no_amount_is_a_fault_of_its_rows() {
        let mut typed = form(&[("year_1_fixed", "x"), ("funding_1_source", ""), ("funding_1_amount", "3")]);
        read(&mut typed);
        let faults: Vec<_> =
            typed.errors.0.iter().map(|fault| (fault.field.to_string(), fault.code)).collect();
        assert_eq!(faults, [("years".into(), "not-an-amount"), ("funding".into(), "funding-without-source")]);
    }
}
