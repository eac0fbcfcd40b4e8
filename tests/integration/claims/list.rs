//! Who reads which claims, and in which order.

use super::{KNOWN, answer_path, claim, due_ago, known, promised};
use crate::leads::{body, written};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_liaison_reads_his_own_report_and_nothing_of_the_other_lead() {
    let app = TestApp::new().await;
    let lead = known(&app).await;
    let liaison = app.token(Role::ChamberLiaison);
    let mine = claim(&liaison, "我报的项目").await;
    assert_eq!(mine["answer_due_on"], promised(&app).to_string());
    assert_eq!((&mine["answer"], &mine["late_days"]), (&Value::Null, &Value::Null));
    assert_eq!(mine["report"]["title"], "我报的项目");
    assert_eq!(mine["report"]["contact_phone"], "120****0103");
    assert!(mine.get("lead").is_none() && mine.get("chamber").is_none(), "{mine}");
    let page = app.signed_in(Role::ChamberLiaison).get("/claims").await.assert_status(200).text();
    let main = page.split_once("<main").unwrap().1;
    assert!(main.contains("我报的内容") && main.contains("还没有答复"), "{main}");
    for secret in
        ["机密", "浦北", lead["code"].as_str().unwrap(), lead["id"].as_str().unwrap(), "12000000103"]
    {
        assert!(!main.contains(secret) && !mine.to_string().contains(secret), "{secret}: {main}");
    }
    let home = app.signed_in(Role::ChamberLiaison).get("/").await.assert_status(200).text();
    assert!(home.contains("id=\"claims\"") && !home.contains("机密"));
    // Another chamber's liaison has none; roles that do not use claims are kept out.
    let other = app.user(Role::ChamberLiaison).token();
    assert_eq!(other.get("/api/v1/claims?count=true").await.assert_status(200).json()["total"], 0);
    app.token(Role::CountyOfficer).get("/api/v1/claims").await.assert_status(403);
    liaison.post_json(&format!("/api/v1{}", answer_path(&mine)), json!({})).await.assert_status(403);
}

#[actix_web::test]
async fn what_waits_stands_by_its_promised_day_the_late_ones_first() {
    let app = TestApp::new().await;
    let lead = known(&app).await;
    let liaison = app.token(Role::ChamberLiaison);
    let (first, second, third) =
        (claim(&liaison, "一").await, claim(&liaison, "二").await, claim(&liaison, "三").await);
    due_ago(&app, &second, 4);
    due_ago(&app, &third, 1);
    let bureau = app.token(Role::BureauHead);
    let ids =
        |list: &Value| list["items"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect::<Vec<_>>();
    let expected = [second["id"].clone(), third["id"].clone(), first["id"].clone()];
    let all = bureau.get("/api/v1/claims?state=waiting&count=true").await.assert_status(200).json();
    assert_eq!((ids(&all).as_slice(), &all["total"]), (expected.as_slice(), &json!(3)));
    assert_eq!((&all["items"][0]["late_days"], &all["items"][2]["late_days"]), (&json!(4), &Value::Null));
    assert_eq!(all["items"][0]["lead"], json!({"id": lead["id"], "code": lead["code"]}));
    // In pages of one, each once.
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/claims?state=waiting&limit=1{cursor}");
        let page = bureau.get(&path).await.assert_status(200).json();
        seen.extend(ids(&page));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, expected);
    // Without a state the latest comes first, and a cursor of one order is refused in the other.
    let latest = bureau.get("/api/v1/claims?limit=1").await.assert_status(200).json();
    assert_eq!(ids(&latest), [third["id"].clone()]);
    let cursor = latest["next_cursor"].as_str().unwrap();
    bureau.get(&format!("/api/v1/claims?state=waiting&cursor={cursor}")).await.assert_status(400);
    bureau.get("/api/v1/claims?state=perhaps").await.assert_status(400);
    let late = bureau.get("/api/v1/claims?state=late&count=true").await.assert_status(200).json();
    assert_eq!((ids(&late).as_slice(), &late["total"]), (&expected[..2], &json!(2)));
    bureau.get("/api/v1/claims?lead=x").await.assert_status(400);
    // The bureau's home leads to them in the same order, those that are late before everything else, with their figure.
    let home = app.signed_in(Role::BureauOfficer).get("/").await.assert_status(200).text();
    let section =
        |id: &str| home.split_once(&format!("id=\"{id}\"")).unwrap().1.split("</section>").next().unwrap();
    let (late, waiting) = (section("late-claims"), section("claims"));
    let at = |claim: &Value| late.find(&answer_path(claim)).unwrap();
    assert!(at(&second) < at(&third) && !late.contains(&answer_path(&first)));
    assert!(late.contains("part-count\">2<") && late.contains("/claims?state=late"), "{late}");
    assert!(waiting.contains(&answer_path(&first)) && !waiting.contains(&answer_path(&second)));
    assert!(waiting.contains("part-count\">3<"), "{waiting}");
    assert!(home.find("figure-claimed").unwrap() < home.find("figure-overdue").unwrap());
    assert!(home.find("id=\"late-claims\"").unwrap() < home.find("id=\"claims\"").unwrap());
    let list = app.signed_in(Role::BureauOfficer).get("/claims").await.assert_status(200).text();
    assert_eq!(list.matches("<td class=\"row-name\">").count(), 3);
    // The auditor reads and cannot answer; a county has no such part of its home.
    let page = app.signed_in(Role::Auditor).get("/claims").await.assert_status(200).text();
    assert!(page.contains(lead["code"].as_str().unwrap()) && !page.contains("/answer\""));
    assert!(!app.signed_in(Role::CountyOfficer).get("/").await.text().contains("id=\"claims\""));
}

#[actix_web::test]
async fn what_ones_own_chamber_reported_is_named_and_no_later_claim() {
    let app = TestApp::new().await;
    let liaison = app.token(Role::ChamberLiaison);
    let mut report = body(KNOWN);
    report.as_object_mut().unwrap().remove("source");
    let lead = liaison.post_json("/api/v1/leads", report.clone()).await.assert_status(201).json();
    let browser = app.signed_in(Role::ChamberLiaison);
    let before = written(&app);
    let refused = liaison.post_json("/api/v1/leads", report.clone()).await.assert_status(409).json();
    let said = format!("您已报过，编号 {}。", lead["code"].as_str().unwrap());
    let own = json!([{ "reason": "name", "text": said, "lead_id": lead["id"] }]);
    assert_eq!((&refused["code"], &refused["duplicates"]), (&json!("duplicates"), &own));
    let form = [("investor_name", KNOWN), ("county", "450721"), ("industry", "other")];
    let page = browser.post_form("/leads", &form).await.assert_status(409).text();
    let way = format!("href=\"/leads/{}\"", lead["id"].as_str().unwrap());
    assert!(page.contains(&said) && page.contains(&way), "{page}");
    assert!(page.contains(&format!("value=\"{KNOWN}\"")), "what was typed stands there still: {page}");
    assert_eq!(written(&app), before, "nothing is kept");
    let claims = async |who: &crate::support::Client| {
        who.get("/api/v1/claims?count=true").await.assert_status(200).json()["total"].clone()
    };
    assert_eq!(claims(&app.token(Role::BureauHead)).await, 0);
    let query = serde_urlencoded::to_string([("investor_name", KNOWN)]).unwrap();
    let asked = liaison.get(&format!("/api/v1/duplicates?{query}")).await.assert_status(200).json();
    assert_eq!(asked["items"], own, "who asks before he reports is told the same");
    let page = browser.get(&format!("/duplicates?{query}")).await.assert_status(200).text();
    assert!(page.contains(&said) && page.contains(&way), "{page}");
    // To another chamber's liaison it is another's lead: his report is a claim, and he is told of none.
    let other = app.user(Role::ChamberLiaison).token();
    let refused = other.post_json("/api/v1/leads", report).await.assert_status(409).text();
    assert!(!refused.contains(lead["code"].as_str().unwrap()) && !refused.contains("lead_id"), "{refused}");
    assert_eq!((claims(&other).await, claims(&liaison).await), (json!(1), json!(0)));
    // Of a lead that was closed he asks the bureau anew.
    let no = json!({"kind": "lost_contact", "reason": "联系不上"});
    let closure = format!("/api/v1/leads/{}/closure", lead["id"].as_str().unwrap());
    app.token(Role::BureauHead).post_json(&closure, no).await.assert_status(200);
    let mut report = body(KNOWN);
    report.as_object_mut().unwrap().remove("source");
    liaison.post_json("/api/v1/leads", report).await.assert_status(409);
    assert_eq!(claims(&liaison).await, 1);
}
