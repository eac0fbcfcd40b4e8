//! Where everything of a paper stands on its pages (A4). Lengths are points (1/72 inch), from the upper left corner.

use super::fonts::Fonts;
use super::hold::{Hold, block_of, held, signed_part};
use super::lines::broken;
use super::{Cell, Paper, Part, Rows};

pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;
/// Left and right; above, below.
const SIDE: f32 = 62.0;
const TOP: f32 = 64.0;
const BOTTOM: f32 = 74.0;
const INNER: f32 = WIDTH - 2.0 * SIDE;

/// Sizes of type, and how far lines are apart at size 1.
const TITLE: f32 = 18.0;
const HEADING: f32 = 12.0;
const BODY: f32 = 10.5;
const FOOT: f32 = 8.5;
const LEADING: f32 = 1.5;
/// From a cell's edge to what stands in it.
const PAD: f32 = 4.5;
/// A pair of signatures, in the size of the body's type.
const SIGNED: f32 = 3.2;
/// The part of the width that names of facts take.
const NAME: f32 = 0.27;

/// A page.
#[derive(Debug, Default, PartialEq)]
pub struct Sheet {
    pub texts: Vec<Text>,
    /// From point to point.
    pub strokes: Vec<[f32; 4]>,
}

/// A line of type; `y` is where it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub text: String,
}

/// The paper on its pages, each with its number. Nobody signs a page that says nothing else: what stands last before the
/// signatures goes with them.
pub fn laid_out(paper: &Paper, fonts: &Fonts) -> Vec<Sheet> {
    let plain = Pen::written(paper, fonts, Hold::Nothing);
    let pen = if plain.signs_alone { Pen::written(paper, fonts, held(paper)) } else { plain };
    pen.numbered(&paper.foot)
}

/// A cell of a row: where it is, its lines, whether they stand at the right edge.
struct Frame<'a> {
    x: f32,
    width: f32,
    lines: &'a [String],
    right: bool,
}

/// What writes from above to below.
struct Pen<'a> {
    fonts: &'a Fonts,
    sheets: Vec<Sheet>,
    y: f32,
    /// The signatures stand on a page of their own.
    signs_alone: bool,
}

impl<'a> Pen<'a> {
    fn written(paper: &Paper, fonts: &'a Fonts, hold: Hold) -> Self {
        let mut pen = Pen { fonts, sheets: vec![Sheet::default()], y: TOP, signs_alone: false };
        pen.title(&paper.title);
        let last = signed_part(paper);
        let block = last.map(|at| block_of(paper, at));
        for (at, part) in paper.parts.iter().enumerate() {
            if hold == Hold::Block && Some(at) == block {
                pen.need(HEIGHT);
            }
            let below = match paper.parts.get(at + 1) {
                // With the space that a part leaves below itself.
                Some(Part::Signatures(names)) if hold == Hold::Row && Some(at) == last => {
                    signed_high(names) + BODY * 0.5
                }
                _ => 0.0,
            };
            match part {
                Part::Heading(text) => pen.heading(text),
                Part::Text(text) => pen.paragraph(text),
                Part::Facts(facts) => pen.facts(facts, below),
                Part::Rows(rows) => pen.rows(rows, below),
                Part::Signatures(names) => pen.signatures(names),
            }
        }
        pen
    }

    fn sheet(&mut self) -> &mut Sheet {
        // There is always one: the pen begins with it and only adds.
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::default());
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }

    fn room(&self) -> f32 {
        HEIGHT - BOTTOM - self.y
    }

    /// A new page unless so much fits on this one.
    fn need(&mut self, height: f32) {
        if height > self.room() && self.y > TOP {
            self.sheets.push(Sheet::default());
            self.y = TOP;
        }
    }

    fn lines(&self, text: &str, width: f32, size: f32) -> Vec<String> {
        let measure = |c| self.fonts.glyph(c).map_or(0.0, |glyph| glyph.advance * size);
        broken(&self.fonts.printable(text), width, measure)
    }

    /// A line of type below where the pen is; the pen goes below it.
    fn line(&mut self, x: f32, size: f32, text: String) {
        let y = self.y + size * (LEADING + 0.7) / 2.0;
        self.y += size * LEADING;
        if !text.is_empty() {
            self.sheet().texts.push(Text { x, y, size, text });
        }
    }

    fn title(&mut self, text: &str) {
        for line in self.lines(text, INNER, TITLE) {
            let x = (WIDTH - self.fonts.width(&line) * TITLE) / 2.0;
            self.line(x, TITLE, line);
        }
        self.y += BODY;
    }

    fn heading(&mut self, text: &str) {
        self.y += BODY * 0.6;
        // A heading does not end a page.
        self.need(HEADING * LEADING + 4.0 * BODY * LEADING);
        for line in self.lines(text, INNER, HEADING) {
            self.line(SIDE, HEADING, line);
        }
        self.y += 2.0;
    }

    fn paragraph(&mut self, text: &str) {
        for line in self.lines(text, INNER, BODY) {
            self.need(BODY * LEADING);
            self.line(SIDE, BODY, line);
        }
        self.y += BODY * 0.5;
    }

    /// `below`: what is to fit under the last of them, too.
    fn facts(&mut self, facts: &[(String, Cell)], below: f32) {
        let name = INNER * NAME;
        for (at, (of, cell)) in facts.iter().enumerate() {
            let names = self.lines(of, name - 2.0 * PAD, BODY);
            let told = self.lines(&cell.told(), INNER - name - 2.0 * PAD, BODY);
            let boxes = [
                Frame { x: SIDE, width: name, lines: &names, right: false },
                Frame { x: SIDE + name, width: INNER - name, lines: &told, right: false },
            ];
            let below = if at + 1 == facts.len() { below } else { 0.0 };
            self.row(&boxes, at == 0, None, below);
        }
        self.y += BODY * 0.5;
    }

    /// `below`: what is to fit under the last of them, too.
    fn rows(&mut self, rows: &Rows, below: f32) {
        let whole: f32 = rows.columns.iter().map(|column| f32::from(column.width)).sum::<f32>().max(1.0);
        let widths: Vec<f32> =
            rows.columns.iter().map(|column| INNER * f32::from(column.width) / whole).collect();
        let lines = |pen: &Self, cells: &[String]| -> Vec<Vec<String>> {
            let pairs = cells.iter().zip(&widths);
            pairs.map(|(text, width)| pen.lines(text, width - 2.0 * PAD, BODY)).collect()
        };
        let figures: Vec<bool> = (0..rows.columns.len())
            .map(|at| rows.rows.first().and_then(|row| row.get(at)).is_some_and(Cell::is_figure))
            .collect();
        let heads: Vec<String> = rows.columns.iter().map(|column| column.head.clone()).collect();
        let heads = lines(self, &heads);
        self.row(&boxes(&heads, &widths, &figures), true, None, 0.0);
        for (at, row) in rows.rows.iter().enumerate() {
            let told: Vec<String> = row.iter().map(Cell::told).collect();
            let told = lines(self, &told);
            let right: Vec<bool> = row.iter().map(Cell::is_figure).collect();
            let below = if at + 1 == rows.rows.len() { below } else { 0.0 };
            self.row(&boxes(&told, &widths, &right), false, Some(&boxes(&heads, &widths, &figures)), below);
        }
        self.y += BODY * 0.5;
    }

    /// A row in its frame. One that does not fit begins a page, and `head` is said again there; one that fits on no
    /// page is cut at its lines. `below`: what is to fit under it, too, as far as a page has room for both.
    fn row(&mut self, boxes: &[Frame<'_>], first: bool, head: Option<&[Frame<'_>]>, below: f32) {
        let most = boxes.iter().map(|one| one.lines.len()).max().unwrap_or_default();
        let alone = |lines: usize| lines_high(lines) + 2.0 * PAD;
        let page = HEIGHT - TOP - BOTTOM;
        let below = if alone(most) + below <= page { below } else { 0.0 };
        let height = |lines: usize| alone(lines) + below;
        let (mut from, mut first) = (0, first);
        while from < most {
            let rest = most - from;
            if height(rest) > self.room() && (height(rest) <= page || self.room() < height(2)) {
                let before = self.sheets.len();
                self.need(height(rest));
                if self.sheets.len() > before {
                    first = true;
                    if let Some(head) = head {
                        self.row(head, true, None, 0.0);
                        first = false;
                    }
                }
            }
            let fit = (from + 1..=most).rev().find(|to| alone(to - from) <= self.room());
            let to = fit.unwrap_or(from + 1);
            self.framed(boxes, from, to, first);
            (from, first) = (to, true);
        }
    }

    /// These lines of a row's cells, in a frame; its upper edge only where no row stands above it.
    fn framed(&mut self, boxes: &[Frame<'_>], from: usize, to: usize, first: bool) {
        let (top, below) = (self.y, self.y + lines_high(to - from) + 2.0 * PAD);
        let left = boxes.first().map_or(SIDE, |one| one.x);
        let right = boxes.last().map_or(SIDE, |one| one.x + one.width);
        for one in boxes {
            self.y = top + PAD;
            for line in one.lines.iter().take(to).skip(from) {
                let x = if one.right {
                    one.x + one.width - PAD - self.fonts.width(line) * BODY
                } else {
                    one.x + PAD
                };
                self.line(x, BODY, line.clone());
            }
            self.sheet().strokes.push([one.x, top, one.x, below]);
        }
        self.sheet().strokes.push([right, top, right, below]);
        self.sheet().strokes.push([left, below, right, below]);
        if first {
            self.sheet().strokes.push([left, top, right, top]);
        }
        self.y = below;
    }

    fn signatures(&mut self, names: &[String]) {
        let pages = self.sheets.len();
        self.need(signed_high(names));
        self.signs_alone |= self.sheets.len() > pages;
        self.y += BODY;
        for pair in names.chunks(2) {
            let top = self.y;
            for (at, name) in (0_u8..).zip(pair) {
                self.y = top;
                let x = SIDE + f32::from(at) * INNER / 2.0;
                let name = self.fonts.printable(name);
                let from = x + self.fonts.width(&name) * BODY + PAD;
                self.line(x, BODY, name);
                let to = (x + INNER / 2.0 - 2.0 * PAD).max(from);
                let y = self.y;
                self.sheet().strokes.push([from, y, to, y]);
            }
            self.y = top + SIGNED * BODY;
        }
    }

    fn numbered(mut self, foot: &str) -> Vec<Sheet> {
        let (foot, all) = (self.fonts.printable(foot), self.sheets.len());
        let y = HEIGHT - BOTTOM / 2.0;
        for (at, sheet) in self.sheets.iter_mut().enumerate() {
            let number = format!("{} / {all}", at + 1);
            let x = WIDTH - SIDE - self.fonts.width(&number) * FOOT;
            sheet.texts.push(Text { x: SIDE, y, size: FOOT, text: foot.clone() });
            sheet.texts.push(Text { x, y, size: FOOT, text: number });
        }
        self.sheets
    }
}

fn boxes<'a>(cells: &'a [Vec<String>], widths: &[f32], right: &[bool]) -> Vec<Frame<'a>> {
    let mut x = SIDE;
    let pairs = cells.iter().zip(widths).enumerate();
    pairs
        .map(|(at, (lines, width))| {
            let one = Frame { x, width: *width, lines, right: right.get(at).copied().unwrap_or_default() };
            x += width;
            one
        })
        .collect()
}

/// How high all signatures are together, with the space above them.
#[expect(clippy::cast_precision_loss, reason = "names on a page")]
fn signed_high(names: &[String]) -> f32 {
    BODY + names.len().div_ceil(2) as f32 * SIGNED * BODY
}

#[expect(clippy::cast_precision_loss, reason = "lines of a page")]
fn lines_high(lines: usize) -> f32 {
    lines as f32 * BODY * LEADING
}
