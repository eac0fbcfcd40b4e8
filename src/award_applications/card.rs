//! 奖励 on a project's page: what each rule of the plan would give now, or why not, and what was applied for.

use super::computing::Common;
use super::facts::needs_ruling;
use super::queries::{self, Filter, filed};
use super::{payees, policy};
use crate::accounts::Actor;
use crate::app::App;
use crate::awards::Words;
use crate::awards::model::AwardStatus;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::projects::model::Project;
use crate::web::i18n::Lang;
use serde::Serialize;
use serde_json::Map;

/// The awards of a project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Card {
    pub rules: Vec<RuleLine>,
    /// Where all of its applications are.
    pub href: String,
}

/// What a rule gives.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RuleLine {
    /// Code.
    pub rule: String,
    /// The application that is open or paid: its id, code and status.
    pub application: Option<(String, String, String)>,
    /// What it would give now, in fen.
    pub amount_fen: Option<i64>,
    /// Why it would give nothing: the check that fails, as a sentence.
    pub why: Option<String>,
    /// It would be left to a ruling.
    pub ruling: bool,
    /// Facts that are missing, by name.
    pub missing: Vec<String>,
    /// Where it is applied for; empty for who may not, or when it is already.
    pub href: String,
}

/// The card of a project that the actor sees; none for roles that know no applications.
pub fn of_project(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    actor: &Actor,
    project: &Project,
) -> Result<Option<Card>, AppError> {
    if !policy::sees_all(actor.role) {
        return Ok(None);
    }
    let filter = Filter { project: Some(project.id.clone()), ..Filter::default() };
    let open = queries::list(conn, actor, &filter, None, true, 50)?;
    let agreed = filed::shares_of(conn, &project.id)?;
    let common = Common::of(conn, app.tools(), project, agreed.iter().map(|(id, _)| id.clone()))?;
    let words = Words::new(app.views.i18n(), &app.reference, lang);
    let mut rules = Vec::new();
    for rule in common.rules() {
        let mut line = RuleLine { rule: rule.to_string(), ..RuleLine::default() };
        let applied = open.iter().find(|one| one.rule == rule && one.status.is_open_or_paid());
        if let Some(one) = applied {
            line.application = Some((one.id.to_string(), one.code.clone(), one.status.to_string()));
        } else if policy::may_draft_in(actor, &project.county) {
            line.href = format!("/award-applications/new?project={}&rule={rule}", project.id);
        }
        let payees = payees::assumed(project, rule, &app.reference, &agreed, &common.filings);
        let computed = common.load(rule, &payees, None)?.compute(&app.reference, &Map::new(), "");
        line.missing =
            computed.missing.iter().map(|lack| super::view::fact_name(app, lang, &lack.fact)).collect();
        match computed.award {
            Some(award) if award.status == AwardStatus::Eligible => line.amount_fen = Some(award.amount_fen),
            Some(mut award) => {
                line.ruling = needs_ruling(award.status);
                words.tell(&mut award);
                line.why = award.steps.pop().map(|step| step.text);
            }
            None => {}
        }
        rules.push(line);
    }
    Ok(Some(Card { rules, href: format!("/award-applications?project={}", project.id) }))
}
