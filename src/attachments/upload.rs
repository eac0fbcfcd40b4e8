//! An upload of one paper: read to a file without a name in the data folder, never whole into memory. The file is
//! gone with the process, whatever ends it.

use crate::app::App;
use crate::characters::{is_blank, is_refused};
use crate::confidential::to_hex;
use crate::error::AppError;
use crate::web::form::Form;
use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;

/// What an upload is sent as.
const KIND: &str = "multipart/form-data";
/// The most that the fields beside the file hold together, as much as a form without one.
const FIELDS_LIMIT: usize = 1024 * 1024;
/// Bytes that are gathered before they are written.
const GATHERED: usize = 256 * 1024;

/// A form with one file.
#[derive(Debug, Default)]
pub struct Upload {
    pub fields: BTreeMap<String, String>,
    pub file: Option<Received>,
    /// The file was larger than the limit: nothing of it is kept.
    pub too_large: bool,
}

/// A file as it came.
#[derive(Debug)]
pub struct Received {
    /// What the sender calls it.
    pub name: String,
    /// What the sender says that it is.
    pub declared: Option<String>,
    pub content: File,
    pub size: u64,
    /// Hexadecimal
    pub sha256: String,
}

impl Upload {
    /// A field's text.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|text| text.trim()).filter(|text| !is_blank(text))
    }
}

impl FromRequest for Upload {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let app = req.app_data::<Data<App>>().map(|app| app.as_ref().clone());
        let content_type = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_form = content_type.is_some_and(|kind| kind.to_ascii_lowercase().starts_with(KIND));
        let form = Multipart::from_request(req, payload);
        Box::pin(async move {
            let app = app.ok_or_else(|| AppError::Internal(anyhow::anyhow!("no application data")))?;
            if !is_form {
                return Err(AppError::WrongContentType { wanted: KIND });
            }
            read(&app, form.await.map_err(|_| torn())?).await
        })
    }
}

/// A form that may bring a paper: as a browser sends it when one can be chosen, or as any other form.
#[derive(Debug, Default)]
pub struct FormWithPaper {
    pub form: Form,
    pub paper: Option<Received>,
    pub too_large: bool,
}

impl FromRequest for FormWithPaper {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let content_type = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if content_type.is_some_and(|kind| kind.to_ascii_lowercase().starts_with(KIND)) {
            let upload = Upload::from_request(req, payload);
            return Box::pin(async move {
                let Upload { fields, file, too_large } = upload.await?;
                Ok(FormWithPaper { form: Form::from_pairs(fields), paper: file, too_large })
            });
        }
        let form = Form::from_request(req, payload);
        Box::pin(async move { Ok(FormWithPaper { form: form.await?, ..FormWithPaper::default() }) })
    }
}

fn torn() -> AppError {
    AppError::bad_request("body", "not-a-form")
}

async fn read(app: &App, mut form: Multipart) -> Result<Upload, AppError> {
    let mut upload = Upload::default();
    let mut left = FIELDS_LIMIT;
    while let Some(part) = form.next().await {
        let mut part = part.map_err(|_| torn())?;
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            // Of several, the last counts, as in every form here.
            (upload.file, upload.too_large) = received(app, &mut part).await?;
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| torn())?;
            left = left.checked_sub(chunk.len()).ok_or(AppError::TooLarge { limit_mb: 1 })?;
            bytes.extend_from_slice(&chunk);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if text.contains(is_refused) {
            return Err(AppError::invalid(name, "control-character"));
        }
        upload.fields.insert(name, text);
    }
    Ok(upload)
}

/// Writes a part to a file of its own; none for an empty choice in a browser, and whether it was too large. What is
/// above the limit is read on for a while: a browser shows the answer only when it could send all.
async fn received(app: &App, part: &mut Field) -> Result<(Option<Received>, bool), AppError> {
    let limit_mb = app.settings.attachments.limit_mb;
    let limit = limit_mb.saturating_mul(1024 * 1024);
    let name = part.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_owned();
    let declared = part.content_type().map(ToString::to_string);
    let mut writing = Writing {
        file: tempfile::tempfile_in(&app.settings.data_dir).map_err(anyhow::Error::from)?,
        hasher: Sha256::new(),
    };
    let (mut size, mut gathered) = (0_u64, Vec::new());
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| torn())?;
        size += chunk.len() as u64;
        if size > limit.saturating_mul(4) {
            return Err(AppError::TooLarge { limit_mb });
        }
        if size <= limit {
            gathered.extend_from_slice(&chunk);
        }
        if gathered.len() >= GATHERED {
            writing = writing.write(std::mem::take(&mut gathered)).await?;
        }
    }
    if size > limit {
        return Ok((None, true));
    }
    if size == 0 && name.is_empty() {
        return Ok((None, false));
    }
    let Writing { file, hasher } = writing.write(gathered).await?;
    let sha256 = to_hex(&hasher.finalize());
    Ok((Some(Received { name, declared, content: file, size, sha256 }), false))
}

struct Writing {
    file: File,
    hasher: Sha256,
}

impl Writing {
    /// Writes on, off the async threads.
    async fn write(mut self, bytes: Vec<u8>) -> Result<Self, AppError> {
        actix_web::web::block(move || {
            self.file.write_all(&bytes).map_err(anyhow::Error::from)?;
            self.hasher.update(&bytes);
            Ok::<_, AppError>(self)
        })
        .await?
    }
}
