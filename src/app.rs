//! The application: what all requests share, and how it is put together for `main` and for tests alike.

use crate::accounts::{Actor, User};
use crate::api::Api;
use crate::attachments::Storage;
use crate::chambers;
use crate::comparison::queries::Figures;
use crate::confidential::Keyring;
use crate::config::{KeySource, Settings};
use crate::db::{self, AnyConn, Database, Remembered};
use crate::error::AppError;
use crate::jobs::Wake;
use crate::papers::Fonts;
use crate::policies::{Book, Policies, Policy, awards};
use crate::quota::queries::YearFacts;
use crate::reference::Reference;
use crate::search::{self, Among, SearchEngine};
use crate::web::i18n::I18n;
use crate::web::templates::Views;
use crate::web::visit::Comer;
use crate::{routes, web};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{self, from_fn};
use anyhow::Context;
use metrics_exporter_prometheus::PrometheusHandle;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// What all requests and workers share; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of the application.
pub struct Inner {
    pub settings: Settings,
    pub db: Database,
    /// Numbers over lists.
    pub counts: Remembered<i64>,
    /// Of the pool, by `projects::queries::state`: numbers over lists, what a year's quotas are counted from, and the
    /// counties' figures of a year.
    pub pool_counts: Remembered<i64>,
    pub pool_years: Remembered<Arc<YearFacts>>,
    pub comparisons: Remembered<Arc<Vec<Figures>>>,
    /// The figures of evidence of all chambers in a period, by where they come from.
    pub chamber_figures: chambers::evidence::adding::KnownFigures,
    /// Who came with a session or a token.
    pub comers: Remembered<Comer>,
    /// The people whom lists offer as officers and leaders.
    pub people: Remembered<Arc<Vec<User>>>,
    pub reference: Arc<Reference>,
    /// Versions of the plan.
    pub policies: Book,
    pub views: Arc<Views>,
    /// Both made when they are first asked for.
    api: OnceLock<Result<Api, String>>,
    fonts: OnceLock<Result<Fonts, String>>,
    pub search: Arc<dyn SearchEngine>,
    /// Of what is no lead.
    pub records: Arc<dyn SearchEngine>,
    /// The records that exist for somebody.
    pub visible_records: Remembered<Among>,
    /// What each role may match, count and highlight.
    pub search_settings: search::settings::Settings,
    pub record_settings: search::settings::Settings,
    pub keys: Keyring,
    /// Where the bytes of papers lie.
    pub attachments: Storage,
    /// Wakes the outbox worker after a write.
    pub wake: Wake,
    pub metrics: PrometheusHandle,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// The parts of the program that need no search index: what commands beside a running server use.
pub struct Ground {
    pub settings: Settings,
    pub db: Database,
    pub reference: Arc<Reference>,
    pub policies: Book,
    pub keys: Keyring,
    pub i18n: Arc<I18n>,
}

/// What is read from files and needs no database.
#[derive(Clone)]
pub struct Files {
    pub reference: Arc<Reference>,
    /// The policy versions of files.
    pub policies: Policies,
    pub i18n: Arc<I18n>,
}

/// What is compiled once and serves any database: templates, and how words are searched for.
#[derive(Clone)]
pub struct Compiled {
    views: Arc<Views>,
    search_settings: search::settings::Settings,
    record_settings: search::settings::Settings,
}

/// What writing a record needs beside a connection.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    pub reference: &'a Reference,
    pub policies: &'a Book,
    pub keys: &'a Keyring,
    /// Words of ledgers, which are written in the bureau's language.
    pub i18n: &'a I18n,
    /// The letters in front of codes.
    pub code_prefix: &'a str,
}

impl Ground {
    pub fn tools(&self) -> Tools<'_> {
        Tools {
            reference: &self.reference,
            policies: &self.policies,
            keys: &self.keys,
            i18n: &self.i18n,
            code_prefix: &self.settings.code_prefix,
        }
    }

    /// Opens the database, the key and the reference data.
    pub fn open(settings: Settings) -> anyhow::Result<Self> {
        let files = Files::read(&settings)?;
        Self::over(settings, files)
    }

    /// The same with files that were read before.
    pub fn over(settings: Settings, files: Files) -> anyhow::Result<Self> {
        db::reach::check(&settings.database.url, settings.database.allow_plain)?;
        let db = Database::open(&settings.database.url, settings.database.connections)?;
        let keys = match &settings.key {
            KeySource::Hex(hex) => Keyring::from_hex(hex).context("YINFENG_KEY")?,
            KeySource::File(path) => Keyring::from_file(path)?,
        };
        let Files { reference, policies, i18n } = files;
        Ok(Ground { settings, db, reference, policies: Book::new(policies), keys, i18n })
    }
}

impl Files {
    /// Reads what the program brings along, and what the data folder has in its place.
    pub fn read(settings: &Settings) -> anyhow::Result<Self> {
        let reference = Reference::load(Some(&settings.reference_dir()))?;
        let fits = |version: &Policy| awards::check_known(version, &reference);
        let policies =
            Policies::load_with(Some(&settings.policies_dir()), fits).context("policy versions")?;
        Ok(Files { reference: Arc::new(reference), policies, i18n: Arc::new(I18n::load()?) })
    }

    pub fn compiled(&self) -> anyhow::Result<Compiled> {
        Compiled::new(self.i18n.clone())
    }
}

impl Compiled {
    fn new(i18n: Arc<I18n>) -> anyhow::Result<Self> {
        let search_settings = search::settings::Settings::builtin()?;
        let record_settings = search::settings::Settings::of_records(search_settings.language.clone())?;
        Ok(Compiled { views: Arc::new(Views::new(i18n)?), search_settings, record_settings })
    }
}

impl App {
    /// Opens the rest: templates, messages and the search engine, whose embedded index only one process may hold.
    pub fn open(ground: Ground, metrics: PrometheusHandle) -> anyhow::Result<Self> {
        let compiled = Compiled::new(ground.i18n.clone())?;
        Self::over(ground, compiled, metrics)
    }

    /// The same with what was compiled before.
    pub fn over(ground: Ground, compiled: Compiled, metrics: PrometheusHandle) -> anyhow::Result<Self> {
        let Compiled { views, search_settings, record_settings } = compiled;
        let search = search::open(&ground.settings, &search_settings)?;
        let records = search::open(&ground.settings, &record_settings)?;
        let attachments = Storage::open(&ground.settings)?;
        let Ground { settings, db, reference, policies, keys, .. } = ground;
        Ok(App(Arc::new(Inner {
            settings,
            db,
            counts: Remembered::default(),
            pool_counts: Remembered::for_ten_seconds(),
            pool_years: Remembered::for_ten_seconds(),
            comparisons: Remembered::for_ten_seconds(),
            chamber_figures: chambers::evidence::adding::KnownFigures::default(),
            comers: Remembered::default(),
            people: Remembered::default(),
            reference,
            policies,
            views,
            api: OnceLock::new(),
            fonts: OnceLock::new(),
            search,
            records,
            visible_records: Remembered::for_ten_seconds(),
            search_settings,
            record_settings,
            keys,
            attachments,
            wake: Wake::default(),
            metrics,
        })))
    }

    /// What the API is, for programs and people.
    pub fn api(&self) -> Result<&Api, AppError> {
        let made = self.api.get_or_init(|| Api::new(self.views.i18n()).map_err(|e| format!("{e:#}")));
        made.as_ref().map_err(|reason| AppError::Internal(anyhow::anyhow!("the API's document: {reason}")))
    }

    /// The type of papers.
    pub fn fonts(&self) -> Result<&Fonts, AppError> {
        let read = self.fonts.get_or_init(|| Fonts::load(&self.settings.fonts_dir()));
        read.as_ref().map_err(|reason| AppError::Internal(anyhow::anyhow!("{reason}")))
    }

    pub fn tools(&self) -> Tools<'_> {
        Tools {
            reference: &self.reference,
            policies: &self.policies,
            keys: &self.keys,
            i18n: self.views.i18n(),
            code_prefix: &self.settings.code_prefix,
        }
    }

    /// Reads from the database, off the async threads.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &mut AnyConn) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let app = self.clone();
        actix_web::web::block(move || app.db.read(|conn| work(&app, conn))).await?
    }

    /// Writes in one transaction, off the async threads, and wakes the outbox worker.
    ///
    /// The actor's Idempotency-Key is claimed in the same transaction: what was done once is not done again.
    pub async fn write<T: Send + 'static>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&App, &mut AnyConn) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let (app, actor) = (self.clone(), actor.clone());
        actix_web::web::block(move || {
            let done = app.db.write(|conn| {
                web::idempotency::claim(conn, &actor)?;
                work(&app, conn)
            });
            app.wake.wake();
            done
        })
        .await?
    }

    /// Work that takes long and needs no connection of the pool's own choosing (hashing, files).
    pub async fn block<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let app = self.clone();
        actix_web::web::block(move || work(&app)).await?
    }
}

/// The actix application with all routes and everything around them, from the inside out.
pub fn create_app(
    app: App,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    actix_web::App::new()
        .app_data(actix_web::web::Data::new(app))
        .configure(routes::configure)
        .wrap(from_fn(web::idempotency::replay))
        .wrap(from_fn(web::csrf::same_origin))
        .wrap(from_fn(web::visit::arrive))
        .wrap(from_fn(web::problem::render))
        .wrap(middleware::Compress::default())
        .wrap(from_fn(web::headers::secure_cookies))
        .wrap(web::headers::security())
        .wrap(from_fn(web::measure::requests))
        .wrap(tracing_actix_web::TracingLogger::<web::measure::RequestSpan>::new())
}
