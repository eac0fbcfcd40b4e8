//! `GET /referrers/{id}`: the page of a referrer.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::filings::handlers::card;
use crate::referrers::forms::Declaration;
use crate::referrers::members::MemberView;
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::referrers::pages::{Columns, Identity, MemberRow, Show};
use crate::referrers::view::ReferrerView;
use crate::referrers::{editing, policy, queries, view};
use crate::web::roles::ReferrerReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

pub async fn page(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let referrer = editing::load(conn, &reader, &id)?;
            let may_edit = policy::may_keep(&reader, referrer.region.as_deref());
            let columns = Columns::of(reader.role);
            let all = columns.all;
            let members = if all { members(conn, app, &referrer)? } else { Vec::new() };
            let filings = card::of_referrer(conn, app, &reader, &referrer)?;
            let shown = view::detail(conn, app.tools(), &reader, referrer)?;
            Ok(Show {
                phone: shown.phone.clone(),
                note: shown.note.clone(),
                identity: if all { Some(identity(conn, &reader, &shown)?) } else { None },
                leads_href: format!("/leads?referrer={}", shown.id),
                may_reveal: may_edit && has_number(&reader, &shown),
                may_edit,
                filings,
                columns,
                members,
                referrer: super::row(app, lang, shown),
            })
        })
        .await?;
    visit.page(&app, &page)
}

fn has_number(actor: &Actor, shown: &ReferrerView) -> bool {
    let account = shown.bank_account.is_some() && policy::enters_accounts(actor.role);
    shown.phone.is_some() || shown.identity_number.is_some() || account
}

fn identity(conn: &mut AnyConn, actor: &Actor, shown: &ReferrerView) -> Result<Identity, AppError> {
    let shown = shown.clone();
    Ok(Identity {
        chamber: chamber_name(conn, shown.chamber_id.as_ref())?,
        user: match &shown.user_id {
            Some(id) => users::find(conn, id)?.map(|user| user.display_name),
            None => None,
        },
        identity_kind: shown.identity_kind.map(|kind| kind.to_string()),
        identity_number: shown.identity_number,
        uscc: shown.uscc,
        shows_account: policy::reads_accounts(actor.role),
        bank_name: shown.bank_name,
        bank_account: shown.bank_account,
        declaration: declaration(shown.public_employee),
        official_tie: shown.official_tie.map(|tie| tie.to_string()),
        declared_on: shown.declared_on,
        agreement_number: shown.agreement_number,
        agreement_from: shown.agreement_from,
        agreement_to: shown.agreement_to,
    })
}

fn members(conn: &mut AnyConn, app: &App, referrer: &Referrer) -> Result<Vec<MemberRow>, AppError> {
    if referrer.kind != ReferrerKind::Team {
        return Ok(Vec::new());
    }
    let rows = queries::members_of(conn, std::slice::from_ref(&referrer.id))?;
    let row = |member| {
        let member = MemberView::of(app.tools(), member)?;
        Ok(MemberRow {
            id: member.id.to_string(),
            name: member.name,
            identity_kind: member.identity_kind.map(|kind| kind.to_string()),
            identity_number: member.identity_number,
            is_payee: member.is_payee,
            declaration: declaration(member.public_employee),
            official_tie: member.official_tie.map(|tie| tie.to_string()),
            joined_on: member.joined_on,
            left_on: member.left_on,
        })
    };
    rows.into_iter().map(row).collect()
}

fn declaration(public_employee: Option<bool>) -> Option<String> {
    Declaration::of(public_employee).map(|one| one.to_string())
}

fn chamber_name(conn: &mut AnyConn, id: Option<&Id>) -> Result<Option<String>, AppError> {
    let Some(id) = id else { return Ok(None) };
    let found = chambers::queries::of_ids(conn, std::slice::from_ref(id))?;
    Ok(found.into_iter().next().map(|chamber| chamber.name))
}
