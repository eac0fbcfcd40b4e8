//! The type of papers: Noto Serif SC, and Noto Sans HK for what it has not. Both lie in the binary.
//!
//! The first has every character of CJK Unified Ideographs and of Extension A, and of the extensions beyond those of
//! the national table of 8,105 (通用规范汉字表); the second some 1,700 of Extension B. A character that neither has is
//! told by its number, `〔U+2A6D6〕`: a name with a gap would be another name.

use crate::error::AppError;
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::sync::LazyLock;

static FILES: [&[u8]; 2] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/fonts/noto-serif-sc.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/fonts/noto-sans-hk.ttf")),
];

/// Read once; a process that writes no paper reads none of it.
static FONTS: LazyLock<Result<Fonts, String>> = LazyLock::new(Fonts::load);

/// The fonts in the order in which a character is looked up in them.
pub struct Fonts {
    faces: Vec<Face>,
}

struct Face {
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

/// The fonts.
///
/// # Errors
/// When one of them cannot be read, which the build would have to have spoiled.
pub fn fonts() -> Result<&'static Fonts, AppError> {
    FONTS.as_ref().map_err(|reason| AppError::Internal(anyhow::anyhow!("{reason}")))
}

impl Fonts {
    fn load() -> Result<Self, String> {
        let face = |file: &'static [u8]| {
            let read = FontRef::new(file).map_err(|reason| format!("a font of papers: {reason}"))?;
            let font = Font::new(file.into(), 0).ok_or("a font of papers cannot be used")?;
            let units = f32::from(read.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
            Ok::<_, String>(Face { font, read, units })
        };
        Ok(Fonts { faces: FILES.into_iter().map(face).collect::<Result<_, _>>()? })
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
