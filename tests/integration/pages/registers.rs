//! The registers of chambers and referrers.

use yinfeng::accounts::Role;
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;
use yinfeng::{chambers, recommendations, referrers, townsmen};

use super::leads::{codes, day, some};
use super::render::{AUDITOR, FINANCE, LEADER, LIAISON, OFFICER, render};

const STATUSES: [&str; 3] = ["active", "review", "inactive"];

#[test]
fn the_register_of_chambers() {
    use chambers::pages::{
        DeletionPage, DisclosurePage, EntryForm, EntryPage, EntryPart, EntryRow, Export, Form, List,
        MergerPage, RemovalPage, Row, Show,
    };
    use yinfeng::chambers::entries::{ChamberEntryKind, rules};
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
        expiring: leads / 2,
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
        expiring: 1,
        export: some("/chambers/export"),
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
    let formats = codes(&["xlsx", "csv"]);
    let export = Export {
        action: "/chambers/export".into(),
        back: "/chambers".into(),
        count: 3,
        formats,
        ..Export::default()
    };
    render("chambers-export", &export, &[OFFICER], "/chambers/export");
    let entry = EntryRow {
        id: "e1".into(),
        kind: "officer".into(),
        word: some("会长"),
        name: "示例会长".into(),
        phone: some("120****0101"),
        from_on: Some(day("2024-05-18")),
        standing: "holds".into(),
        ..EntryRow::default()
    };
    let agreement = EntryRow {
        kind: "agreement".into(),
        word: some("备忘录"),
        party: some("灵山县人民政府"),
        to_on: Some(day("2027-01-01")),
        standing: "expiring".into(),
        note: some("一年一签。"),
        ..entry.clone()
    };
    let point = EntryRow {
        kind: "service_point".into(),
        word: None,
        address: some("示例路 1 号"),
        region: some("广东省东莞市"),
        contact_person: some("示例人"),
        uscc: some("91440300MACADR683J"),
        standing: "ended".into(),
        ..entry.clone()
    };
    let parts: Vec<EntryPart> = ChamberEntryKind::ALL
        .iter()
        .map(|kind| EntryPart {
            kind: kind.to_string(),
            rows: [&entry, &agreement, &point]
                .into_iter()
                .filter(|row| row.kind == kind.as_str())
                .cloned()
                .collect(),
            may_add: true,
        })
        .collect();
    for row in [&entry, &agreement, &point] {
        let shown = EntryPage {
            chamber: rows[0].clone(),
            entry: row.clone(),
            may_edit: true,
            may_reveal: true,
            ..EntryPage::default()
        };
        render(
            &format!("chamber-entry-{}", row.kind),
            &shown,
            &[OFFICER, LIAISON],
            "/chambers/c1/entries/e1",
        );
    }
    let removal =
        RemovalPage { chamber: rows[0].clone(), entry: entry.clone(), version: 2, ..RemovalPage::default() };
    render("chamber-entry-removal", &removal, &[OFFICER], "/chambers/c1/entries/e1/removal");
    for kind in ChamberEntryKind::ALL {
        let form = EntryForm {
            chamber: rows[0].clone(),
            version: 2,
            kind: kind.to_string(),
            fields: rules::fields(*kind).to_vec(),
            words: codes(&[]),
            regions: vec!["广东省东莞市".into()],
            ..EntryForm::default()
        };
        render(&format!("chamber-entry-new-{kind}"), &form, &[OFFICER], "/chambers/c1/entries/new");
        let edit = EntryForm {
            entry: some("e1"),
            phone_kept: some("120****0101"),
            form: Filled::new().error("name", Message::new("fault-required")),
            ..form
        };
        render(&format!("chamber-entry-edit-{kind}"), &edit, &[OFFICER], "/chambers/c1/entries/e1/edit");
    }
    let show = Show {
        chamber: rows[1].clone(),
        phone: some("120****0101"),
        note: some("每年 3 月换届。"),
        liaisons: vec!["灵示会".into()],
        parts: parts.clone(),
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
    let of_entry = DisclosurePage { entry: Some(entry), ..ask.clone() };
    let shown = DisclosurePage { is_shown: true, phone: some("12000000101"), ..ask };
    render("chamber-entry-disclosure", &of_entry, &[OFFICER], "/chambers/c1/entries/e1/disclosures");
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
        official_tie: some("relative"),
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
            official_tie: some("retired_cadre"),
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
        official_ties: codes(&["state_enterprise", "retired_cadre", "relative"]),
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

#[test]
fn the_list_of_townsmen() {
    use townsmen::pages::{Form, List, RemovalPage, ReviewPage, Row, Show};
    let row = Row {
        id: "t1".into(),
        code: "XX-0001".into(),
        name: "示例乡贤".into(),
        post: some("示例公司董事长"),
        region: some("广东省东莞市"),
        home: some("灵山县"),
        introducer: some("东莞市广西商会（虚构）"),
        review_due_on: Some(day("2026-11-01")),
        review_due: true,
    };
    let bare = Row { post: None, region: None, review_due: false, ..row.clone() };
    let list = List {
        rows: vec![row.clone(), bare.clone()],
        total: Some(2),
        due: 1,
        may_create: true,
        ..List::default()
    };
    render("townsmen", &list, &[OFFICER, LIAISON], "/townsmen");
    let due = Filled::new().value("review_due", "1");
    render("townsmen-none-found", &List { filter: due, rows: vec![], ..list }, &[OFFICER], "/townsmen");
    render("townsmen-none", &List { may_create: true, ..List::default() }, &[OFFICER], "/townsmen");
    render("townsmen-none-reader", &List::default(), &[AUDITOR], "/townsmen");
    let show = Show {
        townsman: row.clone(),
        companies: some("示例玩具公司"),
        help: some("介绍玩具企业"),
        consent: "同意列入名录。".into(),
        consent_on: Some(day("2024-11-01")),
        chamber_href: some("/chambers/c1"),
        referrer_href: some("/referrers/r1"),
        may_edit: true,
    };
    render("townsman", &show, &[OFFICER], "/townsmen/t1");
    render("townsman-bare", &Show { townsman: bare, ..Show::default() }, &[AUDITOR], "/townsmen/t1");
    let form = Form {
        homes: codes(&["450721"]),
        regions: vec!["广东省东莞市".into()],
        chambers: vec!["SH-0001 东莞市广西商会（虚构）".into()],
        referrers: vec!["YJ-0001 示例乡贤".into()],
        ..Form::default()
    };
    render("townsman-new", &form, &[OFFICER], "/townsmen/new");
    let wrong = Filled::new().error("referrer_id", Message::new("fault-not-a-townsman"));
    let edit = Form { townsman: Some(row.clone()), version: 2, form: wrong, ..form };
    render("townsman-edit", &edit, &[OFFICER], "/townsmen/t1/edit");
    let review = ReviewPage {
        townsman: row.clone(),
        consent: "同意列入名录。".into(),
        version: 2,
        form: Filled::new(),
    };
    render("townsman-review", &review, &[OFFICER], "/townsmen/t1/review");
    let removal = RemovalPage { townsman: row, version: 2, form: Filled::new() };
    render("townsman-removal", &removal, &[OFFICER], "/townsmen/t1/removal");
}

#[test]
fn recommendations_to_banks() {
    use recommendations::pages::{DeletionPage, Form, List, Row, Show};
    let row = Row {
        id: "m1".into(),
        code: "TJ-0001".into(),
        county: "灵山县".into(),
        enterprise: "示例玩具有限公司".into(),
        size: "小型".into(),
        chamber: some("东莞市广西商会（虚构）"),
        recipient_kind: "bank".into(),
        recipient: "示例银行".into(),
        need_fen: 300_000_000,
        credit: "良好".into(),
        state: "answered".into(),
        sent_on: Some(day("2026-03-02")),
        result: some("已放款或担保"),
        result_on: Some(day("2026-04-20")),
    };
    let sent = Row { state: "sent".into(), result: None, result_on: None, ..row.clone() };
    let noted = Row { state: "noted".into(), sent_on: None, chamber: None, ..sent.clone() };
    let list = List {
        states: codes(&["noted", "sent", "answered"]),
        rows: vec![row.clone(), sent, noted.clone()],
        total: Some(3),
        may_create: true,
        ..List::default()
    };
    render("recommendations", &list, &[OFFICER, FINANCE], "/recommendations");
    let asked = Filled::new().value("state", "sent");
    let none = List { filter: asked, rows: vec![], ..list };
    render("recommendations-none-found", &none, &[OFFICER], "/recommendations");
    let none = List { may_create: true, ..List::default() };
    render("recommendations-none", &none, &[OFFICER], "/recommendations");
    render("recommendations-none-reader", &List::default(), &[AUDITOR], "/recommendations");
    let show = Show {
        recommendation: row.clone(),
        uscc: some("91440300MACADR683J"),
        note: some("商会担保会员。"),
        chamber_href: some("/chambers/c1"),
        may_edit: true,
        may_delete: false,
    };
    render("recommendation", &show, &[OFFICER], "/recommendations/m1");
    let bare = Show { recommendation: noted.clone(), may_edit: true, may_delete: true, ..Show::default() };
    render("recommendation-noted", &bare, &[OFFICER], "/recommendations/m1");
    let form = Form {
        counties: codes(&["450721"]),
        sizes: codes(&["small"]),
        credits: codes(&["good"]),
        results: codes(&["granted"]),
        recipient_kinds: codes(&["bank", "guarantor"]),
        chambers: vec!["SH-0001 东莞市广西商会（虚构）".into()],
        ..Form::default()
    };
    render("recommendation-new", &form, &[OFFICER], "/recommendations/new");
    let wrong = Filled::new().error("credit", Message::new("fault-credit-not-good"));
    let edit = Form { recommendation: Some(row), version: 2, form: wrong, ..form };
    render("recommendation-edit", &edit, &[OFFICER], "/recommendations/m1/edit");
    let deletion = DeletionPage { recommendation: noted, version: 1, form: Filled::new() };
    render("recommendation-deletion", &deletion, &[OFFICER], "/recommendations/m1/deletion");
}
