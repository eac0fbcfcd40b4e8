//! `GET /duplicates`: the question as a page. It says no more than the API does.

use super::question::{PARAMETERS, ask, read};
use crate::accounts::Role;
use crate::app::App;
use crate::clock;
use crate::duplicates::own::own_lead;
use crate::duplicates::pages::Question as QuestionPage;
use crate::error::{AppError, FieldErrors};
use crate::leads::handlers::record::likenesses;
use crate::leads::handlers::small_page::Reader;
use crate::leads::pages::Link;
use crate::leads::promise::PROMISED_WORKING_DAYS;
use crate::web::form::Form;
use crate::web::params::Params;
use crate::web::roles::DuplicateAsker;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn show(
    asker: DuplicateAsker,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let typed = Form::from_pairs(params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    let own = asker.role == Role::ChamberLiaison;
    let mut page =
        QuestionPage { form: typed.filled(&FieldErrors::default()), own, ..QuestionPage::default() };
    if params.is_empty() {
        return visit.page(&app, &page);
    }
    let question = match read(&params) {
        Ok(question) => question,
        Err(AppError::BadRequest(errors)) => {
            page.form = typed.filled(&errors);
            return visit.page_with(&app, &page, HttpResponse::UnprocessableEntity());
        }
        Err(other) => return Err(other),
    };
    let reader = Reader { actor: asker.0.clone(), lang: visit.lang };
    let (found, likenesses, known) = app
        .write(&asker, move |app, conn| {
            let found = ask(conn, app.tools(), &reader.actor, &question)?;
            let shown = if own { Vec::new() } else { likenesses(conn, &reader, found.clone())? };
            let known = own_lead(conn, &reader.actor, &found)?;
            Ok((found, shown, known))
        })
        .await?;
    page.asked = true;
    page.found = likenesses;
    page.known = known.map(|known| Link { href: format!("/leads/{}", known.id), label: known.code });
    if own && !found.is_empty() && page.known.is_none() {
        page.answered_by = Some(app.reference.calendar().add(clock::today(), PROMISED_WORKING_DAYS));
    }
    let known: Vec<(&str, &str)> =
        params.iter().filter(|(name, _)| matches!(*name, "investor_name" | "uscc")).collect();
    let query = Params::of(&known).to_query();
    page.register = if query.is_empty() { "/leads/new".to_owned() } else { format!("/leads/new?{query}") };
    visit.page(&app, &page)
}
