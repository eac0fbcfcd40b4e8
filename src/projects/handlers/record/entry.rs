//! From what was typed in the form of a project to its body, and back: names of records for their ids.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::{AppError, FieldError};
use crate::leads;
use crate::leads::handlers as lead;
use crate::leads::queries::Known;
use crate::leads::source_names::SourceNames;
use crate::projects::forms::known::full_body;
use crate::projects::forms::{ProjectBody, ProjectInput, page};
use crate::projects::model::Project;
use crate::projects::{of_lead, queries};
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};

/// What the form starts from: the body, and its records' names as the form shows them.
#[derive(Debug, Clone, Default)]
pub(super) struct Start {
    pub body: ProjectBody,
    /// The lead that becomes the project.
    pub lead: Option<Known>,
    /// Whether a project is edited, and so only what changes is checked.
    edits: bool,
    names: SourceNames,
    origin: Option<String>,
    /// Code of the first phase.
    phase_of: Option<String>,
}

impl Start {
    /// Of a project that is edited.
    pub fn of(conn: &mut AnyConn, app: &App, actor: &Actor, project: &Project) -> Result<Self, AppError> {
        let body = full_body(conn, project)?;
        let names = queries::names_of(conn, std::slice::from_ref(project))?;
        Ok(Start {
            names: SourceNames::of(
                &names.sources,
                project.source_chamber_id.as_ref(),
                project.source_referrer_id.as_ref(),
                project.source_enterprise_id.as_ref(),
            ),
            origin: origin_name(app, actor, &body),
            phase_of: match &project.phase_of {
                Some(id) => queries::code_of(conn, id)?,
                None => None,
            },
            edits: true,
            lead: None,
            body,
        })
    }

    /// Of a new project: empty, or what the lead knows that it is made of.
    ///
    /// # Errors
    /// 404 for a lead that does not exist for the actor; 422 or 409 for one that cannot become a project.
    pub fn new(
        conn: &mut AnyConn,
        app: &App,
        actor: &Actor,
        lead_id: Option<&str>,
    ) -> Result<Self, AppError> {
        let Some(id) = lead_id else { return Ok(Start::default()) };
        let known = lead::load(conn, actor, id)?;
        let body = of_lead::filled(conn, &known, ProjectBody::default())?;
        let names = leads::queries::names_of(conn, std::iter::once(&known.lead))?;
        Ok(Start {
            names: SourceNames::of(
                &names.sources,
                known.lead.source_chamber_id.as_ref(),
                known.lead.source_referrer_id.as_ref(),
                known.lead.source_enterprise_id.as_ref(),
            ),
            origin: origin_name(app, actor, &body),
            phase_of: None,
            edits: false,
            lead: Some(known),
            body,
        })
    }

    pub fn filled(&self) -> Filled {
        page::filled(&self.body, self.names.texts(), self.origin.as_deref(), self.phase_of.as_deref())
    }

    /// The checked input of what the form gives over this start; all faults at once.
    pub fn read(&self, conn: &mut AnyConn, app: &App, form: &Form) -> Result<ProjectInput, AppError> {
        let mut form = form.clone();
        let mut body = page::read(&mut form, self.as_shown());
        if let Some(source) = &mut body.source {
            self.names.resolve(conn, &app.reference, source)?;
        }
        body.origin = self.origin(app, body.origin.take());
        // As it was, when nobody typed another code.
        if body.phase_of == self.phase_of {
            body.phase_of.clone_from(&self.body.phase_of);
        }
        if body.title.is_none() {
            body.title = body.investor_name.as_ref().map(|investor| {
                let title = Message::new("lead-title-of").text("investor", investor.clone());
                app.views.i18n().say(Lang::ZhCn, &title)
            });
        }
        // What could not be read is empty in the body: its other faults are found all the same.
        let mut errors = std::mem::take(&mut form.errors);
        match self.check(app, body) {
            Ok(input) if errors.is_empty() => Ok(input),
            Ok(_) => Err(AppError::Invalid(errors)),
            Err(AppError::Invalid(more)) => {
                let unread = |fault: &FieldError| {
                    errors.0.iter().all(|known| known.field != page::field(&fault.field))
                };
                let more: Vec<_> = more.0.into_iter().filter(unread).collect();
                errors.0.extend(more);
                Err(AppError::Invalid(errors))
            }
            Err(other) => Err(other),
        }
    }

    fn check(&self, app: &App, body: ProjectBody) -> Result<ProjectInput, AppError> {
        if self.edits {
            ProjectInput::check_edit(&self.body, body, &app.reference)
        } else {
            ProjectInput::check(body, &app.reference)
        }
    }

    /// The body with names in place of ids, as the form showed it.
    fn as_shown(&self) -> ProjectBody {
        let mut body = self.body.clone();
        body.origin.clone_from(&self.origin);
        body.phase_of.clone_from(&self.phase_of);
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

fn origin_name(app: &App, actor: &Actor, body: &ProjectBody) -> Option<String> {
    let origin = body.origin.as_deref()?;
    Some(app.reference.origin_name(origin, actor.locale.as_str()).to_owned())
}

/// The error with its faults at the form's fields.
pub(super) fn at_fields(error: AppError) -> AppError {
    match error {
        AppError::Invalid(errors) => AppError::Invalid(page::at_fields(errors)),
        other => other,
    }
}
