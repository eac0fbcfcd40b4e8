//! Text out of bytes, by what a file is (`sniff`). Nothing here is safe from what a file does to it: it runs in a process
//! of its own (`texts::process`).

mod gathered;
mod packed;
mod pdf;
#[cfg(test)]
mod tests;
mod workbook;

use super::model::PaperText;
use gathered::Gathered;

const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const OFD: &str = "application/ofd";

/// What text can be read of. Pictures have none that we could.
pub const MEDIA_TYPES: [&str; 5] = [PDF, DOCX, XLSX, PPTX, OFD];

/// A file that cannot be read; nobody is told more of it.
struct Unreadable;

/// What the file says. Never fails: what cannot be read is said to be so.
pub fn read(media_type: &str, bytes: Vec<u8>) -> PaperText {
    let gathered = match media_type {
        PDF => pdf::read(bytes),
        DOCX => packed::read(&bytes, &packed::WORD),
        PPTX => packed::read(&bytes, &packed::SLIDES),
        OFD => packed::read(&bytes, &packed::FIXED),
        XLSX => workbook::read(&bytes),
        _ => Err(Unreadable),
    };
    gathered.map_or_else(|Unreadable| PaperText::unreadable(), Gathered::finish)
}
