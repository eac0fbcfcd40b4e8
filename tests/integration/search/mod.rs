//! Search right after a write, before the index has followed.

mod filters;
mod phones;
mod rebuilding;
mod records;
mod requests;
mod unreachable;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn found(client: &Client, words: &str) -> Value {
    let query = serde_urlencoded::to_string([("q", words), ("facets", "county,stage")]).unwrap();
    client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json()
}

/// Total, hits and the counts of each facet, which must agree.
#[track_caller]
fn count(answer: &Value) -> u64 {
    let total = answer["total"].as_u64().unwrap();
    assert_eq!(answer["hits"].as_array().unwrap().len() as u64, total, "{answer}");
    for (field, counts) in answer["facets"].as_object().unwrap() {
        let sum: u64 = counts.as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(sum, total, "{field}: {answer}");
    }
    total
}

#[actix_web::test]
async fn a_deleted_lead_is_counted_no_more() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({"title": "示例枇杷线索"})).await;
    app.new_lead(json!({"title": "另一条枇杷线索"})).await;
    let waiting = found(&officer, "枇杷").await;
    assert_eq!(waiting["stale"], true, "what was registered is not in the index yet");
    app.settle();
    let settled = found(&officer, "枇杷").await;
    assert_eq!((count(&settled), &settled["stale"]), (2, &json!(false)));
    let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    app.token(Role::BureauHead).delete(&path, "*").await.assert_status(204);
    let after = found(&officer, "枇杷").await;
    assert_eq!((count(&after), &after["stale"]), (1, &json!(true)));
    assert_eq!(count(&found(&officer, "").await), 1);
    app.settle();
    let settled = found(&officer, "枇杷").await;
    assert_eq!((count(&settled), &settled["stale"]), (1, &json!(false)));
}

#[actix_web::test]
async fn a_lead_that_left_the_scope_is_counted_no_more() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let leader = app.token(Role::CountyLeader);
    let lead = app.new_lead(json!({"title": "示例龙眼线索"})).await;
    app.settle();
    assert_eq!(count(&found(&leader, "龙眼").await), 1, "nobody's lead of his county");
    let other = app.user(Role::CountyLeader).insert();
    let path = format!("/api/v1/leads/{}/assignment", lead["id"].as_str().unwrap());
    bureau.post_json(&path, json!({"leader": other.username, "reason": "示例"})).await.assert_status(200);
    let after = found(&leader, "龙眼").await;
    assert_eq!((count(&after), &after["stale"]), (0, &json!(true)));
    assert_eq!(count(&found(&bureau, "龙眼").await), 1, "for others it is there");
}

#[actix_web::test]
async fn a_symbol_can_be_looked_for() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    app.new_lead(json!({"title": "引凤🦅示例线索"})).await;
    app.new_lead(json!({"title": "引凤示例线索"})).await;
    app.settle();
    let hits = found(&officer, "🦅").await;
    assert_eq!(count(&hits), 1);
    assert_eq!(hits["hits"][0]["highlights"]["title"], "引凤<em>🦅</em>示例线索");
    assert_eq!(count(&found(&officer, "🦅示例").await), 1);
    assert_eq!(count(&found(&officer, "☃").await), 0);
}

#[actix_web::test]
async fn people_and_chambers_are_named_as_in_the_list_of_leads() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let leader = app.person(Role::CountyLeader);
    let chamber = app.new_chamber("示例商会");
    let code = bureau.get(&format!("/api/v1/chambers/{chamber}")).await.json()["code"].clone();
    let source = json!({"kind": "chamber", "chamber_id": chamber.to_string()});
    let lead = app.new_lead(json!({"title": "示例荔枝线索", "source": source})).await;
    app.new_lead(json!({"title": "另一条荔枝线索"})).await;
    let path = format!("/api/v1/leads/{}/assignment", lead["id"].as_str().unwrap());
    bureau.post_json(&path, json!({"leader": leader.username, "reason": "示例"})).await.assert_status(200);
    app.settle();
    for filter in [
        format!("leader={}", leader.username),
        format!("leader={}", leader.id),
        format!("chamber={}", code.as_str().unwrap()),
        format!("chamber={chamber}"),
    ] {
        let path = format!("/api/v1/search?q=%E8%8D%94%E6%9E%9D&{filter}");
        let found = bureau.get(&path).await.assert_status(200).json();
        assert_eq!(count(&found), 1, "{filter}");
        assert_eq!(found["hits"][0]["id"], lead["id"], "{filter}");
    }
    assert_eq!(count(&bureau.get("/api/v1/search?q=%E8%8D%94%E6%9E%9D&leader=nobody").await.json()), 0);
}

/// A code is the company's: what one lead learns of it, a search knows of the others.
#[actix_web::test]
async fn a_code_that_one_lead_brings_finds_the_others_of_its_company() {
    const CODE: &str = "91450700MA5KXXXX0Y";
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let first = app.new_lead(json!({"title": "示例甲线索", "investor_name": "示例青竹有限公司"})).await;
    app.settle();
    assert_eq!(count(&found(&officer, CODE).await), 0);
    let body = json!({
        "title": "示例乙线索", "investor_name": "示例青竹有限公司", "uscc": CODE, "duplicate_reason": "示例",
    });
    app.new_lead(body).await;
    app.settle();
    let hits = found(&officer, CODE).await;
    assert_eq!(count(&hits), 2, "{hits}");
    assert!(hits["hits"].as_array().unwrap().iter().any(|hit| hit["id"] == first["id"]));
}

async fn codes(client: &Client, words: &str) -> Vec<String> {
    let hits = found(client, words).await["hits"].clone();
    hits.as_array().unwrap().iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn filters_typed_into_the_box_narrow_as_parameters_do() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = |title: &str, county: &str, yuan: i64| json!({"title": title, "county": county, "total_investment_fen": yuan * 100});
    app.new_lead(lead("灵山芒果大厂", "450721", 200_000_000)).await;
    app.new_lead(lead("灵山芒果小厂", "450721", 3_000_000)).await;
    app.new_lead(lead("浦北芒果厂", "450722", 100_000_000)).await;
    app.settle();
    for (typed, wanted) in [
        ("county:灵山 芒果", vec!["灵山芒果小厂", "灵山芒果大厂"]),
        ("芒果 县：灵山县", vec!["灵山芒果小厂", "灵山芒果大厂"]),
        ("county:450722", vec!["浦北芒果厂"]),
        ("county:灵山,浦北 大厂", vec!["灵山芒果大厂"]),
        ("投资:1亿以上 芒果", vec!["浦北芒果厂", "灵山芒果大厂"]),
        ("amount:>1亿 灵山", vec!["灵山芒果大厂"]),
        ("投资:500万以下", vec!["灵山芒果小厂"]),
        ("投资:5000万..1.5亿", vec!["浦北芒果厂"]),
        ("投资:1亿..", vec!["浦北芒果厂", "灵山芒果大厂"]),
        ("投资:1亿~ 灵山", vec!["灵山芒果大厂"]),
        ("投资:>=1亿 浦北", vec!["浦北芒果厂"]),
        ("投资:..1亿", vec!["浦北芒果厂", "灵山芒果小厂"]),
        ("投资:\"1 亿\" 芒果", vec!["浦北芒果厂", "灵山芒果大厂"]),
        ("登记:2000-03.. 大厂", vec!["灵山芒果大厂"]),
        ("登记:2000-03以后 大厂", vec!["灵山芒果大厂"]),
        ("登记:..2000-03 大厂", vec![]),
        ("登记:2000-03以前 大厂", vec![]),
        ("阶段:线索 灵山 -小厂", vec!["灵山芒果大厂"]),
        ("stage:new status:active 小厂", vec!["灵山芒果小厂"]),
        ("登记:1999", vec![]),
        ("投资:1万以上 投资:1.5亿以上", vec!["灵山芒果大厂"]),
        ("\"灵山\" -小厂 county:灵山", vec!["灵山芒果大厂"]),
        ("\"县:灵山\" 县:灵山", vec![]),
        ("county: 灵山 大厂", vec!["灵山芒果大厂"]),
        ("county:\"灵山\" 大厂", vec!["灵山芒果大厂"]),
        ("county:lingshan 大厂", vec!["灵山芒果大厂"]),
        ("-county:灵山 芒果", vec!["浦北芒果厂"]),
        ("芒果 -县:灵山,浦北", vec![]),
        ("芒果 -阶段:研判 县:浦北", vec!["浦北芒果厂"]),
        ("投资:5000万-1.5亿 芒果", vec!["浦北芒果厂"]),
        ("-county:灵山 -county:浦北", vec![]),
        ("county:灵山 -county:灵山", vec![]),
        ("county:灵山,浦北 -county:浦北", vec!["灵山芒果小厂", "灵山芒果大厂"]),
        ("-county:浦北 county:灵山 -小厂", vec!["灵山芒果大厂"]),
    ] {
        assert_eq!(codes(&bureau, typed).await, wanted, "{typed}");
    }
    for typed in ["投资:..", "投资:-1亿", "登记:..去年"] {
        let query = serde_urlencoded::to_string([("q", typed)]).unwrap();
        let refused = bureau.get(&format!("/api/v1/search?{query}")).await.assert_status(400);
        assert_eq!(refused.faults(), [("q".to_owned(), "no-such-value".to_owned())], "{typed}");
    }
    let nobody = serde_urlencoded::to_string([("q", "leader:无此人 芒果")]).unwrap();
    let refused = bureau.get(&format!("/api/v1/search?{nobody}")).await.assert_status(400).json();
    assert_eq!(refused["errors"][0]["field"], "q", "{refused}");
    assert_eq!(codes(&bureau, "项目:芒果").await.len(), 0, "no filter, but words that no lead has");
    let page = app
        .signed_in(Role::BureauOfficer)
        .get("/search?q=county%3A%E7%81%B5%E5%B1%B1+%E8%8A%92%E6%9E%9C")
        .await;
    let html = page.assert_status(200).text();
    assert!(html.contains("value=\"芒果\""), "the filter left the box");
    assert!(html.contains("name=\"county\" value=\"450721\""), "and goes on as one");
    let unknown = app.signed_in(Role::BureauOfficer).get("/search?q=county%3A%E6%97%A0%E6%AD%A4").await;
    assert!(unknown.assert_status(200).text().contains("无此"), "what names nothing is said");
    // While one types it is said as well, and nothing is suggested that the filter would have left out.
    let suggested = |typed: &str| {
        let query = serde_urlencoded::to_string([("q", typed)]).unwrap();
        let browser = app.signed_in(Role::BureauOfficer);
        async move { browser.get(&format!("/search/suggestions?{query}")).await.assert_status(200).text() }
    };
    let unknown = suggested("county:无此 芒果").await;
    assert!(unknown.contains("里没有“无此”") && !unknown.contains("芒果大厂"), "{unknown}");
    assert!(!suggested("芒果").await.contains("写法相近"));
    let near = suggested("mangguodaccang").await;
    assert!(near.contains("写法相近") && near.contains("大厂"), "one letter too many is marked: {near}");
}

/// People and chambers, too, may be unwanted, or be none; so they may as parameters, and while the database answers.
#[actix_web::test]
async fn people_and_chambers_can_be_left_out_and_be_none() {
    let (app, nowhere) = (TestApp::new().await, unreachable::app_with(&unreachable::nowhere()).await);
    for (app, answers) in [(&app, true), (&nowhere, false)] {
        let bureau = app.token(Role::BureauOfficer);
        let leader = app.person(Role::CountyLeader);
        let chamber = app.new_chamber("示例荔湾商会");
        let source = json!({"kind": "chamber", "chamber_id": chamber.to_string()});
        let led = app.new_lead(json!({"title": "示例荔枝甲", "source": source})).await;
        app.new_lead(json!({"title": "示例荔枝乙"})).await;
        let path = format!("/api/v1/leads/{}/assignment", led["id"].as_str().unwrap());
        let to = json!({"leader": leader.username, "reason": "示例"});
        bureau.post_json(&path, to).await.assert_status(200);
        if answers {
            app.settle();
        }
        let named = &leader.display_name;
        for (typed, wanted) in [
            (format!("荔枝 领导:{named}"), vec!["示例荔枝甲"]),
            (format!("荔枝 -领导:{named}"), vec!["示例荔枝乙"]),
            ("荔枝 leader:none".to_owned(), vec!["示例荔枝乙"]),
            ("荔枝 -领导:无".to_owned(), vec!["示例荔枝甲"]),
            ("荔枝 商会:无".to_owned(), vec!["示例荔枝乙"]),
            ("荔枝 -商会:示例荔湾商会".to_owned(), vec!["示例荔枝乙"]),
            (format!("荔枝 领导:{named} -商会:示例荔湾商会"), vec![]),
            (format!("荔枝 领导:{named} -领导:{named}"), vec![]),
        ] {
            assert_eq!(codes(&bureau, &typed).await, wanted, "{typed}");
        }
        let by_parameter = |filter: String| {
            let bureau = &bureau;
            async move {
                let path = format!("/api/v1/search?q=%E8%8D%94%E6%9E%9D&{filter}");
                count(&bureau.get(&path).await.assert_status(200).json())
            }
        };
        assert_eq!(by_parameter(format!("leader=-{}", leader.username)).await, 1);
        assert_eq!(by_parameter("leader=-none&county=450721,-450721".to_owned()).await, 0);
        assert_eq!(by_parameter("investment=-100m&stage=-contract&registered=-1999".to_owned()).await, 2);
        bureau.get("/api/v1/search?county=-450799").await.assert_status(400);
    }
    // A range has no minus, and the answer says so.
    let bureau = app.token(Role::BureauOfficer);
    for typed in ["-投资:1亿以上 荔枝", "-登记:2026"] {
        let query = serde_urlencoded::to_string([("q", typed)]).unwrap();
        let refused = bureau.get(&format!("/api/v1/search?{query}")).await.assert_status(400);
        assert_eq!(refused.faults(), [("q".to_owned(), "no-minus-for-ranges".to_owned())], "{typed}");
        let page = app.signed_in(Role::BureauOfficer).get(&format!("/search?{query}")).await;
        assert!(page.assert_status(200).text().contains("是范围，前面不能加减号"), "{typed}");
    }
    // What is left out is said on the page, and kept with the search.
    let query = serde_urlencoded::to_string([("q", "荔枝 -商会:示例荔湾商会 -县:浦北")]).unwrap();
    let page = app.signed_in(Role::BureauOfficer).get(&format!("/search?{query}")).await.assert_status(200);
    let page = page.text();
    assert!(page.contains("除示例荔湾商会以外") && page.contains("除浦北县以外"), "{page}");
    let kept = json!({ "name": "示例", "query": query });
    let kept = bureau.post_json("/api/v1/saved-searches", kept).await.assert_status(201).json();
    let again = format!("/api/v1/search?{}", kept["query"].as_str().unwrap());
    assert_eq!(count(&bureau.get(&again).await.assert_status(200).json()), 1, "{again}");
    let list = app.signed_in(Role::BureauOfficer).get("/saved-searches").await.assert_status(200).text();
    assert!(list.contains("除示例荔湾商会以外"), "{list}");
}

/// The list of leads reads its box as the search does.
#[actix_web::test]
async fn the_list_of_leads_takes_filters_and_numbers_in_its_box() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let contact = json!({"name": "单示例", "phone": "12000000741"});
    app.new_lead(
        json!({"title": "灵山芒果厂", "contact": contact, "total_investment_fen": 20_000_000_000_i64}),
    )
    .await;
    app.new_lead(json!({"title": "浦北芒果厂", "county": "450722"})).await;
    app.settle();
    let listed = |typed: &str| {
        let query = serde_urlencoded::to_string([("q", typed)]).unwrap();
        let bureau = &bureau;
        async move {
            let list = bureau.get(&format!("/api/v1/leads?{query}")).await.assert_status(200).json();
            let items = list["items"].as_array().unwrap().clone();
            items.iter().map(|lead| lead["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    for (typed, wanted) in [
        ("county:灵山", vec!["灵山芒果厂"]),
        ("-county:灵山 芒果", vec!["浦北芒果厂"]),
        ("stage:new 浦北", vec!["浦北芒果厂"]),
        ("投资:1亿以上", vec!["灵山芒果厂"]),
        ("12000000741", vec!["灵山芒果厂"]),
        ("12000000741 浦北", vec![]),
    ] {
        assert_eq!(listed(typed).await, wanted, "{typed}");
    }
    let refused = bureau.get("/api/v1/leads?q=county%3A%E6%97%A0%E6%AD%A4").await.assert_status(400);
    assert_eq!(refused.faults(), [("q".to_owned(), "no-such-value".to_owned())]);
    let page = app.signed_in(Role::BureauOfficer).get("/leads?q=county%3A%E6%97%A0%E6%AD%A4").await;
    assert!(page.assert_status(200).text().contains("里没有“无此”"), "the page says so and stays");
}

#[actix_web::test]
async fn what_is_no_lead_is_suggested_and_counted() {
    let app = TestApp::new().await;
    app.new_chamber("示例蚝豉商会");
    app.settle();
    let browser = app.signed_in(Role::BureauOfficer);
    let page = browser.get("/search/suggestions?q=%E8%9A%9D%E8%B1%89").await.assert_status(200).text();
    assert!(page.contains("蚝豉") && !page.contains("没有找到"), "{page}");
    assert!(page.contains("type=all") && page.contains("查看全部 1 条"), "{page}");
}

#[actix_web::test]
async fn who_was_there_at_a_follow_up_finds_the_lead_for_who_reads_it() {
    let app = TestApp::new().await;
    let id = app.new_lead(json!({"title": "拜访过的示例线索"})).await["id"].as_str().unwrap().to_owned();
    let body = json!({"kind": "visit_out", "at": "2026-11-20T01:00:00Z", "content": "看厂房",
        "ours": "桂示例局长", "theirs": "梅示例经理"});
    let officer = app.token(Role::BureauOfficer);
    officer.post_json(&format!("/api/v1/leads/{id}/follow-ups"), body).await.assert_status(201);
    app.settle();
    for typed in ["梅示例", "meishili", "桂示例局长"] {
        assert_eq!(codes(&officer, typed).await, ["拜访过的示例线索"], "{typed}");
    }
    assert!(codes(&app.token(Role::Federation), "梅示例").await.is_empty(), "follow-ups are not its to read");
}

#[actix_web::test]
async fn what_belongs_to_leads_is_found_by_its_kind_and_by_who_sees_it() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let chamber = app.new_chamber("示例山竹商会");
    let source = json!({"kind": "chamber", "chamber_id": chamber.to_string()});
    let lead = |county: &str| json!({"title": "山竹示例线索", "investor_name": format!("{county}山竹示例有限公司"), "county": county, "source": source});
    app.new_lead(lead("450721")).await;
    app.new_lead(lead("450722")).await;
    let project = json!({"title": "山竹示例项目", "county": "450722"});
    crate::projects::new_project(&app, project).await;
    app.settle();
    let kinds = |answer: Value| -> Vec<(String, String)> {
        let hit = |hit: &Value| {
            (hit["type"].as_str().unwrap().to_owned(), hit["title"].as_str().unwrap().to_owned())
        };
        answer["hits"].as_array().unwrap().iter().map(hit).collect()
    };
    let ask = async |client: &Client, kind: &str| {
        let way = format!("/api/v1/search?q=shanzhu&type={kind}");
        kinds(client.get(&way).await.assert_status(200).json())
    };
    let pair = |kind: &str, title: &str| (kind.to_owned(), title.to_owned());
    assert_eq!(ask(&bureau, "project").await, [pair("project", "山竹示例项目")]);
    assert_eq!(ask(&bureau, "chamber").await, [pair("chamber", "示例山竹商会")]);
    assert_eq!(ask(&bureau, "company").await.len(), 2);
    let all = ask(&bureau, "all").await;
    assert_eq!(all.len(), 6, "two leads and what belongs to them: {all:?}");
    assert!(all[..2].iter().all(|(kind, _)| kind == "lead"), "leads come first: {all:?}");
    let county = app.token(Role::CountyOfficer);
    assert_eq!(ask(&county, "project").await, [], "of another county");
    assert_eq!(ask(&county, "company").await, [pair("company", "450721山竹示例有限公司")]);
    let federation = app.token(Role::Federation);
    assert_eq!(ask(&federation, "project").await, [], "of no chamber");
    assert_eq!(ask(&federation, "referrer").await, []);
    bureau.get("/api/v1/search?q=shanzhu&type=townsman").await.assert_status(400);
    let page =
        app.signed_in(Role::BureauOfficer).get("/search?q=shanzhu&type=company").await.assert_status(200);
    assert!(page.text().contains("type=project"), "the other kinds are one click away");
    let head = app.token(Role::BureauHead);
    let path = format!("/api/v1/chambers/{chamber}");
    let version = head.get(&path).await.json()["version"].clone();
    let renamed = json!({"name": "示例红毛丹商会"});
    head.patch_json(&path, &format!("\"{version}\""), renamed).await.assert_status(200);
    app.settle();
    assert_eq!(ask(&bureau, "chamber").await, [], "it is called otherwise now");
}

#[actix_web::test]
async fn the_administrator_sees_how_the_indexes_are_and_has_them_built_anew() {
    let app = TestApp::new().await;
    app.new_lead(json!({"title": "示例线索"})).await;
    let admin = app.signed_in(Role::Admin);
    let page = async || admin.get("/admin/search").await.assert_status(200).text();
    assert!(page().await.contains("不完整"), "nothing was indexed yet");
    app.settle();
    assert!(!page().await.contains("不完整"));
    app.new_lead(json!({"title": "又一条示例线索"})).await;
    assert!(page().await.contains("有改动在排队"));
    admin.post_form("/admin/search/rebuild", &[]).await.assert_status(303);
    assert!(page().await.contains("正在重建"));
    app.settle();
    let settled = page().await;
    assert!(!settled.contains("正在重建") && !settled.contains("有改动在排队"), "{settled}");
    let trail = app.token(Role::Admin).get("/api/v1/audit?action=search.rebuild").await.json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_company_that_no_lead_is_of_is_found_by_its_project_and_by_what_it_brought() {
    let app = TestApp::new().await;
    let project = json!({"title": "示例果品项目", "investor_name": "红毛丹示例有限公司"});
    crate::projects::new_project(&app, project).await;
    let form = [
        ("title", "示例果汁线索"),
        ("investor_name", "示例果汁有限公司"),
        ("county", "450721"),
        ("industry", "chenpi"),
        ("source_kind", "enterprise"),
        ("source_enterprise", "毛荔枝示例有限公司"),
    ];
    app.signed_in(Role::BureauOfficer).post_form("/leads", &form).await.assert_status(303);
    app.settle();
    for (typed, name) in [("hongmaodan", "红毛丹示例有限公司"), ("maolizhi", "毛荔枝示例有限公司")]
    {
        let way = format!("/api/v1/search?q={typed}&type=company");
        let found = app.token(Role::BureauOfficer).get(&way).await.assert_status(200).json();
        assert_eq!(found["hits"][0]["title"], json!(name));
        assert_eq!(found["total"], json!(1), "{name}");
    }
}

#[actix_web::test]
async fn a_liaison_is_shown_the_ways_to_search_that_he_has() {
    let app = TestApp::new().await;
    for role in [Role::ChamberLiaison, Role::BureauOfficer] {
        let is_own = role == Role::ChamberLiaison;
        let page = app.signed_in(role).get("/search").await.assert_status(200).text();
        for words in ["联系人", "信用代码", "县:灵山", "投资:1亿以上"] {
            assert_eq!(page.contains(words), !is_own, "{role} {words}");
        }
        let hint = if is_own { "搜投资方、项目、编号" } else { "搜企业、项目、联系人" };
        assert!(page.contains(hint) && page.contains("阶段:洽谈"), "{role}");
    }
}
