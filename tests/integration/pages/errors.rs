//! The error pages.

use yinfeng::web::error_pages::ErrorPage;

use super::render::{NOBODY, OFFICER, render};

#[test]
fn errors_say_what_to_do_now() {
    for status in [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 500, 503] {
        let mut page = ErrorPage::new(status, "/leads?q=x").request_id("01HX-3F2A");
        if matches!(status, 429 | 503) {
            page = page.wait(30);
        }
        render(&format!("error-{status}"), &page, &[NOBODY, OFFICER], "/leads?q=x");
    }
}
