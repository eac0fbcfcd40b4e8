//! Search results, suggestions, and the question whether an investor is here.

use std::collections::BTreeMap;

use yinfeng::duplicates::pages::Question;
use yinfeng::leads::pages::{Likeness, Link};
use yinfeng::search::pages::{
    Bound, Facet, FacetValue, Hit, IndexState, Refused, Results, StatusPage, Suggestions, Tab, WorkWaiting,
};
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

use super::leads::{day, some};
use super::render::{ADMIN, LIAISON, OFFICER, render};

fn hits() -> Vec<Hit> {
    let hit = |title: &str, stage: &str, highlights: &[(&str, &str)]| Hit {
        kind: "lead".into(),
        href: "/leads/l1".into(),
        code: "QZ-2026-000123".into(),
        title: title.into(),
        investor_name: some("东莞市小橘灯玩具（虚构）有限公司"),
        county: some("灵山县"),
        industry: some("玩具制造和服装纺织"),
        stage: some(stage),
        status: some("active"),
        total_investment_fen: Some(328_000_000_00),
        highlights: highlights.iter().map(|(field, html)| ((*field).into(), (*html).into())).collect(),
    };
    vec![
        hit(
            "小橘灯智能毛绒玩具生产基地项目",
            "negotiation",
            &[
                ("title", "<em>小橘灯</em>智能毛绒玩具生产基地项目"),
                ("investor_name", "东莞市<em>小橘灯</em>玩具（虚构）有限公司"),
                ("follow_ups", "…到<em>小橘灯</em>东莞厂区拜访 &amp; 看两条自动化缝制线…"),
            ],
        ),
        Hit {
            status: some("closed"),
            ..hit(
                "公仔项目",
                "assessment",
                &[("remark", "与<em>小橘灯</em>同一实际控制人"), ("contact_name", "<em>林</em>总")],
            )
        },
        Hit {
            county: None,
            industry: None,
            total_investment_fen: None,
            ..hit("<script>alert(1)</script>", "new", &[])
        },
        Hit {
            kind: "project".into(),
            href: "/projects/p1".into(),
            status: None,
            ..hit("毛绒玩具一期", "construction_start", &[])
        },
        Hit {
            kind: "company".into(),
            code: String::new(),
            investor_name: None,
            county: None,
            stage: None,
            status: None,
            ..hit("东莞市小橘灯玩具（虚构）有限公司", "new", &[])
        },
    ]
}

/// Filters in the box that cannot be.
pub fn refused() -> Vec<Refused> {
    [("county", "灵川", "no-such-value"), ("total_investment", "1亿以上", "no-minus-for-ranges")]
        .map(|(field, value, code)| Refused { field: field.into(), value: value.into(), code: code.into() })
        .to_vec()
}

fn facets() -> Vec<Facet> {
    let value = |code: &str, label: Option<&str>, count, chosen| FacetValue {
        code: code.into(),
        label: label.map(str::to_owned),
        count,
        href: format!("/search?q=x&y={code}"),
        chosen,
    };
    vec![
        Facet {
            name: "county".into(),
            title: "county".into(),
            values: vec![
                value("450721", Some("灵山县"), 12, true),
                value("450702", Some("钦南区"), 3, false),
            ],
        },
        Facet {
            name: "industry".into(),
            title: "industry".into(),
            values: vec![value("toy_garment", Some("玩具制造和服装纺织"), 15, false)],
        },
        Facet {
            name: "stage".into(),
            title: "stage".into(),
            values: vec![value("new", None, 4, false), value("negotiation", None, 8, false)],
        },
        Facet {
            name: "source".into(),
            title: "source_kind".into(),
            values: vec![value("chamber", None, 9, false)],
        },
        Facet {
            name: "status".into(),
            title: "status".into(),
            values: vec![value("active", None, 11, false), value("closed", None, 1, false)],
        },
    ]
}

fn tab(kind: &str) -> Tab {
    Tab {
        label: format!("search-kind-{kind}"),
        count: 43,
        href: format!("/search?q=x&type={kind}"),
        current: kind == "lead",
    }
}

#[test]
fn searching() {
    let full = Results {
        q: "小橘灯".into(),
        filters: BTreeMap::from([("county".into(), "450721".into())]),
        hits: hits(),
        total: 43,
        took_ms: "0.8".into(),
        approximate: true,
        stale: true,
        facets: facets(),
        bounds: vec![Bound { label: "总投资 1 亿元以上".into(), href: "/search?q=x".into() }],
        kinds: ["lead", "project"].map(tab).into(),
        save: Some("/saved-searches/new?query=q%3Dx".into()),
        first: 21,
        prev: "/search?q=x".into(),
        next: "/search?q=x&offset=40".into(),
        ..Results::default()
    };
    render("search", &full, &[OFFICER], "/search?q=x");
    let plain = Results { approximate: false, stale: false, filters: BTreeMap::new(), ..full };
    render("search-plain", &plain, &[OFFICER], "/search?q=x");
    render(
        "search-refused",
        &Results { refused: refused(), ..Results::default() },
        &[OFFICER],
        "/search?q=x",
    );
    render(
        "search-none",
        &Results { hits: vec![], facets: vec![], total: 0, ..plain.clone() },
        &[OFFICER],
        "/search?q=x",
    );
    render("search-empty", &Results::default(), &[OFFICER], "/search");
    let from_database = Results { from_database: true, facets: vec![], ..plain.clone() };
    render("search-from-database", &from_database, &[OFFICER, LIAISON], "/search?q=x");
    render("search-fault", &Results { fault: true, ..plain }, &[OFFICER], "/search");
    let all = "/search?q=x".to_owned();
    render(
        "suggestions",
        &Suggestions {
            q: "小橘".into(),
            hits: hits(),
            total: 43,
            all: all.clone(),
            from_database: true,
            ..Suggestions::default()
        },
        &[OFFICER],
        "/search",
    );
    render(
        "suggestions-none",
        &Suggestions { q: "zz".into(), all: all.clone(), ..Suggestions::default() },
        &[OFFICER],
        "/search",
    );
    let near = Suggestions {
        q: "shenzhenn".into(),
        hits: hits(),
        total: 2,
        approximate: true,
        ..Suggestions::default()
    };
    render("suggestions-near", &Suggestions { all, ..near }, &[OFFICER], "/search");
    let named = Suggestions { q: "county:灵川".into(), refused: refused(), ..Suggestions::default() };
    render("suggestions-refused", &named, &[OFFICER], "/search");
}

#[test]
fn asking_for_duplicates() {
    render("duplicates", &Question::default(), &[OFFICER], "/duplicates");
    let form = Filled::new().value("investor_name", "小橘灯玩具");
    let lead = Some(Link { href: "/leads/l1".into(), label: "QZ-2026-000098 小橘灯公仔项目".into() });
    let found = vec![
        Likeness { reason: "name".into(), unit: "灵山县".into(), since: day("2026-08-11"), lead },
        Likeness {
            reason: "similar_name".into(),
            unit: "自贸区钦州港片区".into(),
            since: day("2025-12-01"),
            lead: None,
        },
    ];
    let asked = Question {
        form: form.clone(),
        asked: true,
        register: "/leads/new?investor_name=x".into(),
        ..Question::default()
    };
    render("duplicates-found", &Question { found, ..asked.clone() }, &[OFFICER], "/duplicates");
    render("duplicates-none", &asked, &[OFFICER], "/duplicates");
    let own = Question { own: true, answered_by: Some(day("2026-11-30")), ..asked };
    render("duplicates-own", &own, &[LIAISON], "/duplicates");
    let known = Link { href: "/leads/x".into(), label: "QZ-2026-000001".into() };
    let known = Question { known: Some(known), answered_by: None, ..own };
    render("duplicates-known", &known, &[LIAISON], "/duplicates");
    let form = form.error("uscc", Message::new("fault-uscc-check"));
    render("duplicates-wrong", &Question { form, ..Question::default() }, &[OFFICER], "/duplicates");
}

#[test]
fn how_the_indexes_are_doing() {
    let index = |name: &str, state: &str| IndexState {
        name: name.into(),
        engine: "embedded".into(),
        state: state.into(),
        documents: 99_998,
        rows: 100_000,
        waiting: 2,
        waiting_since: Some(day("2026-11-26").and_hms_opt(1, 2, 3).unwrap()),
        last_error: (state == "behind").then(|| "search index: no space left on device".into()),
        size: "119.4 MB".into(),
        last_commit: Some(day("2026-11-26").and_hms_opt(1, 2, 0).unwrap()),
    };
    let beside = |topic: &str, last_error: Option<&str>| WorkWaiting {
        topic: topic.into(),
        waiting: i64::from(last_error.is_some()),
        waiting_since: last_error.map(|_| day("2026-11-26").and_hms_opt(1, 2, 3).unwrap()),
        last_error: last_error.map(Into::into),
    };
    let page = StatusPage {
        indexes: vec![index("leads", "behind"), index("records", "current")],
        beside: vec![
            beside("attachment_text", Some("storage: not found")),
            beside("saved_search_match", None),
        ],
        asked: false,
    };
    render("search-status", &page, &[ADMIN], "/admin/search");
    let away = IndexState { engine: "meilisearch".into(), ..index("leads", "unreachable") };
    let away = StatusPage { indexes: vec![away], ..StatusPage::default() };
    render("search-status-unreachable", &away, &[ADMIN], "/admin/search");
    let building = StatusPage {
        indexes: vec![
            index("leads", "rebuilding"),
            IndexState { last_commit: None, ..index("records", "incomplete") },
        ],
        beside: Vec::new(),
        asked: true,
    };
    render("search-status-asked", &building, &[ADMIN], "/admin/search");
}
