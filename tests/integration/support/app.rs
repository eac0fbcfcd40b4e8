//! The application as a test uses it.

use super::client::{Call, Client};
use super::database::TestDatabase;
use super::people::NewUser;
use actix_web::dev::Service;
use actix_web::test::{TestRequest, init_service};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::OnceLock;
use tempfile::TempDir;
use yinfeng::accounts::{Role, User};
use yinfeng::app::{App, Compiled, Files, Ground, create_app};
use yinfeng::config::Settings;
use yinfeng::db::{AnyConn, Database};
use yinfeng::error::AppError;

/// One application in this process, with a database, key, index and folder that nobody else has.
///
/// The fields stand in the order in which they must go: what holds connections before the database.
pub struct TestApp {
    call: Call,
    /// The application's own parts, for looking behind the scenes.
    pub app: App,
    people: RefCell<HashMap<Role, User>>,
    _database: TestDatabase,
    folder: TempDir,
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with_settings(&[]).await
    }

    /// With settings beside the usual ones: `("YINFENG_PUBLIC_URL", "https://crm.example")`.
    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(folder.path());
        let usual = [
            ("YINFENG_DATA_DIR", folder.path().to_str().unwrap()),
            ("YINFENG_DATABASE_URL", database.url()),
            ("YINFENG_DATABASE_CONNECTIONS", "2"),
            ("YINFENG_ATTACHMENTS_READER", env!("CARGO_BIN_EXE_yinfeng")),
        ];
        let environment: Vec<(String, String)> =
            usual.iter().chain(settings).map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let settings = Settings::from_parts("", &environment).unwrap();
        // The folder is new, so nothing in it takes a file's place.
        let (files, compiled) = read_once(&settings);
        let app = App::over(Ground::over(settings, files).unwrap(), compiled, metrics()).unwrap();
        let call = serve(app.clone()).await;
        TestApp { call, app, people: RefCell::default(), _database: database, folder }
    }

    /// A browser in which nobody is signed in.
    pub fn anonymous(&self) -> Client {
        Client::browser(self.call.clone())
    }

    /// A browser in which the one user of this role is signed in; made when first asked for. County roles
    /// are of 450721, the liaison of a chamber of its own.
    pub fn signed_in(&self, role: Role) -> Client {
        self.browser_of(&self.person(role))
    }

    /// A program with a token of the same user.
    pub fn token(&self, role: Role) -> Client {
        self.program_of(&self.person(role))
    }

    /// The user that `signed_in` and `token` stand for.
    pub fn person(&self, role: Role) -> User {
        if let Some(user) = self.people.borrow().get(&role) {
            return user.clone();
        }
        let user = self.user(role).insert();
        self.people.borrow_mut().insert(role, user.clone());
        user
    }

    /// Another user: `app.user(Role::CountyOfficer).region("450722").insert()`.
    pub fn user(&self, role: Role) -> NewUser<'_> {
        NewUser::new(self, role)
    }

    /// A browser in which this user is signed in.
    pub fn browser_of(&self, user: &User) -> Client {
        Client::browser(self.call.clone()).with_session(&self.new_session(user).1)
    }

    /// A program with a token of this user.
    pub fn program_of(&self, user: &User) -> Client {
        Client::program(self.call.clone(), self.new_token(user).1)
    }

    /// Does what the workers beside the server would do, until nothing waits.
    pub fn settle(&self) {
        yinfeng::jobs::index_worker::run_pending(&self.app).unwrap();
        yinfeng::jobs::match_worker::run_pending(&self.app).unwrap();
    }

    /// Looks into the database, past the application.
    pub fn read<T>(&self, work: impl FnOnce(&mut AnyConn) -> diesel::QueryResult<T>) -> T {
        self.app.db.read(|conn| Ok::<_, AppError>(work(conn)?)).unwrap()
    }

    /// Writes into the database, past the application.
    pub fn write<T>(&self, work: impl FnOnce(&mut AnyConn) -> diesel::QueryResult<T>) -> T {
        self.app.db.write(|conn| Ok::<_, AppError>(work(conn)?)).unwrap()
    }

    pub fn db(&self) -> &Database {
        &self.app.db
    }

    /// The application's data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Puts the application's service, whose type has no name, behind a closure that has one.
async fn serve(app: App) -> Call {
    let service = Rc::new(init_service(create_app(app)).await);
    Rc::new(move |request: TestRequest| {
        let service = service.clone();
        Box::pin(async move {
            // An error that no middleware answered goes to the reader as the server would send it.
            match service.call(request.to_request()).await {
                Ok(response) => {
                    let head = response.response().head();
                    let (status, headers) = (head.status, head.headers.clone());
                    let cookies = response.response().cookies().map(|cookie| cookie.into_owned()).collect();
                    let body = actix_web::test::read_body(response).await;
                    super::Response::new(status, headers, cookies, body)
                }
                Err(error) => panic!("an error reached the server unanswered: {error}"),
            }
        })
    })
}

/// What is the same for every application of this process, and takes longer to make than most tests to run.
fn read_once(settings: &Settings) -> (Files, Compiled) {
    static READ: OnceLock<(Files, Compiled)> = OnceLock::new();
    let read = || {
        let files = Files::read(settings).unwrap();
        let compiled = files.compiled().unwrap();
        (files, compiled)
    };
    READ.get_or_init(read).clone()
}

/// One recorder for the process: metrics have one.
fn metrics() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().unwrap()).clone()
}
