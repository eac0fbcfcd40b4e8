//! Evidence of a chamber in a period: what counts, that every figure opens to its rows, the federation's word and the
//! bureau's weights.

use super::comparison::agree;
use crate::events::{invite, new_event};
use crate::leads::{api, register};
use crate::projects::{new_project, paper, path, read, report, sign};
use crate::support::leads::new_investor;
use crate::support::{Client, TestApp};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::chambers::evidence::model::EvidenceFigure;
use yinfeng::db::Id;

pub(super) const YEAR: &str = "from=2025-01-01&to=2025-12-31";

fn of(chamber: &Id, rest: &str) -> String {
    format!("/api/v1/chambers/{chamber}/evidence{rest}")
}

pub(super) async fn figures(client: &Client, chamber: &Id, days: &str) -> Value {
    let shown = client.get(&format!("{}?{days}", of(chamber, ""))).await.assert_status(200).json();
    shown["figures"].clone()
}

pub(super) async fn lead(app: &TestApp, chamber: &Id, changes: Value) -> Value {
    let source = json!({ "kind": "chamber", "chamber_id": chamber });
    let mut body = json!({ "source": source, "registered_on": "2025-06-01", "county": "450721" });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    register(&app.token(Role::BureauOfficer), body).await
}

/// A project of this chamber, with a contract of the day.
pub(super) async fn project(app: &TestApp, chamber: &Id, signed_on: &str) -> Value {
    let source = json!({ "kind": "chamber", "chamber_id": chamber });
    let project = new_project(app, json!({ "source": source })).await;
    sign(app, &project, signed_on).await;
    project
}

/// The milestone reported on that day, and verified by the head.
pub(super) async fn reached(app: &TestApp, project: &Value, kind: &str, on: &str, proof: &str) {
    let evidence = [paper(app, project, proof)];
    report(app, project, kind, json!({ "actual_on": on, "evidence": evidence })).await.assert_status(200);
    let way = path(project, &format!("/milestones/{kind}/verification"));
    let head = app.token(Role::BureauHead);
    head.post_json(&way, json!({ "decision": "accepted" })).await.assert_status(200);
}

/// A chamber of which every figure is something in 2025, and nothing before or after.
pub(super) async fn full(app: &TestApp) -> Id {
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let head = app.token(Role::BureauHead);
    let judged = lead(app, &chamber, json!({ "stage": "assessment" })).await;
    let visit = json!({ "kind": "visit_in", "at": "2025-12-31T15:59:00Z", "content": "来看厂房" });
    head.post_json(&api(&judged, "/follow-ups"), visit).await.assert_status(201);
    // In China the next day, which is another year.
    let late = json!({ "kind": "visit_out", "at": "2025-12-31T16:00:00Z", "content": "次年" });
    head.post_json(&api(&judged, "/follow-ups"), late).await.assert_status(201);
    let call = json!({ "kind": "call", "at": "2025-07-01T02:00:00Z", "content": "电话" });
    head.post_json(&api(&judged, "/follow-ups"), call).await.assert_status(201);
    lead(app, &chamber, json!({})).await;
    lead(app, &chamber, json!({ "registered_on": "2024-12-31", "stage": "assessment" })).await;
    let none = lead(app, &chamber, json!({ "stage": "negotiation" })).await;
    let closure = json!({ "kind": "duplicate", "reason": "同一企业" });
    head.post_json(&api(&none, "/closure"), closure).await.assert_status(200);
    let started = project(app, &chamber, "2025-03-01").await;
    reached(app, &started, "construction_start", "2025-04-01", "construction_permit").await;
    reached(app, &started, "production", "2025-11-01", "production_proof").await;
    let etag = read(&head, &started).await.etag();
    let jobs = json!({ "new_jobs": 250, "above_scale": false });
    head.put_json(&path(&started, "/employment/2025"), &etag, jobs).await.assert_status(200);
    project(app, &chamber, "2024-12-31").await;
    chamber
}

#[actix_web::test]
async fn each_figure_counts_what_fell_into_the_period() {
    let app = TestApp::new().await;
    let chamber = full(&app).await;
    let officer = app.token(Role::BureauOfficer);
    assert_eq!(
        figures(&officer, &chamber, YEAR).await,
        json!({
            "leads": 3, "valid_leads": 1, "visits": 1, "events": 0, "contracts": 1, "fixed_investment": 150_000_000_00_i64,
            "started": 1, "produced": 1, "jobs": 250, "asked": 0, "in_time": 0,
        })
    );
    let half = figures(&officer, &chamber, "from=2025-01-01&to=2025-06-30").await;
    assert_eq!((&half["started"], &half["produced"], &half["jobs"]), (&json!(1), &json!(0), &json!(0)));
    for (days, field) in
        [("from=2025-02-01&to=2025-01-01", "to"), ("from=x", "from"), ("from=2001-01-01&to=2025-01-01", "to")]
    {
        let refused = officer.get(&format!("{}?{days}", of(&chamber, ""))).await.assert_status(400);
        assert_eq!(refused.faults()[0].0, field, "{days}");
    }
}

#[actix_web::test]
async fn questions_count_by_whether_they_were_answered_by_their_day() {
    use diesel::prelude::*;
    use yinfeng::schema::questions;
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let officer = app.token(Role::BureauOfficer);
    let lead = lead(&app, &chamber, json!({})).await;
    let answered = ["2025-05-10 15:59:59", "2025-05-10 16:00:00"].map(Some);
    for at in answered.into_iter().chain([None]) {
        let asked = officer.post_json(&api(&lead, "/questions"), json!({ "text": "？" })).await;
        let id = asked.assert_status(201).json()["id"].as_str().unwrap().to_owned();
        if at.is_some() {
            let way = api(&lead, &format!("/questions/{id}/answer"));
            let liaison = app.token(Role::ChamberLiaison);
            liaison.post_json(&way, json!({ "text": "答" })).await.assert_status(200);
        }
        let at = at.map(|at| chrono::NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M:%S").unwrap());
        let due: NaiveDate = "2025-05-10".parse().unwrap();
        app.write(|conn| {
            diesel::update(questions::table.find(id.clone()))
                .set((questions::due_on.eq(due), questions::answered_at.eq(at)))
                .execute(conn)
        });
    }
    let shown = figures(&officer, &chamber, YEAR).await;
    assert_eq!((&shown["asked"], &shown["in_time"]), (&json!(3), &json!(1)));
}

#[actix_web::test]
async fn every_figure_opens_to_the_rows_that_make_it() {
    let app = TestApp::new().await;
    let chamber = full(&app).await;
    let officer = app.token(Role::BureauOfficer);
    let shown = figures(&officer, &chamber, YEAR).await;
    for figure in EvidenceFigure::ALL {
        let way = format!("{}?{YEAR}&count=true", of(&chamber, &format!("/{figure}")));
        let rows = officer.get(&way).await.assert_status(200).json();
        let sum: i64 = rows["items"].as_array().unwrap().iter().filter_map(|row| row["value"].as_i64()).sum();
        assert_eq!((&json!(sum), &rows["hidden"]), (&shown[figure.as_str()], &json!(0)), "{figure}");
        let page = format!("/chambers/{chamber}/evidence/{figure}?{YEAR}");
        app.signed_in(Role::BureauOfficer).get(&page).await.assert_status(200);
    }
    officer.get(&of(&chamber, "/nothing")).await.assert_status(404);
    let first = officer.get(&format!("{}?{YEAR}&limit=2", of(&chamber, "/leads"))).await.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest =
        officer.get(&format!("{}?{YEAR}&limit=2&cursor={cursor}", of(&chamber, "/leads"))).await.json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    // The federation and the chamber know a project's name and stage, not its amounts.
    for role in [Role::Federation, Role::ChamberLiaison] {
        let way = format!("{}?{YEAR}", of(&chamber, "/fixed_investment"));
        let rows = app.token(role).get(&way).await.assert_status(200).json();
        assert_eq!((rows["items"].as_array().unwrap().len(), &rows["items"][0]["value"]), (1, &Value::Null));
    }
    // Another county counts it and does not see it.
    let other = app.user(Role::CountyOfficer).region("450722").token();
    let rows = other.get(&format!("{}?{YEAR}", of(&chamber, "/leads"))).await.assert_status(200).json();
    assert_eq!((&rows["items"], &rows["hidden"]), (&json!([]), &json!(3)));
}

#[actix_web::test]
async fn a_chamber_writes_no_visits_for_itself() {
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let lead = lead(&app, &chamber, json!({ "stage": "assessment" })).await;
    let visit = json!({ "kind": "visit_in", "at": "2025-07-01T02:00:00Z", "content": "来看厂房" });
    let liaison = app.token(Role::ChamberLiaison);
    liaison.post_json(&api(&lead, "/follow-ups"), visit.clone()).await.assert_status(201);
    assert_eq!(figures(&liaison, &chamber, YEAR).await["visits"], 0);
    app.token(Role::CountyOfficer).post_json(&api(&lead, "/follow-ups"), visit).await.assert_status(201);
    assert_eq!(figures(&liaison, &chamber, YEAR).await["visits"], 1);
    agree(&app.token(Role::BureauHead), "a visit of each").await;
}

#[actix_web::test]
async fn contracted_investment_is_what_the_contract_says_or_its_years_or_the_plan() {
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let head = app.token(Role::BureauHead);
    let source = json!({ "kind": "chamber", "chamber_id": chamber });
    let body = json!({ "source": source, "fixed_investment_fen": 130_000_000_00_i64 });
    let project = new_project(&app, body).await;
    let year =
        |year: i64, fen: i64| json!({ "year": year, "fixed_investment_fen": fen, "land_premium_fen": 0 });
    let years = [year(1, 100_000_000_00), year(2, 20_000_000_00)];
    for (fixed, years, wanted) in [
        (json!(null), json!([]), 130_000_000_00_i64),
        (json!(null), json!(years), 120_000_000_00),
        (json!(150_000_000_00_i64), json!(years), 150_000_000_00),
    ] {
        let etag = read(&head, &project).await.etag();
        let contract = json!({ "signed_on": "2025-03-01", "total_investment_fen": 200_000_000_00_i64,
            "fixed_investment_fen": fixed, "land_premium_fen": 0, "years": years });
        head.put_json(&path(&project, "/contract"), &etag, contract).await.assert_status(200);
        assert_eq!(figures(&head, &chamber, YEAR).await["fixed_investment"], wanted);
        agree(&head, "a contract").await;
    }
}

#[actix_web::test]
async fn a_shared_lead_counts_for_each_chamber_and_its_investment_by_the_shares() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let (first, second) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let lead = lead(&app, &first, json!({ "stage": "contract" })).await;
    let leader = app.person(Role::CountyLeader).username;
    let body = json!({ "lead_id": lead["id"], "leader": leader });
    let project = head.post_json("/api/v1/projects", body).await.assert_status(201).json();
    sign(&app, &project, "2025-03-01").await;
    let shares =
        json!([{ "chamber_id": first, "share_bp": 7_000 }, { "chamber_id": second, "share_bp": 3_000 }]);
    let asked = json!({ "shares": shares, "reason": "共同引荐" });
    head.post_json(&api(&lead, "/attribution"), asked).await.assert_status(201);
    let etag = read(&head, &project).await.etag();
    let jobs = json!({ "new_jobs": 5, "above_scale": false });
    head.put_json(&path(&project, "/employment/2025"), &etag, jobs).await.assert_status(200);
    for (chamber, investment, jobs) in [(&first, 105_000_000_00_i64, 4), (&second, 45_000_000_00, 1)] {
        let shown = figures(&head, chamber, YEAR).await;
        assert_eq!((&shown["leads"], &shown["contracts"]), (&json!(1), &json!(1)));
        assert_eq!(
            shown["jobs"], jobs,
            "the parts are the whole: the source chamber has what the other leaves"
        );
        assert_eq!(shown["fixed_investment"], investment);
    }
    let listed = head.get(&format!("/api/v1/chambers/comparison?{YEAR}")).await.assert_status(200).json();
    let investment = |at: usize| listed["items"][at]["figures"]["fixed_investment"].as_i64().unwrap();
    let mut both = [investment(0), investment(1)];
    both.sort();
    assert_eq!(both, [45_000_000_00, 105_000_000_00]);
}

#[actix_web::test]
async fn what_the_federation_confirmed_stays_as_it_was() {
    let app = TestApp::new().await;
    let chamber = full(&app).await;
    let (federation, officer) = (app.token(Role::Federation), app.token(Role::BureauOfficer));
    let president =
        json!({ "kind": "officer", "word": "president", "name": "示例会长", "from_on": "2024-05-18" });
    officer.post_json(&format!("/api/v1/chambers/{chamber}/entries"), president).await.assert_status(201);
    let year = json!({ "from": "2025-01-01", "to": "2025-12-31", "note": "与台账一致" });
    let this = yinfeng::clock::today().year();
    let open = json!({ "from": format!("{this}-01-01"), "to": format!("{this}-12-31") });
    let way = of(&chamber, "/confirmation");
    let early = federation.post_json(&way, open).await.assert_status(422);
    assert_eq!(early.faults()[0], ("to".to_owned(), "period-not-over".to_owned()));
    officer.post_json(&way, year.clone()).await.assert_status(403);
    let confirmed = federation.post_json(&way, year.clone()).await.assert_status(200).json();
    assert_eq!((&confirmed["president"], &confirmed["figures"]["leads"]), (&json!("示例会长"), &json!(3)));
    let twice = federation.post_json(&way, year.clone()).await.assert_status(409);
    assert_eq!(twice.json()["code"], "evidence-confirmed");
    lead(&app, &chamber, json!({ "registered_on": "2025-02-03" })).await;
    let shown = officer.get(&format!("{}?{YEAR}", of(&chamber, ""))).await.assert_status(200).json();
    assert_eq!(shown["figures"]["leads"], 3, "frozen");
    let record = officer.get(&format!("/api/v1/chambers/{chamber}")).await.assert_status(200);
    let name_then = shown["chamber"]["name"].clone();
    let renamed = json!({ "name": "改了名的商会" });
    officer
        .patch_json(&format!("/api/v1/chambers/{chamber}"), &record.etag(), renamed)
        .await
        .assert_status(200);
    let shown = officer.get(&format!("{}?{YEAR}", of(&chamber, ""))).await.assert_status(200).json();
    assert_eq!(shown["chamber"]["name"], name_then, "it signed under the name that it had");
    assert_eq!(shown["confirmation"]["changed"], json!(["leads"]));
    assert_eq!(shown["confirmation"]["figures_now"]["leads"], 4);
    let rows = officer.get(&format!("{}?{YEAR}&count=true", of(&chamber, "/leads"))).await.json();
    assert_eq!(rows["total"], 3);
    let page = app.signed_in(Role::Federation).get(&format!("/chambers/{chamber}/evidence?{YEAR}")).await;
    assert!(page.assert_status(200).text().contains("与台账一致"));
    let back = json!({ "from": "2025-01-01", "to": "2025-12-31", "reason": "补报" });
    let bare = json!({ "from": "2025-01-01", "to": "2025-12-31", "reason": " " });
    federation.post_json(&of(&chamber, "/revocation"), bare).await.assert_status(422);
    let open = federation.post_json(&of(&chamber, "/revocation"), back).await.assert_status(200).json();
    assert_eq!((&open["confirmation"], &open["figures"]["leads"]), (&Value::Null, &json!(4)));
    federation.post_json(&way, year).await.assert_status(200);
}

#[actix_web::test]
async fn the_bureaus_head_gives_weights_and_without_them_there_is_no_score() {
    let app = TestApp::new().await;
    let chamber = full(&app).await;
    let (head, way) = (app.token(Role::BureauHead), "/api/v1/chambers/weights");
    let shown = head.get(&format!("{}?{YEAR}", of(&chamber, ""))).await.json();
    assert_eq!((&shown["weights"], &shown["score"]), (&Value::Null, &Value::Null));
    let etag = head.get(way).await.assert_status(200).etag();
    let weights = json!({ "leads": 1, "contracts": 10, "fixed_investment": 2, "jobs": 3 });
    let body = json!({ "weights": weights, "reason": "年度办法" });
    head.put_json(way, &etag, json!({ "weights": { "visits": 1_001 }, "reason": "" }))
        .await
        .assert_status(422);
    app.token(Role::BureauOfficer).put_json(way, &etag, body.clone()).await.assert_status(403);
    head.put_json(way, &etag, body.clone()).await.assert_status(200);
    head.put_json(way, &etag, body).await.assert_status(412);
    let shown = head.get(&format!("{}?{YEAR}", of(&chamber, ""))).await.json();
    assert_eq!(shown["score"], 3 + 10 + 15 * 2 + 2 * 3);
    let form = [("leads", "5"), ("visits", "x"), ("reason", "改"), ("version", "2")];
    let back = app.signed_in(Role::BureauHead).post_form("/chambers/weights", &form).await.assert_status(422);
    assert!(back.text().contains("id=\"f-visits-error\""));
    let form = [("leads", "5"), ("reason", "改"), ("version", "2")];
    app.signed_in(Role::BureauHead).post_form("/chambers/weights", &form).await.assert_status(303);
    let shown = head.get(&format!("{}?{YEAR}", of(&chamber, ""))).await.json();
    assert_eq!(shown["score"], 15);
}

#[actix_web::test]
async fn the_sheet_comes_as_pdf_and_as_a_spreadsheet() {
    let app = TestApp::new().await;
    let chamber = full(&app).await;
    let liaison = app.token(Role::ChamberLiaison);
    let pdf = liaison.get(&format!("{}?{YEAR}", of(&chamber, ".pdf"))).await.assert_status(200);
    assert!(pdf.bytes().starts_with(b"%PDF-"));
    let sheet = liaison.get(&format!("{}?{YEAR}", of(&chamber, ".xlsx"))).await.assert_status(200);
    assert!(sheet.bytes().starts_with(b"PK"));
    let stranger = app.user(Role::ChamberLiaison).chamber(&app.new_chamber("示例乙商会")).token();
    for rest in ["", ".pdf", ".xlsx", "/leads"] {
        stranger.get(&of(&chamber, rest)).await.assert_status(404);
    }
}

#[actix_web::test]
async fn an_event_counts_once_for_who_held_it_and_for_who_came() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let (host, guest, absent) =
        (app.new_chamber("示例东道商会"), app.new_chamber("示例来宾商会"), app.new_chamber("示例缺席商会"));
    let held = json!({ "host_chamber_id": host, "status": "held", "from_on": "2025-05-01" });
    let event = new_event(&app, held).await;
    new_event(&app, json!({ "host_chamber_id": host, "from_on": "2025-05-02" })).await;
    for chamber in [&host, &guest, &guest, &absent] {
        let attendee = invite(&head, &event, json!({ "name": new_investor(), "chamber_id": chamber })).await;
        if chamber != &absent {
            let came = format!("/attendees/{}/attendance", attendee["id"].as_str().unwrap());
            head.post_json(&crate::events::path(&event, &came), json!({})).await.assert_status(200);
        }
    }
    for (chamber, count) in [(&host, 1), (&guest, 1), (&absent, 0)] {
        assert_eq!(figures(&head, chamber, YEAR).await["events"], count);
    }
    let rows = head.get(&format!("{}?{YEAR}", of(&guest, "/events"))).await.assert_status(200).json();
    assert_eq!(rows["items"][0]["code"], event["code"]);
}

/// What confirms the sheet of these days.
fn days(from: &str, to: &str) -> Value {
    json!({ "from": from, "to": to })
}

#[actix_web::test]
async fn confirmed_periods_of_a_chamber_do_not_overlap() {
    let app = TestApp::new().await;
    let chamber = app.new_chamber("示例甲商会");
    let federation = app.token(Role::Federation);
    let way = of(&chamber, "/confirmation");
    federation.post_json(&way, days("2025-01-01", "2025-06-30")).await.assert_status(200);
    let overlaps = [("from".to_owned(), "evidence-overlaps".to_owned())];
    for (from, to) in
        [("2025-01-01", "2025-12-31"), ("2025-06-30", "2025-07-31"), ("2025-02-01", "2025-02-28")]
    {
        let refused = federation.post_json(&way, days(from, to)).await.assert_status(409);
        assert_eq!(refused.faults(), overlaps, "{from}");
        let said = refused.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!(said.contains("2025-01-01") && said.contains("2025-06-30"), "{said}");
    }
    let form = [("from", "2025-01-01"), ("to", "2025-12-31")];
    let page = format!("/chambers/{chamber}/evidence/confirmation");
    let back = app.signed_in(Role::Federation).post_form(&page, &form).await.assert_status(409).text();
    assert!(back.contains("2025-06-30") && back.contains("期间有重叠"), "{back}");
    federation.post_json(&way, days("2025-07-01", "2025-12-31")).await.assert_status(200);
    let other = of(&app.new_chamber("示例乙商会"), "/confirmation");
    federation.post_json(&other, days("2025-01-01", "2025-12-31")).await.assert_status(200);
    let taken_back = json!({ "from": "2025-01-01", "to": "2025-06-30", "reason": "重做" });
    federation.post_json(&of(&chamber, "/revocation"), taken_back).await.assert_status(200);
    federation.post_json(&way, days("2025-01-01", "2025-03-31")).await.assert_status(200);
}

#[actix_web::test]
async fn what_was_confirmed_and_what_was_taken_back_is_found_without_typing_its_days() {
    let app = TestApp::new().await;
    let (chamber, other) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let federation = app.token(Role::Federation);
    let way = of(&chamber, "/confirmation");
    let first = json!({ "from": "2025-01-01", "to": "2025-03-31", "note": "一季度" });
    federation.post_json(&way, first).await.assert_status(200);
    let taken_back = json!({ "from": "2025-01-01", "to": "2025-03-31", "reason": "漏报一条" });
    federation.post_json(&of(&chamber, "/revocation"), taken_back).await.assert_status(200);
    federation.post_json(&way, days("2025-01-01", "2025-06-30")).await.assert_status(200);
    let officer = app.token(Role::BureauOfficer);
    let shown = officer.get(&of(&chamber, "")).await.assert_status(200).json();
    let found = shown["confirmations"].as_array().unwrap();
    let told = |one: &Value| ["from", "to", "note", "revocation_reason"].map(|field| one[field].clone());
    let expected = [
        [json!("2025-01-01"), json!("2025-06-30"), Value::Null, Value::Null],
        [json!("2025-01-01"), json!("2025-03-31"), json!("一季度"), json!("漏报一条")],
    ];
    assert_eq!(found.iter().map(told).collect::<Vec<_>>(), expected, "the latest first");
    let who = json!(app.person(Role::Federation).username);
    assert_eq!((&found[0]["confirmed_by"]["username"], &found[0]["revoked_at"]), (&who, &Value::Null));
    assert_eq!(found[1]["revoked_by"]["username"], who);
    assert!(found[1]["revoked_at"].is_string() && found[1]["confirmed_at"].is_string());
    let page = app.signed_in(Role::Federation).get(&format!("/chambers/{chamber}/evidence")).await;
    let page = page.assert_status(200).text();
    let list = page.split_once("id=\"confirmations\"").unwrap().1.split("</section>").next().unwrap();
    let sheet = |to: &str| format!("/evidence?from=2025-01-01&amp;to={to}\"");
    assert!(list.contains(&sheet("2025-06-30")), "{list}");
    assert!(!list.contains(&sheet("2025-03-31")), "no sheet is confirmed of these days: {list}");
    assert!(list.contains("2025-03-31") && list.contains("一季度") && list.contains("漏报一条"), "{list}");
    let none = officer.get(&of(&other, "")).await.assert_status(200).json();
    assert_eq!(none["confirmations"], json!([]), "another chamber's");
}

#[actix_web::test]
async fn a_chamber_whose_figures_are_confirmed_is_merged_into_no_other() {
    let app = TestApp::new().await;
    let (from, into) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let (federation, officer) = (app.token(Role::Federation), app.token(Role::BureauOfficer));
    let year = json!({ "from": "2025-01-01", "to": "2025-12-31" });
    federation.post_json(&of(&from, "/confirmation"), year).await.assert_status(200);
    let merge = || officer.post_json(&format!("/api/v1/chambers/{from}/merger"), json!({ "into": into }));
    assert_eq!(merge().await.assert_status(409).json()["code"], "chamber-evidence-stays");
    let taken_back = json!({ "from": "2025-01-01", "to": "2025-12-31", "reason": "两会合并" });
    federation.post_json(&of(&from, "/revocation"), taken_back).await.assert_status(200);
    let merged = merge().await;
    assert!(merged.status() < 300, "{}", merged.text());
}

/// The lead as one that the chamber brought.
async fn moved(app: &TestApp, lead: &Value, chamber: &Id) {
    let source = json!({ "source": { "kind": "chamber", "chamber_id": chamber } });
    let officer = app.token(Role::BureauOfficer);
    officer.patch_json(&api(lead, ""), &crate::leads::etag(lead), source).await.assert_status(200);
}

#[actix_web::test]
async fn what_another_chambers_sheet_counts_is_said_and_confirmed_with_a_note_only() {
    let app = TestApp::new().await;
    let first = app.new_chamber("示例甲商会");
    let second = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let (federation, year) = (app.token(Role::Federation), days("2025-01-01", "2025-12-31"));
    let brought = lead(&app, &first, json!({})).await;
    federation
        .post_json(&of(&first, "/confirmation"), days("2025-01-01", "2025-06-30"))
        .await
        .assert_status(200);
    moved(&app, &brought, &second).await;
    let sheet = format!("{}?{YEAR}", of(&second, ""));
    let shown = federation.get(&sheet).await.assert_status(200).json();
    assert_eq!(shown["counted_twice"]["records"], 1, "{shown}");
    assert_eq!(shown["counted_twice"]["chambers"][0]["id"], json!(first));
    let page = format!("/chambers/{second}/evidence?{YEAR}");
    let page = app.signed_in(Role::Federation).get(&page).await.assert_status(200).text();
    assert!(page.contains("已计入其他商会") && page.contains("示例甲商会"), "{page}");
    let told = app.token(Role::ChamberLiaison).get(&sheet).await.assert_status(200).json();
    assert_eq!(told["counted_twice"], Value::Null, "a liaison is told nothing of other chambers");
    let bare = federation.post_json(&of(&second, "/confirmation"), year.clone()).await.assert_status(422);
    assert_eq!(bare.faults(), [("note".to_owned(), "note-for-counted-twice".to_owned())]);
    let mut noted = year;
    noted["note"] = json!("经核实，由乙商会引荐");
    let done = federation.post_json(&of(&second, "/confirmation"), noted).await.assert_status(200).json();
    assert_eq!((&done["counted_twice"], &done["figures"]["leads"]), (&Value::Null, &json!(1)));
}

#[actix_web::test]
async fn a_lead_whose_credit_is_shared_is_not_counted_twice() {
    let app = TestApp::new().await;
    let (first, second) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let brought = lead(&app, &first, json!({})).await;
    let shares =
        json!([{ "chamber_id": first, "share_bp": 7_000 }, { "chamber_id": second, "share_bp": 3_000 }]);
    let asked = json!({ "shares": shares, "reason": "共同引荐" });
    let way = api(&brought, "/attribution");
    app.token(Role::BureauHead).post_json(&way, asked).await.assert_status(201);
    let federation = app.token(Role::Federation);
    for chamber in [&first, &second] {
        let year = days("2025-01-01", "2025-12-31");
        federation.post_json(&of(chamber, "/confirmation"), year).await.assert_status(200);
    }
}

#[actix_web::test]
async fn side_by_side_it_is_said_which_figures_were_confirmed_otherwise() {
    let app = TestApp::new().await;
    let (first, second) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let brought = lead(&app, &first, json!({})).await;
    lead(&app, &second, json!({})).await;
    let (federation, year) = (app.token(Role::Federation), days("2025-01-01", "2025-12-31"));
    for chamber in [&first, &second] {
        federation.post_json(&of(chamber, "/confirmation"), year.clone()).await.assert_status(200);
    }
    let changed = async || {
        let way = format!("/api/v1/chambers/comparison?{YEAR}");
        let listed = federation.get(&way).await.assert_status(200).json();
        let rows = listed["items"].as_array().unwrap().clone();
        let of =
            |id: &Id| rows.iter().find(|row| row["chamber"]["id"] == json!(id)).unwrap()["changed"].clone();
        (of(&first), of(&second))
    };
    assert_eq!(changed().await, (json!([]), json!([])));
    moved(&app, &brought, &second).await;
    assert_eq!(
        changed().await,
        (json!(["leads"]), json!(["leads"])),
        "what has nothing any more is told, too"
    );
    let page = app.signed_in(Role::Federation).get(&format!("/chambers/comparison?{YEAR}")).await;
    assert_eq!(page.assert_status(200).text().matches("与已确认的成效表不同").count(), 2);
    let half = "/chambers/comparison?from=2025-01-01&to=2025-06-30";
    let page = app.signed_in(Role::Federation).get(half).await.assert_status(200).text();
    assert!(!page.contains("与已确认的成效表不同"), "of other days nothing is confirmed");
}
