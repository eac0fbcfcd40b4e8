//! What a liaison is shown: with two chambers and random leads, questions, claims, follow-ups, papers, filings,
//! projects, applications for awards, notices and members who come to events, no answer to a request of his, whichever
//! route it takes and whatever id stands in it, holds a word of the other chamber's.

use crate::events::{invite, new_event};
use crate::filings::{file, new_referrer};
use crate::projects::new_project;
use crate::support::leads::{lead_body, new_investor};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yinfeng::accounts::{Role, User};
use yinfeng::db::Id;
use yinfeng::routes::ROUTES;
use yinfeng::schema::{award_applications, leads};

/// In every text of one chamber's records; nobody types it.
const MARKS: [&str; 2] = ["甲密语", "乙密语"];

/// What happened to a lead.
#[derive(Debug, Clone)]
struct Sketch {
    /// Of one of the two, or of none.
    chamber: Option<usize>,
    /// Asked, and if so answered.
    asked: Option<bool>,
    /// Its answer is late.
    is_late: bool,
    /// The other chamber reports it, too.
    is_claimed: bool,
    is_filed: bool,
    is_project: bool,
    is_followed_up: bool,
    /// The other chamber has a part of its credit, or is to have one.
    shared: Option<bool>,
    /// Members of the chamber are signed up for an event, which came of nobody's lead; one of them came.
    is_expected: bool,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let flags = || prop::bool::ANY;
    (
        prop::option::weighted(0.8, 0..2_usize),
        prop::option::of(flags()),
        (flags(), flags(), flags(), flags(), flags(), flags()),
        prop::option::of(flags()),
    )
        .prop_map(|(chamber, asked, flags, shared)| {
            let (is_late, is_claimed, is_filed, is_project, is_followed_up, is_expected) = flags;
            Sketch {
                chamber,
                asked,
                is_late,
                is_claimed,
                is_filed,
                is_project,
                is_followed_up,
                shared,
                is_expected,
            }
        })
}

/// Ids by the resource that stands in a route, and investors by chamber.
#[derive(Default)]
struct World {
    ids: BTreeMap<&'static str, Vec<String>>,
    questions: Vec<String>,
    attendees: Vec<String>,
    investors: [Vec<String>; 2],
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}

async fn made(client: &Client, path: &str, body: Value) -> Value {
    client.post_json(path, body).await.assert_status(201).json()
}

async fn build(app: &TestApp, chambers: &[Id; 2], liaisons: &[User; 2], sketches: &[Sketch]) -> World {
    let (head, county) = (app.token(Role::BureauHead), app.token(Role::CountyOfficer));
    let own = [0, 1].map(|number: usize| app.program_of(&liaisons[number]));
    let mut world = World::default();
    let mut keep = |resource, id: String| world.ids.entry(resource).or_default().push(id);
    for chamber in chambers {
        keep("chambers", chamber.to_string());
    }
    for number in 0..2 {
        let mark = MARKS[number];
        let body = json!({
            "title": format!("{mark}通知"), "text": format!("{mark}内容"), "audience": "chosen", "chambers": [chambers[number]],
        });
        let notice = id(&made(&head, crate::notices::PATH, body).await);
        let paper = head.upload(
            "/api/v1/attachments",
            &[("owner_kind", "notice"), ("owner_id", &notice), ("kind", "other")],
            &format!("{mark}通知.pdf"),
            b"%PDF-1.7\n%%EOF\n",
        );
        keep("attachments", id(&paper.await.assert_status(201).json()));
        keep("notices", notice);
    }
    let to_both = json!({ "title": "两家通知", "text": "内容", "audience": "chosen", "chambers": chambers });
    keep("notices", id(&made(&head, crate::notices::PATH, to_both).await));
    for sketch in sketches {
        let mark = sketch.chamber.map_or("市局自有", |number| MARKS[number]);
        // Who claims types the investor's name: that one tells of nobody.
        let claimed_by = sketch.chamber.filter(|_| sketch.is_claimed).map(|number| 1 - number);
        let investor =
            if claimed_by.is_some() { new_investor() } else { format!("{mark}{}", new_investor()) };
        let source = match sketch.chamber {
            Some(number) => {
                json!({ "kind": "chamber", "chamber_id": chambers[number], "note": format!("{mark}年会") })
            }
            None => json!({ "kind": "self" }),
        };
        let contact = json!({ "name": format!("{mark}联系人"), "phone": "12000000001" });
        let body = json!({
            "title": format!("{mark}项目"), "investor_name": investor, "source": source,
            "content": format!("{mark}内容"), "remark": format!("{mark}备注"), "contact": contact,
        });
        let lead = made(&head, "/api/v1/leads", lead_body(body)).await;
        let lead_id = id(&lead);
        let path = format!("/api/v1/leads/{lead_id}");
        keep("leads", lead_id.clone());
        let paper = head.upload(
            "/api/v1/attachments",
            &[("owner_kind", "lead"), ("owner_id", &lead_id), ("kind", "other")],
            &format!("{mark}.pdf"),
            b"%PDF-1.7\n%%EOF\n",
        );
        keep("attachments", id(&paper.await.assert_status(201).json()));
        if sketch.is_late {
            let at = yinfeng::clock::now() - chrono::Duration::days(30);
            let row = leads::table.find(lead_id.clone());
            app.write(|conn| diesel::update(row).set(leads::received_at.eq(at)).execute(conn));
        }
        if let Some(number) = sketch.chamber {
            if let Some(is_answered) = sketch.asked {
                let questions = format!("{path}/questions");
                let asked = made(&head, &questions, json!({ "text": format!("{mark}问题") })).await;
                world.questions.push(id(&asked));
                if is_answered {
                    let way = format!("{questions}/{}/answer", id(&asked));
                    let body = json!({ "text": format!("{mark}答复") });
                    own[number].post_json(&way, body).await.assert_status(200);
                }
            }
            if sketch.is_followed_up {
                let now = yinfeng::clock::rfc3339::format(yinfeng::clock::now());
                let call = json!({ "kind": "call", "at": now, "content": format!("{mark}跟进") });
                made(&own[number], &format!("{path}/follow-ups"), call).await;
            }
            if let Some(is_decided) = sketch.shared {
                let part = |number: usize| json!({ "chamber_id": chambers[number], "share_bp": 5_000 });
                let body = json!({ "shares": [part(number), part(1 - number)], "reason": "共同引荐" });
                let who = if is_decided { &head } else { &county };
                keep("attribution-changes", id(&made(who, &format!("{path}/attribution"), body).await));
            }
            if claimed_by.is_none() {
                world.investors[number].push(investor.clone());
            }
        }
        if let Some(other) = claimed_by {
            let theirs = MARKS[other];
            let report = lead_body(json!({
                "title": format!("{theirs}后报"), "investor_name": investor, "source": null,
                "content": format!("{theirs}后报内容"), "contact": { "name": format!("{theirs}联系人") },
            }));
            own[other].post_json("/api/v1/leads", report).await.assert_status(409);
        }
        if sketch.is_filed {
            let referrer = new_referrer(app, json!({ "name": format!("{mark}引荐人") })).await;
            let filed = file(&head, &referrer, json!({ "lead_id": lead_id })).await.assert_status(201).json();
            keep("referrers", id(&referrer));
            keep("filings", id(&filed));
        }
        if sketch.is_expected {
            let event = new_event(app, json!({ "outcome": format!("{mark}成效") })).await;
            for name in ["会员", "来宾"] {
                let member = json!({ "name": format!("{mark}{name}"), "company": format!("{mark}公司"),
                    "post": format!("{mark}职务"), "chamber_id": sketch.chamber.map(|number| &chambers[number]) });
                let listed = invite(&head, &event, member).await;
                world.attendees.push(id(&listed));
            }
            let came = format!("/attendees/{}/attendance", world.attendees.last().unwrap());
            head.post_json(&crate::events::path(&event, &came), json!({})).await.assert_status(200);
            keep("events", id(&event));
        }
        if sketch.is_project {
            let body = json!({ "title": format!("{mark}落地项目"), "source": source });
            let project = new_project(app, body).await;
            // An application of it, submitted, that pays somebody of the chamber's.
            let payee = new_referrer(app, json!({ "name": format!("{mark}领取人") })).await;
            let county = app.token(Role::CountyOfficer);
            let draft = json!({ "project_id": project["id"], "rule": "referral",
                "payees": [{ "referrer_id": payee["id"], "share_bp": 10_000 }] });
            let bureau = app.token(Role::BureauOfficer);
            let etag = bureau.get(&format!("/api/v1/referrers/{}", id(&payee))).await.etag();
            let home = json!({ "region": "450721" });
            bureau
                .patch_json(&format!("/api/v1/referrers/{}", id(&payee)), &etag, home)
                .await
                .assert_status(200);
            let application = made(&county, "/api/v1/award-applications", draft).await;
            let submitted = award_applications::submitted_at.eq(Some(yinfeng::clock::now()));
            let row = award_applications::table.find(id(&application));
            app.write(|conn| {
                diesel::update(row).set((award_applications::status.eq("submitted"), submitted)).execute(conn)
            });
            keep("award-applications", id(&application));
            keep("projects", id(&project));
        }
    }
    let claims = head.get("/api/v1/claims?limit=200").await.assert_status(200).json();
    world.ids.insert("claims", claims["items"].as_array().unwrap().iter().map(id).collect());
    app.settle();
    world
}

/// Every address that can be read, with every id that can stand in it.
fn addresses(world: &World) -> Vec<String> {
    let mut paths = Vec::new();
    for (_, route) in ROUTES.iter().filter(|(method, _)| *method == "GET") {
        let resource = route.trim_start_matches("/api/v1").split('/').nth(1).unwrap_or_default();
        let nothing = vec![Id::generate().to_string()];
        let ids = world.ids.get(resource).unwrap_or(&nothing);
        let ids = if route.contains("{id}") { ids } else { &nothing };
        let asked = if route.contains("{question}") { &world.questions } else { &nothing };
        let expected = if route.contains("{attendee}") { &world.attendees } else { &nothing };
        for id in ids {
            for (question, attendee) in
                asked.iter().flat_map(|one| expected.iter().map(move |two| (one, two)))
            {
                let path = route.replace("{id}", id).replace("{question}", question);
                let path = path.replace("{name:.*}", "yinfeng.css").replace("{secret}", "none");
                let path = path.replace("{kind}", "production").replace("{member}", question);
                let path = path.replace("{attendee}", attendee);
                let path = path.replace("{entry}", question).replace("{trip}", question);
                let path = path.replace("{paper}", "application_form").replace("{year}", "2024");
                let path = path.replace("{figure}", "leads");
                paths.push(path.replace("{code}", "qinzhou-2023-2025"));
            }
        }
    }
    for query in ["feedback=late", "question=waiting", "question=late", "updated=recently", "status=active"] {
        paths.push(format!("/leads?{query}"));
        paths.push(format!("/api/v1/leads?count=true&{query}"));
    }
    // Words that stand beside the marks: who finds another's record by them sees a mark.
    for word in ["密语", "项目", "内容", "联系人", "跟进", "后报"] {
        paths.push(format!("/search?q={word}"));
        paths.push(format!("/search/suggestions?q={word}"));
        paths.push(format!("/leads?q={word}"));
        paths.push(format!("/events?q={word}"));
        for kind in ["lead", "project", "company", "referrer", "chamber", "all"] {
            paths.push(format!("/api/v1/search?q={word}&type={kind}&limit=100&facets=county,stage"));
        }
    }
    paths
}

#[actix_web::test]
async fn no_answer_holds_a_word_of_the_other_chambers() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    for _ in 0..2 {
        let sketches = prop::collection::vec(sketch(), 6).new_tree(&mut runner).unwrap().current();
        let app = TestApp::new().await;
        let chambers = MARKS.map(|mark| app.new_chamber(&format!("{mark}商会")));
        let liaisons =
            [0, 1].map(|number: usize| app.user(Role::ChamberLiaison).chamber(&chambers[number]).insert());
        let world = build(&app, &chambers, &liaisons, &sketches).await;
        let paths = addresses(&world);
        for number in 0..2 {
            let (own, other) = (MARKS[number], MARKS[1 - number]);
            let (browser, program) = (app.browser_of(&liaisons[number]), app.program_of(&liaisons[number]));
            let mut saw_own = false;
            for path in &paths {
                let client = if path.starts_with("/api/") { &program } else { &browser };
                let text = client.get(&encoded(path)).await.text();
                assert!(!text.contains(other), "{own} {path}: {sketches:#?}\n{text}");
                saw_own |= text.contains(own);
            }
            let has_own = sketches.iter().any(|sketch| sketch.chamber == Some(number));
            assert!(saw_own || !has_own, "{own}: his own is shown");
            for investor in world.investors[1 - number].iter().take(3) {
                let path = format!("/api/v1/duplicates?investor_name={investor}");
                let told = program.get(&encoded(&path)).await.assert_status(200).text();
                assert!(
                    !told.contains(other) && !told.contains(&*chambers[1 - number].to_string()),
                    "{told}"
                );
            }
        }
    }
}

/// The address with its Han characters as bytes.
fn encoded(path: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(byte).collect()
}
