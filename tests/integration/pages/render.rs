//! Renders a page as different people see it, in both languages.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use yinfeng::web::i18n::{I18n, Lang};
use yinfeng::web::shell::{Flash, Shell, SignedIn};
use yinfeng::web::templates::{Page, Views};

/// Somebody who looks at a page: code of the role, name, place. No role: not signed in.
pub type Person = (&'static str, &'static str, &'static str);

pub const NOBODY: Person = ("", "", "");
pub const OFFICER: Person = ("bureau_officer", "李明", "市投资促进局");
pub const LEADER: Person = ("county_leader", "黄建国", "灵山县");
pub const LIAISON: Person = ("chamber_liaison", "陈晓燕", "广东玩具协会");
pub const ADMIN: Person = ("admin", "系统管理员", "");
pub const FINANCE: Person = ("finance_reviewer", "覃审核", "市财政局");
pub const AUDITOR: Person = ("auditor", "周审计", "");

/// The page must render for everybody given, in both languages. With `YINFENG_PREVIEW` set to a folder the
/// pages are written there, to be looked at.
pub fn render(name: &str, page: &impl Page, people: &[Person], here: &str) {
    render_after(name, page, people, here, None);
}

/// The same with what was just done above it.
pub fn render_after(name: &str, page: &impl Page, people: &[Person], here: &str, flash: Option<Flash>) {
    let views = views();
    for lang in Lang::ALL {
        for (role, display_name, place) in people {
            let mut shell = match *role {
                "" => Shell::public(lang, today(), here),
                role => Shell::signed_in(lang, today(), here, SignedIn::new("u1", display_name, role, place)),
            };
            shell.flash = flash.clone();
            let html = views.render(page, &shell).unwrap_or_else(|reason| panic!("{name} {role}: {reason}"));
            assert!(html.contains("</html>"), "{name}");
            for inline in [" style=", " onclick=", "<style", "javascript:"] {
                assert!(!html.contains(inline), "{name}: the Content-Security-Policy refuses {inline}");
            }
            if let Ok(folder) = std::env::var("YINFENG_PREVIEW") {
                std::fs::write(format!("{folder}/{name}.{role}.{}.html", lang.code()), html).unwrap();
            }
        }
    }
}

pub fn views() -> Views {
    let i18n = I18n::load().unwrap_or_else(|reason| panic!("{reason}"));
    Views::new(Arc::new(i18n)).unwrap_or_else(|reason| panic!("{reason}"))
}

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// A UTC time of the sample, as `2026-11-23T01:30:00`.
pub fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn every_template_compiles() {
    views();
}
