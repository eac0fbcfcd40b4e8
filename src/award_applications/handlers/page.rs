//! `GET /award-applications/{id}`: how far it has come, what is to be done by whom, and how it was computed.

use super::load;
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::Owner;
use crate::attachments::pages::Attachments;
use crate::attributions;
use crate::award_applications::facts::needs_ruling;
use crate::award_applications::model::{Application, ApplicationStatus};
use crate::award_applications::pages::{Difference, May, Show, Way, WrittenPaper};
use crate::award_applications::papers::PaperKind;
use crate::award_applications::rulings::open_question;
use crate::award_applications::steps::{Known, is_under_review};
use crate::award_applications::view::{self, ApplicationView, fact_name};
use crate::award_applications::ways::{Need, TRACK, find};
use crate::award_applications::{checklist, fact_texts, funding, policy};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::pages::Step;
use crate::projects;
use crate::web::i18n::Lang;
use crate::web::roles::AwardApplicationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `GET /award-applications/{id}`
pub async fn show(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let application = load(conn, &reader, &id)?;
            page(conn, app, &reader, lang, application)
        })
        .await?;
    visit.page(&app, &page)
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    application: Application,
) -> Result<Show, AppError> {
    let mut shown = view::list(conn, actor, vec![application.clone()])?.pop().ok_or(AppError::NotFound)?;
    let sees_project = projects::queries::find(conn, actor, &shown.project.id)?.is_some();
    if !policy::sees_record(actor.role) {
        return Ok(Show {
            attribution: Vec::new(),
            county: None,
            sees_project,
            track: track(&shown),
            turned: None,
            differences: Vec::new(),
            result: None,
            needs_ruling: false,
            blocks: Vec::new(),
            warnings: Vec::new(),
            demonstration: false,
            ways: Vec::new(),
            may: May::default(),
            papers: Vec::new(),
            checklist: Vec::new(),
            attachments: None,
            archive: false,
            sees_papers: false,
            application: shown,
        });
    }
    let known = Known::of(conn, app.tools(), application)?;
    let details = view::details(conn, app, actor, lang, &known)?;
    let county = app.reference.region_name(&known.application.county, lang.code()).to_owned();
    let text = |fact: &str, value: &Value| fact_texts::told(app, lang, fact, value);
    let differences = details
        .differences
        .iter()
        .map(|one| Difference {
            name: fact_name(app, lang, &one.fact),
            frozen: text(&one.fact, &one.frozen),
            now: text(&one.fact, &one.now),
        })
        .collect();
    let status = known.application.status;
    let ways = details
        .next
        .iter()
        .map(|to| Way {
            main: TRACK.contains(to),
            asks: find(status, *to)
                .is_some_and(|way| way.needs.iter().any(|need| matches!(need, Need::Reason | Need::Voucher))),
            to: to.to_string(),
        })
        .collect();
    let award = details.award.as_ref().map(|award| award.status);
    let turned = known.steps.last().filter(|_| !TRACK.contains(&status)).and_then(|one| one.reason.clone());
    let may = may(actor, &known);
    let sees_papers = policy::sees_all(actor.role);
    let (blocks, warnings) = details.warnings.iter().cloned().partition(|one| one.blocks);
    let attribution = attributions::handlers::parts(details.attribution.clone());
    shown.details = Some(details);
    Ok(Show {
        attribution,
        county: Some(county),
        sees_project,
        track: track(&shown),
        turned,
        differences,
        result: award.map(|status| status.to_string()),
        needs_ruling: award.is_some_and(needs_ruling),
        blocks,
        warnings,
        demonstration: known.loaded.version().is_some_and(|version| version.demonstration),
        ways,
        may,
        checklist: if sees_papers { checklist::of(conn, actor, &known)? } else { Vec::new() },
        attachments: Attachments::of(conn, app, actor, &Owner::AwardApplication(known.application.clone()))?,
        archive: policy::archives(actor.role) && status.is_paid(),
        papers: if sees_papers {
            PaperKind::ALL.iter().map(|kind| written(*kind, &shown)).collect()
        } else {
            Vec::new()
        },
        sees_papers,
        application: shown,
    })
}

fn written(kind: PaperKind, shown: &ApplicationView) -> WrittenPaper {
    WrittenPaper { kind: kind.to_string(), ready: kind.is_ready(shown), has_sheet: kind.has_sheet() }
}

fn may(actor: &Actor, known: &Known) -> May {
    let application = &known.application;
    let rules = policy::rules(actor.role);
    use ApplicationStatus::*;
    let is_open =
        !matches!(application.status, Draft | Returned | Paid | Archived | Refused | Withdrawn | Recovered);
    May {
        edit: application.created_by == actor.user_id
            && policy::may_draft_in(actor, &application.county)
            && application.status.is_editable(),
        fund: policy::funds(actor.role) && funding::is_open(application.status),
        review: rules && is_open && is_under_review(known.compliance()),
        rule_eligibility: rules && open_question(known).is_some(),
        rule_overlap: rules && is_open && known.overlap.is_some(),
    }
}

/// The way from draft to archive, with the days on which it came so far since the last submission.
fn track(shown: &ApplicationView) -> Vec<Step> {
    let history = shown.details.as_ref().map(|details| details.history.as_slice()).unwrap_or_default();
    let now = TRACK.iter().position(|status| *status == shown.status).unwrap_or_else(|| {
        // Turned aside: it stands where it stood before.
        let last = history.iter().rev().find_map(|step| TRACK.iter().position(|one| Some(*one) == step.from));
        last.unwrap_or_default()
    });
    let step = |(at, status): (usize, &ApplicationStatus)| Step {
        code: status.to_string(),
        state: match at {
            at if at < now => "done",
            at if at == now => "now",
            _ => "next",
        },
        on: history
            .iter()
            .rfind(|step| step.to == *status)
            .map(|step| clock::china_date(step.at))
            .filter(|_| at <= now),
    };
    TRACK.iter().enumerate().map(step).collect()
}
