//! Keeping the register: every change is its row by its version and an entry of the trail.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::audit::Differences;
use crate::chambers;
use crate::clock;
use crate::contacts::model::phone_hash;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::referrers::forms::ReferrerInput;
use crate::referrers::identity::kind_of;
use crate::referrers::model::Referrer;
use crate::referrers::trail::{differences, tell};
use crate::referrers::{members, policy, queries};
use crate::registers::merging::{self, in_use};
use crate::registers::sealed;

/// The referrer of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Referrer, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The referrer of a path, which the actor may also change.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Referrer, AppError> {
    let referrer = load(conn, actor, id_or_code)?;
    if policy::may_keep(actor, referrer.region.as_deref()) {
        Ok(referrer)
    } else if policy::keeps(actor.role) {
        Err(AppError::Forbidden("other-region"))
    } else {
        Err(AppError::Forbidden("role"))
    }
}

/// Adds a referrer; what a county adds without a region is its own.
///
/// # Errors
/// 403 at `region` when a county names another's, at `bank_account` for whom accounts are not his to enter; 409 at the
/// field whose number another referrer has, unless a reason is given.
pub fn register(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut input: ReferrerInput,
) -> Result<Referrer, AppError> {
    if input.record.region.is_none() && actor.role == Role::CountyOfficer {
        input.record.region = actor.region.clone();
    }
    let (code, reason) = (queries::next_code(conn)?, input.duplicate_reason.clone());
    let (name, kind) = (input.record.name.clone(), input.record.kind);
    let blank = Referrer::named(code, name, kind, Some(actor.user_id.clone()), clock::now());
    let referrer = filled(conn, tools, actor, &blank, input)?;
    check_alike(conn, actor, None, &referrer, reason.as_deref())?;
    queries::insert(conn, &referrer)?;
    let differences = differences(None, Some(&referrer));
    tell(conn, actor, &referrer.id, "referrer.create", differences, reason.as_deref())?;
    Ok(referrer)
}

/// Changes a referrer that the actor may keep. What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Referrer,
    input: ReferrerInput,
) -> Result<Referrer, AppError> {
    let reason = input.duplicate_reason.clone();
    let referrer = filled(conn, tools, actor, &before, input)?;
    if referrer == before {
        return Ok(before);
    }
    check_alike(conn, actor, Some(&before), &referrer, reason.as_deref())?;
    save(conn, actor, Some(&before), referrer, "referrer.update", Differences::default(), reason.as_deref())
}

/// The last steps of a change: the row by its version, and the trail with `more` beside what differs.
pub fn save(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Option<&Referrer>,
    referrer: Referrer,
    action: &'static str,
    more: Differences,
    reason: Option<&str>,
) -> Result<Referrer, AppError> {
    let version = referrer.version;
    let differences = differences(before, Some(&referrer)).merge(more);
    let referrer =
        queries::update(conn, referrer, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    tell(conn, actor, &referrer.id, action, differences, reason)?;
    Ok(referrer)
}

/// The referrer with what was entered: numbers sealed, names resolved to records.
fn filled(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: &Referrer,
    input: ReferrerInput,
) -> Result<Referrer, AppError> {
    let keys = tools.keys;
    let record = input.record;
    if !policy::may_keep(actor, record.region.as_deref()) {
        return Err(AppError::ForbiddenFields(FieldErrors::one("region", "other-region")));
    }
    let seal = |context: String, was: &Option<String>, text: Option<&str>| {
        sealed::seal(keys, &context, was.as_deref(), text)
    };
    let identity = input.identity_number.as_ref().map(|number| number.as_str());
    let account = input.bank_account.as_deref();
    // A declaration that is made anew is of today, unless its day was changed with it.
    let is_anew = before.declared_on.is_some()
        && input.public_employee != before.public_employee
        && input.declared_on == before.declared_on;
    let mut errors = FieldErrors::default();
    let referrer = Referrer {
        phone_encrypted: seal(before.phone_context(), &before.phone_encrypted, record.phone.as_deref())?,
        phone_hash: record.phone.as_ref().map(|phone| phone_hash(keys, phone)),
        identity_encrypted: seal(before.identity_context(), &before.identity_encrypted, identity)?,
        identity_hash: input.identity_number.as_ref().map(|number| number.hash(keys)),
        identity_kind: kind_of(input.identity_number.as_ref()),
        account_encrypted: seal(before.account_context(), &before.account_encrypted, account)?,
        account_hash: account.map(|account| keys.equality_hash("account", account)),
        name: record.name,
        kind: record.kind,
        region: record.region,
        contact_person: record.contact_person,
        note: record.note,
        status: record.status,
        uscc: input.uscc.map(|uscc| uscc.to_string()),
        bank_name: input.bank_name,
        public_employee: input.public_employee,
        official_tie: input.official_tie,
        declared_on: input.declared_on.map(|day| if is_anew { clock::today() } else { day }),
        chamber_id: chamber(conn, input.chamber.as_deref(), &mut errors)?,
        user_id: user(conn, input.user.as_deref(), &mut errors)?,
        agreement_number: input.agreement_number,
        agreement_from: input.agreement_from,
        agreement_to: input.agreement_to,
        ..before.clone()
    };
    errors.into_result()?;
    let changes_account =
        referrer.bank_name != before.bank_name || referrer.account_encrypted != before.account_encrypted;
    if changes_account && !policy::enters_accounts(actor.role) {
        return Err(AppError::ForbiddenFields(FieldErrors::one("bank_account", "forbidden-field")));
    }
    Ok(referrer)
}

fn chamber(
    conn: &mut AnyConn,
    named: Option<&str>,
    errors: &mut FieldErrors,
) -> Result<Option<Id>, AppError> {
    let Some(named) = named else { return Ok(None) };
    let found = chambers::queries::find(conn, named)?.map(|chamber| chamber.id);
    if found.is_none() {
        errors.add("chamber_id", "unknown-chamber");
    }
    Ok(found)
}

fn user(conn: &mut AnyConn, named: Option<&str>, errors: &mut FieldErrors) -> Result<Option<Id>, AppError> {
    let Some(named) = named else { return Ok(None) };
    let found = match named.parse::<Id>() {
        Ok(id) => users::find(conn, &id)?,
        Err(_) => users::find_by_username(conn, named)?,
    };
    if found.is_none() {
        errors.add("user_id", "unknown-user");
    }
    Ok(found.map(|user| user.id))
}

/// A number that another referrer has needs a reason; its code is told to who sees that one.
fn check_alike(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Option<&Referrer>,
    referrer: &Referrer,
    reason: Option<&str>,
) -> Result<(), AppError> {
    // What did not change was decided when it was entered.
    let is_new = |of: fn(&Referrer) -> &Option<String>, hash: &Option<String>| {
        hash.clone().filter(|_| before.is_none_or(|before| of(before) != hash))
    };
    let changed = Referrer {
        identity_hash: is_new(|record| &record.identity_hash, &referrer.identity_hash),
        account_hash: is_new(|record| &record.account_hash, &referrer.account_hash),
        uscc: is_new(|record| &record.uscc, &referrer.uscc),
        ..referrer.clone()
    };
    if reason.is_some() {
        return Ok(());
    }
    let mut errors = FieldErrors::default();
    for (field, id, code) in queries::alike(conn, &changed)? {
        match queries::find_visible(conn, actor, id.as_str())? {
            Some(_) => errors.add_with(field, "number-of-another", vec![("code", code)]),
            None => errors.add(field, "number-of-an-unseen"),
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    errors.add("duplicate_reason", "reason-for-same-number");
    Err(AppError::ConflictFields(errors))
}

/// Deletes a referrer that nothing names.
///
/// # Errors
/// 409 `source-in-use`.
pub fn delete(conn: &mut AnyConn, actor: &Actor, referrer: &Referrer) -> Result<(), AppError> {
    if queries::is_named(conn, &referrer.id)? {
        return Err(AppError::Conflict("source-in-use"));
    }
    if !queries::delete(conn, referrer).map_err(in_use)? {
        return Err(AppError::Stale { current: referrer.version + 1 });
    }
    let differences = differences(Some(referrer), None);
    Ok(tell(conn, actor, &referrer.id, "referrer.delete", differences, None)?)
}

/// Makes everything that names `from` name `into`, and deletes `from`. Its leads and projects say so in
/// their history.
///
/// # Errors
/// 422 at `into` when it is the same; 403 when a county would change another's leads; 409 when both are filed for one
/// lead or project.
pub fn merge(conn: &mut AnyConn, actor: &Actor, from: &Referrer, into: &Referrer) -> Result<(), AppError> {
    if from.id == into.id {
        return Err(AppError::invalid("into", "same-record"));
    }
    members::check_apart(conn, from, into)?;
    let now = clock::now();
    let leads = queries::move_leads(conn, &from.id, &into.id, now).map_err(in_use)?;
    let projects = queries::move_projects(conn, &from.id, &into.id, now).map_err(in_use)?;
    let is_own = leads.iter().chain(&projects).all(|moved| actor.is_of(&moved.county));
    if !actor.role.is_bureau() && !is_own {
        return Err(AppError::Forbidden("other-region"));
    }
    queries::move_filings(conn, &from.id, &into.id, now).map_err(filed_twice)?;
    queries::move_shares(conn, &from.id, &into.id).map_err(filed_twice)?;
    queries::move_members(conn, &from.id, &into.id).map_err(in_use)?;
    queries::move_townsmen(conn, &from.id, &into.id, now)?;
    merging::tell_leads(conn, actor, &leads, "source_referrer", &from.id, &into.id)?;
    merging::tell_projects(conn, actor, &projects, "source_referrer", &from.id, &into.id)?;
    if !queries::delete(conn, from).map_err(in_use)? {
        return Err(AppError::Stale { current: from.version + 1 });
    }
    let differences = differences(Some(from), None).set("merged_into", &into.id);
    tell(conn, actor, &from.id, "referrer.merge", differences, None)?;
    let differences = Differences::default()
        .set("merged", &from.name)
        .set("leads", &leads.len())
        .set("projects", &projects.len());
    Ok(tell(conn, actor, &into.id, "referrer.merge", differences, None)?)
}

/// Two filings of one lead or project, or two shares of one project, cannot become one by themselves.
fn filed_twice(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    match error {
        DatabaseError(UniqueViolation, _) => AppError::Conflict("filed-twice"),
        other => in_use(other),
    }
}
