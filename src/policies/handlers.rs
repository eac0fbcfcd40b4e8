//! `/policies`: which versions there are, loading one, extending one.

use super::editing::{self, Paper};
use super::model::Policy;
use super::pages::{Extend, List, Load, QuotaLine, Version};
use super::policy;
use crate::app::App;
use crate::clock;
use crate::error::{AppError, FieldErrors};
use crate::projects::handlers::small_page::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::{PolicyKeeper, PolicyReader};
use crate::web::upload::Uploaded;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::Datelike;

/// `GET /policies`
pub async fn list(
    reader: PolicyReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&[])?;
    let lang = visit.lang;
    let versions = app
        .read(move |app, conn| {
            let all = app.policies.now(conn)?;
            let mut versions: Vec<&Policy> = all.all().iter().collect();
            versions.sort_by_key(|version| std::cmp::Reverse(version.from));
            Ok(versions.into_iter().map(|version| shown(app, lang, version)).collect())
        })
        .await?;
    visit.page(&app, &List { versions, keeps: policy::keeps(reader.role) })
}

/// `GET /policies/new`
pub async fn new_form(_: PolicyKeeper, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    visit.page(&app, &Load::default())
}

/// `POST /policies/new`: a version as a file, or as the text that came back with its faults.
pub async fn submit(
    keeper: PolicyKeeper,
    visit: Visit,
    uploaded: Uploaded,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let field = |name: &str| uploaded.field(name).map(str::to_owned);
    let paper = Paper { number: field("document_number"), name: field("document_name") };
    let typed = field("body");
    let file = uploaded.into_file().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    let body = file.or(typed);
    let mut filled = Filled::new();
    for (name, value) in [("body", &body), ("document_number", &paper.number), ("document_name", &paper.name)]
    {
        if let Some(value) = value {
            filled = filled.value(name, value);
        }
    }
    let actor = keeper.0;
    let done = app
        .write(&actor.clone(), move |app, conn| editing::load(conn, app.tools(), &actor, body, paper))
        .await;
    match done {
        Ok(version) => Ok(flash::redirect(
            format!("/quota?year={}", version.from.year()),
            Message::new("policy-loaded").text("code", version.code),
        )),
        Err(error) => {
            let status = error.status();
            let AppError::Invalid(errors) = error else { return Err(error) };
            let faults = Form::default().filled(&errors).errors;
            let form = Filled { errors: faults, ..filled };
            visit.page_with(&app, &Load { form }, HttpResponseBuilder::new(status))
        }
    }
}

/// `GET /policies/{code}/extension`
pub async fn extension_form(
    _: PolicyKeeper,
    code: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    extension_page(&app, &visit, code.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /policies/{code}/extension`
pub async fn submit_extension(
    keeper: PolicyKeeper,
    code: Path<String>,
    visit: Visit,
    mut form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, code) = (keeper.0, code.into_inner());
    let until = form.date("valid_until");
    let paper = Paper { number: form.text("document_number"), name: form.text("document_name") };
    let unread: FieldErrors = std::mem::take(&mut form.errors);
    let of = code.clone();
    let done = app
        .write(&actor.clone(), move |app, conn| {
            unread.into_result()?;
            editing::extend(conn, app.tools(), &actor, &of, until, paper)
        })
        .await;
    match done {
        Ok(version) => Ok(flash::redirect(
            format!("/quota?year={}", clock::today().year().min(version.to.year())),
            Message::new("policy-extended").text("code", version.code),
        )),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            extension_page(&app, &visit, code, filled, status).await
        }
    }
}

async fn extension_page(
    app: &App,
    visit: &Visit,
    code: String,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let version = app
        .read(move |app, conn| {
            let all = app.policies.now(conn)?;
            all.find(&code).map(|version| shown(app, lang, version)).ok_or(AppError::NotFound)
        })
        .await?;
    visit.page_with(app, &Extend { version, form }, HttpResponseBuilder::new(status))
}

fn shown(app: &App, lang: Lang, version: &Policy) -> Version {
    let quotas = version.quota.iter().map(|quota| QuotaLine {
        metric: quota.metric.to_string(),
        scope: quota.scope.to_string(),
        region: quota.region.as_deref().map(|code| app.reference.region_name(code, lang.code()).to_owned()),
        years: years(&quota.years),
        target: quota.target,
    });
    Version {
        quotas: quotas.collect(),
        title: version.title(lang.code()).to_owned(),
        code: version.code.clone(),
        issuer: version.issuer.clone(),
        number: version.number.clone(),
        from: version.from,
        to: version.to,
        demonstration: version.demonstration,
        in_force: version.covers(clock::today()),
        extensions: version.extensions.clone(),
    }
}

/// `2023–2025`, or single years where there are gaps.
fn years(years: &[i32]) -> String {
    let mut years = years.to_vec();
    years.sort_unstable();
    let in_a_row = years.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if in_a_row && first != last => format!("{first}–{last}"),
        _ => years.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}
