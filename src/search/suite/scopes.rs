use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::*;
use crate::search::{FacetField, Filters, LeadField};

const COUNTIES: [&str; 3] = ["450721", "450722", "QZ-FTZ"];
const STAGES: [&str; 3] = ["new", "assessment", "contract"];
const PEOPLE: [&str; 3] = ["", "u1", "u2"];
const CHAMBERS: [&str; 3] = ["", "c1", "c2"];
const TEXTS: [&str; 5] = ["新能源项目", "能源站", "陈皮", "", "NovaChem新厂"];
const ROLES: [&str; 4] = ["bureau_officer", "chamber_liaison", "federation", "admin"];

fn some(value: &str) -> Option<String> {
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(values)
}

prop_compose! {
    fn any_lead()(
        county in one_of(&COUNTIES), stage in one_of(&STAGES), leader in one_of(&PEOPLE), officer in one_of(&PEOPLE),
        chamber in one_of(&CHAMBERS), handed in one_of(&["", "450721", "450722"]),
        title in one_of(&TEXTS), remark in one_of(&TEXTS), contact in one_of(&TEXTS), own in one_of(&TEXTS),
        paper in one_of(&TEXTS),
    ) -> LeadDocument {
        LeadDocument {
            title: title.to_owned(), remark: some(remark), contact_name: some(contact),
            follow_ups: vec![own.to_owned()],
            chamber_follow_ups: if chamber.is_empty() { vec![] } else { vec![own.to_owned()] },
            attachments: vec![papered("1.pdf", paper)],
            chamber_attachments: if chamber.is_empty() { vec![] } else { vec![papered("2.pdf", own)] },
            county: county.to_owned(), stage: stage.to_owned(), industry: "other".to_owned(), status: "active".to_owned(),
            source_kind: "self".to_owned(), chamber_id: some(chamber), leader_id: some(leader), officer_id: some(officer),
            handed_on_by: some(handed).into_iter().collect(), ..LeadDocument::default()
        }
    }
}

fn any_scope() -> impl Strategy<Value = LeadScope> {
    prop_oneof![
        Just(LeadScope::All),
        Just(LeadScope::WithChamber),
        Just(LeadScope::Nothing),
        one_of(&COUNTIES).prop_map(|county| LeadScope::County(county.to_owned())),
        one_of(&CHAMBERS).prop_map(|chamber| LeadScope::Chamber(chamber.to_owned())),
        (one_of(&PEOPLE), one_of(&COUNTIES)).prop_map(|(user, county)| LeadScope::Leader {
            user_id: user.to_owned(),
            county: county.to_owned()
        }),
    ]
}

prop_compose! {
    fn any_query()(
        scope in any_scope(), role in one_of(&ROLES), text in one_of(&["", "能源", "新", "陈皮", "chem", "没有"]),
        counties in proptest::sample::subsequence(&COUNTIES[..], 0..=2), stages in proptest::sample::subsequence(&STAGES[..], 0..=2),
        leaders in proptest::sample::subsequence(&PEOPLE[..], 0..=1),
    ) -> SearchQuery {
        let fields = SETTINGS.fields_of(role);
        let values = |field, values: Vec<&str>| {
            if fields.has_facet(field) { values.into_iter().map(str::to_owned).collect() } else { Vec::new() }
        };
        SearchQuery {
            filters: Filters {
                county: values(FacetField::County, counties), stage: values(FacetField::Stage, stages),
                leader: values(FacetField::Leader, leaders), ..Filters::default()
            },
            facets: FacetField::ALL.to_vec(), scope, fields, highlight: true, ..by_text(text)
        }
    }
}

fn visible(lead: &LeadDocument, scope: &LeadScope) -> bool {
    match scope {
        LeadScope::All => true,
        LeadScope::County(county) => lead.county == *county || lead.handed_on_by.contains(county),
        LeadScope::Leader { user_id, county } => match &lead.leader_id {
            Some(leader) => leader == user_id,
            None => lead.county == *county,
        },
        LeadScope::Chamber(chamber) => lead.chamber_id.as_ref() == Some(chamber),
        LeadScope::WithChamber => lead.chamber_id.is_some(),
        LeadScope::Nothing => false,
    }
}

fn texts(lead: &LeadDocument, field: LeadField) -> String {
    match field {
        LeadField::Title => lead.title.clone(),
        LeadField::Remark => lead.remark.clone().unwrap_or_default(),
        LeadField::ContactName => lead.contact_name.clone().unwrap_or_default(),
        LeadField::FollowUps => lead.follow_ups.join("\n"),
        LeadField::ChamberFollowUps => lead.chamber_follow_ups.join("\n"),
        LeadField::Attachments => said(&lead.attachments),
        LeadField::ChamberAttachments => said(&lead.chamber_attachments),
        _ => String::new(),
    }
}

fn said(papers: &[AttachedText]) -> String {
    papers.iter().map(|paper| format!("{}\n{}\n", paper.file_name, paper.text)).collect()
}

fn value(lead: &LeadDocument, field: FacetField) -> String {
    match field {
        FacetField::County => lead.county.clone(),
        FacetField::Stage => lead.stage.clone(),
        FacetField::Leader => lead.leader_id.clone().unwrap_or_default(),
        FacetField::Officer => lead.officer_id.clone().unwrap_or_default(),
        FacetField::Chamber => lead.chamber_id.clone().unwrap_or_default(),
        FacetField::Industry => lead.industry.clone(),
        FacetField::Status => lead.status.clone(),
        FacetField::Investment | FacetField::Registered | FacetField::Kind => String::new(),
        FacetField::Source => lead.source_kind.clone(),
    }
}

/// What the database would say.
fn matches(lead: &LeadDocument, query: &SearchQuery, but: Option<FacetField>) -> bool {
    let holds =
        |field: LeadField| query.fields.has(field) && texts(lead, field).to_lowercase().contains(&query.text);
    let passes = |field: FacetField| {
        let wanted = query.filters.of(field);
        Some(field) == but || wanted.is_empty() || wanted.contains(&value(lead, field))
    };
    visible(lead, &query.scope)
        && (query.text.is_empty() || LeadField::ALL.into_iter().any(holds))
        && FacetField::ALL.into_iter().all(passes)
}

/// So many sets of leads are made up for the embedded engine; each is an index of its own.
const SETS: u32 = 24;

pub(in crate::search) fn search_tells_what_the_rows_tell(index: Make) {
    let config = ProptestConfig { cases: SETS, failure_persistence: None, ..ProptestConfig::default() };
    let leads = proptest::collection::vec(any_lead(), 1..40);
    let queries = proptest::collection::vec(any_query(), 12);
    let mut runner = TestRunner::new(config);
    let run = runner.run(&(leads, queries), |(mut leads, queries)| {
        (0..).zip(&mut leads).for_each(|(i, lead): (usize, _)| lead.id = format!("lead-{i}"));
        let index = index(&leads);
        for query in queries {
            let answer = index.search(&query);
            // Near matches are the engine's own addition; they must stay in scope all the same.
            let allowed = |id: &str| leads.iter().any(|l| l.id == id && visible(l, &query.scope));
            prop_assert!(answer.hits.iter().all(|hit| allowed(&hit.id)));
            for html in answer.hits.iter().flat_map(|hit| hit.highlights.keys()) {
                prop_assert!(query.fields.has(*html));
            }
            if answer.approximate {
                continue;
            }
            let mut wanted: Vec<&str> =
                leads.iter().filter(|l| matches(l, &query, None)).map(|l| l.id.as_str()).collect();
            let mut found: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
            wanted.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(&found, &wanted, "{:?}", query);
            prop_assert_eq!(answer.total, wanted.len() as u64);
            for field in FacetField::ALL {
                let counted = answer.facets.get(&field);
                prop_assert_eq!(counted.is_some(), query.fields.has_facet(field));
                let mut counts = BTreeMap::new();
                for lead in leads.iter().filter(|l| matches(l, &query, Some(field))) {
                    *counts.entry(value(lead, field)).or_insert(0u64) += 1;
                }
                if let Some(counted) = counted {
                    prop_assert_eq!(counted, &counts, "{:?} {:?}", field, query);
                }
            }
        }
        Ok(())
    });
    run.unwrap();
}

pub(in crate::search) fn a_filter_by_a_field_one_may_not_know_is_refused(index: Make) {
    let index = index(&[titled("a", "甲")]);
    let fields = SETTINGS.fields_of("chamber_liaison");
    let filters = Filters { county: vec!["450721".to_owned()], ..Filters::default() };
    let refused = index.engine.search(&SearchQuery { fields, filters, ..by_text("甲") });
    assert!(matches!(refused, Err(crate::search::SearchError::FieldNotAllowed(FacetField::County))));
}

pub(in crate::search) fn a_liaison_matches_his_own_follow_ups_and_nobody_elses(index: Make) {
    let mut lead = titled("a", "甲");
    lead.chamber_id = Some("c1".to_owned());
    lead.follow_ups = vec!["商会带队考察".to_owned(), "县里内部意见".to_owned()];
    lead.chamber_follow_ups = vec!["商会带队考察".to_owned()];
    lead.remark = Some("底价三百万".to_owned());
    let index = index(&[lead]);
    let fields = SETTINGS.fields_of("chamber_liaison");
    let total = |text: &str| {
        let query = SearchQuery { fields, scope: LeadScope::Chamber("c1".to_owned()), ..by_text(text) };
        index.search(&query).total
    };
    assert_eq!([total("考察"), total("内部"), total("底价"), total("neibu"), total("dj")], [1, 0, 0, 0, 0]);
}

/// What took long is kept, before scope, filters and deletions: another asker, a filter or a deletion changes the
/// answer, and what is kept does not.
pub(in crate::search) fn what_is_kept_of_many_hits_tells_every_asker_his_own(index: Make) {
    let lead = |i: usize| {
        let words = if i.is_multiple_of(2) { "新能源项目" } else { "能源与新能" };
        let mut lead = titled(&format!("l{i:05}"), words);
        lead.county = COUNTIES[i % 3].to_owned();
        lead.stage = STAGES[i % 2].to_owned();
        lead
    };
    let all: Vec<LeadDocument> = (0..6_000).map(lead).collect();
    let index = index(&all);
    let of_county =
        |i: usize| SearchQuery { scope: LeadScope::County(COUNTIES[i].to_owned()), ..by_text("新能源") };
    let counts = |query: SearchQuery| {
        let facets = vec![FacetField::County, FacetField::Stage];
        let answer = index.search(&SearchQuery { facets, limit: 1, ..query });
        let of = |field| answer.facets[&field].iter().map(|(value, count)| (value.clone(), *count)).collect();
        (answer.total, of(FacetField::County), of(FacetField::Stage))
    };
    let told = |pairs: &[(&str, u64)]| -> Vec<(String, u64)> {
        pairs.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
    };
    for _ in 0..2 {
        let counties = told(&[("450721", 1_000), ("450722", 1_000), ("QZ-FTZ", 1_000)]);
        assert_eq!(counts(by_text("新能源")), (3_000, counties, told(&[("new", 3_000)])));
        let one = (1_000, told(&[("450722", 1_000)]), told(&[("new", 1_000)]));
        assert_eq!(counts(of_county(1)), one);
    }
    let deleted: Vec<String> = (0..6_000).step_by(12).map(|i| format!("l{i:05}")).collect();
    index.engine.delete(&deleted).unwrap();
    index.engine.commit().unwrap();
    let counties = told(&[("450721", 500), ("450722", 1_000), ("QZ-FTZ", 1_000)]);
    assert_eq!(counts(by_text("新能源")), (2_500, counties, told(&[("new", 2_500)])));
}

pub(in crate::search) fn papers_are_matched_by_who_is_shown_them(index: Make) {
    let mut lead = titled("a", "甲");
    lead.chamber_id = Some("c1".to_owned());
    lead.attachments = vec![papered("合同.pdf", "毛绒玩具"), papered("考察.pdf", "陆屋园区")];
    lead.chamber_attachments = vec![papered("考察.pdf", "陆屋园区")];
    let index = index(&[lead]);
    let found = |role: &str, text: &str| {
        let asked = SearchQuery { fields: SETTINGS.fields_of(role), highlight: true, ..by_text(text) };
        let hit = index.search(&asked).hits.pop();
        hit.map(|hit| hit.highlights.into_keys().collect::<Vec<_>>())
    };
    for role in
        ["bureau_head", "bureau_officer", "county_officer", "county_leader", "leading_group", "auditor"]
    {
        assert_eq!(found(role, "毛绒玩具"), Some(vec![LeadField::Attachments]), "{role}");
    }
    for role in ["federation", "chamber_liaison"] {
        assert_eq!(found(role, "毛绒玩具"), None, "{role}");
        assert_eq!(found(role, "合同"), None, "{role}");
    }
    assert_eq!(found("chamber_liaison", "陆屋"), Some(vec![LeadField::ChamberAttachments]));
    assert_eq!(found("federation", "陆屋"), None);
}
