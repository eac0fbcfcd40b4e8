//! Users on pages: the same rules, with what was typed kept.

use crate::support::{PASSWORD, TestApp};
use diesel::prelude::*;
use yinfeng::accounts::Role;
use yinfeng::accounts::queries::users;
use yinfeng::schema::users as table;

const ZHANG: [(&str, &str); 4] =
    [("username", "zhang"), ("display_name", "张示例"), ("role", "county_officer"), ("region", "450721")];

#[actix_web::test]
async fn a_user_is_made_changed_and_disabled_on_pages() {
    let app = TestApp::new().await;
    let admin = app.signed_in(Role::Admin);
    admin.get("/admin/users/new").await.assert_status(200);
    let page = admin.post_form("/admin/users", &ZHANG[..3]).await.assert_status(422).text();
    assert!(page.contains("张示例") && !page.contains("fault-"), "{page}");
    let page = admin.post_form("/admin/users", &ZHANG).await.assert_status(200).text();
    assert!(page.contains("new-password"), "the made password is shown: {page}");
    let user = app.read(|conn| users::find_by_username(conn, "zhang")).unwrap();
    assert!(admin.get("/admin/users?q=zhang").await.assert_status(200).text().contains("张示例"));
    let path = format!("/admin/users/{}", user.id);
    assert!(admin.get(&path).await.assert_status(200).text().contains("450721"));
    let mut fields = ZHANG[1..].to_vec();
    fields[0] = ("display_name", "张新名");
    fields.push(("version", "1"));
    admin.post_form(&path, &fields).await.assert_status(303);
    let page = admin.post_form(&path, &fields).await.assert_status(422).text();
    assert!(page.contains("name=\"version\" value=\"2\""), "the form comes back with the present version");
    admin.get(&format!("{path}/disabling")).await.assert_status(200);
    admin.post_form(&format!("{path}/disabling"), &[("version", "2")]).await.assert_status(303);
    let active = |app: &TestApp| app.read(|conn| users::find(conn, &user.id)).unwrap().active;
    assert!(!active(&app));
    admin.post(&format!("{path}/enabling")).await.assert_status(303);
    assert!(active(&app));
    let reset = format!("{path}/password-reset");
    admin.get(&reset).await.assert_status(200);
    assert!(admin.post(&reset).await.assert_status(200).text().contains("new-password"));
    app.signed_in(Role::BureauHead).get("/admin/users").await.assert_status(403);
    app.anonymous().get("/admin/users").await.assert_status(303);
}

#[actix_web::test]
async fn a_masked_phone_that_comes_back_leaves_the_phone() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let person = app.person(Role::BureauOfficer);
    let profile = |phone: &'static str| {
        [("display_name", "李示例"), ("locale", "zh-CN"), ("email", "li@example.com"), ("phone", phone)]
    };
    let kept = || -> Option<String> {
        app.read(|conn| table::table.find(&person.id).select(table::phone_encrypted).first(conn))
    };
    browser.post_form("/account", &profile("120 0000 0101")).await.assert_status(303);
    let first = kept();
    assert!(first.is_some());
    browser.post_form("/account", &profile("120****0101")).await.assert_status(303);
    assert_eq!(kept(), first);
    assert!(browser.get("/account").await.text().contains("120****0101"));
    browser.post_form("/account", &profile("what?")).await.assert_status(422);
    browser.post_form("/account", &profile("")).await.assert_status(303);
    assert_eq!(kept(), None);
    let fields = [("username", person.username.as_str()), ("password", PASSWORD)];
    app.anonymous().post_form("/sign-in", &fields).await.assert_status(303);
}

/// Every way that a page of users or of the trail shows to the auditor opens.
#[actix_web::test]
async fn the_auditor_is_shown_no_way_that_he_may_not_go() {
    let app = TestApp::new().await;
    let admin = app.signed_in(Role::Admin);
    admin.post_form("/admin/users", &ZHANG).await.assert_status(200);
    assert!(admin.get("/admin/users").await.assert_status(200).text().contains("/admin/users/new"));
    let auditor = app.signed_in(Role::Auditor);
    for path in ["/admin/users", "/admin/users?q=nobody", "/audit", "/"] {
        let page = auditor.get(path).await.assert_status(200).text();
        let main = page.split_once("<body").unwrap().1;
        let ways = main.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        for way in ways.filter(|way| way.starts_with('/') && !way.starts_with("/static/")) {
            let way = way.replace("&amp;", "&");
            assert_eq!(auditor.get(&way).await.status(), 200, "{path} leads to {way}");
        }
    }
}

/// What he leads or is officer of wants somebody else; what was withdrawn does not.
#[actix_web::test]
async fn disabling_somebody_says_which_projects_he_has_in_hand() {
    use crate::projects::{new_project, path, sign};
    use serde_json::json;
    let app = TestApp::new().await;
    let admin = app.signed_in(Role::Admin);
    let (leader, officer) = (app.person(Role::CountyLeader), app.person(Role::CountyOfficer));
    let text = async |id: &yinfeng::db::Id| {
        let path = format!("/admin/users/{id}/disabling");
        admin.get(&path).await.assert_status(200).text()
    };
    assert!(!text(&leader.id).await.contains("在管项目"));
    let project = new_project(&app, json!({ "officer": officer.username })).await;
    new_project(&app, json!({})).await;
    assert!(text(&leader.id).await.contains("还有 2 个在管项目"));
    assert!(text(&officer.id).await.contains("还有 1 个在管项目"));
    sign(&app, &project, "2024-01-05").await;
    let bureau = app.token(Role::BureauOfficer);
    let entry = json!({ "entered_on": "2024-02-01" });
    bureau.post_json(&path(&project, "/pool-entry"), entry).await.assert_status(200);
    let end = json!({ "withdrawn_on": "2024-03-01", "reason": "投资方终止" });
    bureau.post_json(&path(&project, "/withdrawal"), end).await.assert_status(200);
    assert!(text(&leader.id).await.contains("还有 1 个在管项目"));
    assert!(!text(&officer.id).await.contains("在管项目"));
}
