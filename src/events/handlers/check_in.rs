//! `/check-in/{secret}`: a guest enters himself at the door, with his own phone and without signing in.
//!
//! 1. An address that guessed much is slowed, as at the sign-in, never stopped.
//! 2. A secret that never was or was renewed gets 404, and is counted as a guess.
//! 3. Outside the event's days the page says when they are, and takes nothing.
//! 4. Whom the list means by name and company is marked; another is entered. Both are answered alike.
//! 5. Where too many others come within a minute, one more is asked to wait: what he typed stays.

use crate::app::App;
use crate::error::{AppError, FieldErrors};
use crate::events::Event;
use crate::events::check_in::{Guest, check_in, opened};
use crate::events::pages::CheckIn;
use crate::events::rules::Door;
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::guesses;
use crate::web::i18n::Message;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// What stands for a username where guesses are counted.
const PAGE: &str = "/check-in";

/// `GET /check-in/{secret}`
pub async fn show(app: Data<App>, visit: Visit, secret: Path<String>) -> Result<HttpResponse, AppError> {
    let Some((event, door)) = found(&app, &visit, &secret).await? else {
        return guesses::refuse(&app, &visit, PAGE).await;
    };
    answered(&app, &visit, page(&event, door, Filled::new()), StatusCode::OK)
}

/// `POST /check-in/{secret}`: once more changes nothing.
pub async fn submit(
    app: Data<App>,
    visit: Visit,
    secret: Path<String>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let Some((event, door)) = found(&app, &visit, &secret).await? else {
        return guesses::refuse(&app, &visit, PAGE).await;
    };
    let (typed, address, of) = (form.clone(), visit.address.to_string(), event.clone());
    let work = move |app: &App| {
        let guest = Guest::check(typed.text("name"), typed.text("company"))?;
        app.db.write(|conn| check_in(conn, &of, &guest, &address))?;
        Ok::<_, AppError>(guest.name)
    };
    match app.block(work).await {
        Ok(name) => {
            let page = CheckIn { done: Some(name), ..page(&event, door, Filled::new()) };
            answered(&app, &visit, page, StatusCode::OK)
        }
        Err(AppError::TooManyRequests { seconds, code }) => {
            let filled = form.filled(&FieldErrors::default()).error("", Message::of("fault", code));
            let page = page(&event, door, filled);
            let mut response = answered(&app, &visit, page, StatusCode::TOO_MANY_REQUESTS)?;
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            answered(&app, &visit, page(&event, door, filled), status)
        }
    }
}

async fn found(app: &App, visit: &Visit, secret: &str) -> Result<Option<(Event, Door)>, AppError> {
    guesses::slow_down(app, visit).await?;
    let asked = secret.to_owned();
    app.read(move |_, conn| opened(conn, &asked)).await
}

fn page(event: &Event, door: Door, form: Filled) -> CheckIn {
    CheckIn {
        title: event.title.clone(),
        place: event.place.clone(),
        from_on: event.from_on,
        to_on: event.to_on,
        door: door.as_str().to_owned(),
        secret: event.check_in_key.clone(),
        form,
        done: None,
    }
}

fn answered(app: &App, visit: &Visit, page: CheckIn, status: StatusCode) -> Result<HttpResponse, AppError> {
    Ok(guesses::unseen(visit.page_with(app, &page, HttpResponseBuilder::new(status))?))
}
