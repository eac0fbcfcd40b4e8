//! A server that is killed while applications take steps: each stands where its history and the trail say, and every step
//! that was acknowledged is there.

use super::LIST;
use crate::support::leads::new_investor;
use crate::support::program::{Program, Server};
use diesel::prelude::*;
use reqwest::blocking::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use yinfeng::db::AnyConn;
use yinfeng::error::AppError;
use yinfeng::schema::{audit_entries, award_applications, award_payees, award_transitions};

const WRITERS: usize = 3;

/// Who submits and who returns: of one county, as nobody takes two duties.
struct Hands {
    creator: String,
    reviewer: String,
}

/// The versions that were acknowledged, by application.
type Acknowledged = Mutex<BTreeMap<String, i64>>;

/// Submits and returns one application over and over until the server is gone.
fn go_on(address: &str, hands: &Hands, application: &str, acknowledged: &Acknowledged) {
    let client = Client::new();
    let at = format!("{address}{LIST}/{application}");
    let Ok(found) = client.get(&at).bearer_auth(&hands.creator).send() else { return };
    let mut status = found.json::<Value>().unwrap()["status"].as_str().unwrap().to_owned();
    loop {
        let (token, to) = match status.as_str() {
            "submitted" => (&hands.reviewer, "returned"),
            _ => (&hands.creator, "submitted"),
        };
        let step = json!({ "to": to, "reason": "补正" });
        let sent = client.post(format!("{at}/transitions")).bearer_auth(token).json(&step).send();
        let Ok(answer) = sent else { return };
        assert_eq!(answer.status(), 200, "{application} from {status} to {to}");
        let Ok(answer) = answer.json::<Value>() else { return };
        acknowledged.lock().unwrap().insert(application.to_owned(), answer["version"].as_i64().unwrap());
        status = to.to_owned();
    }
}

/// Steps of all applications at once until the server is killed under them.
fn killed_under_steps(
    server: Server,
    hands: &Hands,
    applications: &[String],
    acknowledged: &Acknowledged,
    more: i64,
) {
    let sum = || acknowledged.lock().unwrap().values().sum::<i64>();
    let (address, wanted) = (server.address.clone(), sum() + more);
    std::thread::scope(|scope| {
        for application in applications {
            scope.spawn(|| go_on(&address, hands, application, acknowledged));
        }
        let begun = Instant::now();
        while sum() < wanted {
            assert!(begun.elapsed() < Duration::from_secs(60), "the steps do not come forward");
            std::thread::sleep(Duration::from_millis(1));
        }
        server.kill();
    });
}

/// Each application's status, history, trail and frozen award agree; its version.
fn agreed(conn: &mut AnyConn, id: &str) -> QueryResult<i64> {
    let (status, version, amount_fen): (String, i64, i64) = award_applications::table
        .find(id)
        .select((award_applications::status, award_applications::version, award_applications::amount_fen))
        .first(conn)?;
    let frozen: (bool, bool, bool) = award_applications::table
        .find(id)
        .select((
            award_applications::policy.is_not_null(),
            award_applications::facts.is_not_null(),
            award_applications::award.is_not_null(),
        ))
        .first(conn)?;
    let steps: Vec<(Option<String>, String)> = award_transitions::table
        .filter(award_transitions::application_id.eq(id))
        .order(award_transitions::id.asc())
        .select((award_transitions::from_status, award_transitions::to_status))
        .load(conn)?;
    let mut stands = None;
    for (from, to) in &steps {
        assert_eq!(from, &stands, "{id}: a step from where it did not stand");
        stands = Some(to.clone());
    }
    assert_eq!(stands.as_ref(), Some(&status), "{id}: it stands where no step led");
    assert_eq!(version, steps.len() as i64, "{id}: a change without its step");

    let told: Vec<String> = audit_entries::table
        .filter(audit_entries::subject_id.eq(id))
        .filter(audit_entries::action.eq("award.transition"))
        .order(audit_entries::id.asc())
        .select(audit_entries::differences)
        .load(conn)?;
    let told: Vec<String> = told
        .iter()
        .map(|text| serde_json::from_str::<Value>(text).unwrap()["status"]["to"].as_str().unwrap().to_owned())
        .collect();
    let taken: Vec<String> = steps.iter().skip(1).map(|(_, to)| to.clone()).collect();
    assert_eq!(told, taken, "{id}: the trail tells of other steps");

    let was_submitted = !taken.is_empty();
    assert_eq!(frozen, (was_submitted, was_submitted, was_submitted), "{id}: half frozen");
    let payouts: Vec<Option<i64>> = award_payees::table
        .filter(award_payees::application_id.eq(id))
        .select(award_payees::payout_fen)
        .load(conn)?;
    let paid: i64 = payouts.iter().flatten().sum();
    assert_eq!(paid, amount_fen, "{id}: the payees' parts are not the amount");
    Ok(version)
}

#[test]
fn killed_under_steps_no_application_is_left_half_way() {
    let program = Program::with_user("bureau_officer");
    program.add_user("creator", "county_officer");
    program.add_user("reviewer", "county_officer");
    let token = |user: &str| {
        let token = program.done(&["token", "create", "--user", user, "--name", "test"], "");
        token.trim().to_owned()
    };
    let officer = token("officer");
    let hands = Hands { creator: token("creator"), reviewer: token("reviewer") };
    let server = program.serve();
    let made = |token: &str, path: &str, body: Value| {
        let sent = Client::new().post(format!("{}{path}", server.address)).bearer_auth(token).json(&body);
        let answer = sent.send().unwrap();
        let (status, body) = (answer.status(), answer.json::<Value>().unwrap());
        assert_eq!(status, 201, "{path}: {body}");
        body["id"].as_str().unwrap().to_owned()
    };
    let applications: Vec<String> = (0..WRITERS)
        .map(|_| {
            let project = json!({ "title": "示例玩具智造基地", "investor_name": new_investor(),
                "county": "450721", "industry": "toy_garment", "total_investment_fen": 20_000_000_000_i64 });
            let project = made(&officer, "/api/v1/projects", project);
            let facts = json!({ "licensed_agency": true, "target_workers": true, "workers": 46,
                "rate_fen": 80_000 });
            let draft = json!({ "project_id": project, "rule": "job_agency", "facts": facts });
            made(&hands.creator, LIST, draft)
        })
        .collect();
    let acknowledged = Acknowledged::default();
    killed_under_steps(server, &hands, &applications, &acknowledged, 30);
    for round in 0..3 {
        let database = program.database();
        for id in &applications {
            let version = database.read(|conn| Ok::<_, AppError>(agreed(conn, id)?)).unwrap();
            let said = acknowledged.lock().unwrap().get(id).copied().unwrap_or(1);
            assert!(
                version >= said,
                "round {round}: {id} was acknowledged at {said} and stands at {version}"
            );
            // More than the one under way cannot have been taken without being said.
            assert!(version <= said + 1, "round {round}: {id} stands at {version}, acknowledged was {said}");
        }
        drop(database);
        killed_under_steps(program.serve(), &hands, &applications, &acknowledged, 20 + round);
    }
    assert_eq!(program.done(&["check"], "").trim(), "nothing wrong found");
}
