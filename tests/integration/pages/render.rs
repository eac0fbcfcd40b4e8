//! Every page renders in both languages, full and empty.

use std::sync::Arc;

use chrono::NaiveDate;
use yinfeng::web::error_pages::ErrorPage;
use yinfeng::web::i18n::{I18n, Lang};
use yinfeng::web::shell::{Shell, SignedIn};
use yinfeng::web::templates::{Page, Views};

/// Renders a page as each of these people sees it, in both languages. With `YINFENG_PREVIEW` set to a folder
/// the pages are written there, to be looked at.
fn render(name: &str, page: &impl Page, people: &[(&str, &str)], here: &str) {
    let views = views();
    for lang in Lang::ALL {
        for (role, display_name) in people {
            let mut shell = match *role {
                "" => Shell::public(lang, today(), here),
                role => Shell::signed_in(
                    lang,
                    today(),
                    here,
                    SignedIn::new("u1", display_name, role, "市投资促进局"),
                ),
            };
            shell.unread = 3;
            let html = views.render(page, &shell).unwrap_or_else(|reason| panic!("{name} {role}: {reason}"));
            assert!(html.contains("</html>"), "{name}");
            if let Ok(folder) = std::env::var("YINFENG_PREVIEW") {
                let file = format!("{folder}/{name}.{role}.{}.html", lang.code());
                std::fs::write(file, html.replace("\"/static/", "\"static/")).unwrap();
            }
        }
    }
}

fn views() -> Views {
    let i18n = I18n::load().unwrap_or_else(|reason| panic!("{reason}"));
    Views::new(Arc::new(i18n)).unwrap_or_else(|reason| panic!("{reason}"))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

#[test]
fn every_template_compiles() {
    views();
}

#[test]
fn errors_say_what_to_do_now() {
    for status in [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503] {
        let page = ErrorPage::new(status, "/leads?q=x").wait(30).request_id("01HX-3F2A");
        render(&format!("error-{status}"), &page, &[("", ""), ("bureau_officer", "李明")], "/leads?q=x");
    }
}
