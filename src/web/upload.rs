//! Uploads: one file and a few short fields of a multipart form, within the limit that is set.

use crate::app::App;
use crate::characters::{is_blank, is_refused};
use crate::error::AppError;
use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use std::collections::BTreeMap;

/// What an upload is sent as.
const KIND: &str = "multipart/form-data";
/// The largest field beside the file.
const FIELD_LIMIT: usize = 64 * 1024;

/// A multipart form.
#[derive(Debug, Default)]
pub struct Uploaded {
    fields: BTreeMap<String, String>,
    file: Option<(String, Vec<u8>)>,
}

impl Uploaded {
    /// A short field's text.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|text| text.trim()).filter(|text| !is_blank(text))
    }

    /// Name and bytes of the field `file`; an empty choice in a browser is none.
    pub fn into_file(self) -> Option<(String, Vec<u8>)> {
        self.file
    }
}

impl FromRequest for Uploaded {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit_mb = req.app_data::<Data<App>>().map_or(1, |app| app.settings.server.upload_limit_mb);
        let content_type = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_form = content_type.is_some_and(|kind| kind.to_ascii_lowercase().starts_with(KIND));
        let form = Multipart::from_request(req, payload);
        Box::pin(async move {
            if !is_form {
                return Err(AppError::WrongContentType { wanted: KIND });
            }
            let form = form.await.map_err(|_| AppError::bad_request("body", "not-a-form"))?;
            read(form, limit_mb).await
        })
    }
}

async fn read(mut form: Multipart, limit_mb: u64) -> Result<Uploaded, AppError> {
    let file_limit = usize::try_from(limit_mb.saturating_mul(1024 * 1024)).unwrap_or(usize::MAX);
    let mut uploaded = Uploaded::default();
    while let Some(part) = form.next().await {
        let mut part = part.map_err(|_| AppError::bad_request("body", "not-a-form"))?;
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = name == "file";
        let limit = if is_file { file_limit } else { FIELD_LIMIT };
        let file_name = part.content_disposition().and_then(|d| d.get_filename()).map(safe_name);
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| AppError::bad_request("body", "not-a-form"))?;
            if bytes.len() + chunk.len() > limit {
                return Err(AppError::TooLarge { limit_mb });
            }
            bytes.extend_from_slice(&chunk);
        }
        if is_file {
            let empty = bytes.is_empty() && file_name.as_deref().is_none_or(str::is_empty);
            uploaded.file = (!empty).then(|| (file_name.unwrap_or_default(), bytes));
        } else {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if text.contains(is_refused) {
                return Err(AppError::invalid(name, "control-character"));
            }
            uploaded.fields.insert(name, text);
        }
    }
    Ok(uploaded)
}

/// The last part of a path, whatever system it came from, without control characters.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}
