//! The requests of the walk on referrers.

use super::requests::{Record, created};
use super::{filings, rows::Row};
use crate::award_applications::{draft, step};
use crate::support::TestApp;
use crate::support::leads::new_investor;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::schema::{award_payees, referrers};

/// Roles for which a referrer exists by what names it, not by its region.
pub fn has_its_own(role: Role) -> bool {
    matches!(role, Role::ChamberLiaison | Role::FinanceReviewer)
}

/// Own: of 450721; for a liaison his chamber, for finance a payee of what was submitted. Other: of another county.
pub async fn record(app: &TestApp, row: &Row, who: Option<Role>, is_own: bool) -> Record {
    let region = if is_own { "450721" } else { "450722" };
    let record = if row.route.contains("/members") {
        filings::team(app, region).await
    } else {
        let body =
            json!({ "kind": "enterprise", "name": new_investor(), "region": region, "phone": "12000000003" });
        created(app.token(Role::BureauOfficer).post_json("/api/v1/referrers", body)).await
    };
    match who {
        Some(Role::ChamberLiaison) if is_own => {
            let chamber = app.person(Role::ChamberLiaison).chamber_id;
            app.write(|conn| {
                diesel::update(referrers::table.find(&record.id))
                    .set(referrers::chamber_id.eq(chamber))
                    .execute(conn)
            });
        }
        Some(Role::FinanceReviewer) if is_own => {
            let application = draft(app).await;
            step(&app.token(Role::CountyOfficer), &application, "submitted").await.assert_status(200);
            let payee = (
                award_payees::application_id.eq(application["id"].as_str().unwrap()),
                award_payees::position.eq(9_i64),
                award_payees::referrer_id.eq(Some(&record.id)),
                award_payees::share_bp.eq(1_i64),
            );
            app.write(|conn| diesel::insert_into(award_payees::table).values(payee).execute(conn));
        }
        _ => {}
    }
    record
}
