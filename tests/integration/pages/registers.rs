//! The registers of chambers and referrers.

use yinfeng::accounts::Role;
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;
use yinfeng::{chambers, referrers};

use super::leads::{codes, day, some};
use super::render::{AUDITOR, FINANCE, LEADER, LIAISON, OFFICER, render};

const STATUSES: [&str; 3] = ["active", "review", "inactive"];

#[test]
fn the_register_of_chambers() {
    use chambers::pages::{DeletionPage, DisclosurePage, Form, List, MergerPage, Row, Show};
    let kinds = codes(&["local", "other_city", "industry", "abroad"]);
    let row = |name: &str, kind: &str, status: &str, leads| Row {
        id: "c1".into(),
        code: "SH-0001".into(),
        name: name.into(),
        kind: kind.into(),
        region: some("广东省东莞市"),
        contact_person: some("陈秘书长"),
        status: status.into(),
        leads,
    };
    let rows = vec![
        row("东莞市广西商会（虚构）", "other_city", "active", 12),
        Row {
            region: None, contact_person: None, ..row("广东玩具协会（虚构）", "industry", "review", 1)
        },
        row("香港钦州商会（虚构）", "abroad", "inactive", 0),
    ];
    let list = List {
        kinds: kinds.clone(),
        statuses: codes(&STATUSES),
        rows: rows.clone(),
        total: Some(3),
        review: 1,
        may_create: true,
        ..List::default()
    };
    render("chambers", &list, &[OFFICER], "/chambers");
    render(
        "chambers-none-found",
        &List { filter: Filled::new().value("status", "review"), rows: vec![], ..list },
        &[OFFICER],
        "/chambers",
    );
    render("chambers-none", &List { may_create: true, ..List::default() }, &[OFFICER], "/chambers");
    render("chambers-none-reader", &List::default(), &[AUDITOR], "/chambers");
    let show = Show {
        chamber: rows[1].clone(),
        phone: some("120****0101"),
        note: some("每年 3 月换届。"),
        leads_href: "/leads?chamber=c1".into(),
        may_edit: true,
    };
    render("chamber", &show, &[OFFICER], "/chambers/c1");
    render("chamber-bare", &Show { chamber: rows[2].clone(), ..Show::default() }, &[AUDITOR], "/chambers/c1");
    let others = vec!["SH-0002 广东玩具行业协会（虚构）".into()];
    let merger = MergerPage { chamber: rows[1].clone(), version: 1, form: Filled::new(), others };
    render("chamber-merger", &merger, &[OFFICER], "/chambers/c1/merger");
    let free = DeletionPage { chamber: rows[2].clone(), version: 1, ..DeletionPage::default() };
    render("chamber-deletion", &free, &[OFFICER], "/chambers/c1/deletion");
    let fault = Filled::new().error("", Message::new("fault-source-in-use"));
    let named = DeletionPage { chamber: rows[0].clone(), is_named: true, form: fault, ..free };
    render("chamber-deletion-named", &named, &[OFFICER], "/chambers/c1/deletion");
    let ask = DisclosurePage { chamber: rows[0].clone(), ..DisclosurePage::default() };
    render("chamber-disclosure", &ask, &[OFFICER], "/chambers/c1/disclosures");
    let shown = DisclosurePage { is_shown: true, phone: some("12000000101"), ..ask };
    render("chamber-disclosed", &shown, &[OFFICER], "/chambers/c1/disclosures");
    let form =
        Form {
            kinds, statuses: codes(&STATUSES), regions: vec!["广东省东莞市".into()], ..Form::default()
        };
    render("chamber-new", &form, &[OFFICER], "/chambers/new");
    let wrong = Filled::new().value("kind", "other_city").error("name", Message::new("fault-required"));
    let edit = Form {
        chamber: Some(rows[1].clone()),
        version: 3,
        form: wrong,
        phone_kept: some("120****0101"),
        ..form
    };
    render("chamber-edit", &edit, &[OFFICER], "/chambers/c1/edit");
}

#[test]
fn the_register_of_referrers() {
    use referrers::pages::{
        Columns, DeletionPage, DisclosurePage, Form, Identity, List, MemberForm, MemberName, MemberRow,
        MergerPage, Row, Show,
    };
    let kinds = codes(&["person", "enterprise", "team", "agency", "townsman"]);
    let row = |name: &str, kind: &str, status: &str, leads| Row {
        id: "r1".into(),
        code: "YJ-0001".into(),
        name: name.into(),
        kind: kind.into(),
        region: None,
        contact_person: None,
        status: status.into(),
        leads,
    };
    let rows = vec![row("覃示例", "person", "review", 2), row("粤桂招商团队（虚构）", "team", "active", 0)];
    let list = List {
        kinds: kinds.clone(),
        statuses: codes(&STATUSES),
        rows: rows.clone(),
        total: Some(2),
        review: 1,
        may_create: true,
        columns: Columns::of(Role::BureauOfficer),
        ..List::default()
    };
    render("referrers", &list, &[OFFICER], "/referrers");
    for (name, role, reader) in [
        ("referrers-finance", Role::FinanceReviewer, FINANCE),
        ("referrers-liaison", Role::ChamberLiaison, LIAISON),
        ("referrers-leader", Role::CountyLeader, LEADER),
    ] {
        let part = List { columns: Columns::of(role), may_create: false, review: 0, ..list.clone() };
        render(name, &part, &[reader], "/referrers");
    }
    render(
        "referrers-none-found",
        &List { filter: Filled::new().value("q", "x"), rows: vec![], ..list },
        &[OFFICER],
        "/referrers",
    );
    render("referrers-none", &List { may_create: true, ..List::default() }, &[OFFICER], "/referrers");
    render("referrers-none-reader", &List::default(), &[AUDITOR], "/referrers");
    let show = Show {
        referrer: rows[0].clone(),
        may_edit: true,
        leads_href: "/leads?referrer=r1".into(),
        columns: Columns::of(Role::BureauOfficer),
        ..Show::default()
    };
    render("referrer", &show, &[OFFICER], "/referrers/r1");
    for (name, role, reader) in [
        ("referrer-finance", Role::FinanceReviewer, FINANCE),
        ("referrer-liaison", Role::ChamberLiaison, LIAISON),
    ] {
        let part = Show { columns: Columns::of(role), may_edit: false, ..show.clone() };
        render(name, &part, &[reader], "/referrers/r1");
    }
    let identity = Identity {
        identity_number: some("4507**********1234"),
        identity_kind: some("resident_id"),
        uscc: some("91440300MACADR683J"),
        shows_account: true,
        bank_name: some("示例银行"),
        bank_account: some("****1234"),
        declaration: some("public_employee"),
        declared_on: Some(day("2024-03-01")),
        chamber: some("东莞市广西商会（虚构）"),
        user: some("李明"),
        agreement_number: some("委字 1 号"),
        agreement_from: Some(day("2024-01-01")),
        agreement_to: None,
    };
    let members = vec![
        MemberRow {
            id: "m1".into(),
            name: "甲示例".into(),
            identity_number: some("E******67"),
            identity_kind: some("passport"),
            is_payee: true,
            declaration: some("none"),
            left_on: Some(day("2024-08-01")),
            ..MemberRow::default()
        },
        MemberRow { id: "m2".into(), name: "乙示例".into(), ..MemberRow::default() },
    ];
    let team = Show {
        referrer: rows[1].clone(),
        identity: Some(identity),
        members,
        filings: Some(super::filings::card()),
        may_edit: true,
        may_reveal: true,
        phone: some("120****0101"),
        ..show.clone()
    };
    render("referrer-team", &team, &[OFFICER], "/referrers/r1");
    let bare = Show { members: vec![], may_edit: false, identity: Some(Identity::default()), ..team };
    render("referrer-team-bare", &bare, &[AUDITOR], "/referrers/r1");
    let member = MemberForm {
        referrer: rows[1].clone(),
        version: 2,
        member: some("m1"),
        form: Filled::new().error("identity_number", Message::new("fault-identity-check")),
        declarations: codes(&["none", "public_employee"]),
        identity_kinds: codes(&["resident_id", "passport"]),
        identity_kept: some("4507**********1234"),
    };
    render("member-edit", &member, &[OFFICER], "/referrers/r1/members/m1");
    let new = MemberForm { member: None, identity_kept: None, form: Filled::new(), ..member };
    render("member-new", &new, &[OFFICER], "/referrers/r1/members/new");
    let wrong = Filled::new().value("into", "谁").error("into", Message::new("fault-unknown-referrer"));
    let merger = MergerPage { referrer: rows[0].clone(), version: 1, form: wrong, others: vec![] };
    render("referrer-merger", &merger, &[OFFICER], "/referrers/r1/merger");
    let named = DeletionPage { referrer: rows[0].clone(), is_named: true, ..DeletionPage::default() };
    render("referrer-deletion-named", &named, &[OFFICER], "/referrers/r1/deletion");
    let free = DeletionPage { is_named: false, ..named };
    render("referrer-deletion", &free, &[OFFICER], "/referrers/r1/deletion");
    let ask = DisclosurePage {
        referrer: rows[0].clone(),
        fields: codes(&["phone", "identity_number", "bank_account"]),
        ..DisclosurePage::default()
    };
    render("referrer-disclosure", &ask, &[OFFICER], "/referrers/r1/disclosures");
    for (field, value) in [("phone", "12000000101"), ("identity_number", "1"), ("bank_account", "2")] {
        let shown = DisclosurePage { shown: some(field), value: some(value), ..ask.clone() };
        render(&format!("referrer-disclosed-{field}"), &shown, &[OFFICER], "/referrers/r1/disclosures");
    }
    let member = DisclosurePage {
        member: Some(MemberName { id: "m1".into(), name: "甲示例".into() }),
        fields: codes(&["identity_number"]),
        ..ask.clone()
    };
    render("member-disclosure", &member, &[OFFICER], "/referrers/r1/members/m1/disclosures");
    let shown = DisclosurePage { shown: some("identity_number"), value: some("E1234567"), ..member };
    render("member-disclosed", &shown, &[OFFICER], "/referrers/r1/members/m1/disclosures");
    let nothing = DisclosurePage { shown: some("phone"), ..ask };
    render("referrer-disclosed-nothing", &nothing, &[OFFICER], "/referrers/r1/disclosures");
    let form = Form {
        kinds,
        statuses: codes(&STATUSES),
        declarations: codes(&["none", "public_employee"]),
        ..Form::default()
    };
    render("referrer-new", &form, &[OFFICER], "/referrers/new");
    render(
        "referrer-edit",
        &Form {
            referrer: Some(rows[0].clone()),
            version: 2,
            chambers: vec!["SH-0001 东莞市广西商会（虚构）".into()],
            enters_account: true,
            identity_kept: some("4507**********1234"),
            account_kept: some("****1234"),
            form: Filled::new()
                .error("uscc", Message::new("fault-number-of-another").text("code", "YJ-0002"))
                .error("duplicate_reason", Message::new("fault-reason-for-same-number")),
            ..form
        },
        &[OFFICER],
        "/referrers/r1/edit",
    );
}
