//! `/leads/new` and `/leads/{id}/edit`: what was typed becomes a lead, or comes back.

use super::{api, etag, form_value, officer, page, read, register, uscc, written};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const TYPED: &[(&str, &str)] = &[
    ("investor_name", "东莞小橘灯玩具有限公司"),
    ("title", ""),
    ("origin", "广东省东莞市"),
    ("content", "第一行\r\n第二行"),
    ("county", "450721"),
    ("park", "luwu"),
    ("industry", "toy_garment"),
    ("industry_class", "2452"),
    ("total_investment", "32,800.5"),
    ("fixed_investment", "21500"),
    ("land_mu", "85.5"),
    ("factory_m2", ""),
    ("jobs", "1，200"),
    ("source_kind", "chamber"),
    ("source_chamber", "示例商会甲"),
    ("source_referrer", ""),
    ("source_note", "会长引荐"),
    ("contact_name", "林总"),
    ("contact_post", ""),
    ("contact_phone", "120 0000 0111"),
    ("contact_email", ""),
    ("contact_wechat", ""),
    ("stage", "assessment"),
    ("registered_on", "2026-01-05"),
    ("next_follow_up_on", "2031-01-01"),
    ("priority", "key"),
    ("remark", "尽快"),
];

fn put<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    TYPED
        .iter()
        .map(|(field, typed)| if *field == name { (*field, value) } else { (*field, *typed) })
        .collect()
}

/// The lead that a redirect leads to.
fn at(location: &str) -> Value {
    json!({"id": location.rsplit('/').next().unwrap()})
}

#[actix_web::test]
async fn what_was_typed_becomes_the_lead() {
    let app = TestApp::new().await;
    let chamber = app.new_chamber("示例商会甲");
    let browser = app.signed_in(Role::BureauOfficer);
    let html = browser.get("/leads/new").await.assert_status(200).text();
    for (name, _) in TYPED {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
    }
    assert!(html.contains("示例商会甲") && html.contains("luwu"));
    let done = browser.post_form("/leads", TYPED).await.assert_status(303);
    let lead = read(&officer(&app), &at(&done.location())).await;
    for (field, value) in [
        ("title", json!("东莞小橘灯玩具有限公司项目")),
        ("origin", json!("441900")),
        ("content", json!("第一行\n第二行")),
        ("total_investment_fen", json!(32_800_500_000_i64)),
        ("fixed_investment_fen", json!(21_500_000_000_i64)),
        ("land_mu", json!(85.5)),
        ("factory_m2", Value::Null),
        ("jobs", json!(1200)),
        ("stage", json!("assessment")),
        ("registered_on", json!("2026-01-05")),
        ("next_follow_up_on", json!("2031-01-01")),
        ("priority", json!("key")),
        ("industry_class", json!("2452")),
    ] {
        assert_eq!(lead[field], value, "{field}");
    }
    assert_eq!(lead["source"]["chamber_id"], chamber.to_string());
    assert_eq!(
        (&lead["source"]["note"], &lead["contact"]["phone"]),
        (&json!("会长引荐"), &json!("120****0111"))
    );
}

#[actix_web::test]
async fn a_fault_brings_the_form_back_with_everything_typed() {
    let app = TestApp::new().await;
    app.new_chamber("示例商会甲");
    let browser = app.signed_in(Role::BureauOfficer);
    let before = written(&app);
    for (field, value) in [
        ("investor_name", ""),
        ("county", ""),
        ("county", "999999"),
        ("park", "chenpi-park"),
        ("industry", ""),
        ("industry_class", "0000"),
        ("total_investment", "约三亿"),
        ("total_investment", "-5"),
        ("fixed_investment", "99999999"),
        ("land_mu", "很多"),
        ("jobs", "12.5"),
        ("jobs", "-1"),
        ("source_kind", ""),
        ("source_kind", "self"),
        ("source_chamber", "没有这个商会"),
        ("contact_name", ""),
        ("contact_phone", "没有"),
        ("contact_email", "x"),
        ("stage", "wishing"),
        ("registered_on", "2999-01-01"),
        ("registered_on", "去年"),
        ("next_follow_up_on", "2026-02-30"),
        ("priority", "urgent"),
    ] {
        let answer = browser.post_form("/leads", &put(field, value)).await.assert_status(422);
        let html = answer.text();
        let wrong = if field == "source_kind" && value == "self" { "source_chamber" } else { field };
        assert!(
            html.contains(&format!("id=\"f-{wrong}-error\"")) || html.contains("data-wrong"),
            "{field}={value}"
        );
        assert!(html.contains(&format!("f-{wrong}-error")), "{field}={value}: no fault at {wrong}");
        for (name, typed) in put(field, value) {
            let is_text = !matches!(
                name,
                "county"
                    | "park"
                    | "industry"
                    | "industry_class"
                    | "source_kind"
                    | "stage"
                    | "priority"
                    | "content"
                    | "remark"
            );
            if is_text {
                assert_eq!(form_value(&html, name).as_deref(), Some(typed), "{field}={value}: {name}");
            }
        }
        assert!(html.contains("第一行\r\n第二行"), "{field}={value}");
        assert!(html.contains("<option value=\"toy_garment\" selected>") || field == "industry");
    }
    assert_eq!(written(&app), before);
    // Faults of reading and of checking come together.
    let mut several = put("total_investment", "约三亿");
    several.iter_mut().for_each(|(name, value)| {
        if *name == "county" {
            *value = "";
        }
    });
    let html = browser.post_form("/leads", &several).await.assert_status(422).text();
    assert!(html.contains("f-total_investment-error") && html.contains("f-county-error"));
}

#[actix_web::test]
async fn a_duplicate_comes_back_with_the_notice_and_wants_a_reason() {
    let app = TestApp::new().await;
    app.new_chamber("示例商会甲");
    let lead = register(&officer(&app), json!({"investor_name": "东莞小橘灯玩具有限公司"})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let html = browser.post_form("/leads", TYPED).await.assert_status(409).text();
    assert!(html.contains(lead["code"].as_str().unwrap()) && html.contains("name=\"duplicate_reason\""));
    assert_eq!(form_value(&html, "total_investment").as_deref(), Some("32,800.5"));
    let mut again = TYPED.to_vec();
    again.extend([("nevertheless", "true"), ("duplicate_reason", "")]);
    let html = browser.post_form("/leads", &again).await.assert_status(409).text();
    assert!(html.contains("f-duplicate_reason-error"));
    again.pop();
    again.push(("duplicate_reason", "二期项目"));
    let done = browser.post_form("/leads", &again).await.assert_status(303);
    assert_eq!(read(&officer(&app), &at(&done.location())).await["duplicate_reason"], "二期项目");
    // Outside his scope a county hears who has it, not which lead.
    let county = app.user(Role::CountyOfficer).region("450722").signed_in();
    let mut other = put("county", "450722");
    other.retain(|(name, _)| *name != "park");
    let html = county.post_form("/leads", &other).await.assert_status(409).text();
    assert!(html.contains("灵山县") && !html.contains(lead["id"].as_str().unwrap()));
}

#[actix_web::test]
async fn each_role_gets_its_own_form() {
    let app = TestApp::new().await;
    for role in Role::ALL.iter().copied() {
        let may = matches!(
            role,
            Role::BureauHead | Role::BureauOfficer | Role::CountyOfficer | Role::ChamberLiaison
        );
        app.signed_in(role).get("/leads/new").await.assert_status(if may { 200 } else { 403 });
    }
    let liaison = app.signed_in(Role::ChamberLiaison);
    let html = liaison.get("/leads/new").await.text();
    for hidden in ["stage", "registered_on", "source_kind", "uscc", "remark", "next_follow_up_on"] {
        assert!(!html.contains(&format!("name=\"{hidden}\"")), "{hidden}");
    }
    let report = [
        ("investor_name", "虚构商会公司"),
        ("county", "450722"),
        ("industry", "other"),
        ("contact_name", "林"),
    ];
    let done = liaison.post_form("/leads", &report).await.assert_status(303);
    let lead = at(&done.location());
    assert_eq!(read(&officer(&app), &lead).await["county"], "450722");
    liaison.get(&page(&lead, "")).await.assert_status(200);
    liaison.get(&page(&lead, "/edit")).await.assert_status(403);
    let start = [("investor_name", "虚构商会乙公司"), ("county", "450722"), ("industry", "other")];
    for said in [("stage", "contract"), ("priority", "key"), ("next_follow_up_on", "2030-01-02")] {
        let form: Vec<_> = start.into_iter().chain([said]).collect();
        liaison.post_form("/leads", &form).await.assert_status(403);
    }
    // A county registers for itself.
    let county = app.signed_in(Role::CountyOfficer);
    assert!(!county.get("/leads/new").await.text().contains("<option value=\"450722\""));
    let far = [
        ("investor_name", "虚构丙公司"),
        ("county", "450722"),
        ("industry", "other"),
        ("source_kind", "self"),
    ];
    let html = county.post_form("/leads", &far).await.assert_status(422).text();
    assert!(html.contains("虚构丙公司"));
}

#[actix_web::test]
async fn an_edit_shows_what_is_there_and_saves_what_was_changed() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let chamber = app.new_chamber("示例商会甲");
    let contact = json!({"name": "林总", "post": "经理", "phone": "12000000112", "email": "lin@example.com"});
    let lead = register(&client, json!({
        "uscc": uscc(70), "origin": "441900", "content": "内容", "total_investment_fen": 32_800_500_000_i64,
        "jobs": 7, "contact": contact, "source": {"kind": "chamber", "chamber_id": chamber, "note": "会上"},
        "remark": "旧备注",
    })).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let html = browser.get(&page(&lead, "/edit")).await.assert_status(200).text();
    for (name, value) in [
        ("version", "1"),
        ("investor_name", lead["investor_name"].as_str().unwrap()),
        ("uscc", &uscc(70)),
        ("origin", "东莞市"),
        ("total_investment", "32800.5"),
        ("jobs", "7"),
        ("source_chamber", "示例商会甲"),
        ("source_note", "会上"),
        ("contact_name", "林总"),
        ("contact_phone", ""),
    ] {
        assert_eq!(form_value(&html, name).as_deref(), Some(value), "{name}");
    }
    assert!(html.contains("120****0112") && !html.contains("12000000112"));
    // Sent back as it was shown, but for one field.
    let investor = lead["investor_name"].as_str().unwrap().to_owned();
    let code = uscc(70);
    let form = [
        ("version", "1"),
        ("investor_name", &investor),
        ("title", lead["title"].as_str().unwrap()),
        ("uscc", &code),
        ("origin", "东莞市"),
        ("content", "内容"),
        ("county", "450721"),
        ("park", ""),
        ("industry", "toy_garment"),
        ("industry_class", ""),
        ("total_investment", "32800.5"),
        ("fixed_investment", ""),
        ("land_mu", ""),
        ("factory_m2", ""),
        ("jobs", "7"),
        ("factor_needs", ""),
        ("source_kind", "chamber"),
        ("source_chamber", "示例商会甲"),
        ("source_referrer", ""),
        ("source_note", "会上"),
        ("contact_name", "林总"),
        ("contact_post", "经理"),
        ("contact_phone", ""),
        ("contact_email", ""),
        ("contact_wechat", ""),
        ("next_follow_up_on", ""),
        ("priority", "normal"),
        ("remark", "新备注"),
    ];
    let done = browser.post_form(&page(&lead, ""), &form).await.assert_status(303);
    assert_eq!(done.location(), page(&lead, ""));
    let after = read(&client, &lead).await;
    for (name, value) in after.as_object().unwrap() {
        match name.as_str() {
            "remark" => assert_eq!(value, "新备注"),
            "version" => assert_eq!(value, 2),
            "updated_at" => {}
            _ => assert_eq!(*value, lead[name], "{name}"),
        }
    }
    let timeline = client.get(&api(&lead, "/timeline")).await.json();
    let differences = timeline["items"][0]["data"]["differences"].as_object().unwrap().clone();
    assert_eq!(differences.keys().collect::<Vec<_>>(), ["remark"]);
    // A fault keeps the edit's form.
    let wrong: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| match *name {
            "version" => ("version", "2"),
            "jobs" => ("jobs", "很多"),
            _ => (*name, *value),
        })
        .collect();
    let html = browser.post_form(&page(&lead, ""), &wrong).await.assert_status(422).text();
    assert_eq!(form_value(&html, "jobs").as_deref(), Some("很多"));
    assert_eq!(form_value(&html, "version").as_deref(), Some("2"));
    browser.post_form(&page(&lead, ""), &form[1..]).await.assert_status(428);
}

#[actix_web::test]
async fn an_enterprise_that_brought_a_lead_is_named_by_typing_it() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let known = register(&client, json!({"investor_name": "灵山示例锂电有限公司"})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let form = browser.get("/leads/new").await.assert_status(200).text();
    assert!(form.contains("灵山示例锂电有限公司"), "known companies are offered");
    let typed = |investor: &'static str, enterprise: &'static str| {
        [
            ("investor_name", investor),
            ("county", "450721"),
            ("industry", "other"),
            ("source_kind", "enterprise"),
            ("source_enterprise", enterprise),
        ]
    };
    let source = async |location: String| {
        client.get(&format!("/api/v1{location}")).await.assert_status(200).json()["source"].clone()
    };
    // In another spelling it is still the company that is known.
    let first = browser
        .post_form("/leads", &typed("甲配套示例有限公司", "灵山示例锂电有限责任公司"))
        .await
        .assert_status(303);
    let first = source(first.location()).await;
    assert_eq!((&first["kind"], &first["name"]), (&json!("enterprise"), &json!("灵山示例锂电有限公司")));
    // One that nobody knows becomes known, and is the same the next time.
    let second = browser
        .post_form("/leads", &typed("乙配套示例有限公司", "虚构新材有限公司"))
        .await
        .assert_status(303);
    let page = browser.get(&second.location()).await.assert_status(200).text();
    assert!(page.contains("虚构新材有限公司"), "the lead's page names it");
    let third = browser
        .post_form("/leads", &typed("丙配套示例有限公司", "虚构新材有限公司"))
        .await
        .assert_status(303);
    let (second_id, third_id) = (source(second.location()).await, source(third.location()).await);
    assert_eq!(second_id["enterprise_id"], third_id["enterprise_id"]);
    // The API takes the id, and refuses one that is none.
    let patch = json!({"source": {"kind": "enterprise", "enterprise_id": first["enterprise_id"]}});
    let known = client.patch_json(&api(&known, ""), &etag(&known), patch).await.assert_status(200).json();
    assert_eq!(known["source"]["name"], "灵山示例锂电有限公司");
    let wrong = json!({"source": {"kind": "enterprise", "enterprise_id": "灵山示例锂电有限公司"}});
    let answer = client.patch_json(&api(&known, ""), &etag(&known), wrong).await.assert_status(422);
    assert_eq!(answer.faults()[0].1, "unknown-enterprise");
    // An edit shows it and keeps it; another kind of source drops it.
    let edit = browser.get(&format!("{}/edit", second.location())).await.assert_status(200).text();
    assert_eq!(form_value(&edit, "source_enterprise").as_deref(), Some("虚构新材有限公司"));
    let keep = [
        ("source_kind", "enterprise"),
        ("source_enterprise", "虚构新材有限公司"),
        ("remark", "x"),
        ("version", "1"),
    ];
    browser.post_form(&second.location(), &keep).await.assert_status(303);
    assert_eq!(source(second.location()).await["enterprise_id"], second_id["enterprise_id"]);
    let other = [("source_kind", "self"), ("source_enterprise", "虚构新材有限公司"), ("version", "2")];
    browser.post_form(&second.location(), &other).await.assert_status(303);
    assert_eq!(source(second.location()).await["enterprise_id"], json!(null));
}

#[actix_web::test]
async fn a_county_is_offered_no_company_of_another_countys_leads_and_a_fault_makes_none() {
    use diesel::prelude::*;
    use yinfeng::schema::companies;
    let app = TestApp::new().await;
    register(&officer(&app), json!({"investor_name": "浦北秘密示例有限公司", "county": "450722"})).await;
    let form = app.signed_in(Role::CountyOfficer).get("/leads/new").await.assert_status(200).text();
    assert!(!form.contains("浦北秘密示例有限公司"));
    let count = || -> i64 { app.read(|conn| companies::table.count().get_result(conn)) };
    let before = count();
    let typed = [
        ("investor_name", "丁示例有限公司"),
        ("county", "450721"),
        ("source_kind", "enterprise"),
        ("source_enterprise", "从未有过有限公司"),
    ];
    let page = app.signed_in(Role::BureauOfficer).post_form("/leads", &typed).await.assert_status(422).text();
    assert_eq!(form_value(&page, "source_enterprise").as_deref(), Some("从未有过有限公司"));
    assert_eq!(count(), before, "what is not registered leaves no company behind");
}
