//! A list asks the database as often for 60 rows as for 3: what grows with its rows is slow one day.

use crate::filings::new_referrer;
use crate::projects::{new_project, path, read, report, sign};
use crate::support::leads::{lead_body, new_investor};
use crate::support::{Client, TestApp};
use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use yinfeng::accounts::Role;
use yinfeng::db::{AnyConn, series};
use yinfeng::error::AppError;
use yinfeng::schema::leads;

/// What the application's connections were asked since it was last looked at.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    /// Listens at every connection of the application: it has two readers and a writer.
    pub fn listen(app: &TestApp) -> Self {
        let heard = Heard::default();
        let db = app.db();
        db.read(|first| {
            heard.at(first);
            // The first is out, so this is the other.
            db.read(|second| {
                heard.at(second);
                Ok::<_, AppError>(())
            })
        })
        .unwrap();
        if db.sqlite_file().is_some() {
            heard.at(&mut db.connection().unwrap());
        }
        heard
    }

    fn at(&self, conn: &mut AnyConn) {
        let heard = self.0.clone();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                heard.lock().unwrap().push(query.to_string());
            }
        });
    }

    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// Who looks, and at what; `{saved}` is a saved search with as many new leads as there are rows, `{crew}` a team (招商队伍) with as many members and trips as there are rows, `{lead}` one with as many follow-ups as there are rows, `{import}` one of as many rows,
/// `{ledger}` one of as many rows that change projects.
const LOOKS: &[(Role, &[&str])] = &[
    (
        Role::BureauHead,
        &[
            "/",
            "/leads",
            "/leads?stage=new&sort=-total_investment_fen",
            "/leads/{lead}",
            "/search?q=%E7%A4%BA%E4%BE%8B",
            "/search/suggestions?q=%E7%A4%BA%E4%BE%8B",
            "/chambers",
            "/chambers/{chamber}",
            "/chambers/{chamber}/evidence",
            "/chambers/{chamber}/evidence/leads",
            "/chambers/comparison",
            "/referrers",
            "/townsmen",
            "/recommendations",
            "/events",
            "/events/{event}",
            "/teams",
            "/teams/{crew}",
            "/notices",
            "/notices/{notice}",
            "/notices/{notice}/reading",
            "/imports",
            "/imports/{import}",
            "/imports/{ledger}",
            "/api/v1/leads?limit=200&count=true",
            "/api/v1/leads?limit=200&q=%E7%A4%BA%E4%BE%8B",
            "/api/v1/leads/{lead}",
            "/api/v1/leads/{lead}/timeline?limit=200",
            "/api/v1/leads/{lead}/follow-ups?limit=200",
            "/api/v1/search?q=%E7%A4%BA%E4%BE%8B&limit=100&facets=county,stage",
            "/saved-searches",
            "/saved-searches/{saved}",
            "/api/v1/saved-searches?limit=200&count=true",
            "/api/v1/saved-searches/{saved}/matches?limit=200&count=true",
            "/api/v1/chambers?limit=200",
            "/api/v1/chambers/{chamber}/entries?limit=200",
            "/api/v1/chambers/{chamber}/evidence/leads?limit=200&count=true",
            "/api/v1/chambers/comparison?limit=200&count=true",
            "/api/v1/attribution-changes?limit=200&count=true",
            "/attribution-changes",
            "/api/v1/referrers?limit=200",
            "/api/v1/townsmen?limit=200&count=true",
            "/api/v1/recommendations?limit=200&count=true",
            "/api/v1/events?limit=200&count=true",
            "/api/v1/events/{event}",
            "/api/v1/events/{event}/attendees?limit=200&count=true",
            "/api/v1/teams?limit=200&count=true",
            "/api/v1/teams/{crew}/members?limit=200&count=true",
            "/api/v1/teams/{crew}/trips?limit=200&count=true",
            "/api/v1/notices?limit=200&count=true",
            "/api/v1/notices/{notice}/reading?limit=200&count=true",
            "/api/v1/imports?limit=200",
            "/api/v1/imports/{import}/rows?limit=200",
            "/api/v1/imports/{ledger}/rows?limit=200",
            "/projects",
            "/projects/board",
            "/quota?year=2025",
            "/about-to",
            "/comparison?year=2025",
            "/api/v1/projects?limit=200&count=true",
            "/api/v1/pool/quota?year=2025",
            "/api/v1/projects?limit=200&supported_year=2025",
            "/api/v1/pool/comparison?year=2025",
            "/award-applications",
            "/award-notices",
            "/award-applications/overview",
            "/award-applications/what-if",
            "/api/v1/award-notices?limit=200&count=true",
            "/referrers/{team}",
            "/filings/{filing}",
            "/leads/{filed}",
            "/api/v1/referrers/{team}/filings?limit=200&count=true",
            "/api/v1/referrers/{team}/members?limit=200&count=true",
            "/api/v1/filings/{filing}",
            "/api/v1/award-applications/{award}/checklist",
            "/award-applications/{award}",
            "/projects/{awarded}",
            "/api/v1/award-applications?limit=200&count=true",
            "/api/v1/award-applications/{award}",
            "/policies",
            "/api/v1/tokens",
            "/account",
        ],
    ),
    (
        Role::CountyLeader,
        &["/", "/leads", "/projects", "/about-to", "/award-applications", "/api/v1/leads?limit=200"],
    ),
    (Role::CountyOfficer, &["/", "/leads", "/chambers", "/api/v1/leads?limit=200"]),
    (
        Role::ChamberLiaison,
        &[
            "/",
            "/leads",
            "/leads?feedback=late",
            "/leads?question=waiting",
            "/events",
            "/events/{event}",
            "/notices",
            "/api/v1/notices?limit=200",
            "/api/v1/leads?limit=200",
        ],
    ),
    (Role::Federation, &["/leads", "/chambers", "/api/v1/chambers?limit=200"]),
    (Role::Auditor, &["/audit", "/leads", "/api/v1/audit?limit=200"]),
    (Role::Admin, &["/admin/users", "/api/v1/users?limit=200", "/audit"]),
];

/// The ids that stand in paths: `team` has as many members and filings as there are rows, and `filed` as many filings,
/// `filing` is one of it.
struct Ids {
    lead: String,
    chamber: String,
    team: String,
    filed: String,
    filing: String,
    import: String,
    ledger: String,
    award: String,
    awarded: String,
    event: String,
    notice: String,
    crew: String,
    saved: String,
}

/// Adds rows of everything, and an import that has `until` rows.
async fn fill(app: &TestApp, from: usize, until: usize, before: Option<Ids>) -> Ids {
    let (mut award, mut awarded, mut filing) = (String::new(), String::new(), String::new());
    let mut notice = String::new();
    let creator = app.token(Role::CountyOfficer);
    let head = app.token(Role::BureauHead);
    let (leader, officer) = (app.person(Role::CountyLeader), app.person(Role::CountyOfficer));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let (team, filed) = match &before {
        Some(ids) => (ids.team.clone(), ids.filed.clone()),
        None => {
            let team = new_referrer(app, json!({ "kind": "team" })).await;
            let filed = app.new_lead(json!({})).await;
            (team["id"].as_str().unwrap().to_owned(), filed["id"].as_str().unwrap().to_owned())
        }
    };
    // Held by the liaison's chamber.
    let event = match &before {
        Some(ids) => ids.event.clone(),
        None => {
            let made = crate::events::new_event(app, json!({ "host_chamber_id": own })).await;
            made["id"].as_str().unwrap().to_owned()
        }
    };
    let crew = match &before {
        Some(ids) => ids.crew.clone(),
        None => crate::teams::team(app, json!({})).await["id"].as_str().unwrap().to_owned(),
    };
    // Has as many new leads as there are rows, and more.
    let saved = match &before {
        Some(ids) => ids.saved.clone(),
        None => {
            let kept = crate::saved_searches::body(json!({ "query": "q=示例", "tell": true }));
            let made = head.post_json(crate::saved_searches::PATH, kept).await.assert_status(201).json();
            made["id"].as_str().unwrap().to_owned()
        }
    };
    let mut first = before.map(|ids| ids.lead);
    for number in from..until {
        app.user(Role::CountyOfficer).insert();
        app.new_token(&app.person(Role::BureauHead));
        app.new_session(&app.person(Role::BureauHead));
        app.new_referrer(&new_investor());
        let chamber = app.new_chamber(&format!("{}商会", new_investor()));
        // Some of the liaison's own chamber, some of others.
        let chamber = if number % 2 == 0 { &own } else { &chamber };
        let member = json!({ "kind": "member", "word": "company", "name": new_investor() });
        head.post_json(&format!("/api/v1/chambers/{own}/entries"), member).await.assert_status(201);
        let recommended = crate::recommendations::body(json!({ "chamber_id": chamber }));
        head.post_json(crate::recommendations::PATH, recommended).await.assert_status(201);
        let to = if number % 2 == 0 {
            json!({})
        } else {
            json!({ "audience": "chosen", "chambers": [own, chamber] })
        };
        let told = crate::notices::notice(app, to).await;
        notice = told["id"].as_str().unwrap().to_owned();
        if number < 40 {
            // Of chambers and people, whose names are looked up.
            let query = format!("chamber={chamber}&officer={}", officer.id);
            let kept = crate::saved_searches::body(json!({ "query": query, "tell": true }));
            head.post_json(crate::saved_searches::PATH, kept).await.assert_status(201);
        }
        crate::teams::team(app, json!({})).await;
        let of_crew = |part: &str| format!("{}/{crew}/{part}", crate::teams::PATH);
        let joined =
            head.post_json(&of_crew("members"), crate::teams::member(json!({ "name": new_investor() })));
        joined.await.assert_status(201);
        let brought = app.new_lead(json!({})).await;
        let away = head.post_json(&of_crew("trips"), crate::teams::trip(json!({ "leads": [brought["id"]] })));
        away.await.assert_status(201);
        crate::townsmen::list(&head, json!({ "chamber_id": chamber })).await.assert_status(201);
        crate::events::new_event(app, json!({ "host_chamber_id": chamber })).await;
        let guest = json!({ "name": new_investor(), "chamber_id": chamber });
        let guest = crate::events::invite(&head, &json!({ "id": event }), guest).await;
        let came = format!("/attendees/{}/attendance", guest["id"].as_str().unwrap());
        let came = crate::events::path(&json!({ "id": event }), &came);
        head.post_json(&came, json!({})).await.assert_status(200);
        let of_event = json!({ "kind": "event", "event_id": event });
        head.post_json("/api/v1/leads", lead_body(json!({ "source": of_event }))).await.assert_status(201);
        new_project(app, json!({ "source": of_event })).await;
        let source = json!({ "kind": "chamber", "chamber_id": chamber });
        let made = head.post_json("/api/v1/leads", lead_body(json!({ "source": source }))).await;
        let id = made.assert_status(201).json()["id"].as_str().unwrap().to_owned();
        crate::attributions::proposed(app, &creator, "450721", chamber).await;
        let visited = format!("/api/v1/leads/{}/follow-ups", first.get_or_insert(id));
        let follow_up = json!({ "kind": "call", "at": "2026-11-23T01:00:00Z", "content": "示例" });
        head.post_json(&visited, follow_up).await.assert_status(201);
        filing = refer(&head, app, &team, &filed).await;
        upload(&head, 1).await;
        let project = new_project(app, json!({ "source": source })).await;
        sign(app, &project, "2025-02-01").await;
        let application = json!({ "project_id": project["id"], "rule": "first_above_scale" });
        let application = creator.post_json("/api/v1/award-applications", application).await;
        let other = json!({ "project_id": project["id"], "rule": "enterprise_referral" });
        creator.post_json("/api/v1/award-applications", other).await.assert_status(201);
        let noticed = json!({ "project_id": project["id"], "rule": "job_agency" });
        let noticed =
            creator.post_json("/api/v1/award-applications", noticed).await.assert_status(201).json();
        put_up(app, noticed["id"].as_str().unwrap());
        award = application.assert_status(201).json()["id"].as_str().unwrap().to_owned();
        awarded = project["id"].as_str().unwrap().to_owned();
        let start = if number % 3 == 0 {
            json!({ "planned_on": "2025-05-06" })
        } else {
            json!({ "actual_on": "2025-05-06" })
        };
        report(app, &project, "construction_start", start).await.assert_status(200);
        let jobs = json!({ "new_jobs": 520, "above_scale": true });
        let etag = read(&head, &project).await.etag();
        head.put_json(&path(&project, "/employment/2025"), &etag, jobs).await.assert_status(200);
        let until = format!("20{}-12-31", 27 + number);
        let paper = [("valid_until", until.as_str()), ("document_number", "1"), ("document_name", "test")];
        app.signed_in(Role::BureauHead)
            .post_form("/policies/qinzhou-2023-2025/extension", &paper)
            .await
            .assert_status(303);
    }
    app.write(|conn| {
        let people = (leads::officer_id.eq(&officer.id), leads::leader_id.eq(&leader.id));
        let due = leads::next_follow_up_on.eq(yinfeng::clock::today().pred_opt());
        diesel::update(leads::table).set((people, due)).execute(conn)
    });
    app.settle();
    Ids {
        lead: first.unwrap(),
        chamber: own.to_string(),
        team,
        filed,
        filing,
        import: upload(&head, until).await,
        ledger: changes(&head).await,
        award,
        awarded,
        event,
        notice,
        crew,
        saved,
    }
}

/// Another member of the team, a filing of it for another lead, and one of another referrer for the same lead; the last.
async fn refer(head: &Client, app: &TestApp, team: &str, filed: &str) -> String {
    let of_team = |rest: &str| format!("/api/v1/referrers/{team}/{rest}");
    let member = json!({ "name": new_investor(), "is_payee": true, "public_employee": false });
    head.post_json(&of_team("members"), member).await.assert_status(201);
    let lead = app.new_lead(json!({})).await;
    let filing =
        |lead: &serde_json::Value| json!({ "lead_id": lead, "filed_on": "2024-03-04", "role": "leading" });
    head.post_json(&of_team("filings"), filing(&lead["id"])).await.assert_status(201);
    let other = new_referrer(app, json!({})).await;
    let path = format!("/api/v1/referrers/{}/filings", other["id"].as_str().unwrap());
    let made = head.post_json(&path, filing(&json!(filed))).await.assert_status(201).json();
    made["id"].as_str().unwrap().to_owned()
}

/// Puts an application up as if it had come so far.
fn put_up(app: &TestApp, application: &str) {
    use yinfeng::schema::award_applications::dsl::*;
    let today = Some(yinfeng::clock::today());
    app.write(|conn| {
        diesel::update(award_applications.find(application))
            .set((status.eq("in_notice"), notice_from.eq(today), notice_until.eq(today)))
            .execute(conn)
    });
}

/// An import that changes every project there is.
async fn changes(client: &Client) -> String {
    let page = client.get("/api/v1/projects?limit=200").await.assert_status(200).json();
    let mut ledger = "项目编号,项目名称,投资方,县区,预计就业\n".to_owned();
    for project in page["items"].as_array().unwrap() {
        let text = |name: &str| project[name].as_str().unwrap();
        ledger += &format!("{},{},{},灵山县,77\n", text("code"), text("title"), text("investor_name"));
    }
    let upload = client.upload("/api/v1/imports", &[("kind", "projects")], "ledger.csv", ledger.as_bytes());
    let import = upload.await.assert_status(201).json();
    assert_eq!(import["changed"], page["items"].as_array().unwrap().len());
    import["id"].as_str().unwrap().to_owned()
}

/// An import of so many new rows.
async fn upload(client: &Client, rows: usize) -> String {
    let line = |_| format!("示例项目,{},灵山县,其他,自主招商\n", new_investor());
    let ledger = format!("项目名称,投资方,县区,产业,来源\n{}", (0..rows).map(line).collect::<String>());
    let upload = client.upload("/api/v1/imports", &[("kind", "leads")], "ledger.csv", ledger.as_bytes());
    upload.await.assert_status(201).json()["id"].as_str().unwrap().to_owned()
}

/// The statements behind each look.
async fn looked(app: &TestApp, heard: &Heard, ids: &Ids) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (role, paths) in LOOKS {
        for path in *paths {
            let client = if path.starts_with("/api/") { app.token(*role) } else { app.signed_in(*role) };
            let here = path.replace("{lead}", &ids.lead).replace("{import}", &ids.import);
            let here = here.replace("{ledger}", &ids.ledger).replace("{award}", &ids.award);
            let here = here.replace("{awarded}", &ids.awarded).replace("{team}", &ids.team);
            let here = here.replace("{chamber}", &ids.chamber).replace("{event}", &ids.event);
            let here = here.replace("{notice}", &ids.notice).replace("{crew}", &ids.crew);
            let here = here.replace("{saved}", &ids.saved);
            let here = here.replace("{filed}", &ids.filed).replace("{filing}", &ids.filing);
            // The first look of a session is written down; the second is what a list costs, with nothing remembered.
            client.get(&here).await.assert_status(200);
            app.write(|conn| series::next(conn, "test"));
            heard.take();
            client.get(&here).await.assert_status(200);
            found.insert(format!("{path} as {role}"), heard.take());
        }
    }
    found
}

#[actix_web::test]
async fn no_list_asks_more_often_for_more_rows() {
    let app = TestApp::new().await;
    let heard = Heard::listen(&app);
    let few = fill(&app, 0, 3, None).await;
    let for_few = looked(&app, &heard, &few).await;
    let many = fill(&app, 3, 60, Some(few)).await;
    let for_many = looked(&app, &heard, &many).await;
    let mut grown = Vec::new();
    for (look, few) in &for_few {
        assert!(!few.is_empty(), "{look}: nothing was heard");
        let many = &for_many[look];
        if many.len() != few.len() {
            grown.push(format!(
                "{look}: {} for 3 rows, {} for 60\n  {}",
                few.len(),
                many.len(),
                many.join("\n  ")
            ));
        }
    }
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}
