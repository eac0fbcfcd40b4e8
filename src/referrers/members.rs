//! Members of a team: adding and changing them, with the team's version and its trail. Nobody is two members of one team
//! at a time: who has the same identity number is told by its keyed hash.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::fields::required;
use crate::referrers::editing::save;
use crate::referrers::forms::{Declaration, identity as checked_identity};
use crate::referrers::identity::{self, IdentityKind, kind_of};
use crate::referrers::model::{Member, OfficialTie, Referrer, ReferrerKind};
use crate::referrers::queries;
use crate::registers::sealed;
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A member as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = MemberEntry)]
pub struct MemberBody {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// Of its kind's form, in any width; kept encrypted, answered masked.
    pub identity_number: Option<String>,
    /// `resident_id` unless said otherwise.
    pub identity_kind: Option<IdentityKind>,
    /// Whether the team pays this member a part.
    pub is_payee: bool,
    /// As declared.
    pub public_employee: Option<bool>,
    /// Close to public office without being a public employee, as declared.
    pub official_tie: Option<OfficialTie>,
    pub joined_on: Option<NaiveDate>,
    /// The day the member left; never later than today.
    pub left_on: Option<NaiveDate>,
}

impl MemberBody {
    /// From a page's form. An identity number that is left empty stays as it is in `kept`.
    pub fn from_form(form: &mut Form, kept: Option<&MemberBody>) -> Self {
        let declaration: Option<Declaration> = form.parsed("declaration", "unknown");
        MemberBody {
            name: form.text("name"),
            identity_number: form
                .text("identity_number")
                .or_else(|| kept.and_then(|member| member.identity_number.clone())),
            identity_kind: form
                .parsed("identity_kind", "unknown")
                .or(kept.and_then(|member| member.identity_kind)),
            is_payee: form.is_checked("is_payee"),
            public_employee: declaration.map(Declaration::is_public_employee),
            official_tie: form.parsed("official_tie", "unknown"),
            joined_on: form.date("joined_on"),
            left_on: form.date("left_on"),
        }
    }
}

/// A member as the API shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberView {
    pub id: Id,
    pub name: String,
    /// Masked.
    pub identity_number: Option<String>,
    /// Of the number; null without one.
    pub identity_kind: Option<IdentityKind>,
    pub is_payee: bool,
    /// As declared; null while nobody declared it.
    pub public_employee: Option<bool>,
    /// As declared.
    pub official_tie: Option<OfficialTie>,
    pub joined_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
}

impl MemberView {
    pub fn of(tools: Tools<'_>, member: Member) -> Result<Self, AppError> {
        let body = as_body(tools, &member)?;
        Ok(MemberView {
            id: member.id,
            name: member.name,
            identity_kind: body.identity_kind.filter(|_| body.identity_number.is_some()),
            identity_number: body.identity_number.as_deref().map(identity::mask),
            is_payee: member.is_payee,
            public_employee: member.public_employee,
            official_tie: member.official_tie,
            joined_on: member.joined_on,
            left_on: member.left_on,
        })
    }
}

/// A member as the body that would give it, the number in clear: what a merge patch starts from.
pub fn as_body(tools: Tools<'_>, member: &Member) -> Result<MemberBody, AppError> {
    let sealed = member.identity_encrypted.as_deref();
    Ok(MemberBody {
        name: Some(member.name.clone()),
        identity_number: sealed::open(tools.keys, &member.identity_context(), sealed)?,
        identity_kind: Some(member.identity_kind),
        is_payee: member.is_payee,
        public_employee: member.public_employee,
        official_tie: member.official_tie,
        joined_on: member.joined_on,
        left_on: member.left_on,
    })
}

/// The member of a path.
pub fn load(conn: &mut AnyConn, referrer: &Referrer, id: &str) -> Result<Member, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find_member(conn, &referrer.id, &id)?.ok_or(AppError::NotFound)
}

/// Adds a member to a team.
///
/// # Errors
/// 409 for what is no team; 422 by field, among them at `identity_number` for who is a member already.
pub fn add(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    team: Referrer,
    body: MemberBody,
    errors: FieldErrors,
) -> Result<(Referrer, Member), AppError> {
    if team.kind != ReferrerKind::Team {
        return Err(AppError::Conflict("not-a-team"));
    }
    let blank = Member {
        id: Id::generate(),
        referrer_id: team.id.clone(),
        name: String::new(),
        identity_encrypted: None,
        identity_hash: None,
        is_payee: false,
        public_employee: None,
        official_tie: None,
        joined_on: None,
        left_on: None,
        identity_kind: IdentityKind::ResidentId,
    };
    let member = filled(tools, &blank, body, errors)?;
    check_single(conn, &member)?;
    queries::insert_member(conn, &member)?;
    let team = told(conn, actor, team, None, &member)?;
    Ok((team, member))
}

/// Changes a member; who leaves keeps his place in the team's history.
///
/// # Errors
/// 422 by field, as for a new one.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    team: Referrer,
    before: Member,
    body: MemberBody,
    errors: FieldErrors,
) -> Result<(Referrer, Member), AppError> {
    let member = filled(tools, &before, body, errors)?;
    if member == before {
        return Ok((team, before));
    }
    check_single(conn, &member)?;
    queries::update_member(conn, &member)?;
    let team = told(conn, actor, team, Some(&before), &member)?;
    Ok((team, member))
}

/// That no other member who has not left has the same identity number. Callers go on to write the team by its version, so
/// of two who add one person at once the second is told.
fn check_single(conn: &mut AnyConn, member: &Member) -> Result<(), AppError> {
    if member.left_on.is_some() {
        return Ok(());
    }
    let others = queries::members_of(conn, std::slice::from_ref(&member.referrer_id))?;
    match others.iter().find(|other| other.id != member.id && other.is_same_person(member)) {
        Some(other) => Err(twice("identity_number", "member-twice", other)),
        None => Ok(()),
    }
}

/// That no member of one team is a member of the other, who would be one twice when they become one team.
///
/// # Errors
/// 422 at `into`, which names him.
pub fn check_apart(conn: &mut AnyConn, from: &Referrer, into: &Referrer) -> Result<(), AppError> {
    let of_both = queries::members_of(conn, &[from.id.clone(), into.id.clone()])?;
    let (coming, staying): (Vec<&Member>, Vec<&Member>) =
        of_both.iter().partition(|member| member.referrer_id == from.id);
    match coming.into_iter().find(|one| staying.iter().any(|other| other.is_same_person(one))) {
        Some(one) => Err(twice("into", "member-of-both", one)),
        None => Ok(()),
    }
}

fn twice(field: &'static str, code: &'static str, member: &Member) -> AppError {
    let mut errors = FieldErrors::default();
    errors.add_with(field, code, vec![("name", member.name.clone())]);
    AppError::Invalid(errors)
}

fn filled(
    tools: Tools<'_>,
    before: &Member,
    body: MemberBody,
    mut errors: FieldErrors,
) -> Result<Member, AppError> {
    let today = clock::today();
    let name = required(&mut errors, "name", body.name);
    let identity = checked_identity(&mut errors, body.identity_kind, body.identity_number, today);
    let number = identity.as_ref().map(|number| number.as_str());
    errors.check_day("joined_on", body.joined_on);
    errors.check_day("left_on", body.left_on);
    if body.left_on.is_some_and(|day| day > today) {
        errors.add("left_on", "date-in-future");
    }
    if matches!((body.joined_on, body.left_on), (Some(joined), Some(left)) if left < joined) {
        errors.add("left_on", "ends-before-it-begins");
    }
    errors.into_result()?;
    let was = before.identity_encrypted.as_deref();
    Ok(Member {
        name,
        identity_encrypted: sealed::seal(tools.keys, &before.identity_context(), was, number)?,
        identity_hash: identity.as_ref().map(|number| number.hash(tools.keys)),
        identity_kind: kind_of(identity.as_ref()),
        is_payee: body.is_payee,
        public_employee: body.public_employee,
        official_tie: body.official_tie,
        joined_on: body.joined_on,
        left_on: body.left_on,
        ..before.clone()
    })
}

/// The team's next version, and its trail.
fn told(
    conn: &mut AnyConn,
    actor: &Actor,
    team: Referrer,
    before: Option<&Member>,
    after: &Member,
) -> Result<Referrer, AppError> {
    let was = |of: fn(&Member) -> Option<NaiveDate>| before.and_then(of);
    let kind = |member: &Member| member.identity_encrypted.as_ref().map(|_| member.identity_kind);
    let differences = Differences::default()
        .set("member", &after.name)
        .field("member_name", &before.map(|member| member.name.clone()), &Some(after.name.clone()))
        .field("is_payee", &before.map(|member| member.is_payee), &Some(after.is_payee))
        .field("public_employee", &before.and_then(|member| member.public_employee), &after.public_employee)
        .field("official_tie", &before.and_then(|member| member.official_tie), &after.official_tie)
        .field("identity_kind", &before.and_then(kind), &kind(after))
        .field("joined_on", &was(|member| member.joined_on), &after.joined_on)
        .field("left_on", &was(|member| member.left_on), &after.left_on)
        .sealed(
            "identity_number",
            before.and_then(|member| member.identity_encrypted.as_deref()),
            after.identity_encrypted.as_deref(),
        );
    let same = team.clone();
    save(conn, actor, Some(&same), team, "referrer.member", differences, None)
}
