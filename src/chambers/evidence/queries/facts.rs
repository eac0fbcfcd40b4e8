//! The facts behind each figure, in one place: added up for all chambers, or row by row for one.

use crate::chambers::evidence::model::{EvidenceFigure, EvidenceRecord, Figures, Period, Row};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::leads::model::ClosureKind;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::HashMap;

/// Which facts count.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    pub period: Period,
    /// A lead that was closed so was none.
    pub not_valid: &'a [ClosureKind],
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = Text)]
    chamber_id: String,
    #[diesel(sql_type = Text)]
    figure: String,
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Fact {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    /// A day, or a time in UTC.
    #[diesel(sql_type = Text)]
    day: String,
    #[diesel(sql_type = BigInt)]
    share_bp: i64,
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// The figures of every chamber that has any.
pub fn by_chamber(conn: &mut AnyConn, filter: &Filter<'_>) -> QueryResult<HashMap<Id, Figures>> {
    // Each part is grouped by itself: it then is read in the order of an index that holds all that is asked.
    let sums: Vec<String> = EvidenceFigure::ALL
        .iter()
        .flat_map(|figure| filter.parts(*figure).into_iter().map(move |part| (figure, part)))
        .map(|(figure, part)| {
            format!(
                "SELECT chamber_id, '{figure}' AS figure, CAST(SUM(value) AS BIGINT) AS value FROM ({part}) AS part \
                 GROUP BY chamber_id"
            )
        })
        .collect();
    let mut figures: HashMap<Id, Figures> = HashMap::new();
    for sum in load::<Sum>(conn, sums.join(" UNION ALL "))? {
        let (Ok(id), Ok(figure)) = (sum.chamber_id.parse(), sum.figure.parse()) else { continue };
        *figures.entry(id).or_default().of_mut(figure) += sum.value;
    }
    Ok(figures)
}

/// The rows that make a figure of a chamber, the latest first.
pub fn rows_of(
    conn: &mut AnyConn,
    filter: &Filter<'_>,
    chamber: &Id,
    figure: EvidenceFigure,
) -> QueryResult<Vec<Row>> {
    let of_one = |part: String| format!("SELECT * FROM ({part}) AS part WHERE chamber_id = '{chamber}'");
    let parts: Vec<String> = filter.parts(figure).into_iter().map(of_one).collect();
    let record = record_of(figure);
    let (table, name) = match record {
        EvidenceRecord::Lead => ("leads", "lead"),
        EvidenceRecord::Project => ("projects", "project"),
    };
    let text = format!(
        "SELECT facts.record_id AS id, {name}.code AS code, {name}.title AS title, facts.day AS day,
            CAST(facts.share_bp AS BIGINT) AS share_bp, CAST(facts.value AS BIGINT) AS value
        FROM ({}) AS facts JOIN {table} AS {name} ON {name}.id = facts.record_id
        ORDER BY facts.day DESC, facts.record_id DESC",
        parts.join(" UNION ALL ")
    );
    let row = |fact: Fact| {
        let (id, on) = (fact.id.parse().ok()?, day_of(&fact.day)?);
        let (code, title) = (fact.code, fact.title);
        Some(Row { record, id, code, title, on, share_bp: fact.share_bp, value: Some(fact.value) })
    };
    Ok(load::<Fact>(conn, text)?.into_iter().filter_map(row).collect())
}

/// What the rows of a figure are about.
fn record_of(figure: EvidenceFigure) -> EvidenceRecord {
    use EvidenceFigure::*;
    match figure {
        Leads | ValidLeads | Visits | Asked | InTime => EvidenceRecord::Lead,
        Contracts | FixedInvestment | Started | Produced | Jobs => EvidenceRecord::Project,
    }
}

/// A day as either database writes it, or the day in China of a time.
fn day_of(text: &str) -> Option<NaiveDate> {
    let at = || NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok().map(clock::china_date);
    text.parse().ok().or_else(at)
}

impl Filter<'_> {
    /// SELECTs of (chamber_id, record_id, day, share_bp, value). Days and words of ours stand in the text: both
    /// databases write placeholders in their own way.
    fn parts(&self, figure: EvidenceFigure) -> Vec<String> {
        let Period { from, to } = self.period;
        let between = |day: &str| format!("{day} BETWEEN '{from}' AND '{to}'");
        let registered = between("leads.registered_on");
        match figure {
            EvidenceFigure::Leads => of_leads("leads.registered_on", "leads", &registered),
            EvidenceFigure::ValidLeads => {
                let valid = self.valid();
                of_leads("leads.registered_on", "leads", &format!("{registered} AND {valid}"))
            }
            EvidenceFigure::Visits => {
                let (began, ended) = (clock::day_began(from), clock::day_began(to.succ_opt().unwrap_or(to)));
                let visits = "follow_ups JOIN leads ON leads.id = follow_ups.lead_id";
                let when = format!(
                    "follow_ups.kind IN ('visit_out', 'visit_in') AND follow_ups.at >= '{began}' AND follow_ups.at < '{ended}'"
                );
                of_leads("follow_ups.at", visits, &when)
            }
            EvidenceFigure::Contracts => {
                let when = format!("contracts.kind = 'formal' AND {}", between("contracts.signed_on"));
                of_projects("contracts", "contracts.signed_on", "1", &when)
            }
            EvidenceFigure::FixedInvestment => {
                let when = format!("contracts.kind = 'formal' AND {}", between("contracts.signed_on"));
                let part = part_of("COALESCE(contracts.fixed_investment_fen, 0)");
                of_projects("contracts", "contracts.signed_on", &part, &when)
            }
            EvidenceFigure::Started => of_milestones("construction_start", &between("milestones.actual_on")),
            EvidenceFigure::Produced => of_milestones("production", &between("milestones.actual_on")),
            EvidenceFigure::Jobs => {
                let (first, last) = self.period.years();
                let when = format!("employment_years.year BETWEEN {first} AND {last}");
                let day = "CAST(employment_years.year AS TEXT) || '-12-31'";
                of_projects("employment_years", day, &part_of("employment_years.new_jobs"), &when)
            }
            EvidenceFigure::Asked => vec![of_questions(&between("questions.due_on"))],
            // The day that a question is due on ends in China at 16:00 UTC; both databases write times so.
            EvidenceFigure::InTime => vec![of_questions(&format!(
                "{} AND CAST(questions.answered_at AS TEXT) < CAST(questions.due_on AS TEXT) || ' 16:00:00'",
                between("questions.due_on")
            ))],
        }
    }

    /// Somebody judged it, and not as none.
    fn valid(&self) -> String {
        let none: Vec<String> = self.not_valid.iter().map(|kind| format!("'{kind}'")).collect();
        let was_one = match none.is_empty() {
            true => String::new(),
            false => format!(
                " AND (leads.closure_kind IS NULL OR leads.closure_kind NOT IN ({}))",
                none.join(", ")
            ),
        };
        format!("leads.stage <> 'new'{was_one}")
    }
}

/// Of leads, or of what belongs to them: once for the chamber that they came from, once for each other that has a part.
fn of_leads(day: &str, tables: &str, when: &str) -> Vec<String> {
    let stands = "leads.deleted_at IS NULL AND leads.status <> 'merged'";
    let own = "COALESCE((SELECT share_bp FROM attribution_shares WHERE lead_id = leads.id \
               AND chamber_id = leads.source_chamber_id), 10000)";
    vec![
        format!(
            "SELECT leads.source_chamber_id AS chamber_id, leads.id AS record_id, CAST({day} AS TEXT) AS day,
                {own} AS share_bp, 1 AS value
            FROM {tables} WHERE leads.source_chamber_id IS NOT NULL AND {stands} AND {when}"
        ),
        format!(
            "SELECT shares.chamber_id AS chamber_id, leads.id AS record_id, CAST({day} AS TEXT) AS day,
                shares.share_bp AS share_bp, 1 AS value
            FROM {tables} JOIN attribution_shares AS shares ON shares.lead_id = leads.id
            WHERE shares.chamber_id <> leads.source_chamber_id AND {stands} AND {when}"
        ),
    ]
}

/// Of what belongs to projects; a project has the attribution of the lead that it was.
fn of_projects(table: &str, day: &str, value: &str, when: &str) -> Vec<String> {
    vec![format!(
        "SELECT COALESCE(shares.chamber_id, projects.source_chamber_id) AS chamber_id, projects.id AS record_id,
            CAST({day} AS TEXT) AS day, COALESCE(shares.share_bp, 10000) AS share_bp, {value} AS value
        FROM {table} JOIN projects ON projects.id = {table}.project_id
            LEFT JOIN attribution_shares AS shares ON shares.lead_id = projects.lead_id
        WHERE projects.deleted_at IS NULL AND COALESCE(shares.chamber_id, projects.source_chamber_id) IS NOT NULL
            AND {when}"
    )]
}

fn of_milestones(kind: &str, when: &str) -> Vec<String> {
    let when = format!("milestones.kind = '{kind}' AND milestones.state = 'verified' AND {when}");
    of_projects("milestones", "milestones.actual_on", "1", &when)
}

fn of_questions(when: &str) -> String {
    format!(
        "SELECT questions.chamber_id AS chamber_id, questions.lead_id AS record_id,
            CAST(questions.due_on AS TEXT) AS day, 10000 AS share_bp, 1 AS value
        FROM questions WHERE {when}"
    )
}

/// A chamber's part of an amount, as `attributions::rules::part_of`, without running over.
fn part_of(amount: &str) -> String {
    let share = "COALESCE(shares.share_bp, 10000)";
    format!("({amount} / 10000 * {share} + {amount} % 10000 * {share} / 10000)")
}

fn load<T: QueryableByName<diesel::pg::Pg> + QueryableByName<diesel::sqlite::Sqlite> + 'static>(
    conn: &mut AnyConn,
    text: String,
) -> QueryResult<Vec<T>> {
    match conn {
        AnyConn::Pg(conn) => diesel::sql_query(text).load(conn),
        AnyConn::Sqlite(conn) => diesel::sql_query(text).load(conn),
    }
}
