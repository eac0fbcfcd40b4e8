//! The type of papers: Noto Serif SC, and Noto Sans HK for what it has not, both in the binary; then the fonts that the
//! bureau has put into `<data dir>/fonts` for the rest.
//!
//! The first has every character of CJK Unified Ideographs and of Extension A, and of the extensions beyond those of
//! the national table of 8,105 (通用规范汉字表); the second some 1,700 of Extension B. A character that none has is
//! told by its number, `〔U+2A6D6〕`: a name with a gap would be another name.

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::path::Path;
use std::sync::LazyLock;

pub(super) static FILES: [&[u8]; 2] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/fonts/noto-serif-sc.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/fonts/noto-sans-hk.ttf")),
];

/// Read once; a process that writes no paper reads none of it.
static BUILTIN: LazyLock<Result<Vec<Face>, String>> =
    LazyLock::new(|| FILES.map(Face::read).into_iter().collect());

/// The fonts in the order in which a character is looked up in them.
pub struct Fonts {
    faces: Vec<Face>,
}

#[derive(Clone)]
pub(super) struct Face {
    font: Font,
    read: FontRef<'static>,
    /// Units of the font to the size of the type.
    units: f32,
}

/// A character as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Which font.
    pub face: usize,
    /// 0 would be the font's sign for what it has not: it is never drawn.
    pub id: u32,
    /// At size 1.
    pub advance: f32,
}

impl Face {
    pub(super) fn read(file: &'static [u8]) -> Result<Self, String> {
        let read = FontRef::new(file).map_err(|reason| reason.to_string())?;
        let font = Font::new(file.into(), 0).ok_or("its type cannot be used")?;
        let units = f32::from(read.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Ok(Face { font, read, units })
    }
}

impl Fonts {
    /// The built-in fonts, and after them those of the folder by their names, if there is one. A file that is no font is
    /// passed over and told in the log: a paper is still written.
    ///
    /// # Errors
    /// When a built-in one cannot be read, which the build would have to have spoiled.
    pub fn load(folder: &Path) -> Result<Self, String> {
        let builtin = BUILTIN.clone().map_err(|reason| format!("a font of papers: {reason}"))?;
        Ok(Self::of(builtin, folder))
    }

    pub(super) fn of(mut faces: Vec<Face>, folder: &Path) -> Self {
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .map(|files| files.filter_map(Result::ok).map(|file| file.path()).collect())
            .unwrap_or_default();
        files.sort();
        for file in files {
            // Read once in a process, and drawn from as long as it runs.
            let bytes = std::fs::read(&file).map(|bytes| &*Box::leak(bytes.into_boxed_slice()));
            match bytes.map_err(|reason| reason.to_string()).and_then(Face::read) {
                Ok(face) => faces.push(face),
                Err(reason) => tracing::warn!(file = %file.display(), reason, "no font for papers"),
            }
        }
        Fonts { faces }
    }

    /// The character in the first font that has it.
    pub fn glyph(&self, c: char) -> Option<Glyph> {
        self.faces.iter().enumerate().find_map(|(at, face)| {
            let id = face.read.charmap().map(c).filter(|id| *id != GlyphId::NOTDEF)?;
            let advance =
                face.read.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(id)?;
            Some(Glyph { face: at, id: id.to_u32(), advance: advance / face.units })
        })
    }

    pub fn font(&self, face: usize) -> Option<&Font> {
        self.faces.get(face).map(|face| &face.font)
    }

    /// The text with what no font has told by its number, and without what is no character to be seen.
    pub fn printable(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' => out.push(c),
                '\t' | '\u{a0}' => out.push(' '),
                c if c.is_control() || is_mark(c) => {}
                c if self.glyph(c).is_some() => out.push(c),
                c => out.push_str(&format!("〔U+{:04X}〕", u32::from(c))),
            }
        }
        out
    }

    /// How wide a text is at size 1.
    pub fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|c| self.glyph(c)).map(|glyph| glyph.advance).sum()
    }
}

/// Signs that only say how others are shown.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
