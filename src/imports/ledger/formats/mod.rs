//! Files of every format as sheets. What a file is, its bytes say; its name only helps where they do not.

mod csv;
mod limits;
mod ods;
mod xls;
mod xlsx;

pub use csv::decode;
pub use limits::unfold;

use super::LedgerError;
use super::sheet::Sheet;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Xls,
    Ods,
    Csv,
    /// One API body a line.
    Jsonl,
}

/// A sheet that is not read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    Hidden,
    /// No row names the investor or title and two more known columns.
    NoHeader,
}

impl Skipped {
    pub fn code(self) -> &'static str {
        match self {
            Skipped::Hidden => "hidden",
            Skipped::NoHeader => "no_header",
        }
    }
}

impl std::fmt::Display for Skipped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Skipped::Hidden => "it is hidden",
            Skipped::NoHeader => "it has no header that names an investor or a title and two more columns",
        })
    }
}

/// The sheets of a file, hidden ones apart.
#[derive(Debug, Default)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    pub hidden: Vec<String>,
}

/// The first bytes of formats that are no ledgers, though somebody named them so.
const STRANGERS: &[&[u8]] =
    &[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"];

/// Tells the format by the content.
///
/// # Errors
/// An empty file, or one that is none of the formats.
pub fn detect(bytes: &[u8], file_name: &str) -> Result<Format, LedgerError> {
    let name = file_name.to_lowercase();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(LedgerError::Empty);
    }
    if bytes.starts_with(b"PK") {
        return limits::zip_format(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Format::Xls);
    }
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let strange = bytes.contains(&0) || STRANGERS.iter().any(|mark| bytes.starts_with(mark));
    if strange && !wide {
        return Err(LedgerError::NotALedger);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.first() == Some(&b'<') {
        // Systems that call a web page .xls: nobody can tell its cells for sure.
        return Err(LedgerError::WebPage);
    }
    let json = name.ends_with(".jsonl") || name.ends_with(".ndjson") || name.ends_with(".json");
    Ok(if text.first() == Some(&b'{') || json { Format::Jsonl } else { Format::Csv })
}

/// Reads all visible sheets of a spreadsheet or CSV file.
///
/// # Errors
/// A broken, protected or oversized file.
pub fn sheets(format: Format, bytes: &[u8], file_name: &str) -> Result<Workbook, LedgerError> {
    match format {
        Format::Xlsx => unbroken(|| xlsx::read(bytes)),
        Format::Xls => unbroken(|| xls::read(bytes)),
        Format::Ods => ods::read(bytes),
        Format::Csv | Format::Jsonl => csv::read(bytes, file_name),
    }
}

/// calamine 0.38 panics on some broken files (a cut .xls, for one) where it should answer with an error.
fn unbroken(read: impl FnOnce() -> Result<Workbook, LedgerError>) -> Result<Workbook, LedgerError> {
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    read.unwrap_or_else(|_| {
        Err(LedgerError::Unreadable("it ends too early or contradicts itself".to_owned()))
    })
}
