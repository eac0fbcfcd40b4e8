//! Writers at once: each write waits for its turn, and none is lost.

use crate::support::TestApp;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeSet;
use yinfeng::clock;
use yinfeng::db::{Id, series};
use yinfeng::error::AppError;
use yinfeng::jobs::outbox::{self, Topic};
use yinfeng::schema::number_series;

const THREADS: usize = 4;
const WRITES: usize = 25;

/// Runs the work 4 times at once, 25 times over.
fn at_once<T: Send>(work: impl Fn() -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|_| scope.spawn(|| (0..WRITES).map(|_| work()).collect::<Vec<T>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

#[actix_web::test]
async fn no_number_of_a_series_is_given_twice_and_none_left_out() {
    let app = TestApp::with_settings(&[("YINFENG_DATABASE_CONNECTIONS", "4")]).await;
    let db = app.db();
    let given = at_once(|| db.write(|conn| Ok::<_, AppError>(series::next(conn, "test")?)).unwrap());
    let expected: BTreeSet<i64> = (1..=(THREADS * WRITES) as i64).collect();
    assert_eq!(given.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[actix_web::test]
async fn no_increment_is_lost_when_a_write_looks_before_it_changes() {
    let app = TestApp::with_settings(&[("YINFENG_DATABASE_CONNECTIONS", "4")]).await;
    let db = app.db();
    app.write(|conn| series::next(conn, "test"));
    at_once(|| {
        // Read, then write only over what was read: the pattern of every edit of a record.
        let attempt = || {
            db.write(|conn| {
                let before: i64 =
                    number_series::table.find("test").select(number_series::last_number).first(conn)?;
                let unchanged =
                    number_series::table.find("test").filter(number_series::last_number.eq(before));
                let changed =
                    diesel::update(unchanged).set(number_series::last_number.eq(before + 1)).execute(conn)?;
                Ok::<_, AppError>(changed == 1)
            })
        };
        while !attempt().unwrap() {}
    });
    let end = app
        .read(|conn| number_series::table.find("test").select(number_series::last_number).first::<i64>(conn));
    assert_eq!(end, 1 + (THREADS * WRITES) as i64);
}

#[actix_web::test]
async fn a_job_of_the_outbox_is_claimed_by_one_worker_only() {
    let app = TestApp::with_settings(&[("YINFENG_DATABASE_CONNECTIONS", "4")]).await;
    let db = app.db();
    let subjects: BTreeSet<Id> = (0..60).map(|_| Id::generate()).collect();
    app.write(|conn| subjects.iter().try_for_each(|id| outbox::enqueue(conn, Topic::LeadIndex, id)));
    let now: NaiveDateTime = clock::now();
    let claimed: Vec<Id> = at_once(|| {
        db.write(|conn| Ok::<_, AppError>(outbox::claim(conn, Topic::LeadIndex, 3, now)?)).unwrap()
    })
    .into_iter()
    .flatten()
    .map(|job| job.subject_id)
    .collect();
    assert_eq!(claimed.len(), subjects.len(), "some were claimed twice");
    assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>(), subjects);
}
