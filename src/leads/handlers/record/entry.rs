//! From what was typed in the form of a lead to its body, and back: names of records for their ids.

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::contacts;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::fields::MAX_LINE;
use crate::leads::editing::as_body;
use crate::leads::forms::{LeadBody, LeadInput, SourceBody, page};
use crate::leads::model::SourceKind;
use crate::leads::queries::{self, Known};
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::{chambers, companies, referrers};

/// What an edit starts from: the body, and its records' names as the form shows them.
#[derive(Debug, Clone, Default)]
pub(super) struct Start {
    pub body: LeadBody,
    /// Whether a lead is edited, and so only what changes is checked.
    edits: bool,
    chamber: Option<(Id, String)>,
    referrer: Option<(Id, String)>,
    enterprise: Option<(Id, String)>,
    origin: Option<String>,
}

impl Start {
    /// Of a lead that is edited.
    pub fn of(conn: &mut AnyConn, app: &App, actor: &Actor, known: &Known) -> Result<Self, AppError> {
        let contact = contacts::queries::of_lead(conn, &known.lead.id)?;
        let contact = contact.map(|contact| contact.open(&app.keys)).transpose()?;
        let names = queries::names_of(conn, std::iter::once(&known.lead))?;
        let named = |id: &Option<Id>| {
            let id = id.as_ref()?;
            Some((id.clone(), names.sources.get(id)?.clone()))
        };
        let origin = known.lead.origin.as_deref();
        Ok(Start {
            chamber: named(&known.lead.source_chamber_id),
            referrer: named(&known.lead.source_referrer_id),
            enterprise: named(&known.lead.source_enterprise_id),
            origin: origin.map(|text| app.reference.origin_name(text, actor.locale.as_str()).to_owned()),
            body: as_body(known, contact.as_ref()),
            edits: true,
        })
    }

    pub fn filled(&self) -> Filled {
        let name = |record: &Option<(Id, String)>| record.as_ref().map(|(_, name)| name.clone());
        page::filled(
            &self.body,
            name(&self.chamber).as_deref(),
            name(&self.referrer).as_deref(),
            name(&self.enterprise).as_deref(),
            self.origin.as_deref(),
        )
    }

    /// The body that the form gives over this start, checked; all faults at once, at the form's fields.
    pub fn read(
        &self,
        conn: &mut AnyConn,
        app: &App,
        actor: &Actor,
        form: &Form,
    ) -> Result<LeadBody, AppError> {
        let mut form = form.clone();
        let mut body = page::read(&mut form, self.as_shown());
        self.name_records(conn, app, &mut body)?;
        body.origin = self.origin(app, body.origin.take());
        if body.title.is_none() {
            body.title = body.investor_name.as_ref().map(|investor| {
                let title = Message::new("lead-title-of").text("investor", investor.clone());
                app.views.i18n().say(Lang::ZhCn, &title)
            });
        }
        if form.errors.is_empty() {
            return Ok(body);
        }
        // What could not be read is empty in the body: its other faults are found all the same.
        let mut errors = std::mem::take(&mut form.errors);
        match self.check(app, actor, body) {
            Err(AppError::Invalid(more)) => {
                let unread = |fault: &crate::error::FieldError| {
                    errors.0.iter().all(|known| known.field != page::field(&fault.field))
                };
                let more: Vec<_> = more.0.into_iter().filter(unread).collect();
                errors.0.extend(more);
            }
            Err(other) => return Err(other),
            Ok(_) => {}
        }
        Err(AppError::Invalid(errors))
    }

    /// The checked input of the body that the form gave.
    pub fn check(&self, app: &App, actor: &Actor, body: LeadBody) -> Result<LeadInput, AppError> {
        let today = clock::today();
        if self.edits {
            LeadInput::check_edit(&self.body, body, actor, &app.reference, today)
        } else {
            LeadInput::check(body, actor, &app.reference, today)
        }
    }

    /// The body with names in place of ids, as the form showed it.
    fn as_shown(&self) -> LeadBody {
        let name = |record: &Option<(Id, String)>| record.as_ref().map(|(_, name)| name.clone());
        let mut body = self.body.clone();
        body.origin.clone_from(&self.origin);
        if let Some(source) = &mut body.source {
            source.chamber_id = name(&self.chamber);
            source.referrer_id = name(&self.referrer);
            source.enterprise_id = name(&self.enterprise);
        }
        body
    }

    /// Puts ids in place of names; what names nothing stays, and is found to be unknown. An enterprise that
    /// nobody knows yet becomes known: there is no register in which it had to be entered before.
    fn name_records(&self, conn: &mut AnyConn, app: &App, body: &mut LeadBody) -> Result<(), AppError> {
        let Some(SourceBody { chamber_id, referrer_id, enterprise_id, kind, .. }) = &mut body.source else {
            return Ok(());
        };
        if let Some(typed) = chamber_id.clone() {
            let same = self.chamber.as_ref().filter(|(_, name)| *name == typed).map(|(id, _)| id.clone());
            let found = match same {
                Some(id) => Some(id),
                None => chambers::queries::find_by_name(conn, &typed)?.map(|chamber| chamber.id),
            };
            *chamber_id = Some(found.map_or(typed, |id| id.to_string()));
        }
        if let Some(typed) = referrer_id.clone() {
            let same = self.referrer.as_ref().filter(|(_, name)| *name == typed).map(|(id, _)| id.clone());
            let found = match same {
                Some(id) => Some(id),
                None => referrers::queries::find_by_name(conn, &typed)?.map(|referrer| referrer.id),
            };
            *referrer_id = Some(found.map_or(typed, |id| id.to_string()));
        }
        if let Some(typed) = enterprise_id.clone()
            && *kind == Some(SourceKind::Enterprise)
            && typed.chars().count() <= MAX_LINE
        {
            let same = self.enterprise.as_ref().filter(|(_, name)| *name == typed).map(|(id, _)| id.clone());
            let id = match same {
                Some(id) => id,
                None => companies::queries::resolve(conn, &app.reference, &typed, None, None, clock::now())?,
            };
            *enterprise_id = Some(id.to_string());
        }
        Ok(())
    }

    /// The origin as it was, when nobody typed another; else the place that the text means.
    fn origin(&self, app: &App, typed: Option<String>) -> Option<String> {
        if typed == self.origin {
            return self.body.origin.clone();
        }
        typed.map(|text| app.reference.regions().origin_code(&text).map_or(text.clone(), str::to_owned))
    }
}

/// The error with its faults at the form's fields. A lead for another county is a mistake in that field.
pub(super) fn at_fields(error: AppError) -> AppError {
    match error {
        AppError::Invalid(errors) => AppError::Invalid(page::at_fields(errors)),
        AppError::ForbiddenFields(errors) if errors.0.iter().all(|fault| fault.code == "not-your-county") => {
            AppError::Invalid(errors)
        }
        other => other,
    }
}
