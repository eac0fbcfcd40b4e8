//! Every page there is, on a desk and on a phone, in both languages: nothing is missing, nothing sticks out,
//! nothing is complained of.

use crate::support::{Browser, Office};
use serde_json::json;
use yinfeng::routes::ROUTES;

/// Who looks at the pages with this in their path; the first that fits.
const WHO: &[(&str, &str)] = &[
    ("/admin/", "admin"),
    ("/audit", "auditor"),
    ("/policies", "head"),
    ("/verification", "head"),
    ("/award-applications/{id}/compliance-review", "head"),
    ("/award-applications/{id}/rulings", "head"),
    ("/award-applications/{id}/funding", "finance"),
    ("/award-applications", "county"),
    ("/questions/{question}", "liaison"),
    ("/", "officer"),
];

/// The addresses of all pages that can be opened, from the routes themselves, by who opens them.
async fn pages(office: &Office) -> Vec<(&'static str, Vec<String>)> {
    let lead = office.new_lead("示例陈皮深加工项目", "示例橘颂陈皮有限公司").await;
    let at = "2026-11-20T08:00:00Z";
    let follow_up = json!({ "kind": "visit_out", "at": at, "content": "看了厂房，对蒸汽价格有疑问。" });
    office.post(&format!("/api/v1/leads/{lead}/follow-ups"), follow_up).await;
    let held = office.new_lead("示例暂缓项目", "示例停云木业有限公司").await;
    office.post(&format!("/api/v1/leads/{held}/hold"), json!({ "reason": "等土地指标" })).await;
    let closed = office.new_lead("示例终止项目", "示例归雁化工有限公司").await;
    office
        .post(&format!("/api/v1/leads/{closed}/closure"), json!({ "kind": "market", "reason": "对方放弃" }))
        .await;
    let chamber = office.post("/api/v1/chambers", json!({ "kind": "other_city", "name": "示例商会" })).await;
    let entered = json!({ "kind": "officer", "word": "president", "name": "示例会长", "phone": "12000000101", "from_on": "2024-05-18" });
    let entry =
        office.post(&format!("/api/v1/chambers/{}/entries", chamber["id"].as_str().unwrap()), entered).await;
    let townsman = office
        .post(
            "/api/v1/townsmen",
            json!({
                "name": "示例乡贤",
                "home": "450721",
                "introducer": "示例同乡",
                "consent_on": "2026-01-05",
                "consent": "同意列入名录。",
            }),
        )
        .await;
    let recommended = json!({
        "county": "450721",
        "enterprise": "示例玩具有限公司",
        "size": "small",
        "recipient_kind": "bank",
        "recipient": "示例银行",
        "need_fen": 300_000_000,
        "credit": "unchecked",
    });
    let recommendation = office.post("/api/v1/recommendations", recommended).await;
    let today = yinfeng::clock::today();
    let event = json!({
        "kind": "promotion", "title": "示例玩具产业推介会", "county": "450721", "place": "示例会展中心",
        "from_on": today, "host_chamber_id": chamber["id"], "programme": "09:30 签到",
    });
    let event = office.post("/api/v1/events", event).await;
    let event_path = format!("/api/v1/events/{}", event["id"].as_str().unwrap());
    let guest = json!({ "name": "示例来宾", "company": "示例玩具有限公司" });
    let attendee = office.post(&format!("{event_path}/attendees"), guest).await;
    let told = json!({ "title": "示例通知", "text": "请报送活动计划。", "audience": "all" });
    let notice = office.post("/api/v1/notices", told).await;
    let saved = json!({ "name": "陈皮", "query": "q=陈皮&county=450721", "shared": true, "tell": true });
    let saved = office.post("/api/v1/saved-searches", saved).await;
    let team = json!({ "name": "示例招商队", "kind": "joint", "county": "450721" });
    let team = office.post("/api/v1/teams", team).await["id"].as_str().unwrap().to_owned();
    let joined = json!({ "name": "示例队员", "from_on": "2024-03-01" });
    let team_member = office.post(&format!("/api/v1/teams/{team}/members"), joined).await;
    let away =
        json!({ "kind": "outing", "from_on": "2026-03-02", "region": "441900", "purpose": "拜访企业" });
    let trip = office.post(&format!("/api/v1/teams/{team}/trips"), away).await;
    let referrer = office.post("/api/v1/referrers", json!({ "kind": "team", "name": "示例引荐团队" })).await;
    let referrer_path = format!("/api/v1/referrers/{}", referrer["id"].as_str().unwrap());
    let member = office.post(&format!("{referrer_path}/members"), json!({ "name": "示例成员" })).await;
    let filed = json!({ "lead_id": lead, "filed_on": "2026-03-04", "role": "leading" });
    let filing = office.post(&format!("{referrer_path}/filings"), filed).await;
    let import = office
        .import("项目名称,投资方,县区,产业,来源\n示例项目,示例凌波有限公司,灵山县,其他,自主招商\n")
        .await;
    let user = office.user_id("county");
    let claim = office.claim(chamber["id"].as_str().unwrap(), "示例橘颂陈皮有限公司").await;
    let source = json!({ "kind": "chamber", "chamber_id": chamber["id"] });
    let reported = json!({
        "title": "示例商会报的项目", "investor_name": "示例渔火食品有限公司", "county": "450721", "industry": "other",
        "source": source,
    });
    let reported = office.post("/api/v1/leads", reported).await["id"].as_str().unwrap().to_owned();
    let questions = format!("/api/v1/leads/{reported}/questions");
    let question = office.post(&questions, json!({ "text": "租厂房还是拿地？" })).await;
    let change = office.attribution_change(&reported).await;
    let project = office.new_project("示例玩具智造基地").await;
    let paper = office.paper(&project, "construction_permit").await;
    let started = json!({ "actual_on": "2026-05-06", "evidence": [&paper] });
    office.put(&format!("/api/v1/projects/{project}/milestones/construction_start"), started).await;
    let pooled = office.new_project("示例童装产业园").await;
    let contract = json!({ "signed_on": "2026-03-02", "total_investment_fen": 200_000_000_00_i64 });
    office.put(&format!("/api/v1/projects/{pooled}/contract"), contract).await;
    let entering = json!({ "entered_on": "2026-03-10" });
    office.post(&format!("/api/v1/projects/{pooled}/pool-entry"), entering).await;
    let document = office.policy_document().await;
    let award = office.award_application(&pooled).await;
    WHO.iter()
        .map(|(part, who)| {
            let of_who = ROUTES.iter().filter(|(method, route)| {
                let first = WHO.iter().find(|(part, _)| route.contains(part)).unwrap();
                *method == "GET" && first.0 == *part && is_page(route)
            });
            let paths = of_who.map(|(_, route)| {
                let id = match route.trim_start_matches("/admin").split('/').nth(1).unwrap() {
                    "leads" if route.contains("/questions") => &reported,
                    "leads" if route.ends_with("/reopening") => &closed,
                    "leads" if route.ends_with("/resumption") => &held,
                    "leads" => &lead,
                    "users" => &user,
                    "claims" => &claim,
                    "attribution-changes" => &change,
                    "chambers" => chamber["id"].as_str().unwrap(),
                    "referrers" => referrer["id"].as_str().unwrap(),
                    "recommendations" => recommendation["id"].as_str().unwrap(),
                    "teams" => &team,
                    "notices" => notice["id"].as_str().unwrap(),
                    "saved-searches" => saved["id"].as_str().unwrap(),
                    "townsmen" => townsman["id"].as_str().unwrap(),
                    "events" => event["id"].as_str().unwrap(),
                    "filings" => filing["id"].as_str().unwrap(),
                    "imports" => &import,
                    "projects" if route.ends_with("/withdrawal") || route.contains("/contract") => &pooled,
                    "projects" => &project,
                    "award-applications" => &award,
                    "attachments" => &paper,
                    "policies" => &document,
                    _ => "",
                };
                let path = route.replace("{id}", id).replace("{kind}", "construction_start");
                let of_team = route.starts_with("/teams/");
                let member = if of_team { &team_member } else { &member };
                let path = path.replace("{member}", member["id"].as_str().unwrap());
                let path = path.replace("{trip}", trip["id"].as_str().unwrap());
                let path = path.replace("{question}", question["id"].as_str().unwrap());
                let path =
                    path.replace("{entry}", entry["id"].as_str().unwrap()).replace("{figure}", "leads");
                let path = path.replace("{attendee}", attendee["id"].as_str().unwrap());
                // The secret of the check-in, where the others' pages are not looked at (`is_page`).
                let secret = event["check_in_url"].as_str().unwrap().rsplit('/').next().unwrap();
                let path = path.replace("{secret}", secret);
                let path = path.replace("{code}", "qinzhou-2023-2025").replace("{year}", "2024");
                assert!(
                    !path.contains('{') && (!id.is_empty() || !route.contains("{id}")),
                    "{route}: whose id is wanted?"
                );
                path
            });
            let mut paths: Vec<String> = paths.collect();
            if *who == "liaison" {
                // Pages that he gets at addresses where others get another.
                paths.extend(["/".to_owned(), "/leads/new".to_owned(), format!("/leads/{reported}")]);
                paths.extend(["/notices".to_owned(), format!("/notices/{}", notice["id"].as_str().unwrap())]);
            }
            (*who, paths)
        })
        .collect()
}

/// Not for programs, not a file, not behind a secret, not of something that is deleted.
fn is_page(route: &str) -> bool {
    let papers = [".pdf", ".xlsx"];
    if papers.iter().any(|ending| route.ends_with(ending)) {
        return false;
    }
    let others = ["/api/", "/static/", "/set-up/", "/referral/", "/healthz", "/readyz", "/metrics"];
    let parts = [
        "/restoration",
        "/suggestions",
        "/rejected",
        "/export",
        "/archive",
        "/attachments/{id}",
        "/attachments/new",
    ];
    !others.iter().any(|prefix| route.starts_with(prefix))
        && !route.contains("/papers/")
        && !parts.iter().any(|end| route.ends_with(end))
}

async fn look(browser: &Browser, office: &Office) {
    let mut wrong = Vec::new();
    for (who, paths) in pages(office).await {
        browser.delete_all_cookies().await.unwrap();
        browser.sign_in(office, who).await;
        browser.complaints().await;
        for lang in ["en", "zh-CN"] {
            // As the button of the page does, which a phone keeps in a sheet.
            browser.open(office, "/account").await;
            let button = format!("form.languages button[value='{lang}']");
            browser.script(&format!("document.querySelector(\"{button}\").click()")).await;
            browser
                .until(lang, async || {
                    let now =
                        browser.script("return document.readyState + document.documentElement.lang").await;
                    now == json!(format!("complete{lang}"))
                })
                .await;
            for path in &paths {
                browser.open(office, path).await;
                let found = browser
                    .script(
                        "const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
                         const said = [];
                         const status = performance.getEntriesByType('navigation')[0].responseStatus;
                         if (status !== 200) said.push(`status ${status}`);
                         if (wide > 0) said.push(`${wide} px wider than the screen`);
                         if (document.querySelectorAll('h1').length !== 1) said.push('not one h1');
                         if (!document.title.trim()) said.push('no title');
                         for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
                            if (field.ariaHidden !== 'true' && !field.labels?.length && !field.ariaLabel && !field.getAttribute('aria-labelledby'))
                                said.push(`no label: ${field.outerHTML.slice(0, 120)}`);
                         }
                         for (const image of document.querySelectorAll('img')) {
                            if (!image.complete || !image.naturalWidth) said.push(`no image: ${image.src}`);
                         }
                         return said",
                    )
                    .await;
                let mut found: Vec<String> =
                    serde_json::from_value(found).unwrap_or_else(|_| vec!["did not load".into()]);
                found.extend(browser.complaints().await);
                wrong.extend(found.into_iter().map(|what| format!("{who} {path} ({lang}): {what}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn on_a_desk() {
    let (office, browser) = (Office::open(), Browser::desk().await);
    look(&browser, &office).await;
    browser.close().await;
}

#[tokio::test]
async fn on_a_phone() {
    let (office, browser) = (Office::open(), Browser::phone().await);
    look(&browser, &office).await;
    browser.close().await;
}
