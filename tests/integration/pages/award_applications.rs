//! Lists and forms of applications for awards, empty: full ones are opened over HTTP (award_applications/pages.rs).

use super::render::{AUDITOR, LEADER, OFFICER, render};
use yinfeng::award_applications::pages::{Form, List};

#[test]
fn nothing_applied_for_yet() {
    let list = List { drafts: true, ..List::default() };
    render("awards-none", &list, &[OFFICER, AUDITOR], "/award-applications");
    let own = List { own: true, ..List::default() };
    render("awards-none-own", &own, &[LEADER], "/award-applications");
    render("award-form-none", &Form::default(), &[OFFICER], "/award-applications/new");
}
