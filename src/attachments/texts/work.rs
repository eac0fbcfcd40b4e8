//! Reading papers beside the requests, one after the other. A kill at any point repeats what was under way: the row of
//! the outbox goes in the transaction that keeps the text.

use super::model::PaperText;
use super::{index_again, is_read, process, queries};
use crate::app::App;
use crate::attachments;
use crate::attachments::model::Attachment;
use crate::clock;
use crate::error::AppError;
use crate::jobs::outbox::{self, Job, Topic};
use futures_util::StreamExt;
use std::fs::File;
use std::io::Write;

/// Papers of before that are put to the outbox in one step.
const STEP: i64 = 200;
/// So often a paper is tried whose file cannot be had, or whose reading took everything down: counted when it is begun and
/// again when it failed, so half as often, over some 25 minutes.
const TRIES: i64 = 24;

/// Reads the next paper, or goes on through those that were there before there was a reader; whether there was
/// anything to do. `stopping` is asked while a paper is read: then it is left to whoever starts next.
pub fn run_next(app: &App, stopping: &dyn Fn() -> bool) -> Result<bool, AppError> {
    let now = clock::now();
    let topic = Topic::AttachmentText;
    let jobs = app.db.write(|conn| {
        let jobs = outbox::claim(conn, topic, 1, now)?;
        outbox::count_attempt(conn, &jobs)?;
        Ok::<_, AppError>(jobs)
    })?;
    let Some(job) = jobs.first() else { return go_through(app) };
    match read(app, job, stopping) {
        Ok(Read::Text(paper, text)) => {
            app.db.write(|conn| {
                if queries::put(conn, &paper.id, &text)? {
                    index_again(conn, &paper)?;
                }
                Ok::<_, AppError>(outbox::finish(conn, &jobs)?)
            })?;
            app.wake.wake();
        }
        Ok(Read::Nothing) => app.db.write(|conn| Ok::<_, AppError>(outbox::finish(conn, &jobs)?))?,
        Ok(Read::Stopped) => app.db.write(|conn| Ok::<_, AppError>(outbox::lay_down(conn, job)?))?,
        Err(error) => {
            let text = error.to_string();
            tracing::warn!(error = text, paper = %job.subject_id, "a paper was not read and will be tried again");
            app.db.write(|conn| Ok::<_, AppError>(outbox::postpone(conn, &jobs, &text, now)?))?;
        }
    }
    Ok(true)
}

enum Read {
    Text(Box<Attachment>, PaperText),
    /// It was removed, or read before, or is none that is read.
    Nothing,
    Stopped,
}

/// What a paper says. An error is none of the paper's own.
fn read(app: &App, job: &Job, stopping: &dyn Fn() -> bool) -> Result<Read, AppError> {
    let paper = app.db.read(|conn| {
        let paper = attachments::queries::find(conn, &job.subject_id)?.filter(is_read);
        let known = queries::states(conn, std::slice::from_ref(&job.subject_id))?;
        Ok::<_, AppError>(paper.filter(|_| known.is_empty()))
    })?;
    let Some(paper) = paper else { return Ok(Read::Nothing) };
    let paper = Box::new(paper);
    if u64::try_from(paper.size).is_ok_and(|size| size > process::LARGEST) {
        return Ok(Read::Text(paper, PaperText::unreadable()));
    }
    if job.attempts >= TRIES {
        tracing::warn!(paper = %paper.id, "a paper was tried often enough: it counts as unreadable");
        return Ok(Read::Text(paper, PaperText::unreadable()));
    }
    let file = fetched(app, &paper)?;
    let program = app.settings.attachments.reader().map_err(anyhow::Error::from)?;
    let text = process::read(&program, &paper.media_type, file, process::TIME, stopping);
    let text = text.map_err(anyhow::Error::from)?;
    Ok(match text {
        Some(text) => Read::Text(paper, without_numbers(text)),
        None => Read::Stopped,
    })
}

/// Phones, identity and account numbers are found by nobody, so that they are not kept either.
fn without_numbers(text: PaperText) -> PaperText {
    let masked = crate::search::tokens::private::masked(&text.text).into_owned();
    PaperText { text: masked, ..text }
}

/// The paper's file, brought into one without a name in the data folder.
fn fetched(app: &App, paper: &Attachment) -> Result<File, AppError> {
    let mut file = tempfile::tempfile_in(&app.settings.data_dir).map_err(anyhow::Error::from)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(anyhow::Error::from)?.block_on(async {
        let mut content = app.attachments.get(&paper.storage_name, None).await?;
        while let Some(part) = content.next().await {
            let part = part.map_err(anyhow::Error::from)?;
            file.write_all(&part).map_err(anyhow::Error::from)?;
        }
        Ok::<_, AppError>(())
    })?;
    Ok(file)
}

/// Puts the next papers of before to the outbox.
fn go_through(app: &App) -> Result<bool, AppError> {
    if !app.db.read(|conn| Ok::<_, AppError>(queries::is_to_go_through(conn)?))? {
        return Ok(false);
    }
    app.db.write(|conn| {
        for paper in queries::go_through(conn, STEP)? {
            outbox::enqueue(conn, Topic::AttachmentText, &paper)?;
        }
        Ok::<_, AppError>(())
    })?;
    Ok(true)
}
