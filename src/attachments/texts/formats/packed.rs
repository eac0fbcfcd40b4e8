//! Text of packed documents: DOCX and PPTX (ECMA-376), and OFD (GB/T 33190-2016). All are XML in a ZIP file, in which one
//! element holds the text and some others end a line or a word.

use super::{Gathered, Unreadable};
use quick_xml::events::{BytesRef, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// So many bytes are unpacked of one document.
const UNPACKED: u64 = 64 * 1024 * 1024;
const VERSION: XmlVersion = XmlVersion::Explicit1_0;

/// Where in a document its text stands.
pub(super) struct Kind {
    /// Beginnings and ends of the names of parts, in the order in which they are read.
    parts: &'static [(&'static str, &'static str)],
    /// The element that holds text.
    text: &'static str,
    lines: &'static [&'static str],
    words: &'static [&'static str],
}

/// Word: the body, then what stands at head, foot and margin.
pub(super) const WORD: Kind = Kind {
    parts: &[
        ("word/document", ".xml"),
        ("word/header", ".xml"),
        ("word/footer", ".xml"),
        ("word/footnotes", ".xml"),
        ("word/endnotes", ".xml"),
        ("word/comments", ".xml"),
    ],
    text: "t",
    lines: &["p", "br", "cr"],
    words: &["tab", "tc"],
};

/// PowerPoint: slides, then what the speaker noted.
pub(super) const SLIDES: Kind = Kind {
    parts: &[("ppt/slides/slide", ".xml"), ("ppt/notesSlides/notesSlide", ".xml")],
    text: "t",
    lines: &["p", "br"],
    words: &["tc"],
};

/// OFD: a line of a page is a text object or several; whatever breaks a line breaks no word.
pub(super) const FIXED: Kind =
    Kind { parts: &[("", "/Content.xml")], text: "TextCode", lines: &["Page"], words: &["TextObject"] };

pub(super) fn read(bytes: &[u8], kind: &Kind) -> Result<Gathered, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable)?;
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(Into::into))
        .collect::<Result<_, _>>()
        .map_err(|_| Unreadable)?;
    let mut gathered = Gathered::default();
    let mut left = UNPACKED;
    for (beginning, end) in kind.parts {
        let mut parts: Vec<&String> =
            names.iter().filter(|name| name.starts_with(beginning) && name.ends_with(end)).collect();
        // Of two numbers the shorter is the smaller.
        parts.sort_by_key(|name| (name.len(), name.as_str()));
        for name in parts {
            let part = archive.by_name(name).map_err(|_| Unreadable)?;
            let mut part = part.take(left);
            // A part that goes on for ever ends in the middle, which is no fault of what was read.
            let read = read_part(&mut part, kind, &mut gathered);
            left = part.limit();
            if left == 0 {
                gathered.leave_rest();
            }
            if gathered.is_cut() {
                return Ok(gathered);
            }
            read?;
            gathered.pause('\n');
        }
    }
    Ok(gathered)
}

fn read_part(part: &mut impl Read, kind: &Kind, gathered: &mut Gathered) -> Result<(), Unreadable> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut within) = (Vec::new(), false);
    while !gathered.is_cut() {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| Unreadable)? {
            Event::Start(tag) => within |= tag.local_name().as_ref() == kind.text,
            Event::Empty(tag) => end(tag.local_name().as_ref(), kind, gathered),
            Event::End(tag) => {
                let name = tag.local_name();
                within &= name.as_ref() != kind.text;
                end(name.as_ref(), kind, gathered);
            }
            Event::Text(text) if within => gathered.push(&text.xml_content(VERSION)),
            Event::CData(text) if within => gathered.push(&text.xml_content(VERSION)),
            Event::GeneralRef(name) if within => gathered.push(&letter(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

fn end(name: &str, kind: &Kind, gathered: &mut Gathered) {
    if kind.lines.contains(&name) {
        gathered.pause('\n');
    } else if kind.words.contains(&name) {
        gathered.pause(' ');
    }
}

/// `&amp;` and `&#25307;`.
fn letter(name: &BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(letter)) => letter.to_string(),
        _ => {
            let name: &str = name.as_ref();
            quick_xml::escape::resolve_xml_entity(name).unwrap_or_default().to_owned()
        }
    }
}
