//! The small pages of a lead.

use yinfeng::contacts::model::ContactInput;
use yinfeng::leads::pages::*;
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;

use super::leads::{codes, counties, day, head, some};
use super::render::{OFFICER, render};

const HERE: &str = "/leads/l1";

#[test]
fn moving_a_lead() {
    let missing = |field: &str| Missing { field: field.into(), href: Some(requirement_href("l1", field)) };
    let stage = |code: &str, now, back, missing| StageChoice { code: code.into(), now, back, missing };
    let stages = vec![
        stage("new", false, true, vec![]),
        stage("assessment", false, true, vec![]),
        stage("negotiation", true, false, vec![]),
        stage("site_visit", false, false, vec![]),
        stage("framework", false, false, vec![missing("fixed_investment_fen"), missing("land_mu")]),
        stage(
            "contract",
            false,
            false,
            vec![
                missing("jobs"),
                missing("uscc"),
                missing("contract_paper"),
                Missing { field: "park".into(), href: None },
            ],
        ),
    ];
    let form = Filled::new().value("to", "site_visit");
    render(
        "stage",
        &StageMove { lead: head(), form: form.clone(), stages: stages.clone() },
        &[OFFICER],
        HERE,
    );
    let form = form
        .error("reason", Message::new("fault-reason-required"))
        .error("to", Message::new("fault-same-stage"));
    render("stage-wrong", &StageMove { lead: head(), form, stages }, &[OFFICER], HERE);
}

#[test]
fn ending_and_pausing_a_lead() {
    let kinds = codes(&["land", "energy", "elsewhere", "other"]);
    render(
        "closure",
        &Closure { lead: head(), form: Filled::new(), kinds: kinds.clone(), project: None },
        &[OFFICER],
        HERE,
    );
    let form = Filled::new().value("kind", "land").error("reason", Message::new("fault-reason-required"));
    render("closure-wrong", &Closure { lead: head(), form, kinds, project: None }, &[OFFICER], HERE);
    let project = Some(Link { href: "/projects/p1".into(), label: "QZ-P2026-0001".into() });
    let kept = Closure { lead: head(), project: project.clone(), ..Closure::default() };
    render("closure-of-project", &kept, &[OFFICER], HERE);
    let kept = Deletion { lead: head(), project, ..Deletion::default() };
    render("deletion-of-project", &kept, &[OFFICER], HERE);
    render("reopening", &Reopening { lead: head(), form: Filled::new() }, &[OFFICER], HERE);
    render("hold", &Hold { lead: head(), form: Filled::new() }, &[OFFICER], HERE);
    render("resumption", &Resumption { lead: head(), form: Filled::new() }, &[OFFICER], HERE);
    for follow_ups in [0, 1, 7] {
        render(
            &format!("deletion-{follow_ups}"),
            &Deletion { lead: head(), form: Filled::new(), follow_ups, project: None },
            &[OFFICER],
            HERE,
        );
    }
    render("restoration", &Restoration { lead: head(), form: Filled::new() }, &[OFFICER], HERE);
}

#[test]
fn merging_a_lead() {
    let choices = vec![
        Choice::named("QZ-2026-000098", "QZ-2026-000098 小橘灯公仔项目 · 灵山县 · 2026-08-11"),
        Choice::named("QZ-2026-000099", "QZ-2026-000099 公仔二厂 · 浦北县 · 2026-09-01"),
    ];
    let page = Merger { lead: head(), form: Filled::new(), choices };
    render("merger", &page, &[OFFICER], HERE);
    let form = Filled::new()
        .value("into_code", "QZ-1")
        .error("into_code", Message::new("fault-unknown-lead"))
        .error("reason", Message::new("fault-reason-required"));
    render("merger-wrong", &Merger { form, choices: vec![], ..page }, &[OFFICER], HERE);
}

#[test]
fn assigning_a_lead() {
    let page = Assignment {
        lead: head(),
        form: Filled::new().value("county", "450721"),
        counties: counties(),
        officers: vec![Choice::named("u1", "李明（市投资促进局）")],
        leaders: vec![Choice::named("u2", "韦国强（灵山县）")],
        leader_name: some("黄副县长"),
        officer_name: None,
    };
    render("assignment", &page, &[OFFICER], HERE);
    render("assignment-none", &Assignment { lead: head(), ..Assignment::default() }, &[OFFICER], HERE);
}

#[test]
fn showing_a_contact() {
    render("disclosure", &Disclosure { lead: head(), ..Disclosure::default() }, &[OFFICER], HERE);
    let contact = ContactInput {
        name: "林总".into(),
        post: some("董事长助理"),
        phone: some("12000000101"),
        other_phones: vec!["0777-1200000".into()],
        email: some("lead@example.com"),
        wechat: some("lin-example"),
    };
    render(
        "disclosure-open",
        &Disclosure { lead: head(), contact: Some(contact), ..Disclosure::default() },
        &[OFFICER],
        HERE,
    );
}

#[test]
fn exporting_leads() {
    let page = Export {
        form: Filled::new(),
        action: "/leads/export?county=450721".into(),
        back: "/leads?county=450721".into(),
        count: 128,
        from: Some(day("2025-03-01")),
        to: Some(day("2026-11-20")),
        conditions: vec![("field-county".into(), "灵山县".into()), ("field-stage".into(), "在谈".into())],
    };
    render("leads-export", &page, &[OFFICER], "/leads/export");
}
