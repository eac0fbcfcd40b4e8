//! Lists and forms of applications for awards, empty: full ones are opened over HTTP (award_applications/pages.rs).

use super::render::{ADMIN, AUDITOR, LEADER, LIAISON, OFFICER, render};
use yinfeng::award_applications::pages::{Form, Group, List, OverviewPage, WhatIfPage};
use yinfeng::award_notices;
use yinfeng::awards::pages::EstimatePage;

#[test]
fn nothing_applied_for_yet() {
    let list = List { drafts: true, amounts: true, filters: true, ..List::default() };
    render("awards-none", &list, &[OFFICER, AUDITOR], "/award-applications");
    render("awards-none-own", &List::default(), &[LEADER], "/award-applications");
    let of_chamber = List { amounts: true, ..List::default() };
    render("awards-none-outcome", &of_chamber, &[LIAISON], "/award-applications");
    let groups = ["county", "year", "rule", "treasury", "status"];
    let groups = groups.map(|key| Group { key: key.to_owned(), lines: Vec::new() }).to_vec();
    let overview = OverviewPage { groups, ..OverviewPage::default() };
    render("award-overview-none", &overview, &[OFFICER, AUDITOR], "/award-applications/overview");
    let what_if = WhatIfPage { reading: "all_years".to_owned(), complete: true, ..WhatIfPage::default() };
    render("award-what-if-none", &what_if, &[OFFICER], "/award-applications/what-if");
    let notices = award_notices::pages::List::default();
    render("award-notices-none", &notices, &[OFFICER, LIAISON, ADMIN], "/award-notices");
    let estimates = EstimatePage::default();
    render("award-estimates-none", &estimates, &[OFFICER, AUDITOR], "/awards/estimates");
    render("award-form-none", &Form::default(), &[OFFICER], "/award-applications/new");
}
