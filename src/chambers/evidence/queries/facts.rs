//! The facts behind the figures, in one place: added up for all chambers, or row by row for one.

use crate::chambers::evidence::model::{EvidenceFigure, EvidenceRecord, Figures, Period, Row};
use crate::chambers::evidence::queries::Whose;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::leads::model::ClosureKind;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::HashMap;

/// The fixed investment of a contract, fen: what it says, else what its years come to, else what is planned.
const CONTRACTED: &str = "COALESCE(contracts.fixed_investment_fen,
    (SELECT CAST(SUM(years.fixed_investment_fen) AS BIGINT) FROM contract_years AS years
        WHERE years.project_id = contracts.project_id),
    projects.fixed_investment_fen, 0)";

/// Which facts count.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    pub period: Period,
    /// A lead that was closed so was none.
    pub not_valid: &'a [ClosureKind],
}

/// SELECTs of `chamber_id`, `record_id`, `day`, `share_bp`, and what each fact adds to every one of these figures, under
/// their names: figures of the same rows are added up in one pass.
struct Facts {
    figures: &'static [EvidenceFigure],
    parts: Vec<String>,
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = Text)]
    chamber_id: String,
    /// Names of the figures, as they are added up together.
    #[diesel(sql_type = Text)]
    figures: String,
    #[diesel(sql_type = BigInt)]
    first: i64,
    #[diesel(sql_type = BigInt)]
    second: i64,
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

/// Figures that the same writes change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    Leads,
    /// Follow-ups, each written with its lead.
    Visits,
    /// Contracts, milestones and jobs of projects.
    Projects,
    /// Events and questions.
    Others,
}

impl Origin {
    pub const ALL: [Origin; 4] = [Origin::Leads, Origin::Visits, Origin::Projects, Origin::Others];
}

/// The figures of this origin, of every one of these chambers that has any.
pub fn by_chamber(
    conn: &mut AnyConn,
    filter: &Filter<'_>,
    origin: Origin,
    whose: Whose<'_>,
) -> QueryResult<HashMap<Id, Figures>> {
    // Each part is grouped by itself: it then is read in the order of an index that holds all that is asked.
    let mut sums = Vec::new();
    for facts in filter.of(origin, whose) {
        let names: Vec<&str> = facts.figures.iter().map(|figure| figure.as_str()).collect();
        let sum = |at: usize| names.get(at).map_or("0".to_owned(), |name| format!("SUM({name})"));
        let (first, second, named) = (sum(0), sum(1), names.join(" "));
        sums.extend(facts.parts.iter().map(|part| {
            format!(
                "SELECT chamber_id, '{named}' AS figures, CAST({first} AS BIGINT) AS first,
                    CAST({second} AS BIGINT) AS second
                FROM ({part}) AS part WHERE {} GROUP BY chamber_id",
                whose.is("chamber_id")
            )
        }));
    }
    let mut figures: HashMap<Id, Figures> = HashMap::new();
    for sum in load::<Sum>(conn, sums.join(" UNION ALL "))? {
        let Ok(id) = sum.chamber_id.parse() else { continue };
        let of_chamber = figures.entry(id).or_default();
        for (name, value) in sum.figures.split(' ').zip([sum.first, sum.second]) {
            if let Ok(figure) = name.parse() {
                *of_chamber.of_mut(figure) += value;
            }
        }
    }
    figures.retain(|_, figures| *figures != Figures::default());
    Ok(figures)
}

/// The rows that make a figure of a chamber, the latest first.
pub fn rows_of(
    conn: &mut AnyConn,
    filter: &Filter<'_>,
    chamber: &Id,
    figure: EvidenceFigure,
) -> QueryResult<Vec<Row>> {
    let whose = Whose::Those(std::slice::from_ref(chamber));
    let all = Origin::ALL.into_iter().flat_map(|origin| filter.of(origin, whose));
    let facts = all.filter(|facts| facts.figures.contains(&figure));
    let of_one = |part: String| {
        format!(
            "SELECT record_id, day, share_bp, {figure} AS value FROM ({part}) AS part
            WHERE {} AND {figure} <> 0",
            whose.is("chamber_id")
        )
    };
    let parts: Vec<String> = facts.flat_map(|facts| facts.parts).map(of_one).collect();
    let record = record_of(figure);
    let table = match record {
        EvidenceRecord::Event => "events",
        EvidenceRecord::Lead => "leads",
        EvidenceRecord::Project => "projects",
    };
    let text = format!(
        "SELECT facts.record_id AS id, record.code AS code, record.title AS title, facts.day AS day,
            CAST(facts.share_bp AS BIGINT) AS share_bp, CAST(facts.value AS BIGINT) AS value
        FROM ({}) AS facts JOIN {table} AS record ON record.id = facts.record_id
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
        Events => EvidenceRecord::Event,
        Contracts | FixedInvestment | Started | Produced | Jobs => EvidenceRecord::Project,
    }
}

/// A day as either database writes it, or the day in China of a time.
fn day_of(text: &str) -> Option<NaiveDate> {
    let at = || NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok().map(clock::china_date);
    text.parse().ok().or_else(at)
}

impl Filter<'_> {
    /// Days and words of ours stand in the text: both databases write placeholders in their own way.
    fn of(&self, origin: Origin, whose: Whose<'_>) -> Vec<Facts> {
        match origin {
            Origin::Leads => vec![self.leads()],
            Origin::Visits => vec![self.visits(whose)],
            Origin::Projects => vec![self.contracts(whose), self.milestones(whose), self.jobs(whose)],
            Origin::Others => vec![self.events(), self.questions()],
        }
    }

    fn between(&self, day: &str) -> String {
        let Period { from, to } = self.period;
        format!("{day} BETWEEN '{from}' AND '{to}'")
    }

    /// Registered in the period; valid when somebody judged it, and not as none. The day is compared as text, so that
    /// SQLite goes along the chambers and not along the days.
    fn leads(&self) -> Facts {
        let when = self.between("CAST(leads.registered_on AS TEXT)");
        let none: Vec<String> = self.not_valid.iter().map(|kind| format!("'{kind}'")).collect();
        let was_none = match none.is_empty() {
            true => String::new(),
            false => format!(" OR leads.closure_kind IN ({})", none.join(", ")),
        };
        let valid = format!("CASE WHEN leads.stage = 'new'{was_none} THEN 0 ELSE 1 END");
        let values = format!("1 AS leads, {valid} AS valid_leads");
        Facts {
            figures: &[EvidenceFigure::Leads, EvidenceFigure::ValidLeads],
            parts: of_leads("leads.registered_on", &values, None, &when),
        }
    }

    /// As the bureau or a county wrote them down: nobody writes what he is evaluated by.
    fn visits(&self, whose: Whose<'_>) -> Facts {
        let Period { from, to } = self.period;
        let (began, ended) = (clock::day_began(from), clock::day_began(to.succ_opt().unwrap_or(to)));
        let when = format!(
            "follow_ups.kind IN ('visit_out', 'visit_in') AND follow_ups.by_chamber_id IS NULL
                AND follow_ups.at >= '{began}' AND follow_ups.at < '{ended}'"
        );
        Facts {
            figures: &[EvidenceFigure::Visits],
            parts: of_leads("follow_ups.at", "1 AS visits", Some(("follow_ups", whose)), &when),
        }
    }

    /// Each once, on its first day, whether the chamber held it, came to it, or both.
    fn events(&self) -> Facts {
        let when = format!("events.status = 'held' AND {}", self.between("events.from_on"));
        Facts {
            figures: &[EvidenceFigure::Events],
            parts: vec![format!(
                "SELECT chamber_id, record_id, CAST(day AS TEXT) AS day, 10000 AS share_bp, 1 AS events FROM (
                    SELECT events.host_chamber_id AS chamber_id, events.id AS record_id, events.from_on AS day
                    FROM events WHERE events.host_chamber_id IS NOT NULL AND {when}
                    UNION
                    SELECT attendees.chamber_id, events.id, events.from_on
                    FROM events JOIN attendees ON attendees.event_id = events.id
                    WHERE attendees.chamber_id IS NOT NULL AND attendees.attended_at IS NOT NULL AND {when}
                ) AS came"
            )],
        }
    }

    fn contracts(&self, whose: Whose<'_>) -> Facts {
        let when = format!("contracts.kind = 'formal' AND {}", self.between("contracts.signed_on"));
        let investment = part_of(CONTRACTED);
        let values = format!("1 AS contracts, {investment} AS fixed_investment");
        Facts {
            figures: &[EvidenceFigure::Contracts, EvidenceFigure::FixedInvestment],
            parts: of_projects("contracts", "contracts.signed_on", &values, &when, whose),
        }
    }

    fn milestones(&self, whose: Whose<'_>) -> Facts {
        let kind = |kind: &str| format!("CASE milestones.kind WHEN '{kind}' THEN 1 ELSE 0 END");
        let values = format!("{} AS started, {} AS produced", kind("construction_start"), kind("production"));
        let when = format!(
            "milestones.kind IN ('construction_start', 'production') AND milestones.state = 'verified' AND {}",
            self.between("milestones.actual_on")
        );
        Facts {
            figures: &[EvidenceFigure::Started, EvidenceFigure::Produced],
            parts: of_projects("milestones", "milestones.actual_on", &values, &when, whose),
        }
    }

    fn jobs(&self, whose: Whose<'_>) -> Facts {
        let (first, last) = self.period.years();
        let when = format!("employment_years.year BETWEEN {first} AND {last}");
        let day = "CAST(employment_years.year AS TEXT) || '-12-31'";
        let values = format!("{} AS jobs", part_of("employment_years.new_jobs"));
        Facts {
            figures: &[EvidenceFigure::Jobs],
            parts: of_projects("employment_years", day, &values, &when, whose),
        }
    }

    /// To be answered in the period. The day that a question is due on ends in China at 16:00 UTC; both databases write
    /// times so.
    fn questions(&self) -> Facts {
        let in_time = "CASE WHEN CAST(questions.answered_at AS TEXT) < \
                       CAST(questions.due_on AS TEXT) || ' 16:00:00' THEN 1 ELSE 0 END";
        Facts {
            figures: &[EvidenceFigure::Asked, EvidenceFigure::InTime],
            parts: vec![format!(
                "SELECT questions.chamber_id AS chamber_id, questions.lead_id AS record_id,
                    CAST(questions.due_on AS TEXT) AS day, 10000 AS share_bp, 1 AS asked, {in_time} AS in_time
                FROM questions WHERE {}",
                self.between("questions.due_on")
            )],
        }
    }
}

/// Of leads, or of what belongs to them in another table: once for the chamber that they came from, once for each other
/// that has a part, which are few.
fn of_leads(day: &str, values: &str, table: Option<(&str, Whose<'_>)>, when: &str) -> Vec<String> {
    let stands = "leads.deleted_at IS NULL AND leads.status <> 'merged'";
    let own = "COALESCE((SELECT share_bp FROM attribution_shares WHERE lead_id = leads.id \
               AND chamber_id = leads.source_chamber_id), 10000)";
    let (from, joined, belongs) = match table {
        None => ("leads".to_owned(), String::new(), String::new()),
        Some((other, whose)) => (
            format!("{other} {} leads", whose.join()),
            format!("CROSS JOIN {other}"),
            format!("leads.id = {other}.lead_id AND "),
        ),
    };
    vec![
        format!(
            "SELECT leads.source_chamber_id AS chamber_id, leads.id AS record_id, CAST({day} AS TEXT) AS day,
                {own} AS share_bp, {values}
            FROM {from} WHERE {belongs}leads.source_chamber_id IS NOT NULL AND {stands} AND {when}"
        ),
        format!(
            "SELECT shares.chamber_id AS chamber_id, leads.id AS record_id, CAST({day} AS TEXT) AS day,
                shares.share_bp AS share_bp, {values}
            FROM attribution_shares AS shares CROSS JOIN leads {joined}
            WHERE leads.id = shares.lead_id AND {belongs}shares.chamber_id <> leads.source_chamber_id
                AND {stands} AND {when}"
        ),
    ]
}

/// Of what belongs to projects; a project has the attribution of the lead that it was.
fn of_projects(table: &str, day: &str, values: &str, when: &str, whose: Whose<'_>) -> Vec<String> {
    let (from, among) = (whose.of_projects(table), whose.may_have_project());
    vec![format!(
        "SELECT COALESCE(shares.chamber_id, projects.source_chamber_id) AS chamber_id, projects.id AS record_id,
            CAST({day} AS TEXT) AS day, COALESCE(shares.share_bp, 10000) AS share_bp, {values}
        FROM {from} LEFT JOIN attribution_shares AS shares ON shares.lead_id = projects.lead_id
        WHERE projects.id = {table}.project_id AND projects.deleted_at IS NULL
            AND COALESCE(shares.chamber_id, projects.source_chamber_id) IS NOT NULL AND {among} AND {when}"
    )]
}

/// A chamber's part of an amount, without running over: the source chamber has what the others leave, so that the parts
/// are the whole.
fn part_of(amount: &str) -> String {
    let floor = |share: &str| format!("({amount} / 10000 * {share} + {amount} % 10000 * {share} / 10000)");
    format!(
        "CASE WHEN shares.chamber_id IS NULL THEN {amount}
            WHEN shares.chamber_id = projects.source_chamber_id THEN {amount} - (
                SELECT COALESCE(SUM({}), 0) FROM attribution_shares AS other
                WHERE other.lead_id = projects.lead_id AND other.chamber_id <> projects.source_chamber_id)
            ELSE {} END",
        floor("other.share_bp"),
        floor("shares.share_bp")
    )
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
