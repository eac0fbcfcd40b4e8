//! Text of a PDF: its pages are drawn on a device that notes what each sign stands for and where it stands. Signs that
//! follow one another on a line are a word; the next line goes on with a space, as words of Chinese run across lines.

use super::{Gathered, Unreadable};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

/// So many units of a glyph are the height of the type.
const UNITS: f64 = 1000.0;
/// Shares of the type's height: a gap from which on words are apart, how far a sign may be off its line, and how far
/// off a line of the same paragraph lies at most.
const GAP: f64 = 0.2;
const OFF_LINE: f64 = 0.5;
const NEXT_LINE: f64 = 2.5;

pub(super) fn read(bytes: Vec<u8>) -> Result<Gathered, Unreadable> {
    // A password is a reason, too: without it there is nothing to be read.
    let pdf = Pdf::new(bytes).map_err(|_| Unreadable)?;
    let cache = InterpreterCache::new();
    let mut reader = Reader::default();
    for page in pdf.pages().iter() {
        if reader.gathered.is_cut() {
            break;
        }
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context =
            Context::new(Affine::IDENTITY, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut reader);
        reader.end_page();
    }
    Ok(reader.gathered)
}

/// The device.
#[derive(Default)]
struct Reader {
    gathered: Gathered,
    /// Where the sign before ended.
    end: Option<Point>,
}

impl Reader {
    fn end_page(&mut self) {
        self.gathered.pause('\n');
        self.end = None;
    }

    /// A sign that begins at a place, with the way in which its line runs.
    fn put(&mut self, sign: &str, place: Affine, advance: f64) {
        let [a, b, c, d, ..] = place.as_coeffs();
        let (along, height) = (a.hypot(b), c.hypot(d) * UNITS);
        let start = place * Point::ZERO;
        if let Some(end) = self.end
            && along > 0.0
            && height > 0.0
        {
            let way = start - end;
            let forward = (way.x * a + way.y * b) / along / height;
            let off = ((way.x * b - way.y * a) / along / height).abs();
            match () {
                () if off > NEXT_LINE => self.gathered.pause('\n'),
                () if off > OFF_LINE || !(-1.0..=GAP).contains(&forward) => self.gathered.pause(' '),
                () => {}
            }
        }
        self.gathered.push(sign);
        self.end = Some(place * Point::new(advance, 0.0));
    }
}

impl Device<'_> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let Some(stands_for) = glyph.as_unicode() else { continue };
            let advance = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let advance = advance.map_or(UNITS, f64::from);
            let place = props.transform * glyph.transform();
            match stands_for {
                BfString::Char(c) => self.put(c.encode_utf8(&mut [0; 4]), place, advance),
                BfString::String(text) => self.put(&text, place, advance),
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'_>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
