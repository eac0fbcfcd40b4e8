//! Turns a typed page into HTML. A page struct names its template; everything common comes from the shell.

use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use crate::web::i18n::{I18n, Lang};
use crate::web::parts::{Parts, Rows};
use crate::web::shell::{self, Shell};
use crate::web::{assets, fixed, markup};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// What one template shows. Its fields are the template's variables.
pub trait Page: Serialize {
    /// Path under `templates/`, the same as the page's URL where there is one.
    const TEMPLATE: &'static str;

    /// Rows and other parts that have a template of their own and are put into the page as HTML.
    fn put_rows(&self, _: &mut Rows) -> TeraResult<()> {
        Ok(())
    }
}

/// A template does not fit its page, or is itself wrong: our mistake, answered with 500.
#[derive(Debug, thiserror::Error)]
#[error("template: {0}")]
pub struct ViewError(#[from] Error);

/// All templates, compiled once for each language.
pub struct Views {
    i18n: Arc<I18n>,
    parts: Parts,
    #[cfg(not(debug_assertions))]
    ready: [Tera; 2],
    #[cfg(debug_assertions)]
    fresh: live::Fresh,
}

impl Views {
    pub fn new(i18n: Arc<I18n>) -> Result<Views, ViewError> {
        #[cfg(not(debug_assertions))]
        let ready = [compile(&i18n, Lang::ZhCn)?, compile(&i18n, Lang::En)?];
        #[cfg(debug_assertions)]
        let fresh = live::Fresh::new(&i18n)?;
        Ok(Views {
            i18n,
            parts: Parts::default(),
            #[cfg(not(debug_assertions))]
            ready,
            #[cfg(debug_assertions)]
            fresh,
        })
    }

    /// The messages, for text that is not HTML (mails, spreadsheets).
    pub fn i18n(&self) -> &I18n {
        &self.i18n
    }

    /// The whole page.
    pub fn render<P: Page>(&self, page: &P, shell: &Shell) -> Result<String, ViewError> {
        let mut context = context(page, shell)?;
        self.with(shell.lang, |tera| {
            self.put_parts(page, shell, tera, &mut context)?;
            tera.render(P::TEMPLATE, &context)
        })
    }

    /// One block of the page, for htmx to put into the page that is already there.
    pub fn render_block<P: Page>(&self, page: &P, block: &str, shell: &Shell) -> Result<String, ViewError> {
        let mut context = context(page, shell)?;
        self.with(shell.lang, |tera| {
            self.put_parts(page, shell, tera, &mut context)?;
            tera.render_block(P::TEMPLATE, block, &context)
        })
    }

    fn put_parts<P: Page>(
        &self,
        page: &P,
        shell: &Shell,
        tera: &Tera,
        context: &mut Context,
    ) -> TeraResult<()> {
        let (lang, today) = (shell.lang, shell.today);
        let mut parts = Rows { parts: &self.parts, tera, lang, today, context };
        shell.put_ways(&mut parts)?;
        page.put_rows(&mut parts)
    }

    #[cfg(not(debug_assertions))]
    fn with<R>(&self, lang: Lang, job: impl FnOnce(&Tera) -> TeraResult<R>) -> Result<R, ViewError> {
        let [zh, en] = &self.ready;
        Ok(job(match lang {
            Lang::ZhCn => zh,
            Lang::En => en,
        })?)
    }

    #[cfg(debug_assertions)]
    fn with<R>(&self, lang: Lang, job: impl FnOnce(&Tera) -> TeraResult<R>) -> Result<R, ViewError> {
        let tera = self.fresh.get(&self.i18n, lang, &self.parts)?;
        Ok(job(&tera)?)
    }
}

fn context<P: Page>(page: &P, shell: &Shell) -> TeraResult<Context> {
    let mut context = Context::from_serialize(page)?;
    context.insert("shell", shell);
    context.insert("lang", shell.lang.code());
    context.insert("today", &shell.today);
    Ok(context)
}

/// Builds the engine of one language. Functions and filters come first: templates are checked against them.
fn compile(i18n: &Arc<I18n>, lang: Lang) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    speak(&mut tera, i18n, lang);
    show(&mut tera, i18n, lang);
    tera.register_function("asset", |kw: Kwargs, _: &State| -> TeraResult<String> {
        let name = kw.must_get::<&str>("name")?;
        assets::url(name).ok_or_else(|| Error::message(format!("there is no asset `{name}`")))
    });
    let mut sources: Vec<(String, String)> = Vec::new();
    for name in Templates::iter() {
        let Some(file) = Templates::get(&name) else { continue };
        let text = String::from_utf8(file.data.into_owned())
            .map_err(|_| Error::message(format!("{name}: not UTF-8")))?;
        sources.push((name.into_owned(), fixed::filled_in(&text, i18n, lang)));
    }
    tera.add_raw_templates(sources.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok(tera)
}

/// `t(k="key", name=value)` and `message | say`. With `or=text` a missing message says that text: for codes
/// that other programs or older versions may have written.
fn speak(tera: &mut Tera, i18n: &Arc<I18n>, lang: Lang) {
    let book = i18n.clone();
    tera.register_function("t", move |kw: Kwargs, _: &State| -> TeraResult<String> {
        let mut args = FluentArgs::new();
        for (name, value) in kw.iter().filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value))) {
            args.set(name, fluent(value));
        }
        let key = kw.must_get::<&str>("k")?;
        match kw.get::<String>("or")? {
            Some(other) => Ok(book.find(lang, key, &args).unwrap_or(other)),
            None => sentence(&book, lang, key, &args),
        }
    });
    let book = i18n.clone();
    tera.register_filter("say", move |message: Value, _: Kwargs, _: &State| -> TeraResult<String> {
        let key = message.get_from_path("key").and_then(|key| key.as_str().map(str::to_owned));
        let key = key.ok_or_else(|| Error::message("`say` takes a Message"))?;
        let mut args = FluentArgs::new();
        for (name, value) in message.get_from_path("args").and_then(Value::as_map).into_iter().flatten() {
            args.set(name.as_str().unwrap_or_default().to_owned(), fluent(value));
        }
        sentence(&book, lang, &key, &args)
    });
}

/// A key without a message is an error where we work, and shows itself where others do.
fn sentence(i18n: &I18n, lang: Lang, key: &str, args: &FluentArgs) -> TeraResult<String> {
    match i18n.find(lang, key, args) {
        None if cfg!(debug_assertions) => {
            Err(Error::message(format!("no message `{key}` in {}", lang.code())))
        }
        None => Ok(i18n.t(lang, key, args)),
        Some(text) => Ok(text),
    }
}

fn fluent(value: &Value) -> FluentValue<'static> {
    match value.as_i64() {
        Some(number) => number.into(),
        None => value.to_string().into(),
    }
}

/// `fen | money`, `fen | yuan` (to the fen), `date | day`, `time | clock`, `count | number`, `code | stage`, `days | lateness`,
/// `date | due(days=…)`, `choices | options(chosen=…)`, `excerpt | highlight`; nothing shows as —.
fn show(tera: &mut Tera, i18n: &Arc<I18n>, lang: Lang) {
    let book = i18n.clone();
    tera.register_filter("money", move |value: Value, _: Kwargs, _: &State| {
        html(value.as_i64().map(|fen| markup::money(&book, lang, fen)))
    });
    let book = i18n.clone();
    tera.register_filter("yuan", move |value: Value, _: Kwargs, _: &State| {
        html(value.as_i64().map(|fen| markup::exact_money(&book, lang, fen)))
    });
    let book = i18n.clone();
    tera.register_filter("day", move |value: Value, _: Kwargs, state: &State| -> TeraResult<Value> {
        let Some(text) = value.as_str() else { return Ok(html(None)) };
        Ok(html(Some(markup::day(&book, lang, parsed(text)?, today(state)?))))
    });
    let book = i18n.clone();
    tera.register_filter("long_day", move |day: &str, _: Kwargs, _: &State| -> TeraResult<String> {
        Ok(markup::long_day(&book, lang, parsed(day)?))
    });
    let book = i18n.clone();
    tera.register_filter("clock", move |value: Value, _: Kwargs, state: &State| -> TeraResult<Value> {
        let Some(text) = value.as_str() else { return Ok(html(None)) };
        Ok(html(Some(markup::clock(&book, lang, parsed(text.trim_end_matches('Z'))?, today(state)?))))
    });
    let book = i18n.clone();
    tera.register_filter("stage", move |code: &str, _: Kwargs, _: &State| {
        html(Some(markup::stage(&book, lang, code)))
    });
    let book = i18n.clone();
    tera.register_filter("lateness", move |days: Value, _: Kwargs, _: &State| {
        html(Some(markup::lateness(&book, lang, days.as_i64())))
    });
    let book = i18n.clone();
    tera.register_filter("due", move |on: Value, kw: Kwargs, state: &State| -> TeraResult<Value> {
        let on = on.as_str().map(parsed).transpose()?;
        let days = kw.get::<Value>("days")?.and_then(|days| days.as_i64());
        Ok(html(Some(markup::due(&book, lang, on, days, today(state)?))))
    });
    let book = i18n.clone();
    tera.register_filter("options", move |choices: Value, kw: Kwargs, _: &State| -> TeraResult<Value> {
        let chosen = kw.get::<&str>("chosen")?.unwrap_or_default();
        let keys = kw.get::<&str>("keys")?.unwrap_or_default();
        let mut options = String::new();
        if let Some(blank) = kw.get::<&str>("blank")?.filter(|blank| !blank.is_empty()) {
            let label = sentence(&book, lang, blank, &FluentArgs::new())?;
            markup::option(&mut options, "", &label, false);
        }
        for choice in choices.as_array().unwrap_or_default() {
            let value = choice.get_from_path("value").and_then(Value::as_str).unwrap_or_default();
            let label = match choice.get_from_path("label").and_then(Value::as_str) {
                Some(label) => label.to_owned(),
                None => book
                    .find(lang, &format!("{keys}-{value}"), &FluentArgs::new())
                    .unwrap_or_else(|| value.to_owned()),
            };
            markup::option(&mut options, value, &label, value == chosen);
        }
        Ok(html(Some(options)))
    });
    tera.register_filter("initials", |name: &str, _: Kwargs, _: &State| shell::initials(name));
    tera.register_filter("number", |value: Value, _: Kwargs, _: &State| {
        html(value.as_i64().map(markup::number))
    });
    tera.register_filter("highlight", |text: &str, _: Kwargs, _: &State| html(Some(markup::highlight(text))));
}

fn html(text: Option<String>) -> Value {
    Value::safe_string(text.as_deref().unwrap_or(markup::NOTHING))
}

fn parsed<T: std::str::FromStr<Err: ToString>>(text: &str) -> TeraResult<T> {
    text.parse().map_err(|reason: T::Err| Error::message(format!("`{text}`: {}", reason.to_string())))
}

/// Components see only what they declare, so one that shows days declares `@today`.
fn today(state: &State) -> TeraResult<chrono::NaiveDate> {
    let text: Option<String> = state.get("today")?;
    parsed(&text.ok_or_else(|| Error::message("`today` is not known here: declare @today in the component"))?)
}

/// While we work, an edited template or message shows at the next request.
#[cfg(debug_assertions)]
mod live {
    use std::path::Path;
    use std::sync::{Mutex, PoisonError};
    use std::time::SystemTime;

    use super::*;

    pub(super) struct Fresh(Mutex<State>);

    struct State {
        edited: Option<SystemTime>,
        ready: [Arc<Tera>; 2],
    }

    impl Fresh {
        pub(super) fn new(i18n: &Arc<I18n>) -> Result<Fresh, ViewError> {
            Ok(Fresh(Mutex::new(State { edited: edited(), ready: both(i18n)? })))
        }

        pub(super) fn get(
            &self,
            i18n: &Arc<I18n>,
            lang: Lang,
            parts: &Parts,
        ) -> Result<Arc<Tera>, ViewError> {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let now = edited();
            if state.edited != now {
                // Messages that do not fit keep the old ones; the tests name the mistake.
                let i18n = I18n::load().map(Arc::new).unwrap_or_else(|_| i18n.clone());
                state.ready = both(&i18n)?;
                state.edited = now;
                parts.forget();
            }
            let [zh, en] = &state.ready;
            Ok(match lang {
                Lang::ZhCn => zh.clone(),
                Lang::En => en.clone(),
            })
        }
    }

    fn both(i18n: &Arc<I18n>) -> Result<[Arc<Tera>; 2], ViewError> {
        Ok([Arc::new(compile(i18n, Lang::ZhCn)?), Arc::new(compile(i18n, Lang::En)?)])
    }

    /// When a file under templates/ or locales/ was last changed, as far as they are there.
    fn edited() -> Option<SystemTime> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        newest(&here.join("templates")).max(newest(&here.join("locales")))
    }

    fn newest(folder: &Path) -> Option<SystemTime> {
        let entries = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
        entries
            .filter_map(|entry| match entry.file_type() {
                Ok(kind) if kind.is_dir() => newest(&entry.path()),
                _ => entry.metadata().ok()?.modified().ok(),
            })
            .max()
    }
}
