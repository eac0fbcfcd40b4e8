//! `/projects/new`, `POST /projects`, `/projects/{id}/edit`, `POST /projects/{id}`: entering and editing by a form.

use super::conflict;
use super::entry::{Start, at_fields};
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::handlers::record::{class_choice, class_groups, origin_names, park_groups};
use crate::leads::model::SourceKind;
use crate::leads::pages::Link;
use crate::projects::editing;
use crate::projects::handlers::load_editable;
use crate::projects::handlers::small_page::{Reader, head, people, returned};
use crate::projects::model::{KeyBasis, LandUse, Project};
use crate::projects::pages::Form as FormPage;
use crate::projects::policy;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::{ProjectEditor, ProjectReader};
use crate::web::visit::Visit;
use crate::{chambers, events, leads, referrers};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// Which project the form is about.
#[derive(Clone)]
enum Of {
    /// A new one, perhaps of this lead.
    New(Option<String>),
    One(String),
}

/// `GET /projects/new?lead=`
pub async fn new_form(
    editor: ProjectEditor,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["lead"])?;
    let lead = params.text("lead").map(str::to_owned);
    shown(&app, &visit, editor.0, Of::New(lead), None, StatusCode::OK).await
}

/// `POST /projects`
pub async fn submit(
    editor: ProjectEditor,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, typed) = (editor.0.clone(), form.clone());
    let done = app
        .write(&editor, move |app, conn| {
            let start = Start::new(conn, app, &actor, typed.text("lead").as_deref())?;
            let lead = start.lead.as_ref().map(|known| known.lead.id.clone());
            let input = start.read(conn, app, &typed)?;
            editing::register(conn, app.tools(), &actor, lead, input)
        })
        .await;
    match done.map_err(at_fields) {
        Ok(project) => {
            Ok(flash::redirect(format!("/projects/{}", project.id), Message::new("project-created")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, editor.0, Of::New(form.text("lead")), Some(filled), status).await
        }
    }
}

/// `GET /projects/{id}/edit`
pub async fn edit_form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, Of::One(id.into_inner()), None, StatusCode::OK).await
}

/// `POST /projects/{id}`
pub async fn submit_edit(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, project, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |app, conn| {
            let before = load_editable(conn, &actor, &project)?;
            typed.version().require(before.version)?;
            let start = Start::of(conn, app, &actor, &before)?;
            let input = start.read(conn, app, &typed)?;
            editing::edit(conn, app.tools(), &actor, before, input)
        })
        .await;
    match done.map_err(at_fields) {
        Ok(project) => {
            Ok(flash::redirect(format!("/projects/{}", project.id), Message::new("project-saved")))
        }
        Err(AppError::Stale { .. }) => {
            conflict::page(&app, &visit, Reader { actor: reader.0, lang: visit.lang }, id, form).await
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, Of::One(id), Some(filled), status).await
        }
    }
}

/// The form as it is opened, or with `filled` as it comes back.
async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    of: Of,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let reader = Reader { actor, lang: visit.lang };
    let page = app
        .read(move |app, conn| {
            let project = match &of {
                Of::One(id) => Some(load_editable(conn, &reader.actor, id)?),
                Of::New(_) => None,
            };
            let (filled, lead) = match (filled, &project, of) {
                // What came back may be of a lead that can become no project any more: it is not asked again.
                (Some(filled), _, Of::New(Some(id))) => (filled, lead_of(conn, &reader.actor, &id)?),
                (Some(filled), ..) => (filled, None),
                (None, Some(project), _) => (Start::of(conn, app, &reader.actor, project)?.filled(), None),
                (None, None, Of::New(lead)) => {
                    let start = Start::new(conn, app, &reader.actor, lead.as_deref())?;
                    let mut filled = start.filled();
                    if start.lead.is_none()
                        && let Some(county) = reader.actor.region.as_deref()
                    {
                        filled = filled.value("county", county);
                    }
                    (filled, start.lead.map(|known| link(&known.lead)))
                }
                (None, None, Of::One(_)) => return Err(AppError::NotFound),
            };
            form_page(conn, app, &reader, project, lead, filled)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

fn lead_of(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Option<Link>, AppError> {
    Ok(Some(link(&leads::handlers::load(conn, actor, id)?.lead)))
}

fn link(lead: &leads::model::Lead) -> Link {
    Link { href: format!("/leads/{}", lead.id), label: format!("{} {}", lead.code, lead.title) }
}

/// The form with all that can be chosen in it.
fn form_page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: Option<Project>,
    lead: Option<Link>,
    filled: Filled,
) -> Result<FormPage, AppError> {
    let (reference, lang, actor) = (&app.reference, reader.lang.code(), &reader.actor);
    let counties: Vec<_> =
        reference.counties().iter().filter(|county| policy::may_create_in(actor, &county.code)).collect();
    let value = |field: &str| filled.values.get(field).cloned().unwrap_or_default();
    let industry = value("industry");
    let text = format!("{} {}", value("title"), value("content"));
    let suggested = reference.classes_for(&text, Some(industry.as_str()).filter(|code| !code.is_empty()));
    let now = [value("leader"), value("officer")];
    let county = value("county");
    // A county's officer enters projects of his county alone; the zone's, also those of enclaves.
    let led_from: &[&str] = match counties.as_slice() {
        [own] if !reference.is_zone(&own.code) => &[own.code.as_str()],
        _ => &[],
    };
    let (leaders, officers) = people(conn, app, reader, &county, led_from, &now)?;
    let names = |choices: Vec<(crate::db::Id, String)>| choices.into_iter().map(|(_, name)| name).collect();
    let codes = |words: Vec<&'static str>| words.into_iter().map(Choice::code).collect();
    let named = |county: &&crate::reference::Region| Choice::named(&county.code, county.name(lang));
    let bases = KeyBasis::ALL.iter().filter(|basis| {
        // Whoever may not decide is not offered it, but an edit keeps what the head said.
        **basis != KeyBasis::Head || policy::verifies(actor.role) || value("key_basis") == "head"
    });
    Ok(FormPage {
        parks: park_groups(reference, &counties, lang),
        counties: counties.iter().map(named).collect(),
        enclave_counties: reference
            .counties()
            .iter()
            .filter(|county| !reference.is_zone(&county.code))
            .map(|county| Choice::named(&county.code, county.name(lang)))
            .collect(),
        industries: reference
            .industries()
            .iter()
            .map(|industry| Choice::named(&industry.code, industry.name(lang)))
            .collect(),
        classes: class_groups(reference, lang),
        suggested: suggested.into_iter().map(|class| class_choice(class, lang)).collect(),
        bases: bases.map(|basis| Choice::code(basis.as_str())).collect(),
        land_uses: codes(LandUse::ALL.iter().map(|one| one.as_str()).collect()),
        sources: codes(SourceKind::ALL.iter().map(|kind| kind.as_str()).collect()),
        chambers: names(chambers::queries::choices(conn)?),
        referrers: names(referrers::queries::choices(conn)?),
        enterprises: leads::queries::enterprises(conn, actor)?,
        events: events::handlers::choices(conn, &value("source_event"))?,
        origins: origin_names(reference, lang),
        units: reference.units().iter().map(|unit| unit.name(lang).to_owned()).collect(),
        leaders,
        officers,
        project: project.as_ref().map(head),
        lead_id: lead.as_ref().map(|lead| lead.href.trim_start_matches("/leads/").to_owned()),
        lead,
        form: filled,
    })
}
