//! What a file is, by its content: the name and what the sender says of it must agree.

use super::names;
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// A kind of file that is taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Media {
    pub name: &'static str,
    /// The first is the usual one.
    pub extensions: &'static [&'static str],
    /// Parts without which a packed document is another one; empty for what is not packed.
    parts: &'static [&'static str],
}

/// Everything that is taken. Office files of before 2007 are not: whether they hold macros cannot be told.
pub const TAKEN: &[Media] = &[
    Media { name: "application/pdf", extensions: &["pdf"], parts: &[] },
    Media { name: "image/jpeg", extensions: &["jpg", "jpeg"], parts: &[] },
    Media { name: "image/png", extensions: &["png"], parts: &[] },
    Media { name: "image/webp", extensions: &["webp"], parts: &[] },
    Media { name: "image/gif", extensions: &["gif"], parts: &[] },
    Media {
        name: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        extensions: &["docx"],
        parts: &["[Content_Types].xml", "word/document.xml"],
    },
    Media {
        name: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        extensions: &["xlsx"],
        parts: &["[Content_Types].xml", "xl/workbook.xml"],
    },
    Media {
        name: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        extensions: &["pptx"],
        parts: &["[Content_Types].xml", "ppt/presentation.xml"],
    },
    // 版式文档 (GB/T 33190-2016): invoices and government papers come as it.
    Media { name: "application/ofd", extensions: &["ofd"], parts: &["OFD.xml"] },
];

/// How a packed file begins.
const PACKED: &[u8] = b"PK\x03\x04";

/// Why a file is not taken; the code names the message `fault-<code>`.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    Empty,
    /// It is none of `TAKEN`.
    Unknown,
    /// A document that runs programs when it is opened.
    Macros,
    /// The extension is that of another kind.
    Differs(&'static Media),
    /// The extension is right, and the sender declared another type of ours.
    SaidOtherwise(&'static Media),
}

impl Refused {
    pub fn code(&self) -> &'static str {
        match self {
            Refused::Empty => "paper-empty",
            Refused::Unknown => "paper-type",
            Refused::Macros => "paper-macros",
            Refused::Differs(_) => "paper-differs",
            Refused::SaidOtherwise(_) => "paper-said-otherwise",
        }
    }
}

/// What the file is, if it is taken under this name and by what the sender declared it to be.
///
/// # Errors
/// Inside, why it is not taken; outside, when it cannot be read.
pub fn check(
    file: &mut (impl Read + Seek),
    name: &str,
    declared: Option<&str>,
) -> io::Result<Result<&'static Media, Refused>> {
    let media = match of_content(file)? {
        Ok(media) => media,
        Err(refused) => return Ok(Err(refused)),
    };
    let is_named_so = media.extensions.contains(&names::extension(name).as_str());
    // Browsers name types as the machine has them registered, or none: only another type of ours is a lie.
    let is_said_so = declared.and_then(of_name).is_none_or(|said| said == media);
    Ok(match (is_named_so, is_said_so) {
        (false, _) => Err(Refused::Differs(media)),
        (true, false) => Err(Refused::SaidOtherwise(media)),
        (true, true) => Ok(media),
    })
}

/// The kind of this name, parameters apart.
fn of_name(name: &str) -> Option<&'static Media> {
    let name = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    TAKEN.iter().find(|media| media.name == name)
}

fn of_content(file: &mut (impl Read + Seek)) -> io::Result<Result<&'static Media, Refused>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(8 * 1024).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(Err(Refused::Empty));
    }
    if head.starts_with(PACKED) {
        return Ok(packed(file));
    }
    let found = infer::get(&head).and_then(|kind| of_name(kind.mime_type()));
    Ok(found.filter(|media| media.parts.is_empty()).ok_or(Refused::Unknown))
}

/// A packed document by the parts that it must have; nothing is unpacked.
fn packed(file: &mut (impl Read + Seek)) -> Result<&'static Media, Refused> {
    let archive = ZipArchive::new(file).map_err(|_| Refused::Unknown)?;
    let names: Result<Vec<_>, _> = archive.file_names().collect();
    let names = names.map_err(|_| Refused::Unknown)?;
    let has = |part: &str| names.iter().any(|name| name == part);
    let mut packed = TAKEN.iter().filter(|media| !media.parts.is_empty());
    let media = packed.find(|media| media.parts.iter().all(|part| has(part))).ok_or(Refused::Unknown)?;
    if names.iter().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(Refused::Macros);
    }
    Ok(media)
}

/// Whether a browser shows it inside a page.
pub fn is_picture(media_type: &str) -> bool {
    media_type.starts_with("image/")
}

/// Whether a browser shows it at all; everything else is only saved.
pub fn is_shown(media_type: &str) -> bool {
    is_picture(media_type) || media_type == "application/pdf"
}

/// What a file chooser offers: `.pdf,.jpg,…`.
pub fn accept() -> String {
    let extensions = TAKEN.iter().flat_map(|media| media.extensions);
    extensions.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn zip(parts: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in parts {
            writer.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(b"<x/>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn told(content: &[u8], name: &str, declared: Option<&str>) -> Result<&'static str, &'static str> {
        let found = check(&mut Cursor::new(content), name, declared).unwrap();
        found.map(|media| media.extensions[0]).map_err(|refused| refused.code())
    }

    #[test]
    fn a_file_is_what_it_holds_and_not_what_it_is_called() {
        let (png, pdf) = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), b"%PDF-1.7\n".as_slice());
        assert_eq!(told(png, "a.png", Some("image/png")), Ok("png"));
        assert_eq!(told(png, "A.PNG", None), Ok("png"));
        assert_eq!(told(pdf, "a.png", None), Err("paper-differs"));
        assert_eq!(told(pdf, "a.pdf", Some("image/png")), Err("paper-said-otherwise"));
        assert_eq!(told(pdf, "a.pdf", Some("application/octet-stream")), Ok("pdf"));
        assert_eq!(told(b"\xff\xd8\xff\xe0\0\x10JFIF", "a.jpeg", Some("image/jpeg")), Ok("jpg"));
        assert_eq!(told(b"GIF89a\x01\0\x01\0", "a.gif", None), Ok("gif"));
        assert_eq!(told(b"RIFF\x1a\0\0\0WEBPVP8 ", "a.webp", None), Ok("webp"));
        assert_eq!(told(b"", "a.pdf", None), Err("paper-empty"));
        for content in
            [b"MZ\x90\0".as_slice(), b"<svg/>", b"<html>", b"plain", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
        {
            assert_eq!(told(content, "a.pdf", None), Err("paper-type"));
        }
    }

    #[test]
    fn a_packed_document_is_known_by_its_parts() {
        let docx = zip(&["[Content_Types].xml", "word/document.xml"]);
        assert_eq!(told(&docx, "a.docx", Some("application/wps-office.docx")), Ok("docx"));
        assert_eq!(told(&docx, "a.xlsx", None), Err("paper-differs"));
        assert_eq!(told(&zip(&["[Content_Types].xml", "xl/workbook.xml"]), "a.xlsx", None), Ok("xlsx"));
        assert_eq!(told(&zip(&["[Content_Types].xml", "ppt/presentation.xml"]), "a.pptx", None), Ok("pptx"));
        assert_eq!(told(&zip(&["OFD.xml"]), "a.ofd", None), Ok("ofd"));
        assert_eq!(told(&zip(&["a.txt"]), "a.docx", None), Err("paper-type"));
        assert_eq!(told(b"PK\x03\x04 torn", "a.docx", None), Err("paper-type"));
        let macros = zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
        assert_eq!(told(&macros, "a.docx", None), Err("paper-macros"));
    }
}
