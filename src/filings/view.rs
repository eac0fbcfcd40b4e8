//! Filings as the API shows them; to some roles a part of it (`policy::View`).

use crate::accounts::queries::users;
use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::clock;
use crate::companies::identity::Identity;
use crate::companies::uscc::Uscc;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::filings::model::{Confirmation, Filing, FilingDecision, FilingRole, Party};
use crate::filings::policy::{self, View};
use crate::filings::queries::{self, Case};
use crate::filings::rules::{
    self, Facts, Finding, Found, MemberFacts, Numbers, Official, ReferralStep, ReferrerFacts, Weight,
};
use crate::leads::view::Person;
use crate::referrers;
use crate::referrers::Referrer;
use crate::registers::sealed;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

/// A referrer, named.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReferrerName {
    pub id: Id,
    pub code: String,
    pub name: String,
}

/// A filing. What a role's pages do not show is null.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Filing)]
pub struct FilingView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub referrer: ReferrerName,
    /// The lead, of one that was merged the one that stayed, if the reader sees it.
    pub lead_id: Option<Id>,
    /// The project that it is of, or that the lead became, if the reader sees it.
    pub project_id: Option<Id>,
    /// What lead or project are called, if the reader sees one of them.
    pub title: Option<String>,
    pub role: Option<FilingRole>,
    pub filed_on: Option<NaiveDate>,
    /// When the server got it.
    #[serde(with = "clock::rfc3339::option")]
    pub received_at: Option<NaiveDateTime>,
    /// Days between the day of filing and the day of receipt.
    pub entered_days_later: Option<i64>,
    pub filed_by: Option<Person>,
    pub statement: Option<String>,
    pub step: Option<ReferralStep>,
    /// Since when it is at this step.
    pub step_on: Option<NaiveDate>,
    pub confirmations: Vec<ConfirmationView>,
    /// What speaks against a payment, and what whoever reviews should know; the gravest first.
    pub findings: Vec<FindingView>,
    pub withdrawn_on: Option<NaiveDate>,
    pub withdrawal_reason: Option<String>,
}

/// What a party said.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Confirmation)]
pub struct ConfirmationView {
    pub party: Party,
    pub decision: FilingDecision,
    pub reason: Option<String>,
    /// Who said so; of the investor who entered his letter.
    pub by: Option<Person>,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
}

/// Something that was found about a filing.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = FilingFinding)]
pub struct FindingView {
    pub code: Finding,
    pub weight: Weight,
    /// A member's name, or the code of another referrer.
    pub who: Option<String>,
    pub days: Option<i64>,
}

impl From<Found> for FindingView {
    fn from(found: Found) -> Self {
        FindingView { code: found.finding, weight: found.finding.weight(), who: found.who, days: found.days }
    }
}

/// One filing as its reader sees it.
pub fn detail(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    filing: Filing,
) -> Result<FilingView, AppError> {
    list(conn, tools, actor, vec![filing])?.pop().ok_or(AppError::NotFound)
}

/// Filings as their reader sees them; what they need is read once for all.
pub fn list(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    rows: Vec<Filing>,
) -> Result<Vec<FilingView>, AppError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let families = queries::families_of(conn, &rows)?;
    let cases = queries::cases_of(conn, &rows, &families)?;
    let open = queries::of_cases(conn, &rows, &families)?;
    let referrers = known_referrers(conn, tools, rows.iter().chain(&open))?;
    let mut confirmations: HashMap<Id, Vec<Confirmation>> = HashMap::new();
    for one in queries::confirmations_of(conn, &ids)? {
        confirmations.entry(one.filing_id.clone()).or_default().push(one);
    }
    let officials = officials(conn, tools)?;
    let papers = queries::papers_of(conn, &cases)?;
    let leads = cases.values().filter_map(|case| Some(case.lead.as_ref()?.id.clone())).collect();
    let projects = cases.values().filter_map(|case| Some(case.project.as_ref()?.id.clone())).collect();
    let mut seen = queries::seen_leads(conn, actor, leads)?;
    seen.extend(queries::seen_projects(conn, actor, projects)?);
    let people = rows.iter().map(|row| row.filed_by.clone());
    let people: Vec<Id> =
        people.chain(confirmations.values().flatten().map(|one| one.by_user.clone())).collect();
    let people: HashMap<Id, Person> = users::names(conn, &people)?
        .into_iter()
        .map(|(id, username, display_name)| (id.clone(), Person { id, username, display_name }))
        .collect();
    let stayed = |filing: &Filing| filing.lead_id.as_ref().map(|lead| families.stayed(lead).clone());
    let no_case = Case::default();
    let mut shown = Vec::new();
    for row in rows {
        let Some(referrer) = referrers.get(&row.referrer_id) else { continue };
        let case = cases.get(&row.id).unwrap_or(&no_case);
        let said = confirmations.remove(&row.id).unwrap_or_default();
        let of_case: Vec<&Filing> = open
            .iter()
            .filter(|other| stayed(other) == stayed(&row) && other.project_id == row.project_id)
            .collect();
        let is_alone = of_case.iter().all(|other| other.id == row.id);
        let others = of_case.iter().filter_map(|other| referrers.get(&other.referrer_id)).collect();
        let lacks_letter =
            said.iter().any(|one| one.party == Party::Investor && one.decision == FilingDecision::Confirmed)
                && !papers.contains(&row.id)
                && !(is_alone && has_paper(case, &papers));
        let chamber_contests =
            said.iter().any(|one| one.party == Party::Chamber && one.decision == FilingDecision::Refused);
        let facts = Facts {
            referrer,
            others,
            investors: investors(tools, case),
            officials: &officials,
            filed_on: row.filed_on,
            received_on: clock::china_date(row.received_at),
            signed_on: case.landing.signed_on,
            lacks_letter,
            chamber_contests,
        };
        let findings = rules::findings(&facts);
        shown.push(one(actor, row, referrer, case, &seen, said, findings, &people));
    }
    if policy::view_of(actor.role) == policy::View::Progress {
        keep_own_words(conn, actor, &mut shown)?;
    }
    Ok(shown)
}

/// To a liaison is told what his own chamber said, and not what another did.
fn keep_own_words(conn: &mut AnyConn, actor: &Actor, shown: &mut [FilingView]) -> Result<(), AppError> {
    let by = |one: &ConfirmationView| one.by.as_ref().map(|person| person.id.clone());
    let speakers: Vec<Id> = shown.iter().flat_map(|filing| &filing.confirmations).filter_map(by).collect();
    let own: HashSet<Id> = users::chambers_of(conn, &speakers)?
        .into_iter()
        .filter(|(_, chamber)| chamber.is_some() && *chamber == actor.chamber_id)
        .map(|(id, _)| id)
        .collect();
    for filing in shown {
        filing.confirmations.retain(|one| {
            one.party == Party::Chamber && one.by.as_ref().is_some_and(|person| own.contains(&person.id))
        });
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "each is another part of one view")]
fn one(
    actor: &Actor,
    row: Filing,
    referrer: &ReferrerFacts,
    case: &Case,
    seen: &HashSet<Id>,
    said: Vec<Confirmation>,
    findings: Vec<Found>,
    people: &HashMap<Id, Person>,
) -> FilingView {
    let name =
        ReferrerName { id: referrer.id.clone(), code: referrer.code.clone(), name: referrer.name.clone() };
    let bare = FilingView {
        id: row.id,
        code: row.code,
        version: row.version,
        referrer: name,
        lead_id: None,
        project_id: None,
        title: None,
        role: None,
        filed_on: None,
        received_at: None,
        entered_days_later: None,
        filed_by: None,
        statement: None,
        step: None,
        step_on: None,
        confirmations: Vec::new(),
        findings: Vec::new(),
        withdrawn_on: None,
        withdrawal_reason: None,
    };
    let view = policy::view_of(actor.role);
    if view == View::Name {
        return bare;
    }
    let lead = case.lead.as_ref().filter(|lead| seen.contains(&lead.id));
    let project = case.project.as_ref().filter(|project| seen.contains(&project.id));
    let title = lead.map(|one| one.title.clone());
    let title = project.map(|one| one.title.clone()).or(title);
    let days: Vec<_> = said.iter().map(|one| (one.party, one.decision, clock::china_date(one.at))).collect();
    let (step, step_on) = rules::step(row.filed_on, row.withdrawn_on, &days, &case.landing);
    let bare = FilingView {
        filed_on: Some(row.filed_on),
        step: Some(step),
        step_on: Some(step_on),
        withdrawn_on: row.withdrawn_on,
        ..bare
    };
    let shown = |one: Confirmation| ConfirmationView {
        party: one.party,
        decision: one.decision,
        reason: one.reason,
        by: people.get(&one.by_user).cloned(),
        at: one.at,
    };
    if view == View::Progress {
        // Of what his own chamber brought he has to know what he confirms.
        let own = lead.is_some() || project.is_some();
        return FilingView {
            lead_id: lead.map(|lead| lead.id.clone()),
            title,
            role: own.then_some(row.role),
            confirmations: said.into_iter().map(shown).collect(),
            ..bare
        };
    }
    let received_on = clock::china_date(row.received_at);
    FilingView {
        lead_id: lead.map(|lead| lead.id.clone()),
        project_id: project.map(|project| project.id.clone()),
        title,
        role: Some(row.role),
        received_at: Some(row.received_at),
        entered_days_later: Some((received_on - row.filed_on).num_days()),
        filed_by: people.get(&row.filed_by).cloned(),
        statement: row.statement,
        confirmations: said.into_iter().map(shown).collect(),
        findings: findings.into_iter().map(FindingView::from).collect(),
        withdrawal_reason: row.withdrawal_reason,
        ..bare
    }
}

/// Whether lead or project have a paper of the kind `filing`. It does not say which referrer it is of, so it proves
/// only the one filing that there is.
fn has_paper(case: &Case, papers: &HashSet<Id>) -> bool {
    let leads = [&case.lead, &case.merged].into_iter().flatten();
    let of_leads = leads.into_iter().any(|lead| papers.contains(&lead.id));
    of_leads || case.project.as_ref().is_some_and(|project| papers.contains(&project.id))
}

/// The investor of a case, by the names that lead and project have, and the project's company.
fn investors(tools: Tools<'_>, case: &Case) -> Vec<Identity> {
    let uscc = case.uscc.as_deref().and_then(|code| Uscc::parse(code).ok());
    let names = [
        case.lead.as_ref().map(|lead| &lead.investor_name),
        case.merged.as_ref().map(|lead| &lead.investor_name),
        case.project.as_ref().map(|project| &project.investor_name),
    ];
    let investors =
        names.into_iter().flatten().map(|name| Identity::new(name, uscc.clone(), tools.reference));
    let company = case.project.as_ref().and_then(|project| project.project_company.as_deref());
    investors.chain(company.map(|name| Identity::new(name, None, tools.reference))).collect()
}

/// Active users with an official role, for telling whether a payee may be one.
fn officials(conn: &mut AnyConn, tools: Tools<'_>) -> Result<Vec<Official>, AppError> {
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| rules::is_official(*role)).collect();
    let mut found = Vec::new();
    for user in users::active_with_roles(conn, &roles)? {
        found.push(Official { phone: user.phone(tools.keys)?, name: user.display_name });
    }
    Ok(found)
}

/// The referrers of filings, as far as conflicts go.
fn known_referrers<'a>(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    rows: impl Iterator<Item = &'a Filing>,
) -> Result<HashMap<Id, ReferrerFacts>, AppError> {
    let ids: HashSet<Id> = rows.map(|row| row.referrer_id.clone()).collect();
    let ids: Vec<Id> = ids.into_iter().collect();
    let mut members: HashMap<Id, Vec<MemberFacts>> = HashMap::new();
    for member in referrers::queries::members_of(conn, &ids)? {
        if member.left_on.is_none() {
            members.entry(member.referrer_id).or_default().push(MemberFacts {
                identity: Identity::new(&member.name, None, tools.reference),
                id: member.id,
                name: member.name,
                is_payee: member.is_payee,
                public_employee: member.public_employee,
                official_tie: member.official_tie,
                numbers: Numbers { identity_hash: member.identity_hash, ..Numbers::default() },
            });
        }
    }
    let rows = referrers::queries::of_ids(conn, &ids)?;
    let users_of: Vec<Id> = rows.iter().filter_map(|row| row.user_id.clone()).collect();
    let roles: HashMap<Id, Role> = users::roles_of(conn, &users_of)?.into_iter().collect();
    let mut found = HashMap::new();
    for row in rows {
        let of_team = members.remove(&row.id).unwrap_or_default();
        found.insert(row.id.clone(), referrer_facts(tools, row, &roles, of_team)?);
    }
    Ok(found)
}

fn referrer_facts(
    tools: Tools<'_>,
    row: Referrer,
    roles: &HashMap<Id, Role>,
    members: Vec<MemberFacts>,
) -> Result<ReferrerFacts, AppError> {
    let phone = sealed::open(tools.keys, &row.phone_context(), row.phone_encrypted.as_deref())?;
    let uscc = row.uscc.as_deref().and_then(|code| Uscc::parse(code).ok());
    Ok(ReferrerFacts {
        identity: Identity::new(&row.name, uscc, tools.reference),
        phone,
        is_chamber: row.chamber_id.is_some(),
        user_role: row.user_id.as_ref().and_then(|id| roles.get(id).copied()),
        agreement: row.agreement_number.is_some().then_some((row.agreement_from, row.agreement_to)),
        numbers: Numbers { identity_hash: row.identity_hash, account_hash: row.account_hash, uscc: row.uscc },
        public_employee: row.public_employee,
        official_tie: row.official_tie,
        kind: row.kind,
        id: row.id,
        code: row.code,
        name: row.name,
        members,
    })
}
