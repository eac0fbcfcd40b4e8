//! Filters in the box whose values are not one word each.

use super::{codes, count, unreachable};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_name_with_a_space_is_kept_together_by_quotes() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let leader = app.user(Role::CountyLeader).username("li ming").insert();
    let led = app.new_lead(json!({"title": "示例荔枝甲"})).await;
    app.new_lead(json!({"title": "示例荔枝乙"})).await;
    let path = format!("/api/v1/leads/{}/assignment", led["id"].as_str().unwrap());
    let to = json!({"leader": leader.username, "reason": "示例"});
    bureau.post_json(&path, to).await.assert_status(200);
    app.settle();
    let name = &leader.display_name;
    for (typed, wanted) in [
        (format!("领导:\"{name}\" 荔枝"), vec!["示例荔枝甲"]),
        (format!("领导：“{name}”荔枝"), vec!["示例荔枝甲"]),
        (format!("leader: \"{name}\""), vec!["示例荔枝甲"]),
        (format!("-leader:\"{name}\" 荔枝"), vec!["示例荔枝乙"]),
        (format!("leader:\"{name}\",无 甲"), vec!["示例荔枝甲"]),
    ] {
        assert_eq!(codes(&bureau, &typed).await, wanted, "{typed}");
    }
}

/// As the counts have leads without an amount, these can be chosen, too.
#[actix_web::test]
async fn leads_without_an_amount_can_be_chosen_and_left_out() {
    let (app, nowhere) = (TestApp::new().await, unreachable::app_with(&unreachable::nowhere()).await);
    for (app, answers) in [(&app, true), (&nowhere, false)] {
        let bureau = app.token(Role::BureauOfficer);
        app.new_lead(json!({"title": "示例荔枝甲", "total_investment_fen": 20_000_000_000_i64})).await;
        app.new_lead(json!({"title": "示例荔枝乙", "total_investment_fen": null})).await;
        if answers {
            app.settle();
        }
        for (typed, wanted) in [
            ("荔枝 投资:无", "示例荔枝乙"),
            ("荔枝 investment:none", "示例荔枝乙"),
            ("荔枝 -投资:无", "示例荔枝甲"),
        ] {
            assert_eq!(codes(&bureau, typed).await, [wanted], "{typed}");
        }
        for (filter, total) in [("none", 1), ("none,100m", 2), ("-none", 1)] {
            let path = format!("/api/v1/search?investment={filter}");
            assert_eq!(count(&bureau.get(&path).await.assert_status(200).json()), total, "{filter}");
        }
    }
    let without = app.signed_in(Role::BureauOfficer).get("/search?investment=-none").await;
    assert!(without.assert_status(200).text().contains("除没有金额以外"), "what is left out is said");
}
