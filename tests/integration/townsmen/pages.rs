//! The list's pages, as a browser uses them.

use super::PATH;
use crate::support::TestApp;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn somebody_is_listed_changed_reviewed_and_removed_by_forms() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    assert!(browser.get("/townsmen").await.assert_status(200).text().contains("还没有乡贤"));
    browser.get("/townsmen/new").await.assert_status(200);
    let chamber = app.new_chamber("示例商会");
    let chamber = format!("T-{chamber}");
    let wrong = [("name", "示例乡贤"), ("region", "没有的地方"), ("consent_on", "昨天")];
    let back = browser.post_form("/townsmen", &wrong).await.assert_status(422).text();
    for part in ["没有的地方", "f-region-error", "f-home-error", "f-consent-error", "f-consent_on-error"]
    {
        assert!(back.contains(part), "{part}: {back}");
    }
    let mut right = vec![
        ("name", "示例乡贤"),
        ("post", "示例公司董事长"),
        ("region", "广东省东莞市"),
        ("home", "450721"),
        ("introducer", "示例同乡"),
        ("consent_on", "2020-01-05"),
        ("consent", "同意列入名录。"),
    ];
    let added = browser.post_form("/townsmen", &right).await.assert_status(303).location();
    let shown = browser.get(&added).await.assert_status(200).text();
    for part in ["示例乡贤", "广东省东莞市", "灵山县", "示例同乡", "同意列入名录。", "到期复核"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(browser.get("/townsmen?review_due=1").await.assert_status(200).text().contains("示例乡贤"));
    let edit = browser.get(&format!("{added}/edit")).await.assert_status(200).text();
    assert!(edit.contains("示例公司董事长"), "{edit}");
    right.extend([("version", "1"), ("chamber_id", chamber.as_str())]);
    browser.post_form(&added, &right).await.assert_status(303);
    assert!(browser.get(&added).await.assert_status(200).text().contains("示例商会"));
    browser.get(&format!("{added}/review")).await.assert_status(200);
    let early = [("version", "2"), ("consent_on", "2019-01-01")];
    browser.post_form(&format!("{added}/review"), &early).await.assert_status(422);
    let today = yinfeng::clock::today().to_string();
    let again = [("version", "2"), ("consent_on", today.as_str())];
    browser.post_form(&format!("{added}/review"), &again).await.assert_status(303);
    assert!(
        browser.get("/townsmen?review_due=1").await.assert_status(200).text().contains("没有符合条件的乡贤")
    );
    browser.get(&format!("{added}/removal")).await.assert_status(200);
    browser.post_form(&format!("{added}/removal"), &[("version", "3")]).await.assert_status(422);
    let asked = [("version", "3"), ("reason", "本人要求")];
    browser.post_form(&format!("{added}/removal"), &asked).await.assert_status(303);
    browser.get(&added).await.assert_status(404);
    let page = app.token(Role::BureauOfficer).get(&format!("{PATH}?count=true")).await.json();
    assert_eq!(page["total"], 0);
}
