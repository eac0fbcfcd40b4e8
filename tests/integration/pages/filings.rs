//! Pages of filings. All firms and persons are invented.

use yinfeng::attachments::pages::Attachments;
use yinfeng::filings::model::Party;
use yinfeng::filings::pages::*;
use yinfeng::filings::rules::{Finding, ReferralStep};
use yinfeng::leads::pages::Link;
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;

use super::leads::{codes, day, some};
use super::projects::{HEAD, HERE, head};
use super::render::{AUDITOR, LIAISON, NOBODY, OFFICER, at, render};

fn row() -> Row {
    let finding = |finding: &Finding| FindingRow {
        code: finding.to_string(),
        weight: finding.weight().to_string(),
        who: some("甲示例"),
        days: Some(3),
    };
    Row {
        id: "b1".into(),
        code: "BA-2026-0001".into(),
        version: 2,
        referrer: Link { href: "/referrers/r1".into(), label: "韦示例".into() },
        role: "leading".into(),
        step: "confirmed".into(),
        step_on: Some(day("2026-05-01")),
        filed_on: Some(day("2026-04-01")),
        entered_days_later: 3,
        confirmed_by: Party::ALL.iter().map(ToString::to_string).collect(),
        findings: Finding::ALL.iter().map(finding).collect(),
    }
}

/// A card with everything that one can have.
pub fn card() -> Card {
    let of_step = |step: &ReferralStep| Row { step: step.to_string(), ..row() };
    let bare = Row {
        code: "BA-2026-0002".into(),
        referrer: Link { href: String::new(), label: "莫样本".into() },
        ..Row::default()
    };
    Card {
        rows: ReferralStep::ALL.iter().map(of_step).chain([bare]).collect(),
        new_href: "/filings/new?of=QZ-P2026-0001".into(),
        shares: Some(SharesCard {
            agreed_on: Some(day("2026-05-10")),
            shares: vec![("韦示例".into(), "60%".into()), ("莫样本".into(), "40%".into())],
            frozen: true,
            href: String::new(),
        }),
    }
}

#[test]
fn the_page_of_a_filing() {
    let said = |party: &Party| ConfirmationRow {
        party: party.to_string(),
        decision: if *party == Party::County { "refused" } else { "confirmed" }.to_owned(),
        reason: some("未见接洽记录"),
        by: some("李明"),
        at: at("2026-04-03T01:30:00"),
    };
    let show = Show {
        filing: row(),
        lead: Some(Link { href: "/leads/l1".into(), label: "QZ-2026-000001 示例项目".into() }),
        project: Some(Link { href: "/projects/p1".into(), label: "QZ-P2026-0001 示例项目".into() }),
        received_at: Some(at("2026-04-04T01:30:00")),
        filed_by: some("李明"),
        statement: some("三次陪同考察"),
        confirmations: Party::ALL.iter().map(said).collect(),
        withdrawn_on: Some(day("2026-06-01")),
        withdrawal_reason: some("自愿退出"),
        link: Some(LinkRow {
            created_at: at("2026-04-04T01:30:00"),
            expires_at: at("2026-07-03T01:30:00"),
            last_used_at: Some(at("2026-04-05T01:30:00")),
        }),
        attachments: Some(Attachments { may_add: true, ..Attachments::default() }),
        address: some("https://example.invalid/referral/secret"),
        may_confirm: true,
        may_work: true,
        names_only: false,
        progress_only: false,
    };
    render("filing", &show, &[OFFICER], "/filings/b1");
    let bare = Show {
        filing: Row { findings: vec![], entered_days_later: 0, ..row() },
        received_at: Some(at("2026-04-04T01:30:00")),
        ..Show::default()
    };
    render("filing-bare", &bare, &[AUDITOR], "/filings/b1");
    let unlinked = Show { link: None, address: None, ..show };
    render("filing-without-link", &unlinked, &[OFFICER], "/filings/b1");
    let names =
        Show { names_only: true, filing: Row { step: String::new(), role: String::new(), ..row() }, ..bare };
    render("filing-name", &names, &[AUDITOR], "/filings/b1");
    let progress = Show { names_only: false, progress_only: true, filing: row(), ..names };
    render("filing-progress", &progress, &[LIAISON], "/filings/b1");
}

#[test]
fn the_small_pages_of_a_filing() {
    let new = New {
        form: Filled::new().value("of", "QZ-2026-000001").error("of", Message::new("fault-unknown-project")),
        referrers: vec!["YJ-0001 韦示例".into()],
        roles: codes(&["leading", "information"]),
    };
    render("filing-new", &new, &[OFFICER], "/filings/new");
    let say = ConfirmationForm {
        filing: row(),
        about: Some(Link { href: "/leads/l1".into(), label: "毛绒玩具生产线".into() }),
        form: Filled::new().error("reason", Message::new("fault-reason-required")),
        parties: codes(&["investor", "county"]),
        decisions: codes(&["confirmed", "refused"]),
        takes_letter: true,
        accept: ".pdf".into(),
    };
    render("filing-confirmation", &say, &[OFFICER], "/filings/b1/confirmations");
    let unseen = ConfirmationForm { about: None, ..say.clone() };
    render("filing-confirmation-unseen", &unseen, &[LIAISON], "/filings/b1/confirmations");
    let nothing = ConfirmationForm { parties: vec![], ..say };
    render("filing-confirmation-nothing", &nothing, &[HEAD], "/filings/b1/confirmations");
    let fault = Filled::new().error("", Message::new("fault-filing-has-share"));
    let withdrawal = Withdrawal { filing: row(), form: fault };
    render("filing-withdrawal", &withdrawal, &[OFFICER], "/filings/b1/withdrawal");
    for step in ReferralStep::ALL {
        let page =
            Referral { code: "BA-2026-0001".into(), step: step.to_string(), step_on: day("2026-05-01") };
        render(&format!("referral-{step}"), &page, &[NOBODY], "/referral/secret");
    }
}

#[test]
fn agreeing_on_shares() {
    let form = SharesForm {
        project: head(),
        form: Filled::new()
            .value("share_YJ-0001", "60%")
            .error("shares", Message::new("fault-shares-not-whole")),
        referrers: vec![Choice::named("YJ-0001", "韦示例"), Choice::named("YJ-0002", "莫样本")],
        frozen: false,
    };
    render("referral-shares", &form, &[OFFICER], HERE);
    let frozen = SharesForm { frozen: true, ..form.clone() };
    render("referral-shares-frozen", &frozen, &[OFFICER], HERE);
    render("referral-shares-nobody", &SharesForm { referrers: vec![], ..form }, &[OFFICER], HERE);
}
