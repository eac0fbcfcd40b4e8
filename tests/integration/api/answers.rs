//! Every operation once: what it answers is what the document says, field by field.

use super::contract::Contract;
use crate::support::leads::{lead_body, new_investor};
use crate::support::{Client, TestApp};
use actix_web::http::Method;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn every_operation_answers_as_the_document_says() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    leads(&app, &contract).await;
    moves(&app, &contract).await;
    merger(&app, &contract).await;
    what_others_see(&app, &contract).await;
    claims(&app, &contract).await;
    questions(&app, &contract).await;
    attributions(&app, &contract).await;
    super::projects::answers(&app, &contract).await;
    super::policies::answers(&app, &contract).await;
    super::attachments::answers(&app, &contract).await;
    awards(&app, &contract).await;
    super::award_applications::answers(&app, &contract).await;
    finding(&app, &contract).await;
    super::saved_searches::answers(&app, &contract).await;
    imports(&app, &contract).await;
    registers(&app, &contract).await;
    of_chambers(&app, &contract).await;
    evidence(&app, &contract).await;
    events(&app, &contract).await;
    super::notices::answers(&app, &contract).await;
    super::teams::answers(&app, &contract).await;
    filings(&app, &contract).await;
    accounts(&app, &contract).await;
    reference(&app, &contract).await;
    contract.assert_all_kept();
}

const LEADS: &str = "/api/v1/leads";
const LEAD: &str = "/api/v1/leads/{id}";

pub fn at(pattern: &str, id: &Value) -> String {
    pattern.replace("{id}", id.as_str().unwrap())
}

/// A lead with everything that one can have.
fn full(chamber: &str) -> Value {
    lead_body(json!({
        "uscc": null, "origin": "440300", "content": "一期两条线", "total_investment_fen": 1_500_000_000,
        "fixed_investment_fen": 900_000_000, "land_mu": 12.5, "factory_m2": 8000, "jobs": 300,
        "factor_needs": "蒸汽", "remark": "急", "next_follow_up_on": "2026-01-02", "priority": "key",
        "source": { "kind": "chamber", "chamber_id": chamber, "note": "年会" },
        "contact": { "post": "总经理", "other_phones": ["12000000009"], "email": "a@example.com", "wechat": "abc" },
    }))
}

async fn leads(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap().to_string();
    let body = full(&chamber);
    let made = contract.sent("POST", LEADS, 201, officer.post_json(LEADS, body.clone())).await;
    let lead = made.json();
    // The plainest lead has null where the other has something.
    contract.sent("POST", LEADS, 201, officer.post_json(LEADS, lead_body(json!({ "contact": null })))).await;
    contract.sent("POST", LEADS, 409, officer.post_json(LEADS, body)).await;
    let list = contract.sent("GET", LEADS, 200, officer.get("/api/v1/leads?count=true&limit=1")).await.json();
    assert_eq!((list["total"].clone(), list["items"].as_array().unwrap().len()), (json!(2), 1));
    contract.sent("GET", LEAD, 200, officer.get(&at(LEAD, &lead["id"]))).await;
    let patch = json!({ "jobs": 301, "contact": { "phone": "12000000010" }, "title": "示例改名" });
    let edit = officer.patch_json(&at(LEAD, &lead["id"]), &made.etag(), patch);
    contract.sent("PATCH", LEAD, 200, edit).await;
    let follow_ups = "/api/v1/leads/{id}/follow-ups";
    let call = contract.document()["paths"][follow_ups]["post"]["requestBody"]["content"]["application/json"]
        ["example"]
        .clone();
    let recorded = officer.post_json(&at(follow_ups, &lead["id"]), call);
    contract.sent("POST", follow_ups, 201, recorded).await;
    let list = officer.get(&format!("{}?count=true", at(follow_ups, &lead["id"])));
    let list = contract.sent("GET", follow_ups, 200, list).await.json();
    assert_eq!(list["total"], 1);
    let federation = app.token(Role::Federation).get(&at(follow_ups, &lead["id"]));
    contract.sent("GET", follow_ups, 403, federation).await;
    let disclosures = "/api/v1/leads/{id}/disclosures";
    for field in ["phone", "other_phones", "email", "wechat"] {
        let wanted = json!({ "field": field, "reason": "约访" });
        let head = app.token(Role::BureauHead);
        contract.sent("POST", disclosures, 200, head.post_json(&at(disclosures, &lead["id"]), wanted)).await;
    }
}

async fn moves(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({ "contact": { "phone": "12000000011" } })).await;
    let id = &lead["id"];
    let post = async |path: &str, body: Value| {
        contract.sent("POST", path, 200, officer.post_json(&at(path, id), body)).await.etag()
    };
    let delete = async |path: &str, query: &str, etag: &str| {
        let asked = officer.delete(&format!("{}{query}", at(path, id)), etag);
        contract.sent("DELETE", path, 200, asked).await;
    };
    let leader = app.person(Role::CountyLeader).username;
    post("/api/v1/leads/{id}/assignment", json!({ "leader": leader, "reason": "懂行" })).await;
    let stage = "/api/v1/leads/{id}/stage";
    post(stage, json!({ "to": "assessment" })).await;
    let early = officer.post_json(&at(stage, id), json!({ "to": "contract" }));
    contract.sent("POST", stage, 422, early).await;
    let hold = "/api/v1/leads/{id}/hold";
    let etag = post(hold, json!({ "reason": "等", "until": "2031-01-01" })).await;
    delete(hold, "?reason=ok", &etag).await;
    let closure = "/api/v1/leads/{id}/closure";
    let etag = post(closure, json!({ "kind": "land", "reason": "没地" })).await;
    contract.sent("POST", stage, 409, officer.post_json(&at(stage, id), json!({ "to": "new" }))).await;
    delete(closure, "?reason=ok", &etag).await;
    let etag = officer.get(&at(LEAD, id)).await.etag();
    let edit =
        officer.patch_json(&at(LEAD, id), &etag, json!({ "jobs": 5, "contact": { "phone": "12000000012" } }));
    let etag = edit.await.assert_status(200).etag();
    let timeline = "/api/v1/leads/{id}/timeline";
    let told = officer.get(&format!("{}?count=true", at(timeline, id)));
    let told = contract.sent("GET", timeline, 200, told).await.json();
    assert!(told["items"].as_array().unwrap().len() >= 7, "{told:#}");
    contract.sent("DELETE", LEAD, 204, officer.delete(&at(LEAD, id), &etag)).await;
    let restoration = "/api/v1/leads/{id}/restoration";
    contract.sent("POST", restoration, 200, officer.post(&at(restoration, id))).await;
}

/// Two registrations of one investor: what the one that stays and the one that went into it tell.
async fn merger(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let stays = app.new_lead(json!({ "registered_on": "2026-03-01" })).await;
    let double = json!({ "investor_name": stays["investor_name"], "registered_on": "2026-02-01", "duplicate_reason": "二期" });
    let double = app.new_lead(double).await;
    let call = json!({ "kind": "call", "at": "2025-11-20T08:00:00Z", "content": "问过" });
    officer.post_json(&at("/api/v1/leads/{id}/follow-ups", &double["id"]), call).await.assert_status(201);
    let merger = "/api/v1/leads/{id}/merger";
    let wanted = json!({ "into": stays["code"], "reason": "同一项目" });
    let merged = officer.post_json(&at(merger, &double["id"]), wanted.clone());
    let merged = contract.sent("POST", merger, 200, merged).await.json();
    assert_eq!(merged["merged_into"]["id"], stays["id"]);
    let stayed = contract.sent("GET", LEAD, 200, officer.get(&at(LEAD, &stays["id"]))).await.json();
    assert_eq!(stayed["first_report"]["lead"]["id"], double["id"]);
    contract.sent("POST", merger, 409, officer.post_json(&at(merger, &double["id"]), wanted)).await;
    let timeline = "/api/v1/leads/{id}/timeline";
    for (lead, field) in [(&stays, "from_lead"), (&double, "into")] {
        let told = contract.sent("GET", timeline, 200, officer.get(&at(timeline, &lead["id"]))).await.json();
        let items = told["items"].as_array().unwrap();
        let merger = items.iter().find(|item| item["kind"] == "merger").unwrap();
        assert!(merger["data"][field]["code"].is_string(), "{told:#}");
    }
    let list = officer.get("/api/v1/leads?status=merged");
    let list = contract.sent("GET", LEADS, 200, list).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list:#}");
}

/// An award to one and to several, and what is no award.
async fn awards(app: &TestApp, contract: &Contract) {
    let path = "/api/v1/awards/compute";
    let officer = app.token(Role::CountyOfficer);
    let ask = async |changes: Value, status: u16| {
        let mut body = contract.body("POST", path).unwrap().1;
        body["facts"].as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        contract.sent("POST", path, status, officer.post_json(path, body)).await.json()
    };
    assert_eq!(ask(json!({}), 200).await["payouts_fen"], json!([9_000_000, 6_000_000]));
    let one = json!([{ "share_bp": 10_000, "public_employee": false, "is_investor": false }]);
    assert_eq!(ask(json!({ "referrers": one }), 200).await.get("payouts_fen"), None);
    assert_eq!(ask(json!({ "filed_on": null }), 200).await["status"], "not_filed");
    ask(json!({ "signed_on": null }), 422).await;
    let path = "/api/v1/awards/estimates";
    let (_, robots) = contract.body("POST", path).unwrap();
    let estimate = contract.sent("POST", path, 200, officer.post_json(path, robots)).await.json();
    assert_eq!((&estimate["ceiling_fen"], &estimate["payable"]), (&json!(100_000_000), &json!(false)));
    let known = contract.sent("GET", path, 200, officer.get(&format!("{path}?count=true"))).await.json();
    assert_eq!(known["total"], 8, "{known:#}");
    let bare = officer.post_json(path, json!({ "kind": "technical_upgrade" }));
    contract.sent("POST", path, 422, bare).await;
}

/// Asked, read while it waits, answered, answered again; and the timeline with both.
async fn questions(app: &TestApp, contract: &Contract) {
    let (list, answer) = ("/api/v1/leads/{id}/questions", "/api/v1/leads/{id}/questions/{question}/answer");
    let (head, liaison) = (app.token(Role::BureauHead), app.token(Role::ChamberLiaison));
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let lead = app.new_lead(json!({ "source": { "kind": "chamber", "chamber_id": chamber } })).await;
    let path = at(list, &lead["id"]);
    let (_, body) = contract.body("POST", list).unwrap();
    let asked = contract.sent("POST", list, 201, head.post_json(&path, body.clone())).await.json();
    contract.sent("POST", list, 422, head.post_json(&path, json!({ "text": " " }))).await;
    let alone = app.new_lead(json!({})).await;
    contract.sent("POST", list, 409, head.post_json(&at(list, &alone["id"]), body)).await;
    contract.sent("GET", list, 200, head.get(&format!("{path}?count=true&sort=at"))).await;
    let way = at(answer, &lead["id"]).replace("{question}", asked["id"].as_str().unwrap());
    let (_, body) = contract.body("POST", answer).unwrap();
    contract.sent("POST", answer, 200, liaison.post_json(&way, body.clone())).await;
    contract.sent("POST", answer, 409, liaison.post_json(&way, body.clone())).await;
    contract.sent("POST", answer, 403, head.post_json(&way, body)).await;
    contract.sent("GET", list, 200, liaison.get(&path)).await;
    let timeline = "/api/v1/leads/{id}/timeline";
    contract.sent("GET", timeline, 200, liaison.get(&at(timeline, &lead["id"]))).await;
    for query in ["feedback=late", "question=waiting", "question=late"] {
        contract.sent("GET", LEADS, 200, head.get(&format!("{LEADS}?{query}"))).await;
    }
}

/// Decided by the bureau; proposed by a county, agreed to, decided, taken back; and each refused once.
async fn attributions(app: &TestApp, contract: &Contract) {
    let (list, one) = ("/api/v1/attribution-changes", "/api/v1/attribution-changes/{id}");
    let (of_lead, head) = ("/api/v1/leads/{id}/attribution", app.token(Role::BureauHead));
    let (county, liaison) = (app.token(Role::CountyOfficer), app.token(Role::ChamberLiaison));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let lead = app.new_lead(json!({})).await;
    let path = at(of_lead, &lead["id"]);
    let shared = head.post_json(&path, crate::attributions::halves(app));
    contract.sent("POST", of_lead, 201, shared).await;
    contract.sent("POST", of_lead, 422, head.post_json(&path, json!({ "shares": [], "reason": "x" }))).await;
    contract.sent("GET", of_lead, 200, head.get(&path)).await;
    let timeline = "/api/v1/leads/{id}/timeline";
    contract.sent("GET", timeline, 200, head.get(&at(timeline, &lead["id"]))).await;
    let mut waiting = Vec::new();
    for _ in 0..3 {
        waiting.push(crate::attributions::proposed(app, &county, "450721", &own).await["id"].clone());
    }
    contract.sent("GET", list, 200, liaison.get(&format!("{list}?count=true"))).await;
    contract.sent("GET", one, 200, county.get(&at(one, &waiting[0]))).await;
    let ends = [
        ("consent", &liaison, json!({ "agrees": false, "reason": "x" })),
        ("decision", &head, json!({ "decision": "accepted", "reason": "x" })),
        ("withdrawal", &county, json!({ "reason": "x" })),
    ];
    for ((rest, who, body), change) in ends.into_iter().zip(&waiting) {
        let pattern = format!("{one}/{rest}");
        let path = at(&pattern, change);
        contract.sent("POST", &pattern, 200, who.post_json(&path, body.clone())).await;
        contract.sent("POST", &pattern, 409, who.post_json(&path, body)).await;
    }
    contract.sent("GET", one, 200, head.get(&at(one, &waiting[1]))).await;
}

/// A year of a chamber: read, opened, confirmed, taken back; weights, and chambers side by side.
async fn evidence(app: &TestApp, contract: &Contract) {
    let one = "/api/v1/chambers/{id}/evidence";
    let (head, federation) = (app.token(Role::BureauHead), app.token(Role::Federation));
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let source = json!({ "kind": "chamber", "chamber_id": chamber });
    app.new_lead(json!({ "source": source, "registered_on": "2025-06-01" })).await;
    let (id, days) = (json!(chamber), "from=2025-01-01&to=2025-12-31");
    let way = |rest: &str| format!("{}{rest}?{days}", at(one, &id));
    contract.sent("GET", one, 200, head.get(&way(""))).await;
    contract
        .sent("GET", one, 400, head.get(&format!("{}?from=2025-02-01&to=2025-01-01", at(one, &id))))
        .await;
    let rows = format!("{one}/{{figure}}");
    contract.sent("GET", &rows, 200, head.get(&format!("{}&count=true", way("/leads")))).await;
    for kind in [".pdf", ".xlsx"] {
        contract.sent("GET", &format!("{one}{kind}"), 200, head.get(&way(kind))).await;
    }
    for (rest, ask) in [("confirmation", json!({})), ("revocation", json!({ "reason": "x" }))] {
        let pattern = format!("{one}/{rest}");
        let mut body = json!({ "from": "2025-01-01", "to": "2025-12-31" });
        body.as_object_mut().unwrap().extend(ask.as_object().unwrap().clone());
        let path = at(&pattern, &id);
        contract.sent("POST", &pattern, 200, federation.post_json(&path, body.clone())).await;
        contract.sent("GET", one, 200, head.get(&way(""))).await;
        contract.sent("POST", &pattern, 409, federation.post_json(&path, body)).await;
    }
    let (weights, compared) = ("/api/v1/chambers/weights", "/api/v1/chambers/comparison");
    let etag = contract.sent("GET", weights, 200, head.get(weights)).await.etag();
    let (_, body) = contract.body("PUT", weights).unwrap();
    contract.sent("PUT", weights, 200, head.put_json(weights, &etag, body.clone())).await;
    contract.sent("PUT", weights, 412, head.put_json(weights, &etag, body)).await;
    let listed = head.get(&format!("{compared}?{days}&sort=leads&count=true"));
    contract.sent("GET", compared, 200, listed).await;
}

/// The claim that `what_others_see` left, to the bureau and to who made it, before and after the answer.
async fn claims(app: &TestApp, contract: &Contract) {
    let (path, answer) = ("/api/v1/claims", "/api/v1/claims/{id}/answer");
    let (head, liaison) = (app.token(Role::BureauHead), app.token(Role::ChamberLiaison));
    let waiting = head.get("/api/v1/claims?state=waiting&count=true");
    let waiting = contract.sent("GET", path, 200, waiting).await.json();
    let claim = &waiting["items"][0];
    assert!(claim["answer"].is_null() && claim["chamber"].is_string(), "{waiting:#}");
    contract.sent("GET", path, 200, liaison.get(path)).await;
    let body = json!({ "decision": "handed_on", "text": "请继续联系。" });
    let given = head.post_json(&at(answer, &claim["id"]), body.clone());
    contract.sent("POST", answer, 200, given).await;
    contract.sent("POST", answer, 409, head.post_json(&at(answer, &claim["id"]), body)).await;
    let own = contract.sent("GET", path, 200, liaison.get("/api/v1/claims?state=answered")).await.json();
    assert_eq!(own["items"][0]["answer"]["decision"], "handed_on", "{own:#}");
    contract.sent("GET", path, 200, head.get("/api/v1/claims?state=answered")).await;
}

/// Roles that see less see the same shapes.
async fn what_others_see(app: &TestApp, contract: &Contract) {
    let reporter = app.token(Role::ChamberLiaison);
    let body = lead_body(json!({ "source": null }));
    let made = contract.sent("POST", LEADS, 201, reporter.post_json(LEADS, body.clone())).await.json();
    let again = contract.sent("POST", LEADS, 409, reporter.post_json(LEADS, body.clone())).await.json();
    assert!(again["duplicates"][0]["text"].is_string(), "{again}");
    let asked = format!("/api/v1/duplicates?investor_name={}", encoded(&body["investor_name"]));
    let known = contract.sent("GET", "/api/v1/duplicates", 200, reporter.get(&asked)).await.json();
    assert!(known["items"][0]["text"].is_string(), "{known}");
    // Of a lead that is not his chamber's he makes a later claim.
    let bureaus = app.new_lead(json!({})).await;
    let late = lead_body(json!({ "source": null, "investor_name": bureaus["investor_name"] }));
    contract.sent("POST", LEADS, 409, reporter.post_json(LEADS, late)).await;
    for role in
        [Role::ChamberLiaison, Role::Federation, Role::Auditor, Role::CountyLeader, Role::LeadingGroup]
    {
        let client = app.token(role);
        contract.sent("GET", LEADS, 200, client.get(LEADS)).await;
        contract.sent("GET", LEAD, 200, client.get(&at(LEAD, &made["id"]))).await;
        let timeline = "/api/v1/leads/{id}/timeline";
        contract.sent("GET", timeline, 200, client.get(&at(timeline, &made["id"]))).await;
    }
}

async fn finding(app: &TestApp, contract: &Contract) {
    app.settle();
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    app.settle();
    let found = officer.get("/api/v1/search?q=guangfu&facets=county,stage,leader");
    let found = contract.sent("GET", "/api/v1/search", 200, found).await.json();
    assert!(found["total"].as_u64().unwrap() > 0, "{found}");
    let liaison = app.token(Role::ChamberLiaison).get("/api/v1/search?q=guangfu");
    contract.sent("GET", "/api/v1/search", 200, liaison).await;
    let asked = format!("/api/v1/duplicates?investor_name={}", encoded(&lead["investor_name"]));
    let known = contract.sent("GET", "/api/v1/duplicates", 200, officer.get(&asked)).await.json();
    assert_eq!(known["items"][0]["lead_id"], lead["id"]);
}

fn encoded(text: &Value) -> String {
    let pair = serde_urlencoded::to_string([("", text.as_str().unwrap())]).unwrap();
    pair.trim_start_matches('=').to_owned()
}

async fn imports(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let (first, second) = (new_investor(), new_investor());
    let ledger = format!(
        "项目名称,投资方,县区,产业,来源,电话\n示例甲,{first},灵山县,其他,自主招商,12000000021\n\
         示例乙,{first},灵山县,其他,自主招商,\n示例丙,{second},北京市,其他,自主招商,\n"
    );
    let path = "/api/v1/imports";
    let upload = || officer.upload(path, &[("kind", "leads")], "ledger.csv", ledger.as_bytes());
    let discarded = contract.sent("POST", path, 201, upload()).await.json();
    let one = "/api/v1/imports/{id}";
    contract.sent("DELETE", one, 204, officer.request(Method::DELETE, &at(one, &discarded["id"]))).await;
    let import = contract.sent("POST", path, 201, upload()).await.json();
    let counts = [&import["new"], &import["duplicate"], &import["rejected"]];
    assert_eq!(counts, [&json!(1), &json!(1), &json!(1)], "{import}");
    contract.sent("GET", path, 200, officer.get(&format!("{path}?count=true&sort=created_at"))).await;
    contract.sent("GET", one, 200, officer.get(&at(one, &import["id"]))).await;
    let rows = "/api/v1/imports/{id}/rows";
    contract.sent("GET", rows, 200, officer.get(&at(rows, &import["id"]))).await;
    let rejected = "/api/v1/imports/{id}/rejected";
    contract.sent("GET", rejected, 200, officer.get(&at(rejected, &import["id"]))).await;
    let application = "/api/v1/imports/{id}/application";
    let accept = json!({ "accept_duplicates": "两期项目", "positions": [1] });
    let applied = officer.post_json(&at(application, &import["id"]), accept);
    contract.sent("POST", application, 200, applied).await;
    contract.sent("GET", rows, 200, officer.get(&at(rows, &import["id"]))).await;
    let again = officer.post(&at(application, &import["id"]));
    contract.sent("POST", application, 409, again).await;
    ledger_of_projects(app, contract).await;
    ledger_of_chambers(app, contract).await;
}

/// The same of projects: one that is there is changed, one comes, one is refused.
async fn ledger_of_projects(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let project = crate::projects::new_project(app, json!({})).await;
    let text = |name: &str| project[name].as_str().unwrap().to_owned();
    let ledger = format!(
        "项目编号,项目名称,投资方,县区,产业,预计就业\n{},{},{},灵山县,玩具,77\n\
         ,示例新项目,{},灵山县,玩具,\n,示例外地项目,{},北京市,玩具,\n",
        text("code"),
        text("title"),
        text("investor_name"),
        new_investor(),
        new_investor()
    );
    let path = "/api/v1/imports";
    let upload = officer.upload(path, &[("kind", "projects")], "ledger.csv", ledger.as_bytes());
    let import = contract.sent("POST", path, 201, upload).await.json();
    let counts = [&import["changed"], &import["new"], &import["rejected"]];
    assert_eq!(counts, [&json!(1), &json!(1), &json!(1)], "{import}");
    let (rows, application) = ("/api/v1/imports/{id}/rows", "/api/v1/imports/{id}/application");
    contract.sent("GET", rows, 200, officer.get(&at(rows, &import["id"]))).await;
    let applied = officer.post(&at(application, &import["id"]));
    let applied = contract.sent("POST", application, 200, applied).await.json();
    assert_eq!([&applied["updated"], &applied["imported"]], [&json!(1), &json!(1)]);
    contract.sent("GET", rows, 200, officer.get(&at(rows, &import["id"]))).await;
}

async fn registers(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    for (register, kind) in [("chambers", "other_city"), ("referrers", "enterprise")] {
        let all = format!("/api/v1/{register}");
        let one = format!("{all}/{{id}}");
        let add = async |extra: Value| {
            let mut body = json!({ "kind": kind, "name": format!("{}商会", new_investor()) });
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            let made = contract.sent("POST", &all, 201, officer.post_json(&all, body)).await;
            (made.json()["id"].clone(), made.etag())
        };
        let full =
            json!({ "region": "440300", "contact_person": "示例", "phone": "12000000031", "note": "注" });
        let (id, etag) = add(full).await;
        let (other, other_etag) = add(json!({})).await;
        contract.sent("GET", &all, 200, officer.get(&format!("{all}?count=true"))).await;
        contract.sent("GET", &one, 200, officer.get(&at(&one, &id))).await;
        let edit = officer.patch_json(&at(&one, &id), &etag, json!({ "note": "改" }));
        contract.sent("PATCH", &one, 200, edit).await;
        let disclosures = format!("{one}/disclosures");
        let wanted = json!({ "field": "phone", "reason": "约访" });
        contract.sent("POST", &disclosures, 200, officer.post_json(&at(&disclosures, &id), wanted)).await;
        contract.sent("DELETE", &one, 204, officer.delete(&at(&one, &other), &other_etag)).await;
        let merger = format!("{one}/merger");
        let (stays, _) = add(json!({})).await;
        let merged = officer.post_json(&at(&merger, &id), json!({ "into": stays }));
        contract.sent("POST", &merger, 200, merged).await;
    }
    // A county leader sees names only.
    contract
        .sent("GET", "/api/v1/referrers", 200, app.token(Role::CountyLeader).get("/api/v1/referrers"))
        .await;
}

/// The register comes in and goes out: one chamber comes, one is changed, one is refused.
async fn ledger_of_chambers(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    app.new_chamber("示例旧商会");
    let ledger = "商会名称,类型,所在地,会长,任职起\n示例旧商会,异地商会,,示例会长,2024-05-18\n示例新商会,本地商会,灵山县,,\n\
                  示例外地商会,本地商会,桃花源,,\n";
    let path = "/api/v1/imports";
    let upload = officer.upload(path, &[("kind", "chambers")], "chambers.csv", ledger.as_bytes());
    let import = contract.sent("POST", path, 201, upload).await.json();
    let counts = [&import["changed"], &import["new"], &import["rejected"]];
    assert_eq!(counts, [&json!(1), &json!(1), &json!(1)], "{import}");
    let (rows, application) = ("/api/v1/imports/{id}/rows", "/api/v1/imports/{id}/application");
    contract.sent("GET", rows, 200, officer.get(&at(rows, &import["id"]))).await;
    contract.sent("POST", application, 200, officer.post(&at(application, &import["id"]))).await;
    contract.sent("GET", rows, 200, officer.get(&at(rows, &import["id"]))).await;
    let export = "/api/v1/chambers/export";
    contract.sent("GET", export, 200, officer.get(&format!("{export}?reason=x&expiring=false"))).await;
}

/// What is entered of a chamber, townsmen, and recommendations to banks.
async fn of_chambers(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let chamber = json!(app.new_chamber("示例商会"));
    let all = "/api/v1/chambers/{id}/entries";
    for entry in [
        json!({ "kind": "officer", "word": "president", "name": "示例会长", "phone": "12000000031", "from_on": "2024-05-18",
            "to_on": "2029-05-17", "note": "注" }),
        json!({ "kind": "member", "word": "company", "name": "示例公司", "uscc": "91440300MACADR683J" }),
        json!({ "kind": "agreement", "word": "memorandum", "name": "备忘录", "party": "示例县", "from_on": "2024-05-18" }),
        json!({ "kind": "service_point", "name": "服务点", "region": "441900", "address": "示例路", "contact_person": "示例" }),
    ] {
        contract.sent("POST", all, 201, officer.post_json(&at(all, &chamber), entry)).await;
    }
    let listed = contract.sent("GET", all, 200, officer.get(&at(all, &chamber))).await.json();
    let one = "/api/v1/chambers/{id}/entries/{entry}";
    let path = at(one, &chamber).replace("{entry}", listed["items"][0]["id"].as_str().unwrap());
    let wanted = json!({ "field": "phone", "reason": "约访" });
    let told = officer.post_json(&format!("{path}/disclosures"), wanted);
    contract.sent("POST", &format!("{one}/disclosures"), 200, told).await;
    let edit = officer.patch_json(&path, "*", json!({ "to_on": "2026-01-01" }));
    let etag = contract.sent("PATCH", one, 200, edit).await.etag();
    contract.sent("DELETE", one, 204, officer.delete(&path, &etag)).await;
    let all = crate::townsmen::PATH;
    let one = "/api/v1/townsmen/{id}";
    let townsman = crate::townsmen::body(json!({ "chamber_id": chamber }));
    let made = contract.sent("POST", all, 201, officer.post_json(all, townsman)).await;
    let (id, etag) = (made.json()["id"].clone(), made.etag());
    contract.sent("GET", all, 200, officer.get(&format!("{all}?count=true"))).await;
    contract.sent("GET", one, 200, officer.get(&at(one, &id))).await;
    contract
        .sent("PATCH", one, 200, officer.patch_json(&at(one, &id), &etag, json!({ "post": "顾问" })))
        .await;
    let review = "/api/v1/townsmen/{id}/review";
    contract.sent("POST", review, 200, officer.post_json(&at(review, &id), json!({}))).await;
    let removal = "/api/v1/townsmen/{id}/removal";
    let asked = officer.post_json(&at(removal, &id), json!({ "reason": "本人要求" }));
    contract.sent("POST", removal, 204, asked).await;
    let all = crate::recommendations::PATH;
    let one = "/api/v1/recommendations/{id}";
    let body = |more: Value| officer.post_json(all, crate::recommendations::body(more));
    let full = json!({ "chamber_id": chamber, "uscc": "91440300MACADR683J", "credit": "good", "sent_on": "2026-03-02",
        "result": "granted", "result_on": "2026-04-20", "note": "注" });
    let sent = contract.sent("POST", all, 201, body(full)).await;
    contract.sent("GET", all, 200, officer.get(&format!("{all}?count=true"))).await;
    let path = at(one, &sent.json()["id"]);
    contract.sent("GET", one, 200, officer.get(&path)).await;
    let edit = officer.patch_json(&path, &sent.etag(), json!({ "note": "改" }));
    let etag = contract.sent("PATCH", one, 200, edit).await.etag();
    contract.sent("DELETE", one, 409, officer.delete(&path, &etag)).await;
    let noted = contract.sent("POST", all, 201, body(json!({}))).await;
    let path = at(one, &noted.json()["id"]);
    contract.sent("DELETE", one, 204, officer.delete(&path, &noted.etag())).await;
}

/// An event, who was to come and came, and what came of it.
async fn events(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let chamber = app.new_chamber("示例合办商会");
    let all = crate::events::PATH;
    let one = "/api/v1/events/{id}";
    let full =
        json!({ "host_chamber_id": chamber, "status": "held", "cost_fen": 3_600_000, "outcome": "成效" });
    let made = contract.sent("POST", all, 201, officer.post_json(all, crate::events::body(full))).await;
    let (id, etag) = (made.json()["id"].clone(), made.etag());
    app.new_lead(json!({ "source": { "kind": "event", "event_id": id } })).await;
    contract.sent("GET", all, 200, officer.get(&format!("{all}?count=true"))).await;
    contract.sent("GET", one, 200, officer.get(&at(one, &id))).await;
    let liaison = app.token(Role::ChamberLiaison);
    contract.sent("GET", one, 200, liaison.get(&at(one, &id))).await;
    let cancelled = json!({ "status": "cancelled", "cancellation_reason": "台风", "county": null });
    contract.sent("POST", all, 201, officer.post_json(all, crate::events::body(cancelled))).await;
    let listed = "/api/v1/events/{id}/attendees";
    let member = json!({ "name": "示例经理", "company": "示例公司", "post": "经理", "chamber_id": chamber });
    let sent = contract.sent("POST", listed, 201, officer.post_json(&at(listed, &id), member)).await.json();
    contract.sent("GET", listed, 200, officer.get(&format!("{}?count=true", at(listed, &id)))).await;
    let row = "/api/v1/events/{id}/attendees/{attendee}";
    let path = at(row, &id).replace("{attendee}", sent["id"].as_str().unwrap());
    let came = format!("{row}/attendance");
    let mark = officer.post_json(&format!("{path}/attendance"), json!({}));
    contract.sent("POST", &came, 200, mark).await;
    contract.sent("DELETE", row, 409, officer.delete(&path, &etag)).await;
    contract.sent("DELETE", &came, 200, officer.delete(&format!("{path}/attendance"), &etag)).await;
    contract.sent("DELETE", row, 204, officer.delete(&path, &etag)).await;
    let key = "/api/v1/events/{id}/check-in-key";
    contract.sent("POST", key, 200, officer.post_json(&at(key, &id), json!({}))).await;
    let edit = officer.patch_json(&at(one, &id), "*", json!({ "outcome": "改" }));
    let etag = contract.sent("PATCH", one, 200, edit).await.etag();
    contract.sent("DELETE", one, 409, officer.delete(&at(one, &id), &etag)).await;
    let other = crate::events::new_event(app, json!({})).await["id"].clone();
    contract.sent("DELETE", one, 204, officer.delete(&at(one, &other), "\"1\"")).await;
}

/// A team with a member, what it is filed for, and how the award is shared.
async fn filings(app: &TestApp, contract: &Contract) {
    use crate::filings::{file, new_referrer};
    let officer = app.token(Role::BureauOfficer);
    let full = json!({
        "kind": "team", "identity_number": "11010519491231002X", "declared_on": "2024-03-01",
        "user_id": app.person(Role::ChamberLiaison).username, "agreement_number": "1", "agreement_from": "2024-01-01",
        "agreement_to": "2025-01-01",
    });
    let team = new_referrer(app, full).await;
    let members = "/api/v1/referrers/{id}/members";
    let member = json!({ "name": "示例成员", "is_payee": true, "joined_on": "2024-01-01",
        "identity_kind": "taiwan_permit", "identity_number": "12345678" });
    let made =
        contract.sent("POST", members, 201, officer.post_json(&at(members, &team["id"]), member)).await;
    let one = "/api/v1/referrers/{id}/members/{member}";
    let path = at(one, &team["id"]).replace("{member}", made.json()["id"].as_str().unwrap());
    let left = officer.patch_json(&path, &made.etag(), json!({ "left_on": "2024-08-01" }));
    contract.sent("PATCH", one, 200, left).await;
    let reveal = "/api/v1/referrers/{id}/members/{member}/disclosures";
    let wanted = json!({ "field": "identity_number", "reason": "核对" });
    let told = officer.post_json(&format!("{path}/disclosures"), wanted);
    contract.sent("POST", reveal, 200, told).await;
    contract.sent("GET", members, 200, officer.get(&at(members, &team["id"]))).await;
    let project = crate::projects::new_project(app, json!({})).await;
    let of = "/api/v1/referrers/{id}/filings";
    let entry = json!({ "project_id": project["id"], "filed_on": "2024-03-04", "role": "leading", "statement": "陪同" });
    let filing =
        contract.sent("POST", of, 201, officer.post_json(&at(of, &team["id"]), entry.clone())).await.json();
    contract.sent("POST", of, 409, officer.post_json(&at(of, &team["id"]), entry)).await;
    contract.sent("GET", of, 200, officer.get(&at(of, &team["id"]))).await;
    contract.sent("GET", of, 200, app.token(Role::Auditor).get(&at(of, &team["id"]))).await;
    let read = "/api/v1/filings/{id}";
    contract.sent("GET", read, 200, officer.get(&at(read, &filing["id"]))).await;
    let confirmations = "/api/v1/filings/{id}/confirmations";
    let said = json!({ "party": "investor", "decision": "confirmed", "reason": "见函" });
    let said = officer.post_json(&at(confirmations, &filing["id"]), said);
    contract.sent("POST", confirmations, 200, said).await;
    let shares = "/api/v1/projects/{id}/referral-shares";
    let known = contract.sent("GET", shares, 200, officer.get(&at(shares, &project["id"]))).await;
    let parts =
        json!({ "agreed_on": "2024-05-10", "shares": [{ "referrer_id": team["code"], "share_bp": 10_000 }] });
    let put = officer.put_json(&at(shares, &project["id"]), &known.etag(), parts);
    contract.sent("PUT", shares, 200, put).await;
    let other = new_referrer(app, json!({})).await;
    let lead = app.new_lead(json!({})).await;
    let filing = file(&officer, &other, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    let withdrawal = "/api/v1/filings/{id}/withdrawal";
    let withdrawn = officer.post_json(&at(withdrawal, &filing["id"]), json!({ "reason": "退出" }));
    contract.sent("POST", withdrawal, 200, withdrawn).await;
}

async fn accounts(app: &TestApp, contract: &Contract) {
    let admin = app.token(Role::Admin);
    for role in Role::ALL {
        contract.sent("GET", "/api/v1/me", 200, app.token(*role).get("/api/v1/me")).await;
    }
    let (users, user) = ("/api/v1/users", "/api/v1/users/{id}");
    let body = json!({ "username": "shili", "display_name": "示例", "role": "auditor", "phone": "12000000041", "email": "b@example.com" });
    let made = contract.sent("POST", users, 201, admin.post_json(users, body)).await;
    let id = &made.json()["id"];
    let chosen = json!({ "username": "shili2", "display_name": "示例", "role": "auditor", "password": "Another horse 2" });
    contract.sent("POST", users, 201, admin.post_json(users, chosen)).await;
    contract.sent("GET", users, 200, admin.get("/api/v1/users?count=true")).await;
    contract.sent("GET", user, 200, admin.get(&at(user, id))).await;
    let edit = admin.patch_json(&at(user, id), &made.etag(), json!({ "display_name": "示例二" }));
    contract.sent("PATCH", user, 200, edit).await;
    let reset = "/api/v1/users/{id}/password-reset";
    contract.sent("POST", reset, 200, admin.post(&at(reset, id))).await;
    let (tokens, token) = ("/api/v1/tokens", "/api/v1/tokens/{id}");
    let made =
        contract.sent("POST", tokens, 201, admin.post_json(tokens, json!({ "name": "test" }))).await.json();
    contract.sent("GET", tokens, 200, admin.get(&format!("{tokens}?count=true"))).await;
    contract.sent("DELETE", token, 204, admin.request(Method::DELETE, &at(token, &made["id"]))).await;
    let trail = "/api/v1/audit";
    for role in [Role::Admin, Role::Auditor] {
        contract.sent("GET", trail, 200, app.token(role).get("/api/v1/audit?limit=200&count=true")).await;
    }
}

async fn reference(app: &TestApp, contract: &Contract) {
    let anybody: Client = app.token(Role::LeadingGroup);
    for path in ["/api/v1/regions", "/api/v1/parks", "/api/v1/industries", "/api/v1/units"] {
        contract.sent("GET", path, 200, anybody.get(&format!("{path}?count=true&limit=200"))).await;
    }
    contract.sent("GET", "/api/v1/openapi.json", 200, app.anonymous().get("/api/v1/openapi.json")).await;
}
