//! The trail.

use yinfeng::audit::pages::{Change, Entry, Trail};
use yinfeng::web::filled::Choice;

use super::render::{ADMIN, AUDITOR, at, render};

#[test]
fn the_trail() {
    let entry = |action: &str, subject: &str, changes: Vec<Change>| Entry {
        id: action.into(),
        at: at("2026-11-23T01:12:07"),
        by: "李明".into(),
        address: Some("10.21.8.14".into()),
        action: action.into(),
        subject: subject.into(),
        href: Some("/leads/l1".into()),
        reason: (action == "contact.reveal").then(|| "电话确认来访时间".into()),
        changes,
    };
    let change = |field: &str, before: Option<&str>, after: Option<&str>| Change {
        field: field.into(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let changes = vec![
        change("title", Some("玩具厂"), Some("年产三百万套毛绒玩具生产线")),
        change("officer", None, Some("李明")),
    ];
    let page = Trail {
        actions: vec![Choice::code("lead-update"), Choice::named("x.unknown", "x.unknown")],
        rows: vec![
            entry("lead.update", "QZ-2026-000123 年产三百万套毛绒玩具生产线", changes),
            entry("contact.reveal", "QZ-2026-000118 联系人", Vec::new()),
            entry("unknown.deed", "u7", Vec::new()),
        ],
        next: "/audit?cursor=x".into(),
        sealed_until: Some(at("2026-11-23T01:00:00")),
        ..Trail::default()
    };
    render("audit", &page, &[AUDITOR, ADMIN], "/audit");
    let broken = Trail { broken_at: Some("7".into()), rows: Vec::new(), sealed_until: None, ..page };
    render("audit-broken", &broken, &[AUDITOR], "/audit");
}
