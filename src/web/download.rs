//! Files as answers, under a name in any script.

use crate::clock;
use crate::exports::ExportFormat;
use actix_web::HttpResponse;
use actix_web::http::header::{
    CACHE_CONTROL, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};

/// What a browser does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Shown,
    Saved,
}

/// The name of a file, in full (RFC 5987) and in ASCII for who does not read that.
pub fn disposition(way: Way, name: &str) -> ContentDisposition {
    let value = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    let plain = |c: char| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') { c } else { '_' };
    ContentDisposition {
        disposition: match way {
            Way::Shown => DispositionType::Inline,
            Way::Saved => DispositionType::Attachment,
        },
        parameters: vec![
            DispositionParam::Filename(name.chars().map(plain).collect()),
            DispositionParam::FilenameExt(value),
        ],
    }
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A paper that was written for its reader alone, to be saved as `name`; nothing on the way keeps it.
pub fn pdf(name: &str, bytes: Vec<u8>) -> HttpResponse {
    saved(name, "application/pdf", bytes)
}

/// A spreadsheet likewise.
pub fn xlsx(name: &str, bytes: Vec<u8>) -> HttpResponse {
    saved(name, XLSX, bytes)
}

/// An export of `what` likewise, under its name and the day.
pub fn export(what: &str, format: ExportFormat, bytes: Vec<u8>) -> HttpResponse {
    let (extension, media_type) = match format {
        ExportFormat::Xlsx => ("xlsx", XLSX),
        ExportFormat::Csv => ("csv", "text/csv; charset=utf-8"),
    };
    saved(&format!("{what}-{}.{extension}", clock::today()), media_type, bytes)
}

fn saved(name: &str, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header(disposition(Way::Saved, name))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes)
}
