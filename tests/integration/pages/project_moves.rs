//! The small pages of a project, and those of its milestones. All firms and persons are invented.

use yinfeng::milestones::pages::{MilestoneHead, PaperChoice, Report, Verification};
use yinfeng::projects::pages::*;
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;

use super::leads::{codes, day, some};
use super::projects::{HEAD, HERE, head, show};
use super::render::{OFFICER, at, render};

#[test]
fn the_small_pages_of_a_project() {
    let project = head();
    let wrong = Filled::new().error("reason", Message::new("fault-reason-required"));
    let pool = show().pool_state;
    let entry = PoolEntry {
        project: project.clone(),
        form: Filled::new().error("contract", Message::new("fault-no-contract-or-filing")),
        pool,
    };
    render("pool-entry", &entry, &[OFFICER], HERE);
    render("withdrawal", &Withdrawal { project: project.clone(), form: wrong.clone() }, &[OFFICER], HERE);
    let assignment = Assignment {
        project: project.clone(),
        form: wrong,
        leaders: vec![Choice::named("u2", "韦国强 · 灵山县")],
        leader_name: some("台账上的人"),
        officer_name: some("台账上的人"),
        in_pool: true,
        ..Assignment::default()
    };
    render("project-assignment", &assignment, &[OFFICER], HERE);
    let contract = Contract {
        project: project.clone(),
        form: Filled::new()
            .value("year_1_fixed", "10000")
            .value("funding_1_source", "自筹")
            .error("years", Message::new("fault-years-above-contract"))
            .error("funding", Message::new("fault-funding-without-source")),
        kinds: codes(&["formal", "framework"]),
        years: vec![1, 2, 3],
        funding: vec![1, 2, 3],
        is_new: true,
    };
    render("contract", &contract, &[OFFICER], HERE);
    let form = Filled::new().error("content", Message::new("fault-required"));
    render("supplement", &Supplement { project: project.clone(), form }, &[OFFICER], HERE);
    for was_in_pool in [false, true] {
        let page = Deletion { project: project.clone(), form: Filled::new(), was_in_pool };
        render(&format!("project-deletion-{was_in_pool}"), &page, &[OFFICER], HERE);
    }
}

#[test]
fn reporting_and_verifying_a_milestone() {
    let milestone = MilestoneHead {
        kind: "construction_start".into(),
        state: "refused".into(),
        planned_on: Some(day("2026-05-01")),
        actual_on: Some(day("2026-05-06")),
        reported_by: some("李明"),
        reported_at: Some(at("2026-05-07T01:30:00")),
        refusal_reason: some("未见施工许可证"),
    };
    let kinds = [
        "contract",
        "business_licence",
        "construction_permit",
        "equipment_in",
        "photo",
        "acceptance",
        "production_proof",
        "above_scale_notice",
        "filing",
        "voucher",
        "minutes",
        "identity",
        "other",
    ];
    let papers: Vec<PaperChoice> = kinds
        .map(|kind| PaperChoice {
            id: kind.into(),
            kind: kind.into(),
            name: "证.pdf".into(),
            chosen: kind == "photo",
        })
        .into();
    let report = Report {
        project: head(),
        milestone: milestone.clone(),
        form: Filled::new().error("evidence", Message::new("fault-unknown-attachment").text("id", "0190")),
        papers: papers.clone(),
        evidence: vec!["construction_permit", "equipment_in"],
        may_add: true,
    };
    render("milestone-report", &report, &[OFFICER], HERE);
    let verified = MilestoneHead { state: "verified".into(), refusal_reason: None, ..milestone.clone() };
    let bare = Report {
        papers: vec![],
        evidence: vec![],
        form: Filled::new(),
        milestone: verified,
        may_add: false,
        ..report
    };
    render("milestone-report-bare", &bare, &[OFFICER], HERE);
    let verification = Verification {
        project: head(),
        milestone: MilestoneHead { state: "reported".into(), ..milestone },
        form: Filled::new().error("reason", Message::new("fault-reason-required")),
        papers,
        evidence: vec!["construction_permit"],
        lacks_photo: true,
        open: true,
        decisions: codes(&["accepted", "refused"]),
        ..Verification::default()
    };
    render("milestone-verification", &verification, &[HEAD], HERE);
    let lacking = Verification { papers: vec![], lacks_evidence: true, ..verification.clone() };
    render("milestone-verification-lacking", &lacking, &[HEAD], HERE);
    render("milestone-verification-own", &Verification { own: true, ..verification.clone() }, &[HEAD], HERE);
    render("milestone-verification-done", &Verification { open: false, ..verification }, &[HEAD], HERE);
    render(
        "milestone-verification-none",
        &Verification {
            milestone: MilestoneHead {
                kind: "land".into(),
                state: "planned".into(),
                ..MilestoneHead::default()
            },
            ..Verification::default()
        },
        &[HEAD],
        HERE,
    );
}

#[test]
fn exporting_projects() {
    let page = Export {
        form: Filled::new().value("format", "xlsx").error("reason", Message::new("fault-reason-required")),
        action: "/projects/export?county=450721".into(),
        back: "/projects?county=450721".into(),
        count: 128,
        formats: ["xlsx", "csv"].map(Choice::code).into(),
    };
    render("projects-export", &page, &[OFFICER], "/projects/export");
    render(
        "projects-export-one",
        &Export { form: Filled::new(), count: 1, ..page },
        &[OFFICER],
        "/projects/export",
    );
}
