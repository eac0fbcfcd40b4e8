//! Keyset pages: every row once, in order, though many sort alike and rows come in between.

use crate::support::TestApp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yinfeng::accounts::Role;
use yinfeng::audit::queries::{AuditFilter, list};
use yinfeng::audit::{self, Act};
use yinfeng::db::page::{Cursor, PageOf};
use yinfeng::db::{AnyConn, Id};

fn tell(conn: &mut AnyConn, subject: &str) -> diesel::QueryResult<()> {
    let act = Act { action: "lead.update", subject_kind: "lead", subject_id: subject, ..Act::default() };
    audit::record_unsigned(conn, "test", None, act)
}

#[actix_web::test]
async fn pages_of_every_size_show_every_row_once() {
    let app = TestApp::new().await;
    app.write(|conn| (0..23).try_for_each(|number| tell(conn, &number.to_string())));
    for limit in [1, 2, 7, 22, 23, 24, 200] {
        let (mut seen, mut after) = (Vec::<String>::new(), None);
        loop {
            let rows = app.read(|conn| list(conn, &AuditFilter::default(), after.as_ref(), limit));
            let page = PageOf::from_rows(rows, limit, |entry| Cursor {
                sort: "-at".to_owned(),
                value: None,
                id: entry.id.to_string(),
            });
            assert!(page.items.len() <= limit as usize);
            seen.extend(page.items.iter().map(|entry| entry.subject_id.clone()));
            // What is added meanwhile stands before the first page and moves nothing.
            app.write(|conn| tell(conn, "later"));
            let Some(next) = page.next_cursor else { break };
            after = Some(Cursor::decode(&next).unwrap());
        }
        let expected: Vec<String> = (0..23).rev().map(|number| number.to_string()).collect();
        seen.retain(|subject| subject != "later");
        assert_eq!(seen, expected, "limit {limit}");
    }
}

/// Leads in pairs that sort alike, some without the value, in every order there is, two on a page.
#[actix_web::test]
async fn lists_of_leads_show_every_lead_once_in_every_order() {
    let app = TestApp::new().await;
    let mut ids = BTreeSet::new();
    for number in 0..7_i64 {
        let day = |number: i64| format!("2026-11-{:02}", 10 + number / 2);
        let changes = json!({
            "registered_on": day(number),
            "next_follow_up_on": (number % 3 > 0).then(|| day(number)),
            "total_investment_fen": (number % 3 > 0).then_some(number / 2 * 100),
        });
        ids.insert(app.new_lead(changes).await["id"].as_str().unwrap().to_owned());
    }
    let head = app.token(Role::BureauHead);
    for field in ["registered_on", "next_follow_up_on", "total_investment_fen", "updated_at", "code"] {
        for sort in [field.to_owned(), format!("-{field}")] {
            let (mut seen, mut cursor) = (Vec::<Value>::new(), String::new());
            loop {
                let path = format!("/api/v1/leads?limit=2&count=true&sort={sort}{cursor}");
                let page = head.get(&path).await.assert_status(200).json();
                assert_eq!(page["total"], 7, "{path}");
                seen.extend(page["items"].as_array().unwrap().iter().cloned());
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            assert_eq!(seen.len(), 7, "{sort}");
            let found: BTreeSet<String> =
                seen.iter().map(|lead| lead["id"].as_str().unwrap().to_owned()).collect();
            assert_eq!(found, ids, "{sort}");
            let values: Vec<String> = seen.iter().map(|lead| in_order(&lead[field], field)).collect();
            let mut sorted = values.clone();
            sorted.sort();
            if sort.starts_with('-') {
                sorted.reverse();
            }
            assert_eq!(values, sorted, "{sort}");
        }
    }
    let foreign =
        head.get("/api/v1/leads?limit=2&sort=code").await.json()["next_cursor"].as_str().unwrap().to_owned();
    let refused = head.get(&format!("/api/v1/leads?limit=2&sort=-code&cursor={foreign}")).await;
    refused.assert_status(400);
}

/// A value as text that sorts as the list does: no date after every date, no amount below every amount.
fn in_order(value: &Value, field: &str) -> String {
    match (value, field) {
        (Value::Null, "next_follow_up_on") => "9999".to_owned(),
        (Value::Number(number), _) => format!("{:020}", number.as_i64().unwrap()),
        // Times have as many digits after the second as they need.
        (Value::String(time), "updated_at") => {
            let (second, rest) =
                time.trim_end_matches('Z').split_once('.').unwrap_or((time.trim_end_matches('Z'), ""));
            format!("{second}.{rest:0<6}")
        }
        (value, _) => value.as_str().unwrap_or_default().to_owned(),
    }
}

#[test]
fn a_cursor_that_is_not_ours_is_none() {
    let cursor =
        Cursor { sort: "-code".into(), value: Some("钦州\"'".into()), id: Id::generate().to_string() };
    assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor.clone()));
    for text in ["", "x", "AAAA", "e30", "%00", &cursor.encode()[1..]] {
        assert_eq!(Cursor::decode(text), None, "{text}");
    }
}
