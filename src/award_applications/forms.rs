//! Forms of applications: facts and payees as typed, and back.

use super::model::Payee;
use super::payees::PayeeBody;
use super::wanted::{Form as FactForm, Wanted};
use crate::error::{AppError, FieldError, FieldErrors};
use crate::money::{fen_from_wan, wan_text};
use crate::web::filled::Filled;
use crate::web::form::Form;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

/// Rows of payees that a form has.
pub const ROWS: usize = 5;

/// The facts of a form: null takes one away. Faults stand at the form's own fields.
pub fn facts<'a>(form: &mut Form, wanted: impl Iterator<Item = &'a Wanted>) -> Map<String, Value> {
    let mut facts = Map::new();
    for one in wanted {
        let field = format!("fact_{}", one.name);
        let value = match form.text(&field) {
            None => Value::Null,
            Some(text) => match value(one.form, &text) {
                Ok(value) => value,
                Err(code) => {
                    form.errors.add(field, code);
                    continue;
                }
            },
        };
        facts.insert(one.name.to_owned(), value);
    }
    facts
}

fn value(form: FactForm, text: &str) -> Result<Value, &'static str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    match form {
        FactForm::Flag => match text {
            "true" | "1" => Ok(json!(true)),
            "false" | "0" => Ok(json!(false)),
            _ => Err("unknown"),
        },
        FactForm::Money => fen_from_wan(text).map(Value::from).ok_or("not-an-amount"),
        FactForm::Whole => {
            text.replace([',', '，', ' '], "").parse::<i64>().map(Value::from).map_err(|_| "not-a-number")
        }
        FactForm::Day => text.parse::<NaiveDate>().map(|day| json!(day)).map_err(|_| "not-a-date"),
        FactForm::Word(_) | FactForm::Industry | FactForm::OfRecords => Ok(json!(text)),
        FactForm::Moneys => lines().map(|line| value(FactForm::Money, line)).collect(),
        FactForm::Rows(columns) => lines().map(|line| row(columns, line)).collect(),
    }
}

/// A row: its cells apart by spaces, in the order of the columns.
fn row(columns: &[(&'static str, FactForm)], line: &str) -> Result<Value, &'static str> {
    let cells: Vec<&str> = line.split_whitespace().collect();
    if cells.len() != columns.len() {
        return Err("award-row-cells");
    }
    let cell =
        |((name, form), text): (&(&str, FactForm), &str)| Ok(((*name).to_owned(), value(*form, text)?));
    columns.iter().zip(cells).map(cell).collect::<Result<Map<_, _>, _>>().map(Value::Object)
}

/// A fact as its field shows it.
pub fn typed(form: FactForm, value: &Value) -> String {
    match (form, value) {
        (_, Value::Null) => String::new(),
        (FactForm::Money, value) => value.as_i64().map(wan_text).unwrap_or_default(),
        (FactForm::Moneys, Value::Array(items)) => {
            items.iter().map(|item| typed(FactForm::Money, item)).collect::<Vec<_>>().join("\n")
        }
        (FactForm::Rows(columns), Value::Array(items)) => {
            let cell = |item: &Value, (name, form): &(&str, FactForm)| match form {
                FactForm::Flag => i32::from(item[*name] == json!(true)).to_string(),
                form => typed(*form, &item[*name]),
            };
            let line =
                |item: &Value| columns.iter().map(|column| cell(item, column)).collect::<Vec<_>>().join(" ");
            items.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}

/// The payees of a form: rows of which something was filled in.
pub fn payees(form: &mut Form) -> Vec<PayeeBody> {
    let mut payees = Vec::new();
    for number in 1..=ROWS {
        let referrer_id = form.text(&format!("referrer_{number}"));
        let organisation = form.text(&format!("organisation_{number}"));
        let field = format!("share_{number}");
        let share = form.text(&field);
        if referrer_id.is_none() && organisation.is_none() && share.is_none() {
            continue;
        }
        let share_bp = match share.as_deref().map(basis_points) {
            Some(Some(share)) => share,
            Some(None) => {
                form.errors.add(field, "not-a-number");
                continue;
            }
            None => {
                form.errors.add(field, "required");
                continue;
            }
        };
        payees.push(PayeeBody { referrer_id, organisation, share_bp });
    }
    payees
}

/// Payees in the fields of a form, referrers by their codes.
pub fn fill_payees(mut form: Filled, payees: &[Payee], code: impl Fn(&Payee) -> String) -> Filled {
    for (payee, number) in payees.iter().zip(1..) {
        form = form
            .value(&format!("referrer_{number}"), code(payee))
            .value(&format!("organisation_{number}"), payee.organisation.clone().unwrap_or_default())
            .value(&format!("share_{number}"), percent(payee.share_bp));
    }
    form
}

/// Per cent with at most two places, in basis points.
pub fn basis_points(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(['%', '％']).trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 2 || whole.is_empty() {
        return None;
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then_some(());
    digits(whole)?;
    digits(part)?;
    format!("{whole}{part:0<2}").parse().ok()
}

/// Basis points as per cent: `66.67`, `50`.
pub fn percent(bp: i64) -> String {
    match (bp / 100, bp % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}.{part:02}").trim_end_matches('0').to_owned(),
    }
}

/// Faults of the API's fields at the fields of the form.
pub fn at_fields(error: AppError) -> AppError {
    let AppError::Invalid(errors) = error else { return error };
    let placed = |fault: FieldError| {
        let field = fault.field.to_string();
        let of_payee = |rest: &str| {
            let (at, name) = rest.split_once("].")?;
            let number = at.parse::<usize>().ok()? + 1;
            let name = match name {
                "share_bp" => "share",
                "organisation" => "organisation",
                _ => "referrer",
            };
            Some(format!("{name}_{number}"))
        };
        let field = match field.strip_prefix("facts.") {
            Some(fact) => format!("fact_{}", fact.split(['.', '[']).next().unwrap_or(fact)),
            None => field.strip_prefix("payees[").and_then(of_payee).unwrap_or(field),
        };
        FieldError { field: field.into(), ..fault }
    };
    AppError::Invalid(FieldErrors(errors.0.into_iter().map(placed).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_and_basis_points() {
        for (text, bp) in [("100", 10_000), ("66.67", 6_667), ("0.5%", 50), (" 33.3 ", 3_330)] {
            assert_eq!(basis_points(text), Some(bp), "{text}");
        }
        for text in ["", "a", "1.234", "-1", ".5"] {
            assert_eq!(basis_points(text), None, "{text}");
        }
        for bp in [1, 50, 3_330, 6_667, 10_000] {
            assert_eq!(basis_points(&percent(bp)), Some(bp));
        }
    }

    #[test]
    fn rows_are_typed_and_shown_again() {
        let columns: &[(&str, FactForm)] = &[("insured", FactForm::Flag), ("paid_fen", FactForm::Money)];
        let form = FactForm::Rows(columns);
        let rows = value(form, "1 0.5\n\n0  2").unwrap();
        assert_eq!(
            rows,
            json!([{ "insured": true, "paid_fen": 500_000 }, { "insured": false, "paid_fen": 2_000_000 }])
        );
        assert_eq!(value(form, &typed(form, &rows)), Ok(rows));
        assert_eq!(value(form, "1"), Err("award-row-cells"));
    }
}
