//! Pages as PDF. Each font goes in with only the characters that are drawn, and each character with the one it stands
//! for, so that the text can be searched and copied.

use super::Paper;
use super::fonts::Fonts;
use super::layout::{HEIGHT, Sheet, Text, WIDTH, laid_out};
use crate::error::AppError;
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

/// How wide the lines of tables are, in points.
const STROKE: f32 = 0.6;

/// The paper as PDF. No time and no chance is in it: the same paper gives the same bytes.
///
/// # Errors
/// What cannot be written, which is a fault of the program.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>, AppError> {
    let mut document = Document::new();
    let metadata = Metadata::new().title(paper.title.clone()).language(paper.lang.to_owned());
    document.set_metadata(metadata);
    for sheet in laid_out(paper, fonts) {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT)
            .ok_or_else(|| AppError::Internal(anyhow::anyhow!("a page of no size")))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        draw(&mut surface, &sheet, fonts);
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|reason| AppError::Internal(anyhow::anyhow!("a paper: {reason:?}")))
}

fn draw(surface: &mut Surface<'_>, sheet: &Sheet, fonts: &Fonts) {
    let black = || luma::Color::black().into();
    surface.set_stroke(Some(Stroke { paint: black(), width: STROKE, ..Stroke::default() }));
    surface.set_fill(None);
    for [from_x, from_y, to_x, to_y] in &sheet.strokes {
        let mut path = PathBuilder::new();
        path.move_to(*from_x, *from_y);
        path.line_to(*to_x, *to_y);
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: black(), opacity: NormalizedF32::ONE, rule: Default::default() }));
    for text in &sheet.texts {
        typed(surface, text, fonts);
    }
}

/// A line of type, in runs of one font each.
fn typed(surface: &mut Surface<'_>, line: &Text, fonts: &Fonts) {
    let drawn: Vec<_> = line.text.chars().filter_map(|c| Some((c, fonts.glyph(c)?))).collect();
    let mut x = line.x;
    for run in drawn.chunk_by(|(_, one), (_, next)| one.face == next.face) {
        let (mut text, mut glyphs, mut wide) = (String::new(), Vec::new(), 0.0);
        for (c, glyph) in run {
            let from = text.len();
            text.push(*c);
            glyphs.push(KrillaGlyph {
                glyph_id: GlyphId::new(glyph.id),
                text_range: from..text.len(),
                x_advance: glyph.advance,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            });
            wide += glyph.advance * line.size;
        }
        let font = run.first().and_then(|(_, glyph)| fonts.font(glyph.face));
        if let Some(font) = font {
            surface.draw_glyphs(Point::from_xy(x, line.y), &glyphs, font.clone(), &text, line.size, false);
        }
        x += wide;
    }
}
