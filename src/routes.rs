//! Every URL, grouped by feature.

use crate::accounts::handlers::{account, language, me, password, sessions, set_up, sign_in, tokens, users};
use crate::audit::handlers as audit;
use crate::error::AppError;
use crate::web::{assets, health};
use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, delete, get, patch, post, resource, to};

/// All routes. What is not here is 404.
pub fn configure(routes: &mut ServiceConfig) {
    machine(routes);
    door(routes);
    own_account(routes);
    administration(routes);
    trail(routes);
    routes.default_service(to(nowhere));
}

/// Files of the pages, and what watches the server.
fn machine(routes: &mut ServiceConfig) {
    routes
        .service(resource("/static/{name:.*}").route(get().to(assets::serve)))
        .service(resource("/healthz").route(get().to(health::healthz)))
        .service(resource("/readyz").route(get().to(health::readyz)))
        .service(resource("/metrics").route(get().to(health::metrics)));
}

/// What is open to everybody.
fn door(routes: &mut ServiceConfig) {
    routes
        .service(resource("/sign-in").route(get().to(sign_in::show)).route(post().to(sign_in::create)))
        .service(resource("/sign-out").route(post().to(sign_in::destroy)))
        .service(resource("/set-up/{secret}").route(get().to(set_up::show)).route(post().to(set_up::create)))
        .service(resource("/language").route(post().to(language::update)));
}

fn own_account(routes: &mut ServiceConfig) {
    routes
        .service(resource("/account").route(get().to(account::show)).route(post().to(account::update)))
        .service(resource("/account/password").route(post().to(password::update)))
        .service(resource("/account/sessions/revocation").route(post().to(sessions::revoke_others)))
        .service(resource("/account/sessions/{id}/revocation").route(post().to(sessions::revoke)))
        .service(resource("/account/tokens").route(post().to(tokens::create_on_page)))
        .service(resource("/account/tokens/{id}/revocation").route(post().to(tokens::revoke_on_page)))
        .service(resource("/api/v1/me").route(get().to(me::show)))
        .service(resource("/api/v1/tokens").route(get().to(tokens::list)).route(post().to(tokens::create)))
        .service(resource("/api/v1/tokens/{id}").route(delete().to(tokens::delete)));
}

fn administration(routes: &mut ServiceConfig) {
    routes
        .service(
            resource("/admin/users")
                .route(get().to(users::list::show))
                .route(post().to(users::record::create_on_page)),
        )
        .service(resource("/admin/users/new").route(get().to(users::record::new)))
        .service(
            resource("/admin/users/{id}")
                .route(get().to(users::record::edit))
                .route(post().to(users::record::update_on_page)),
        )
        .service(
            resource("/admin/users/{id}/disabling")
                .route(get().to(users::disabling::show))
                .route(post().to(users::disabling::create)),
        )
        .service(resource("/admin/users/{id}/enabling").route(post().to(users::disabling::delete)))
        .service(
            resource("/admin/users/{id}/password-reset")
                .route(get().to(users::password_reset::show))
                .route(post().to(users::password_reset::create_on_page)),
        )
        .service(
            resource("/api/v1/users")
                .route(get().to(users::list::index))
                .route(post().to(users::record::create)),
        )
        .service(
            resource("/api/v1/users/{id}")
                .route(get().to(users::record::read))
                .route(patch().to(users::record::patch)),
        )
        .service(
            resource("/api/v1/users/{id}/password-reset").route(post().to(users::password_reset::create)),
        );
}

fn trail(routes: &mut ServiceConfig) {
    routes
        .service(resource("/audit").route(get().to(audit::show)))
        .service(resource("/api/v1/audit").route(get().to(audit::index)));
}

async fn nowhere() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
