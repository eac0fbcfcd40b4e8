//! Keyset pages: every row once, in order, though many sort alike and rows come in between.

use crate::support::TestApp;
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

#[test]
fn a_cursor_that_is_not_ours_is_none() {
    let cursor =
        Cursor { sort: "-code".into(), value: Some("钦州\"'".into()), id: Id::generate().to_string() };
    assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor.clone()));
    for text in ["", "x", "AAAA", "e30", "%00", &cursor.encode()[1..]] {
        assert_eq!(Cursor::decode(text), None, "{text}");
    }
}
