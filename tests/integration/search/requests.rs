//! What Meilisearch is asked, and what is made of its answers.

use crate::support::search_server::{KEY, SearchServer, failed_task};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use yinfeng::config::Meilisearch;
use yinfeng::search::meilisearch::open_meilisearch;
use yinfeng::search::{
    FacetField, FieldSet, Filters, LeadDocument, LeadField, LeadScope, SearchEngine, SearchError,
    SearchQuery, Settings,
};

const INDEX: &str = "example-leads-5";
const NEXT: &str = "example-leads-5-next";

fn engine(server: &SearchServer) -> Arc<dyn SearchEngine> {
    let place =
        Meilisearch { url: server.url.clone(), key: Some(KEY.to_owned()), index: "example".to_owned() };
    open_meilisearch(&place, Settings::builtin().unwrap()).unwrap()
}

fn lead(id: &str, title: &str) -> LeadDocument {
    LeadDocument {
        id: id.to_owned(),
        title: title.to_owned(),
        county: "450721".to_owned(),
        status: "active".to_owned(),
        ..LeadDocument::default()
    }
}

fn query(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        limit: 20,
        scope: LeadScope::All,
        fields: FieldSet::all(),
        highlight: true,
        ..SearchQuery::default()
    }
}

/// An engine with these leads in its index, and nothing noted yet.
fn filled(server: &SearchServer, leads: &[LeadDocument]) -> Arc<dyn SearchEngine> {
    let engine = engine(server);
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    rebuild.add(leads).unwrap();
    rebuild.finish().unwrap();
    server.asked();
    engine
}

#[test]
fn a_question_is_one_call_within_scope_and_filters() {
    let server = SearchServer::start();
    let several: Vec<LeadDocument> = (0..4).map(|i| lead(&format!("l{i}"), "新能源项目")).collect();
    let engine = filled(&server, &several);
    let asked = SearchQuery {
        scope: LeadScope::County("450721".to_owned()),
        facets: vec![FacetField::County, FacetField::Stage, FacetField::Leader],
        filters: Filters { stage: vec!["new".to_owned()], ..Filters::default() },
        gone: vec!["gone".to_owned()],
        offset: 20,
        ..query("新能源")
    };
    let answer = engine.search(&SearchQuery { offset: 0, limit: 2, ..asked.clone() }).unwrap();
    assert_eq!((answer.total, answer.hits.len(), answer.approximate), (4, 2, false));
    assert_eq!(answer.hits[0].id, "l0");
    assert_eq!(answer.hits[0].highlights[&LeadField::Title], "<em>新能源</em>项目");
    assert_eq!(answer.facets[&FacetField::County], [("450721".to_owned(), 4)].into());
    assert_eq!(answer.facets[&FacetField::Leader], [(String::new(), 4)].into(), "those that nobody leads");
    server.asked();

    engine.search(&asked).unwrap();
    let mut said = server.asked();
    assert_eq!(said.len(), 2, "and one for the field that is filtered by: {said:?}");
    said.sort_by_key(|asked| asked.body["federation"]["limit"].as_u64());
    let (own, first) = (&said[0], &said[1]);
    assert_eq!(
        (first.line.as_str(), first.key.as_deref()),
        ("POST /multi-search", Some(&*format!("Bearer {KEY}")))
    );
    assert_eq!(first.body["federation"]["limit"], json!(20));
    assert_eq!(first.body["federation"]["offset"], json!(20));
    assert_eq!(first.body["federation"]["facetsByIndex"], json!({ INDEX: ["county", "leader"] }));
    assert_eq!(first.body["federation"]["mergeFacets"], json!({}));
    let scope = r#"(county = "450721" OR handed_on_by = "450721") AND (id NOT IN ["gone"])"#;
    let with_filter = format!(r#"{scope} AND (stage IN ["new"])"#);
    for query in first.body["queries"].as_array().unwrap() {
        assert_eq!((&query["indexUid"], &query["matchingStrategy"]), (&json!(INDEX), &json!("all")));
        assert_eq!(query["locales"], json!(["cmn"]));
        assert!(query["filter"].as_str().unwrap().starts_with(&with_filter), "{query}");
        // The three characters of 新能源, and nothing that the server could cut, complete or mistake.
        let text = query["q"].as_str().unwrap();
        assert!(text.len() == 15 && text.starts_with("\"c") && text.ends_with('"'), "{text}");
        let retrieved = query["attributesToRetrieve"].as_array().unwrap();
        assert!(retrieved.contains(&json!("title")) && !retrieved.contains(&json!("title_chars")));
    }
    assert_eq!(own.body["federation"]["facetsByIndex"], json!({ INDEX: ["stage"] }));
    let only = own.body["queries"].as_array().unwrap();
    assert!(only.iter().all(|query| query["filter"] == json!(scope)), "without its own filter");
}

#[test]
fn a_role_asks_of_its_own_fields_alone() {
    let server = SearchServer::start();
    let engine = filled(&server, &[lead("a", "甲")]);
    let settings = Settings::builtin().unwrap();
    let scope = LeadScope::Chamber("c1".to_owned());
    let fields = settings.fields_of("chamber_liaison");
    let asked = SearchQuery { scope, fields, ..query("xny") };
    engine.search(&asked).unwrap();
    let allowed = ["code", "title", "investor_name", "chamber_follow_ups", "chamber_attachments"];
    for asked in server.asked() {
        for query in asked.body["queries"].as_array().unwrap() {
            let attributes = query["attributesToSearchOn"].as_array().unwrap();
            for name in attributes.iter().map(|name| name.as_str().unwrap()) {
                let (field, _) = name.rsplit_once('_').unwrap();
                assert!(allowed.contains(&field), "{name}");
            }
            let retrieved: Vec<&str> = query["attributesToRetrieve"]
                .as_array()
                .unwrap()
                .iter()
                .map(|v| v.as_str().unwrap())
                .collect();
            assert!(retrieved.iter().all(|name| *name == "id" || allowed.contains(name)), "{retrieved:?}");
            assert!(query["filter"].as_str().unwrap().starts_with(r#"(chamber = "c1")"#));
        }
    }
    let nothing = SearchQuery { scope: LeadScope::Nothing, ..query("甲") };
    assert_eq!(engine.search(&nothing).unwrap().total, 0);
    let no_field = SearchQuery { fields: FieldSet::none(), ..query("甲") };
    assert_eq!(engine.search(&no_field).unwrap().total, 0);
    assert!(server.asked().is_empty(), "what can find nothing is not asked");
}

#[test]
fn writes_go_in_batches_and_a_commit_waits_for_their_tasks() {
    let server = SearchServer::start();
    let engine = filled(&server, &[lead("gone", "删")]);
    let many: Vec<LeadDocument> = (0..501).map(|i| lead(&format!("l{i}"), "甲")).collect();
    engine.upsert(&many).unwrap();
    engine.delete(&["gone".to_owned()]).unwrap();
    let documents = format!("POST /indexes/{INDEX}/documents?primaryKey=id");
    let deletion = format!("POST /indexes/{INDEX}/documents/delete-batch");
    let asked = server.asked();
    let lines: Vec<&str> = asked.iter().map(|asked| asked.line.as_str()).collect();
    assert_eq!(lines, [documents.as_str(), &documents, &deletion]);
    assert_eq!(asked[0].body.as_array().unwrap().len(), 500);
    assert_eq!(asked[2].body, json!(["gone"]));
    let first = &asked[0].body[0];
    assert_eq!((&first["id"], &first["title"], &first["leader"]), (&json!("l0"), &json!("甲"), &json!("-")));
    assert_eq!(first["title_typed"], json!("tj tji tjia"));
    assert_eq!(engine.status().unwrap().pending, 502);
    server.asked();
    engine.commit().unwrap();
    let lines = server.lines();
    assert!(lines.len() == 3 && lines.iter().all(|line| line.starts_with("GET /tasks/")), "{lines:?}");
    assert_eq!(server.documents(INDEX).len(), 501);
    assert_eq!(engine.versions().unwrap().len(), 501);
}

#[test]
fn a_failed_task_is_a_failed_commit() {
    let server = SearchServer::start();
    let engine = filled(&server, &[]);
    engine.upsert(&[lead("a", "甲")]).unwrap();
    server
        .answers(|asked| asked.line.starts_with("GET /tasks/").then(|| (200, failed_task(), Duration::ZERO)));
    let error = engine.commit().unwrap_err();
    assert!(matches!(&error, SearchError::Refused(said) if said.contains("missing_document_id")), "{error}");
    server.recovers();
    engine.upsert(&[lead("a", "甲")]).unwrap();
    engine.commit().unwrap();
}

#[test]
fn a_rebuild_fills_an_index_beside_and_swaps() {
    let server = SearchServer::start();
    let engine = engine(&server);
    assert!(matches!(engine.search(&query("甲")), Err(SearchError::NoIndex)));
    assert!(engine.needs_rebuild(), "a search has noticed it");
    server.asked();
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    let begun = server.asked();
    let creation = begun.iter().find(|asked| asked.line == "POST /indexes").unwrap();
    assert_eq!(creation.body, json!({"uid": NEXT, "primaryKey": "id"}));
    let settings =
        begun.iter().find(|asked| asked.line == format!("PATCH /indexes/{NEXT}/settings")).unwrap();
    let said = |name: &str| settings.body[name].clone();
    assert_eq!(said("rankingRules"), json!(["words", "typo", "active:desc", "updated_at:desc", "tie:desc"]));
    assert_eq!(said("localizedAttributes"), json!([{"locales": ["cmn"], "attributePatterns": ["*"]}]));
    assert_eq!(said("pagination"), json!({"maxTotalHits": 10_000}));
    assert_eq!((said("stopWords"), said("synonyms")), (json!([]), json!({})));
    let typos = said("typoTolerance");
    assert_eq!(typos["minWordSizeForTypos"], json!({"oneTypo": 5, "twoTypos": 255}));
    assert!(typos["disableOnAttributes"].as_array().unwrap().contains(&json!("title_typed")));
    assert!(!typos["disableOnAttributes"].as_array().unwrap().contains(&json!("title_words")));
    for field in ["county", "leader", "id", "handed_on_by", "whole"] {
        assert!(said("filterableAttributes").as_array().unwrap().contains(&json!(field)), "{field}");
    }
    assert!(!said("displayedAttributes").as_array().unwrap().contains(&json!("title_typed")));

    rebuild.add(&[lead("a", "甲"), lead("b", "乙")]).unwrap();
    engine.upsert(&[lead("b", "新")]).unwrap();
    rebuild.add(&[lead("b", "旧")]).unwrap();
    server.asked();
    rebuild.finish().unwrap();
    let swap = server.asked().into_iter().find(|asked| asked.line == "POST /swap-indexes").unwrap();
    assert_eq!(swap.body, json!([{"indexes": [INDEX, NEXT]}]));
    assert_eq!(server.indexes(), [INDEX], "the old one is removed");
    let titles: Vec<Value> = server.documents(INDEX).iter().map(|lead| lead["title"].clone()).collect();
    assert_eq!(titles, [json!("甲"), json!("新")], "what was written meanwhile is newer");
    assert!(!engine.status().unwrap().needs_rebuild);
}

#[test]
fn a_rebuild_that_was_given_up_leaves_the_index_and_is_cleaned_by_the_next() {
    let server = SearchServer::start();
    let engine = filled(&server, &[lead("a", "甲")]);
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    assert!(matches!(engine.begin_rebuild(None), Err(SearchError::RebuildRunning)));
    rebuild.add(&[lead("b", "乙")]).unwrap();
    drop(rebuild);
    assert_eq!((server.documents(INDEX).len(), server.indexes().len()), (1, 2));
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    assert_eq!(server.documents(NEXT).len(), 0);
    // An error of the server in between gives it up, too.
    server
        .answers(|asked| asked.line.starts_with("GET /tasks/").then(|| (200, failed_task(), Duration::ZERO)));
    rebuild.add(&[lead("c", "丙")]).unwrap();
    assert!(rebuild.finish().is_err());
    server.recovers();
    assert_eq!(server.documents(INDEX)[0]["title"], json!("甲"));
    assert!(!engine.status().unwrap().rebuilding);
}

#[test]
fn a_rebuild_that_was_stopped_is_gone_on_with() {
    let server = SearchServer::start();
    let engine = filled(&server, &[lead("old", "旧")]);
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    rebuild.add(&[lead("a", "甲")]).unwrap();
    rebuild.keep().unwrap();
    let left = rebuild.index().to_owned();
    drop(rebuild);
    let mut rebuild = engine.begin_rebuild(Some(&left)).unwrap();
    assert!(rebuild.goes_on());
    rebuild.add(&[lead("b", "乙")]).unwrap();
    rebuild.finish().unwrap();
    let titles: Vec<Value> = server.documents(INDEX).iter().map(|one| one["title"].clone()).collect();
    assert_eq!(titles, [json!("甲"), json!("乙")]);
    assert!(!engine.begin_rebuild(Some(&left)).unwrap().goes_on(), "it is the one that answers");
}

#[test]
fn an_index_of_another_version_is_built_anew() {
    let server = SearchServer::start();
    let engine = filled(&server, &[lead("a", "甲")]);
    assert!(!engine.status().unwrap().needs_rebuild);
    server.answers(|asked| {
        let settings = json!({"searchableAttributes": ["*"], "filterableAttributes": []});
        asked.line.ends_with("/settings").then_some((200, settings, Duration::ZERO))
    });
    assert!(engine.status().unwrap().needs_rebuild);
    server.recovers();
    server.forgets();
    let status = engine.status().unwrap();
    assert_eq!((status.needs_rebuild, status.documents), (true, 0));
}

#[test]
fn a_server_that_is_slow_or_ill_is_left_alone_for_a_while() {
    let server = SearchServer::start();
    let engine = filled(&server, &[lead("a", "甲")]);
    server.answers(|_| Some((200, json!({}), Duration::from_secs(20))));
    let begun = Instant::now();
    let error = engine.search(&query("甲")).unwrap_err();
    assert!(
        matches!(error, SearchError::Unreachable(_)) && begun.elapsed() < Duration::from_secs(5),
        "{error}"
    );
    assert_eq!(server.lines().len(), 1);
    let begun = Instant::now();
    let error = engine.search(&query("甲")).unwrap_err();
    assert!(matches!(error, SearchError::Unreachable(_)) && begun.elapsed() < Duration::from_millis(200));
    assert!(server.lines().is_empty(), "nobody waits for it again at once");

    let server = SearchServer::start();
    let engine = filled(&server, &[lead("a", "甲")]);
    server.answers(|_| Some((503, Value::Null, Duration::ZERO)));
    let error = engine.search(&query("甲")).unwrap_err();
    assert!(matches!(&error, SearchError::Unreachable(said) if said.contains("503")), "{error}");
}

#[test]
fn a_refusal_is_told_without_the_key() {
    let server = SearchServer::start();
    let engine = filled(&server, &[lead("a", "甲")]);
    server.answers(|_| {
        let said = json!({
            "message": "The provided API key is invalid.", "code": "invalid_api_key", "type": "auth",
            "link": "https://docs.meilisearch.com/errors#invalid_api_key",
        });
        Some((403, said, Duration::ZERO))
    });
    let error = engine.search(&query("甲")).unwrap_err();
    assert!(matches!(&error, SearchError::Refused(said) if said.contains("invalid_api_key")), "{error}");
    assert!(!format!("{error} {error:?}").contains(KEY));
    assert!(matches!(engine.upsert(&[lead("b", "乙")]), Err(SearchError::Refused(_))));
}
