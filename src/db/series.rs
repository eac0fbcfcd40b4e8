//! Numbers given out in order, without gaps by intent: lead codes, chamber codes, referrer codes.

use crate::db::AnyConn;
use crate::db::dialect::Both;
use crate::schema::number_series;
use diesel::prelude::*;

/// The next number of a series, from 1. Part of the caller's transaction: given back if that fails.
pub fn next(conn: &mut AnyConn, name: &str) -> QueryResult<i64> {
    // As a rule the series is there. What begins one is put together anew each time, this statement is not.
    let row = diesel::update(number_series::table.find(name))
        .set(number_series::last_number.eq(number_series::last_number + 1))
        .returning(number_series::last_number);
    let known = match conn {
        AnyConn::Pg(conn) => row.get_result(conn),
        AnyConn::Sqlite(conn) => row.get_result(conn),
    };
    if let Some(number) = known.optional()? {
        return Ok(number);
    }
    let next = diesel::insert_into(number_series::table)
        .values((number_series::name.eq(name), number_series::last_number.eq(1)))
        .on_conflict(number_series::name)
        .do_update()
        .set(number_series::last_number.eq(number_series::last_number + 1))
        .returning(number_series::last_number);
    match conn {
        AnyConn::Pg(conn) => next.get_result(conn),
        AnyConn::Sqlite(conn) => next.get_result(conn),
    }
}

/// Numbers given out one after the other in one transaction, which reads and writes their series once, however many
/// they are. From `begin` to the transaction's end nobody else gets a number of it.
#[derive(Debug)]
pub struct Run {
    name: String,
    next: i64,
}

impl Run {
    pub fn begin(conn: &mut AnyConn, name: String) -> QueryResult<Self> {
        let next = next(conn, &name)?;
        Ok(Run { name, next })
    }

    /// The number that the next record has if it comes to be.
    pub fn next(&self) -> i64 {
        self.next
    }

    pub fn used(&mut self) {
        self.next += 1;
    }

    /// To be called before the transaction ends, or its numbers are given out again.
    pub fn end(self, conn: &mut AnyConn) -> QueryResult<()> {
        diesel::update(number_series::table.find(self.name))
            .set(number_series::last_number.eq(self.next - 1))
            .execute(conn)
            .map(drop)
    }
}

/// Raises a series to a number that was given elsewhere, so that it is not given again; never lowers it.
pub fn raise(conn: &mut AnyConn, name: &str, number: i64) -> QueryResult<()> {
    let first = (number_series::name.eq(name), number_series::last_number.eq(number));
    Both(diesel::insert_into(number_series::table).values(first).on_conflict_do_nothing()).execute(conn)?;
    let lower = number_series::table
        .filter(number_series::name.eq(name))
        .filter(number_series::last_number.lt(number));
    diesel::update(lower).set(number_series::last_number.eq(number)).execute(conn).map(drop)
}
