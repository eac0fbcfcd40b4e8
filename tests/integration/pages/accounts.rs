//! The door, one's own account, user administration.

use yinfeng::accounts::admin_pages::{PasswordReset, UserDisabling, UserForm, UserHead, UserLine, Users};
use yinfeng::accounts::pages::{Account, Profile, SessionLine, SetUp, SignIn, TokenLine};
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;
use yinfeng::web::shell::{Flash, Tone};

use super::render::{ADMIN, AUDITOR, NOBODY, OFFICER, at, render, render_after};

#[test]
fn the_door() {
    render("sign-in", &SignIn { next: "/leads".into(), ..SignIn::default() }, &[NOBODY], "/sign-in");
    let form = Filled::new().value("username", "liming").error("", Message::new("sign-in-wrong"));
    let form = form.value("named_device", "true").value("device_name", "李明的手机");
    let refused = SignIn { form, next: "/".into(), wait_seconds: Some(300) };
    render("sign-in-refused", &refused, &[NOBODY], "/sign-in");

    render("set-up", &SetUp { token: "t".into(), ..SetUp::default() }, &[NOBODY], "/set-up/t");
    let form = Filled::new()
        .value("username", "admin")
        .value("head_username", "zhaochu")
        .error("password", Message::of("fault", "password-simple"))
        .error("password_again", Message::of("fault", "password-differs"))
        .error("head_display_name", Message::of("fault", "required"));
    render("set-up-refused", &SetUp { form, token: "t".into() }, &[NOBODY], "/set-up/t");
}

fn account() -> Account {
    let seen = |id: &str, device: &str, named, current| SessionLine {
        id: id.into(),
        device: device.into(),
        address: "10.21.8.14".into(),
        signed_in_at: at("2026-11-20T00:58:00"),
        last_seen_at: at("2026-11-23T01:12:00"),
        named,
        current,
    };
    let token = |name: &str, expired, used: Option<&str>| TokenLine {
        id: name.into(),
        name: name.into(),
        created_at: at("2026-09-01T02:00:00"),
        expires_on: Some("2027-09-01".parse().unwrap()),
        expired,
        last_used_at: used.map(at),
    };
    Account {
        profile: Profile {
            username: "liming".into(),
            role: "bureau_officer".into(),
            place: "市投资促进局".into(),
            phone: Some("120****1234".into()),
        },
        form: Filled::new()
            .value("display_name", "李明")
            .value("locale", "zh-CN")
            .value("phone", "120****1234"),
        locales: vec![Choice::code("zh-CN"), Choice::code("en")],
        sessions: vec![seen("s1", "Edge · Windows", false, true), seen("s2", "李明的手机", true, false)],
        tokens: vec![token("每周台账导出", false, Some("2026-11-20T08:00:00")), token("试用", true, None)],
        ..Account::default()
    }
}

#[test]
fn ones_own_account() {
    render("account", &account(), &[OFFICER], "/account");
    let made =
        Account { new_token: Some("yf_8Jk2pQ7sVx0bRt4mNc6LdW3h".into()), tokens: Vec::new(), ..account() };
    let saved = Flash { tone: Tone::Done, message: Message::new("account-saved") };
    render_after("account-token", &made, &[OFFICER], "/account", Some(saved));
    let wrong = Filled::new().error("new_password", Message::of("fault", "password-used"));
    render(
        "account-must-change",
        &Account { must_change: true, password: wrong, ..account() },
        &[OFFICER],
        "/account",
    );
}

fn roles() -> Vec<Choice> {
    [
        "admin",
        "auditor",
        "bureau_head",
        "bureau_officer",
        "county_officer",
        "county_leader",
        "chamber_liaison",
        "federation",
        "finance_reviewer",
        "approvals_officer",
        "leading_group",
    ]
    .map(Choice::code)
    .to_vec()
}

fn head(active: bool) -> UserHead {
    UserHead {
        id: "u7".into(),
        username: "huangjg".into(),
        display_name: "黄建国".into(),
        role: "county_leader".into(),
        active,
        version: 3,
    }
}

#[test]
fn users() {
    let people = [
        ("李明", "liming", "bureau_officer", "", true),
        ("黄建国", "huangjg", "county_leader", "灵山县", true),
        ("陈晓燕", "chenxy", "chamber_liaison", "广东玩具协会", true),
        ("覃国强", "qingq", "county_officer", "浦北县", false),
    ];
    let rows: Vec<UserLine> = people
        .into_iter()
        .map(|(name, username, role, place, active)| UserLine {
            id: username.into(),
            username: username.into(),
            display_name: name.into(),
            role: role.into(),
            place: place.into(),
            active,
            last_seen_at: active.then(|| at("2026-11-23T01:12:00")),
        })
        .collect();
    let page = Users {
        rows,
        roles: roles(),
        total: 128,
        next: "/admin/users?cursor=x".into(),
        may_keep: true,
        ..Users::default()
    };
    render("users", &page, &[ADMIN], "/admin/users");
    render("users-auditor", &Users { may_keep: false, ..page }, &[AUDITOR], "/admin/users");
    let filter = Filled::new().value("q", "zz").value("state", "all");
    render(
        "users-none",
        &Users { filter, roles: roles(), ..Users::default() },
        &[ADMIN],
        "/admin/users?q=zz",
    );

    let lists = UserForm {
        roles: roles(),
        regions: vec![Choice::named("450721", "灵山县"), Choice::named("450722", "浦北县")],
        chambers: vec![Choice::named("c1", "广东玩具协会")],
        ..UserForm::default()
    };
    let wrong = Filled::new().value("username", "huangjg").value("role", "county_leader");
    let wrong = wrong
        .error("username", Message::of("fault", "username-taken"))
        .error("region", Message::of("fault", "region-needed"));
    render("user-new", &UserForm { form: wrong, ..lists.clone() }, &[ADMIN], "/admin/users/new");
    let form = Filled::new()
        .value("display_name", "黄建国")
        .value("role", "county_leader")
        .value("region", "450721");
    for active in [true, false] {
        let page = UserForm { user: Some(head(active)), form: form.clone(), ..lists.clone() };
        render(&format!("user-{active}"), &page, &[ADMIN], "/admin/users/u7");
    }
    for leads in [0, 12] {
        let page = UserDisabling { user: head(true), leads, projects: leads / 4 };
        render(&format!("user-disabling-{leads}"), &page, &[ADMIN], "/admin/users/u7/disabling");
    }
    for password in [None, Some("Qz7-mulberry-Harbor".to_owned())] {
        let name = if password.is_some() { "password-reset-done" } else { "password-reset" };
        render(
            name,
            &PasswordReset { user: head(true), password },
            &[ADMIN],
            "/admin/users/u7/password-reset",
        );
    }
}
