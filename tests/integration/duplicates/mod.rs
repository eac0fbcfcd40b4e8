//! Whether an investor is already here, and what may be said of it.

mod names;

use crate::leads::{body, form_value, register, uscc, with, written};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{audit_entries, later_claims, leads};

async fn refused(client: &Client, body: Value) -> Value {
    let answer = client.post_json("/api/v1/leads", body).await.assert_status(409);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    answer.json()
}

fn count(app: &TestApp) -> i64 {
    app.read(|conn| leads::table.count().get_result(conn))
}

#[actix_web::test]
async fn the_same_code_or_company_is_refused_until_a_reason_is_given() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let first = with(body("东莞市星河玩具有限公司"), json!({"uscc": uscc(7), "registered_on": "2026-02-01"}));
    let first = officer.post_json("/api/v1/leads", first).await.assert_status(201).json();
    let before = (written(&app), count(&app));
    for (again, reason) in [
        (with(body("全然不同实业有限公司"), json!({"uscc": uscc(7)})), "uscc"),
        (body("东莞市星河玩具有限公司"), "name"),
        (body("东莞星河玩具有限责任公司"), "name"),
        (body("东莞市星河玩具（集团）有限公司"), "name"),
    ] {
        let problem = refused(&officer, again.clone()).await;
        let found = &problem["duplicates"];
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{problem}");
        assert_eq!(found[0]["reason"], reason, "{again}");
        assert_eq!(found[0]["lead_id"], first["id"]);
        assert_eq!(found[0]["since"], "2026-02-01");
        assert_eq!(found[0]["unit"], "灵山县");
    }
    assert_eq!((written(&app), count(&app)), before, "a refusal writes nothing");
    let blank = with(body("东莞星河玩具有限公司"), json!({"duplicate_reason": "  "}));
    refused(&officer, blank).await;
    let anyway = with(body("东莞星河玩具有限公司"), json!({"duplicate_reason": "二期项目"}));
    let second = officer.post_json("/api/v1/leads", anyway).await.assert_status(201).json();
    assert_eq!(second["duplicate_reason"], "二期项目");
    // Other codes tell companies of one name apart.
    let twin = with(body("广州宏运有限公司"), json!({"uscc": uscc(8)}));
    officer.post_json("/api/v1/leads", twin).await.assert_status(201);
    let twin = with(body("广州宏运有限公司"), json!({"uscc": uscc(9)}));
    officer.post_json("/api/v1/leads", twin).await.assert_status(201);
}

#[actix_web::test]
async fn who_does_not_see_the_lead_hears_only_that_it_is_there() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = register(&officer, json!({"investor_name": "深圳海岸线服装有限公司"})).await;
    let other = app.user(Role::CountyOfficer).region("450722").token();
    let again = with(body("深圳海岸线服装有限公司"), json!({"county": "450722"}));
    let problem = refused(&other, again).await;
    assert_eq!(problem["duplicates"][0]["lead_id"], Value::Null);
    assert_eq!(problem["duplicates"][0]["unit"], "灵山县");
    assert!(!problem.to_string().contains(lead["id"].as_str().unwrap()));
    let path = "/api/v1/duplicates?investor_name=%E6%B7%B1%E5%9C%B3%E6%B5%B7%E5%B2%B8%E7%BA%BF%E6%9C%8D%E8%A3%85%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8";
    let items = other.get(path).await.assert_status(200).json();
    assert_eq!(items["items"][0]["lead_id"], Value::Null);
    let items = officer.get(path).await.assert_status(200).json();
    assert_eq!(items["items"][0]["lead_id"], lead["id"]);
}

#[actix_web::test]
async fn a_liaisons_duplicate_is_kept_as_a_later_claim_and_tells_nothing_else() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = register(&officer, json!({"investor_name": "佛山木合家居有限公司", "uscc": uscc(20)})).await;
    let liaison = app.token(Role::ChamberLiaison);
    let mut report =
        with(body("佛山木合家居有限公司"), json!({"contact": {"name": "林", "phone": "12000000103"}}));
    report.as_object_mut().unwrap().remove("source");
    let answer = liaison.post_json("/api/v1/leads", report.clone()).await.assert_status(409);
    let found = answer.json()["duplicates"].clone();
    assert_eq!(found[0]["reason"], "name");
    let keys: Vec<&String> = found[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["reason", "text"], "neither who has it nor since when");
    let (claims, sealed) = app.read(|conn| {
        let rows = later_claims::table
            .select((later_claims::lead_id, later_claims::report_encrypted))
            .load::<(String, String)>(conn)?;
        Ok((rows.len(), rows[0].clone()))
    });
    assert_eq!((claims, sealed.0.as_str()), (1, lead["id"].as_str().unwrap()));
    assert!(!sealed.1.contains("12000000103") && !sealed.1.contains("佛山"));
    assert_eq!(count(&app), 1);
    // The bureau sees the claim on the lead's page.
    let page =
        app.signed_in(Role::BureauOfficer).get(&format!("/leads/{}", lead["id"].as_str().unwrap())).await;
    let chamber = app.person(Role::ChamberLiaison).username;
    assert!(page.assert_status(200).text().contains(&format!("示例商会 {chamber}")));
    // By the form the answer is the same.
    let browser = app.signed_in(Role::ChamberLiaison);
    let form = [("investor_name", "佛山木合家居有限公司"), ("county", "450721"), ("industry", "other")];
    let answer = browser.post_form("/leads", &form).await.assert_status(303);
    assert_eq!(answer.location(), "/claims");
    let page = browser.get("/claims").await.assert_status(200).text();
    let other = [lead["code"].as_str().unwrap(), lead["id"].as_str().unwrap()];
    assert!(other.iter().all(|told| !page.contains(told)), "{page}");
    assert_eq!(app.read(|conn| later_claims::table.count().get_result::<i64>(conn)), 2);
}

#[actix_web::test]
async fn the_question_finds_by_company_phone_and_contact_and_is_logged_without_the_phone() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let contact = json!({"name": "覃示例", "phone": "0777-120 0104"});
    let lead = register(
        &officer,
        json!({"investor_name": "江门柑语食品有限公司", "uscc": uscc(30), "contact": contact}),
    )
    .await;
    for (query, reason) in [
        (format!("uscc={}", uscc(30)), "uscc"),
        ("phone=07771200104".to_owned(), "phone"),
        ("phone=0777-1200104".to_owned(), "phone"),
        ("contact_name=%E8%A6%83%E7%A4%BA%E4%BE%8B".to_owned(), "contact"),
    ] {
        let answer = officer.get(&format!("/api/v1/duplicates?{query}")).await.assert_status(200).json();
        assert_eq!(answer["items"][0]["reason"], reason, "{query}");
        assert_eq!(answer["items"][0]["lead_id"], lead["id"]);
        assert!(answer["items"][0]["score"].as_u64().unwrap() <= 100);
    }
    let trail = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("duplicate.ask"))
            .select(audit_entries::differences)
            .load::<String>(conn)
    });
    assert_eq!(trail.len(), 4);
    assert!(trail.iter().all(|entry| !entry.contains("1200104")), "{trail:?}");
    officer.get("/api/v1/duplicates").await.assert_status(400);
    officer.get("/api/v1/duplicates?phone=12x").await.assert_status(400);
    officer.get("/api/v1/duplicates?name=x").await.assert_status(400);
    app.token(Role::LeadingGroup).get("/api/v1/duplicates?phone=07771200104").await.assert_status(403);
}

#[actix_web::test]
async fn a_liaison_learns_nothing_of_what_is_only_alike() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let contact = json!({"name": "覃示例", "phone": "12000000118"});
    let name = "深圳星辰大海玩具有限公司";
    register(&officer, json!({"investor_name": name, "contact": contact, "duplicate_reason": "x"})).await;
    register(&officer, json!({"investor_name": name, "contact": contact, "duplicate_reason": "x"})).await;
    let liaison = app.token(Role::ChamberLiaison);
    let ask = async |client: &Client, pairs: &[(&str, &str)]| {
        let query = serde_urlencoded::to_string(pairs).unwrap();
        let answer = client.get(&format!("/api/v1/duplicates?{query}")).await.assert_status(200).json();
        answer["items"].as_array().unwrap().clone()
    };
    assert!(ask(&liaison, &[("investor_name", "深圳星辰大")]).await.is_empty());
    assert!(ask(&liaison, &[("contact_name", "覃示例")]).await.is_empty());
    assert!(!ask(&officer, &[("contact_name", "覃示例")]).await.is_empty());
    for pairs in [[("investor_name", name)], [("phone", "12000000118")]] {
        let items = ask(&liaison, &pairs).await;
        assert_eq!(items.len(), 1, "not how many: {items:?}");
        assert_eq!(items[0].as_object().unwrap().len(), 2, "{items:?}");
    }
    // In the language that is asked for.
    let path = "/api/v1/duplicates?phone=12000000118";
    let asked = liaison.get(path).header("accept-language", "en").await.assert_status(200).json();
    assert!(asked["items"][0]["text"].as_str().unwrap().is_ascii(), "{asked}");
}

#[actix_web::test]
async fn a_liaison_asks_twenty_times_an_hour() {
    let app = TestApp::new().await;
    let liaison = app.token(Role::ChamberLiaison);
    for _ in 0..20 {
        let answer = liaison.get("/api/v1/duplicates?investor_name=abc").await.assert_status(200);
        assert_eq!(answer.json()["items"], json!([]));
    }
    let answer = liaison.get("/api/v1/duplicates?investor_name=abc").await.assert_status(429);
    assert!(answer.header("retry-after").is_some());
    app.token(Role::BureauOfficer).get("/api/v1/duplicates?investor_name=abc").await.assert_status(200);
    // The page asks the same, and counts the same; what was refused was not asked.
    app.signed_in(Role::ChamberLiaison).get("/duplicates?investor_name=abc").await.assert_status(429);
    let id = app.person(Role::ChamberLiaison).id;
    let asked: i64 = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("duplicate.ask"))
            .filter(audit_entries::actor_id.eq(id.to_string()))
            .count()
            .get_result(conn)
    });
    assert_eq!(asked, 20, "all of them are in the trail");
}

#[actix_web::test]
async fn a_liaison_hears_until_when_the_bureau_answers_and_no_more() {
    let app = TestApp::new().await;
    register(&app.token(Role::BureauOfficer), json!({"investor_name": "中山灯火照明有限公司"})).await;
    let due = app.app.reference.calendar().add(yinfeng::clock::today(), 5);
    let said = format!("已有登记，市局在 {due} 前答复。");
    let query = serde_urlencoded::to_string([("investor_name", "中山灯火照明有限公司")]).unwrap();
    let liaison = app.token(Role::ChamberLiaison);
    let answer = liaison.get(&format!("/api/v1/duplicates?{query}")).await.assert_status(200).json();
    assert_eq!(answer, json!({"items": [{"reason": "name", "text": said}]}));
    let mut report = body("中山灯火照明有限公司");
    report.as_object_mut().unwrap().remove("source");
    let refused = liaison.post_json("/api/v1/leads", report).await.assert_status(409).json();
    assert_eq!(
        (&refused["title"], &refused["duplicates"]),
        (&json!(said), &json!([{"reason": "name", "text": said}]))
    );
    let browser = app.signed_in(Role::ChamberLiaison);
    let form = [("investor_name", "中山灯火照明有限公司"), ("county", "450721"), ("industry", "other")];
    let done = browser.post_form("/leads", &form).await.assert_status(303);
    let page = browser.get(&done.location()).await.assert_status(200).text();
    assert!(page.contains(&said), "the page that follows says it, too: {page}");
}

#[actix_web::test]
async fn the_page_asks_and_leads_on_to_a_new_lead() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = register(&officer, json!({"uscc": uscc(40)})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    browser.get("/duplicates").await.assert_status(200);
    let page = browser.get(&format!("/duplicates?uscc={}", uscc(40))).await.assert_status(200).text();
    assert!(page.contains(&format!("/leads/{}", lead["id"].as_str().unwrap())));
    let page = browser.get(&format!("/duplicates?uscc={}", uscc(41))).await.assert_status(200).text();
    let href = format!("/leads/new?uscc={}", uscc(41));
    assert!(page.contains(&href), "{page}");
    let form = browser.get(&href).await.assert_status(200).text();
    assert_eq!(form_value(&form, "uscc"), Some(uscc(41)));
    let page = browser.get("/duplicates?uscc=91&phone=abc").await.assert_status(422).text();
    assert_eq!(form_value(&page, "phone").as_deref(), Some("abc"), "what was typed stays");
    // A liaison is told no unit, day or lead.
    let liaison = app.signed_in(Role::ChamberLiaison);
    let page = liaison.get(&format!("/duplicates?uscc={}", uscc(40))).await.assert_status(200).text();
    assert!(!page.contains("灵山") && !page.contains(lead["id"].as_str().unwrap()));
}
