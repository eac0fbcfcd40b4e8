//! The registers of chambers and referrers.

use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;
use yinfeng::{chambers, referrers};

use super::leads::{codes, some};
use super::render::{AUDITOR, OFFICER, render};

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
    use referrers::pages::{DeletionPage, DisclosurePage, Form, List, MergerPage, Row, Show};
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
        ..List::default()
    };
    render("referrers", &list, &[OFFICER], "/referrers");
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
        ..Show::default()
    };
    render("referrer", &show, &[OFFICER], "/referrers/r1");
    let wrong = Filled::new().value("into", "谁").error("into", Message::new("fault-unknown-referrer"));
    let merger = MergerPage { referrer: rows[0].clone(), version: 1, form: wrong, others: vec![] };
    render("referrer-merger", &merger, &[OFFICER], "/referrers/r1/merger");
    let named = DeletionPage { referrer: rows[0].clone(), is_named: true, ..DeletionPage::default() };
    render("referrer-deletion-named", &named, &[OFFICER], "/referrers/r1/deletion");
    let free = DeletionPage { is_named: false, ..named };
    render("referrer-deletion", &free, &[OFFICER], "/referrers/r1/deletion");
    let ask = DisclosurePage { referrer: rows[0].clone(), ..DisclosurePage::default() };
    render("referrer-disclosure", &ask, &[OFFICER], "/referrers/r1/disclosures");
    let shown = DisclosurePage { is_shown: true, ..ask };
    render("referrer-disclosed", &shown, &[OFFICER], "/referrers/r1/disclosures");
    let form = Form { kinds, statuses: codes(&STATUSES), ..Form::default() };
    render("referrer-new", &form, &[OFFICER], "/referrers/new");
    render(
        "referrer-edit",
        &Form { referrer: Some(rows[0].clone()), version: 2, ..form },
        &[OFFICER],
        "/referrers/r1/edit",
    );
}
