//! From what was typed in the form of a lead to its body, and back: names of records for their ids.

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::contacts;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::editing::as_body;
use crate::leads::forms::{LeadBody, LeadInput, page};
use crate::leads::queries::{self, Known};
use crate::leads::source_names::SourceNames;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};

/// What an edit starts from: the body, and its records' names as the form shows them.
#[derive(Debug, Clone, Default)]
pub(super) struct Start {
    pub body: LeadBody,
    /// Whether a lead is edited, and so only what changes is checked.
    edits: bool,
    names: SourceNames,
    origin: Option<String>,
}

impl Start {
    /// Of a lead that is edited.
    pub fn of(conn: &mut AnyConn, app: &App, actor: &Actor, known: &Known) -> Result<Self, AppError> {
        let contact = contacts::queries::of_lead(conn, &known.lead.id)?;
        let contact = contact.map(|contact| contact.open(&app.keys)).transpose()?;
        let names = queries::names_of(conn, std::iter::once(&known.lead))?;
        let origin = known.lead.origin.as_deref();
        Ok(Start {
            names: SourceNames::of(
                &names.sources,
                known.lead.source_chamber_id.as_ref(),
                known.lead.source_referrer_id.as_ref(),
                known.lead.source_enterprise_id.as_ref(),
            ),
            origin: origin.map(|text| app.reference.origin_name(text, actor.locale.as_str()).to_owned()),
            body: as_body(known, contact.as_ref()),
            edits: true,
        })
    }

    pub fn filled(&self) -> Filled {
        let [chamber, referrer, enterprise] = self.names.texts();
        page::filled(&self.body, chamber, referrer, enterprise, self.origin.as_deref())
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
        if let Some(source) = &mut body.source {
            self.names.resolve(conn, &app.reference, source)?;
        }
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
        let mut body = self.body.clone();
        body.origin.clone_from(&self.origin);
        if let Some(source) = &mut body.source {
            self.names.show(source);
        }
        body
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
