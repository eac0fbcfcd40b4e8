//! Applications for awards through HTTP, from draft to archive.

mod archive;
mod county_cap;
mod drafting;
mod forbidden;
mod frozen;
mod killed;
mod overlap;
mod overview;
mod pages;
mod papers;
mod scope;
mod stopped;
mod submitting;
mod warnings;
mod way;
mod what_if;

use crate::projects::{new_project, paper, path as project_path, report, sign};
use crate::support::{Client, Response, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::{Role, User};
use yinfeng::clock;
use yinfeng::db::Id;
use yinfeng::schema::{award_applications, filing_confirmations, filings, referrers};

pub const LIST: &str = "/api/v1/award-applications";

/// Everybody whom an application passes: two officers of the county, as nobody takes two duties.
pub struct People {
    pub creator: Client,
    pub county: Client,
    pub bureau: Client,
    pub head: Client,
    pub finance: Client,
}

pub fn people(app: &TestApp) -> People {
    People {
        creator: app.token(Role::CountyOfficer),
        county: app.user(Role::CountyOfficer).token(),
        bureau: app.token(Role::BureauOfficer),
        head: app.token(Role::BureauHead),
        finance: app.token(Role::FinanceReviewer),
    }
}

/// A project of 450721 that has landed: a formal contract of 2023 with its plan, registered and started, verified.
pub async fn landed(app: &TestApp, changes: Value) -> Value {
    let project = new_project(app, changes).await;
    sign(app, &project, "2023-06-01").await;
    for (kind, evidence) in
        [("company_registered", "business_licence"), ("construction_start", "construction_permit")]
    {
        reach(app, &project, kind, evidence, "2023-09-01").await;
    }
    project
}

/// Reports a milestone and has it verified.
pub async fn reach(app: &TestApp, project: &Value, kind: &str, evidence: &str, on: &str) {
    let body = json!({ "actual_on": on, "evidence": [paper(app, project, evidence)] });
    report(app, project, kind, body).await.assert_status(200);
    let verification = project_path(project, &format!("/milestones/{kind}/verification"));
    app.token(Role::BureauHead)
        .post_json(&verification, json!({ "decision": "accepted" }))
        .await
        .assert_status(200);
}

/// A referrer of the register who declared that nobody of it is a public employee.
pub fn referrer(app: &TestApp, name: &str) -> Id {
    let id = app.new_referrer(name);
    app.write(|conn| {
        diesel::update(referrers::table.find(&id))
            .set(referrers::public_employee.eq(Some(false)))
            .execute(conn)
    });
    id
}

/// Files a referral in a leading role and has all three confirm it, past the application. `confirmer`: for the bureau.
pub fn file(app: &TestApp, project: &Value, referrer: &Id, filed_on: &str, confirmer: &User) {
    let (id, now) = (Id::generate(), clock::now());
    let by = &confirmer.id;
    let row = (
        filings::id.eq(&id),
        filings::code.eq(format!("T-{id}")),
        filings::referrer_id.eq(referrer),
        filings::project_id.eq(Some(project["id"].as_str().unwrap())),
        filings::role.eq("leading"),
        filings::filed_on.eq(filed_on.parse::<chrono::NaiveDate>().unwrap()),
        filings::received_at.eq(now),
        filings::filed_by.eq(by),
        filings::version.eq(1_i64),
        filings::created_at.eq(now),
        filings::updated_at.eq(now),
    );
    app.write(|conn| {
        diesel::insert_into(filings::table).values(row).execute(conn)?;
        for party in ["investor", "county", "bureau"] {
            diesel::insert_into(filing_confirmations::table)
                .values((
                    filing_confirmations::filing_id.eq(&id),
                    filing_confirmations::party.eq(party),
                    filing_confirmations::decision.eq("confirmed"),
                    filing_confirmations::by_user.eq(by),
                    filing_confirmations::at.eq(now),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
}

/// A landed project with a referrer who filed before the signing, confirmed by somebody who has no other part.
pub async fn referred(app: &TestApp) -> (Value, Id) {
    let project = landed(app, json!({})).await;
    let referrer = referrer(app, &format!("示例引荐 {}", Id::generate()));
    file(app, &project, &referrer, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    (project, referrer)
}

pub fn body(project: &Value, referrer: &Id) -> Value {
    json!({ "project_id": project["id"], "rule": "referral",
        "payees": [{ "referrer_id": referrer, "share_bp": 10_000 }] })
}

/// A draft for a referral whose facts are all there.
pub async fn draft(app: &TestApp) -> Value {
    let (project, referrer) = referred(app).await;
    app.token(Role::CountyOfficer).post_json(LIST, body(&project, &referrer)).await.assert_status(201).json()
}

pub fn path(application: &Value, rest: &str) -> String {
    format!("{LIST}/{}{rest}", application["id"].as_str().unwrap())
}

/// Takes a step.
pub async fn step(client: &Client, application: &Value, to: &str) -> Response {
    let body = match to {
        "returned" | "refused" | "objected" | "recovered" => json!({ "to": to, "reason": "示例理由" }),
        "paid" => json!({ "to": to, "voucher": "PZ-示例-1" }),
        _ => json!({ "to": to }),
    };
    client.post_json(&path(application, "/transitions"), body).await
}

/// Splits the money by treasury.
pub async fn fund(people: &People, application: &Value) {
    let etag = people.finance.get(&path(application, "")).await.assert_status(200).etag();
    let parts =
        json!({ "parts": [{ "level": "county", "share_bp": 6667 }, { "level": "city", "share_bp": 3333 }] });
    people.finance.put_json(&path(application, "/funding"), &etag, parts).await.assert_status(200);
}

/// Takes the steps up to and with this one, the notice put up long enough ago.
pub async fn walk(app: &TestApp, people: &People, application: &Value, until: &str) {
    for (who, to) in [
        (&people.creator, "submitted"),
        (&people.county, "county_reviewed"),
        (&people.bureau, "bureau_reviewed"),
        (&people.finance, "finance_reviewed"),
        (&people.bureau, "in_notice"),
        (&people.head, "approved"),
        (&people.finance, "paid"),
        (&people.bureau, "archived"),
    ] {
        if to == "approved" {
            end_notice(app, application);
        }
        if to == "paid" {
            fund(people, application).await;
        }
        step(who, application, to).await.assert_status(200);
        if to == until {
            return;
        }
    }
    panic!("{until} is no step of the way");
}

/// Moves the notice back so that it ended yesterday.
pub fn end_notice(app: &TestApp, application: &Value) {
    let yesterday = clock::today().pred_opt();
    app.write(|conn| {
        diesel::update(award_applications::table.find(application["id"].as_str().unwrap()))
            .set(award_applications::notice_until.eq(yesterday))
            .execute(conn)
    });
}

pub async fn read(client: &Client, application: &Value) -> Value {
    client.get(&path(application, "")).await.assert_status(200).json()
}
