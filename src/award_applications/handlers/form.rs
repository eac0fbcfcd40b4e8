//! `/award-applications/new`, `POST /award-applications`, `/award-applications/{id}/edit`: drafting and changing by a
//! form, which works without scripts.

use super::load;
use crate::accounts::Actor;
use crate::app::App;
use crate::award_applications::computing::Loaded;
use crate::award_applications::editing::{self, ApplicationBody, ApplicationChange};
use crate::award_applications::facts::gather;
use crate::award_applications::forms::{self, at_fields, percent};
use crate::award_applications::model::{Application, Payee};
use crate::award_applications::pages::{FactField, Form as FormPage, PayeeFields};
use crate::award_applications::queries::{self, filed};
use crate::award_applications::wanted::{Form as FactForm, Wanted};
use crate::award_applications::{card, payees, policy};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::policies::awards::AwardRule;
use crate::projects::handlers::small_page::head;
use crate::projects::model::Project;
use crate::registers::forms::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::{AwardApplicationReader, AwardDrafter};
use crate::web::visit::Visit;
use crate::{projects, referrers};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// What the form is about.
#[derive(Clone)]
enum Of {
    /// A new one of a project and a rule, as far as they are said.
    New(Option<String>, Option<AwardRule>),
    One(String),
}

/// `GET /award-applications/new?project=&rule=`
pub async fn new_form(
    drafter: AwardDrafter,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["project", "rule"])?;
    let of = Of::New(params.text("project").map(str::to_owned), params.one("rule")?);
    shown(&app, &visit, drafter.0, of, None, StatusCode::OK).await
}

/// `POST /award-applications`
pub async fn submit(
    drafter: AwardDrafter,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, mut typed) = (drafter.0.clone(), form.clone());
    let done = app
        .write(&drafter, move |app, conn| {
            let project = typed.text("project_id").unwrap_or_default();
            let rule: AwardRule = typed.chosen("rule")?;
            let found = project_of(conn, &actor, &project)?;
            let loaded = assumed(conn, app, &found, rule)?;
            let facts = forms::facts(&mut typed, gather(rule, &loaded.records).wanted(rule));
            let payees = forms::payees(&mut typed);
            typed.check()?;
            let payees = Some(payees).filter(|payees| !payees.is_empty());
            let body = ApplicationBody { project_id: project, rule, payees, facts };
            editing::draft(conn, app.tools(), &actor, body)
        })
        .await;
    match done.map_err(at_fields) {
        Ok(made) => {
            Ok(flash::redirect(format!("/award-applications/{}", made.id), Message::new("award-drafted")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            let of = Of::New(form.text("project_id"), form.text("rule").and_then(|rule| rule.parse().ok()));
            shown(&app, &visit, drafter.0, of, Some(filled), status).await
        }
    }
}

/// `GET /award-applications/{id}/edit`
pub async fn edit_form(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, Of::One(id.into_inner()), None, StatusCode::OK).await
}

/// `POST /award-applications/{id}`
pub async fn submit_edit(
    reader: AwardApplicationReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, mut typed) = (reader.0.clone(), id.clone(), form.clone());
    let version = form.version();
    let done = app
        .write(&reader, move |app, conn| {
            let application = editable(conn, &actor, &named)?;
            version.honour(application.version)?;
            let project = queries::project_of(conn, &application)?.ok_or(AppError::NotFound)?;
            let before = payees_of(conn, &application)?;
            let (rule, own) = (application.rule, application.id.clone());
            let loaded = Loaded::of(conn, app.tools(), &project, rule, &before, Some(&own))?;
            let facts = forms::facts(&mut typed, gather(rule, &loaded.records).wanted(rule));
            let given = forms::payees(&mut typed);
            typed.check()?;
            let payees = Some(given).filter(|given| !given.is_empty());
            let body = ApplicationChange { payees, facts };
            editing::change(conn, app.tools(), &actor, application, &project, body)
        })
        .await;
    match done.map_err(at_fields) {
        Ok(_) => Ok(flash::redirect(format!("/award-applications/{id}"), Message::new("award-changed"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, Of::One(id), Some(filled), status).await
        }
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    of: Of,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| match of {
            Of::New(None, _) => Ok(FormPage::default()),
            Of::New(Some(project), rule) => new_page(conn, app, lang, &actor, &project, rule, filled),
            Of::One(id) => edit_page(conn, app, lang, &actor, &id, filled),
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

fn new_page(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    actor: &Actor,
    project: &str,
    rule: Option<AwardRule>,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let project = project_of(conn, actor, project)?;
    if !policy::may_draft_in(actor, &project.county) {
        return Err(AppError::Forbidden("other-county"));
    }
    let Some(rule) = rule else {
        let rules = card::of_project(conn, app, lang, actor, &project)?.map(|card| card.rules);
        return Ok(FormPage {
            project: Some(head(&project)),
            rules: rules.unwrap_or_default(),
            ..FormPage::default()
        });
    };
    let loaded = assumed(conn, app, &project, rule)?;
    let payees = assumed_payees(conn, app, &project, rule)?;
    let page = form_page(conn, app, lang, actor, &project, &loaded)?;
    let form = match filled {
        Some(filled) => filled,
        None => with_payees(conn, Filled::new(), &payees)?,
    };
    Ok(FormPage { form, ..page })
}

fn edit_page(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    actor: &Actor,
    id: &str,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let application = editable(conn, actor, id)?;
    let project = queries::project_of(conn, &application)?.ok_or(AppError::NotFound)?;
    let payees = payees_of(conn, &application)?;
    let (rule, own) = (application.rule, &application.id);
    let loaded = Loaded::of(conn, app.tools(), &project, rule, &payees, Some(own))?;
    let page = form_page(conn, app, lang, actor, &project, &loaded)?;
    let form = match filled {
        Some(filled) => filled,
        None => {
            let entered = &application.entered.0;
            let of_facts = gather(rule, &loaded.records)
                .wanted(rule)
                .filter_map(|one| Some((one, entered.get(one.name)?)))
                .fold(Filled::new(), |form, (one, value)| {
                    form.value(&format!("fact_{}", one.name), forms::typed(one.form, value))
                });
            with_payees(conn, of_facts, &payees)?
        }
    };
    Ok(FormPage {
        id: application.id.to_string(),
        code: application.code,
        version: application.version,
        form,
        ..page
    })
}

/// The fields of a rule.
fn form_page(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    actor: &Actor,
    project: &Project,
    loaded: &Loaded,
) -> Result<FormPage, AppError> {
    let rule = loaded.rule;
    let agreed = if rule == AwardRule::Referral { filed::shares_of(conn, &project.id)? } else { Vec::new() };
    let ids: Vec<Id> = agreed.iter().map(|(id, _)| id.clone()).collect();
    let names = filed::referrers_of(conn, &ids)?;
    let name = |(id, share): &(Id, i64)| {
        (names.get(id).map(|known| known.name.clone()).unwrap_or_default(), percent(*share))
    };
    let choice = |(code, name): (String, String)| Choice::named(&code, format!("{name} · {code}"));
    let rows = |number: usize| PayeeFields {
        referrer: format!("referrer_{number}"),
        organisation: format!("organisation_{number}"),
        share: format!("share_{number}"),
        number,
    };
    Ok(FormPage {
        project: Some(head(project)),
        rule: rule.to_string(),
        rows: (1..=forms::ROWS).map(rows).collect(),
        referrers: referrers::queries::others(conn, actor, &Id::generate())?
            .into_iter()
            .map(choice)
            .collect(),
        agreed: agreed.iter().map(name).collect(),
        register_only: rule == AwardRule::Referral,
        facts: gather(rule, &loaded.records)
            .wanted(rule)
            .map(|one| field(app, lang, one, &loaded.records.chains))
            .collect(),
        ..FormPage::default()
    })
}

fn field(app: &App, lang: Lang, wanted: &Wanted, chains: &[String]) -> FactField {
    let word =
        |word: &&str| Choice::named(*word, app.views.i18n().say(lang, &Message::of("award-word", word)));
    let industry = |code: &String| Choice::named(code, app.reference.industry_name(code, lang.code()));
    let (form, options) = match wanted.form {
        FactForm::Flag => ("flag", ["true", "false"].map(Choice::code).into()),
        FactForm::Money => ("money", Vec::new()),
        FactForm::Whole | FactForm::OfRecords => ("whole", Vec::new()),
        FactForm::Day => ("day", Vec::new()),
        FactForm::Word(words) => ("word", words.iter().map(word).collect()),
        FactForm::Industry => ("word", chains.iter().map(industry).collect()),
        FactForm::Moneys | FactForm::Rows(_) => ("lines", Vec::new()),
    };
    FactField {
        name: format!("fact_{}", wanted.name),
        label: format!("award-fact-{}", wanted.name),
        fact: wanted.name,
        form,
        options,
    }
}

fn project_of(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Project, AppError> {
    let id: Id = id.trim().parse().map_err(|_| AppError::NotFound)?;
    projects::queries::find(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// The application of a path, whose draft the actor may change: 403 for whoever only sees it.
fn editable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Application, AppError> {
    let application = load(conn, actor, id)?;
    if !policy::may_draft_in(actor, &application.county) {
        return Err(AppError::Forbidden("role"));
    }
    if application.created_by != actor.user_id {
        return Err(AppError::Forbidden("award-not-creator"));
    }
    Ok(application)
}

fn payees_of(conn: &mut AnyConn, application: &Application) -> Result<Vec<Payee>, AppError> {
    let ids = std::slice::from_ref(&application.id);
    Ok(queries::payees_of(conn, ids)?.remove(&application.id).unwrap_or_default())
}

fn assumed_payees(
    conn: &mut AnyConn,
    app: &App,
    project: &Project,
    rule: AwardRule,
) -> Result<Vec<Payee>, AppError> {
    let agreed = filed::shares_of(conn, &project.id)?;
    let filings = filed::of_project(conn, project)?;
    Ok(payees::assumed(project, rule, &app.reference, &agreed, &filings))
}

fn assumed(conn: &mut AnyConn, app: &App, project: &Project, rule: AwardRule) -> Result<Loaded, AppError> {
    let payees = assumed_payees(conn, app, project, rule)?;
    Loaded::of(conn, app.tools(), project, rule, &payees, None)
}

/// A form with payees in its fields, referrers by their codes.
fn with_payees(conn: &mut AnyConn, form: Filled, payees: &[Payee]) -> Result<Filled, AppError> {
    let ids: Vec<Id> = payees.iter().filter_map(|payee| payee.referrer_id.clone()).collect();
    let known = filed::referrers_of(conn, &ids)?;
    Ok(forms::fill_payees(form, payees, |payee| {
        let known = payee.referrer_id.as_ref().and_then(|id| known.get(id));
        known.map(|known| known.code.clone()).unwrap_or_default()
    }))
}
