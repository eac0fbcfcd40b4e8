//! `GET /`: the first page of the day. Every number is counted by the query of the list that it opens.

use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::chambers::model::SourceStatus;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::follow_ups;
use crate::home::changes::shortened;
use crate::home::pages::{Action, Emphasis, Fault, Group, Home, Line, Referral, Review, Unread, Whose};
use crate::leads::handlers::list::{Tally, tally};
use crate::leads::model::Status;
use crate::leads::next::Next;
use crate::leads::pages::OwnCard;
use crate::leads::policy;
use crate::leads::promise::{self, PROMISED_WORKING_DAYS};
use crate::leads::queries::{self, At, LeadRow};
use crate::leads::view;
use crate::projects;
use crate::projects::queries::ProjectFilter;
use crate::registers::RegisterFilter;
use crate::saved_searches::pages::News;
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::SignedIn;
use crate::web::visit::Visit;
use crate::{attributions, chambers, filings, notices, questions, referrers, saved_searches};
use actix_web::HttpResponse;
use actix_web::web::Data;
use std::collections::{HashMap, HashSet};

/// Rows that a group shows before one opens its list.
pub(super) const ROWS: i64 = 5;
/// Lists that are spoken of only when something is wrong.
const EXCEPTIONS: &[&str] = &["feedback", "asked", "answer", "late"];

/// Who keeps leads finds his own here, and with `whose=all` all that he may see.
pub async fn show(
    actor: SignedIn,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let wanted = params.only(&["whose"])?.one("whose")?;
    let day = Day { actor: actor.0, lang: visit.lang, wanted };
    let home = app.read(move |app, conn| day.page(conn, app)).await?;
    visit.page(&app, &home)
}

/// Whose day it is.
pub(super) struct Day {
    pub(super) actor: Actor,
    pub(super) lang: Lang,
    /// Whose leads he asked for.
    wanted: Option<Whose>,
}

impl Day {
    fn page(&self, conn: &mut AnyConn, app: &App) -> Result<Home, AppError> {
        let emphasis = match self.actor.role {
            Role::CountyLeader => Emphasis::Leader,
            Role::ChamberLiaison => Emphasis::Liaison,
            role if policy::uses_leads(role) => Emphasis::Desk,
            _ => Emphasis::Office,
        };
        let whose = self.whose(conn, app)?;
        let (mut groups, mut shown) = (Vec::new(), HashSet::new());
        for (key, params, rows) in self.lists(emphasis, whose) {
            let group = self.group(conn, app, key, params, rows, &mut shown)?;
            if group.count > 0 || !EXCEPTIONS.contains(&key) {
                groups.push(group);
            }
        }
        let changes = if emphasis == Emphasis::Office { Vec::new() } else { self.changes(conn, app)? };
        let late_claims = self.late_claims(conn, app)?;
        let claims = self.claims(conn, app, late_claims.as_ref().map_or(0, |late| late.count))?;
        if let Some(late) = &late_claims {
            // Beside the leads whose chambers wait for an answer, before everything else.
            let at = groups.iter().take_while(|group: &&Group| group.key == "feedback").count();
            let href = late.href.to_owned();
            groups.insert(at, Group { key: "claimed", count: late.count, href, rows: Vec::new() });
        }
        let (review, notice) = (self.review(conn)?, self.notice(conn)?);
        let (referrals, found) = (self.referrals(conn, app)?, self.found(conn)?);
        let faults = if emphasis == Emphasis::Desk { self.faults(conn, app)? } else { Vec::new() };
        Ok(Home {
            emphasis,
            guessed_year: app.reference.calendar().guessed(clock::today(), PROMISED_WORKING_DAYS),
            whose,
            groups,
            claims,
            late_claims,
            notice,
            referrals,
            found,
            review,
            faults,
            changes,
            actions: self.actions(),
        })
    }

    /// Whose leads the day of somebody who keeps leads is made of: as he asked, else his own when he has any.
    /// A head looks after everybody's first. `None` for those who keep none, and for whom there is nothing to choose.
    fn whose(&self, conn: &mut AnyConn, app: &App) -> Result<Option<Whose>, AppError> {
        if !policy::edits(self.actor.role) {
            return Ok(None);
        }
        if let Some(wanted) = self.wanted {
            return Ok(Some(wanted));
        }
        let has_own = self.actor.role != Role::BureauHead
            && tally(conn, app, &self.actor, &Params::of(&[("mine", "true")]))?.count > 0;
        Ok(Some(if has_own { Whose::Mine } else { Whose::All }))
    }

    /// The lists of the day: their texts, what they are asked for, and how many rows stand here.
    fn lists(&self, emphasis: Emphasis, whose: Option<Whose>) -> Vec<(&'static str, Params, i64)> {
        let soonest = ("sort", "next_follow_up_on");
        match emphasis {
            Emphasis::Desk => {
                let mine = ("mine", if whose == Some(Whose::Mine) { "true" } else { "" });
                let mut lists = vec![
                    ("feedback", Params::of(&[("feedback", "late")]), ROWS),
                    ("asked", Params::of(&[("question", "late")]), ROWS),
                    ("overdue", Params::of(&[mine, ("overdue", "true"), soonest]), ROWS),
                    ("today", Params::of(&[mine, ("due", "today")]), ROWS),
                    ("week", Params::of(&[mine, ("due", "week"), soonest]), ROWS),
                    ("changed", Params::of(&[("updated", "recently")]), 0),
                ];
                if policy::edits(self.actor.role) {
                    lists.push(("mine", Params::of(&[("mine", "true")]), 0));
                }
                lists
            }
            Emphasis::Leader => vec![
                ("overdue", Params::of(&[("mine", "true"), ("overdue", "true"), soonest]), 2 * ROWS),
                ("today", Params::of(&[("mine", "true"), ("due", "today")]), 2 * ROWS),
                ("week", Params::of(&[("mine", "true"), ("due", "week"), soonest]), ROWS),
                ("mine", Params::of(&[("mine", "true"), soonest]), 2 * ROWS),
            ],
            Emphasis::Liaison => vec![
                ("answer", Params::of(&[("question", "waiting")]), 2 * ROWS),
                ("late", Params::of(&[("feedback", "late")]), 2 * ROWS),
                ("mine", Params::default(), 2 * ROWS),
            ],
            Emphasis::Office => Vec::new(),
        }
    }

    fn group(
        &self,
        conn: &mut AnyConn,
        app: &App,
        key: &'static str,
        params: Params,
        wanted: i64,
        shown: &mut HashSet<String>,
    ) -> Result<Group, AppError> {
        let list = tally(conn, app, &self.actor, &params)?;
        let rows = self.first(conn, &list, wanted)?;
        // A lead stands under the most pressing of its groups only.
        let rows: Vec<LeadRow> = rows.into_iter().filter(|row| shown.insert(row.0.id.to_string())).collect();
        let rows = self.lines(conn, app, rows)?;
        Ok(Group { key, count: list.count, href: list.href, rows })
    }

    pub(super) fn first(
        &self,
        conn: &mut AnyConn,
        list: &Tally,
        wanted: i64,
    ) -> Result<Vec<LeadRow>, AppError> {
        if wanted == 0 || list.count == 0 {
            return Ok(Vec::new());
        }
        let page = queries::page(conn, &self.actor, &list.filter, list.sort, &At::Start, wanted)?;
        Ok(page.map(|page| page.items).unwrap_or_default())
    }

    fn lines(&self, conn: &mut AnyConn, app: &App, rows: Vec<LeadRow>) -> Result<Vec<Line>, AppError> {
        let views = view::list(conn, app.tools(), &self.actor, rows.clone())?;
        let next_steps = self.next_steps(conn, &rows)?;
        let mut own = self.own(conn, app, &rows)?;
        let mut lines = Vec::with_capacity(rows.len());
        for (shown, (lead, ..)) in views.into_iter().zip(rows) {
            let next_step = next_steps.get(&lead.id).cloned().flatten();
            let promised = promise::due_days(lead.stage, lead.status, shown.promised_on, clock::today());
            let active = lead.status == Status::Active;
            lines.push(Line {
                county: shown
                    .county
                    .as_deref()
                    .map(|code| app.reference.region_name(code, self.lang.code()).to_owned())
                    .unwrap_or_default(),
                overdue_days: shown
                    .next_follow_up_on
                    .filter(|_| active)
                    .map(|due| (clock::today() - due).num_days()),
                promise_days: promised.filter(|_| lead.source_chamber_id.is_some()),
                own: own.remove(&lead.id),
                id: shown.id.to_string(),
                code: shown.code,
                title: shown.title,
                investor_name: shown.investor_name,
                stage: shown.stage.to_string(),
                total_investment_fen: shown.total_investment_fen,
                officer: shown.officer.map(|person| person.display_name),
                leader: shown.leader.map(|person| person.display_name),
                next_step,
                next_on: shown.next_follow_up_on,
            });
        }
        Ok(lines)
    }

    /// To a liaison, how far each lead is, what comes next, and what waits for his answer.
    fn own(&self, conn: &mut AnyConn, app: &App, rows: &[LeadRow]) -> Result<HashMap<Id, OwnCard>, AppError> {
        if self.actor.role != Role::ChamberLiaison {
            return Ok(HashMap::new());
        }
        let (ids, today) = (rows.iter().map(|row| row.0.id.clone()).collect::<Vec<Id>>(), clock::today());
        let mut asked = HashMap::new();
        for question in questions::queries::waiting(conn, &self.actor, &ids)? {
            asked.entry(question.lead_id.clone()).or_insert(question);
        }
        let projects = projects::reached::of_leads(conn, &self.actor, &ids)?;
        let card = |(lead, _): &LeadRow| {
            let question = asked.remove(&lead.id).map(|question| questions::pages::Row::of(question, today));
            let promised_on = promise::promised_on(&app.reference, lead.received_at);
            let project = projects.get(&lead.id);
            let next = Next::of(lead, project, question.is_some(), promised_on, today);
            (lead.id.clone(), OwnCard::of(lead, project, next, question))
        };
        Ok(rows.iter().map(card).collect())
    }

    /// What the last follow-up of each lead said comes next.
    fn next_steps(
        &self,
        conn: &mut AnyConn,
        rows: &[LeadRow],
    ) -> Result<HashMap<Id, Option<String>>, AppError> {
        let ids: Vec<Id> = rows.iter().map(|row| row.0.id.clone()).collect();
        let mut next_steps = HashMap::new();
        // The latest come first.
        for follow_up in follow_ups::queries::of_leads(conn, &self.actor, &ids)? {
            next_steps.entry(follow_up.lead_id).or_insert(follow_up.next_step);
        }
        Ok(next_steps)
    }

    /// The latest notice that a liaison has not read.
    fn notice(&self, conn: &mut AnyConn) -> Result<Option<Unread>, AppError> {
        if !notices::policy::marks(self.actor.role) {
            return Ok(None);
        }
        let today = clock::today();
        let Some(notice) = notices::queries::first_unread(conn, &self.actor, today)? else { return Ok(None) };
        Ok(Some(Unread {
            id: notice.id.to_string(),
            title: notice.title,
            text: shortened(&notice.text),
            from_on: notice.from_on,
            count: notices::queries::unread(conn, &self.actor, today)?,
        }))
    }

    /// What a liaison is asked about of the referrals of his chamber's leads.
    fn referrals(&self, conn: &mut AnyConn, app: &App) -> Result<Vec<Referral>, AppError> {
        if self.actor.role != Role::ChamberLiaison {
            return Ok(Vec::new());
        }
        let rows = filings::queries::waiting_for_chamber(conn, &self.actor, ROWS)?;
        let shown = filings::view::list(conn, app.tools(), &self.actor, rows)?;
        let referral = |filing: filings::view::FilingView| Referral {
            id: filing.id.to_string(),
            code: filing.code,
            referrer: filing.referrer.name,
            title: filing.title,
            role: filing.role.map(|role| role.to_string()),
            filed_on: filing.filed_on,
        };
        Ok(shown.into_iter().map(referral).collect())
    }

    /// Saved searches that found something new for the reader.
    fn found(&self, conn: &mut AnyConn) -> Result<Vec<News>, AppError> {
        if !policy::uses_leads(self.actor.role) {
            return Ok(Vec::new());
        }
        let news = saved_searches::view::news(conn, &self.actor)?.into_iter();
        Ok(news.map(|one| News { id: one.id.to_string(), name: one.name, count: one.count }).collect())
    }

    /// What waits for the reader's word beside leads: changes of credit, and for the bureau the registers.
    fn review(&self, conn: &mut AnyConn) -> Result<Vec<Review>, AppError> {
        let role = self.actor.role;
        if !attributions::policy::decides(role) && !attributions::policy::answers(role) {
            return Ok(Vec::new());
        }
        let changes = attributions::queries::waiting(conn, &self.actor)?.len();
        let changes = Review {
            key: "attributions",
            count: i64::try_from(changes).unwrap_or(i64::MAX),
            href: "/attribution-changes",
        };
        if !role.is_bureau() {
            return Ok(Some(changes).into_iter().filter(|changes| changes.count > 0).collect());
        }
        let waiting = RegisterFilter::of_status(SourceStatus::Review);
        let chambers = chambers::queries::count(conn, &self.actor, &waiting)?;
        let waiting = RegisterFilter::of_status(SourceStatus::Review);
        let referrers = referrers::queries::count(conn, &self.actor, &waiting)?;
        let registers = [
            changes,
            Review { key: "chambers", count: chambers, href: "/chambers?status=review" },
            Review { key: "referrers", count: referrers, href: "/referrers?status=review" },
        ];
        Ok(registers.into_iter().filter(|register| register.count > 0).collect())
    }

    /// Projects in the pool whose data are wrong: each is to have a county leader, and to be a key one (domain/rules.md, Q1).
    fn faults(&self, conn: &mut AnyConn, app: &App) -> Result<Vec<Fault>, AppError> {
        let in_pool = ProjectFilter { in_pool: Some(true), ..ProjectFilter::default() };
        let led_by_nobody = ProjectFilter { without_leader: true, ..in_pool.clone() };
        let not_key = ProjectFilter { key: Some(false), ..in_pool };
        let mut faults = Vec::new();
        for (key, filter, href) in [
            ("leader", led_by_nobody, "/projects?pool=true&leader=none"),
            ("key", not_key, "/projects?pool=true&key=false"),
        ] {
            let count = projects::handlers::list::counted(conn, app, &self.actor, &filter)?;
            faults.push(Fault { key, count, href });
        }
        Ok(faults.into_iter().filter(|fault| fault.count > 0).collect())
    }

    fn actions(&self) -> Vec<Action> {
        let action = |key, href, main| Action { key, href, main };
        match self.actor.role {
            role if policy::edits(role) => vec![
                action("import", "/imports", false),
                action("duplicate", "/duplicates", false),
                action("lead", "/leads/new", true),
            ],
            Role::ChamberLiaison => vec![
                action("events", "/events", false),
                action("duplicate", "/duplicates", false),
                action("report", "/leads/new", true),
            ],
            Role::Admin => {
                vec![action("audit", "/audit", false), action("user", "/admin/users/new", true)]
            }
            Role::Auditor => vec![action("audit", "/audit", false)],
            _ => Vec::new(),
        }
    }
}
