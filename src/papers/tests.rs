//! What a reader of a paper gets: type for every character, text that can be read back, pages that hold together.

use super::fonts::{FILES, Face, Fonts};
use super::layout::{HEIGHT, WIDTH, laid_out};
use super::{Cell, Column, Paper, Part, Rows, pdf, xlsx};
use calamine::{Data, Reader, Xlsx};
use flate2::read::ZlibDecoder;
use std::io::{Cursor, Read};

/// Of the national table but beyond the usual characters, of Extension B in the second font, and in none.
const RARE: [char; 4] = ['㛃', '𬱖', '𡷊', '𪛖'];

fn paper(rows: usize) -> Paper {
    let row = |at: usize| {
        let number = i64::try_from(at).unwrap();
        vec![Cell::Number(number), Cell::text(format!("示例领取人{at}")), Cell::Money(123_456_789)]
    };
    let columns = vec![Column::new("序号", 1), Column::new("领取人", 4), Column::new("金额（元）", 2)];
    Paper {
        title: "奖励兑付清单".to_owned(),
        foot: "JL-2026-0001".to_owned(),
        lang: "zh-CN",
        parts: vec![
            Part::Facts(vec![("项目".to_owned(), Cell::text("示例陈皮深加工项目"))]),
            Part::Heading("领取人".to_owned()),
            Part::Rows(Rows { columns, rows: (1..=rows).map(row).collect() }),
            Part::Text("按方案计算。".to_owned()),
            Part::Signatures(vec!["制表".to_owned(), "复核".to_owned(), "负责人".to_owned()]),
        ],
    }
}

/// The built-in fonts alone.
fn fonts() -> Fonts {
    Fonts::load(std::path::Path::new("")).unwrap()
}

/// What the PDF's streams say, unpacked.
fn streams(pdf: &[u8]) -> String {
    let (mark, mut at, mut all) = (b"stream\n", 0, String::new());
    while let Some(found) = pdf[at..].windows(mark.len()).position(|part| part == mark) {
        at += found + mark.len();
        let mut text = Vec::new();
        if ZlibDecoder::new(&pdf[at..]).read_to_end(&mut text).is_ok() {
            all.push_str(&String::from_utf8_lossy(&text));
        }
    }
    all
}

/// A paper of so many facts, of a table of so many rows, and of who signs.
fn signed(facts: usize, rows: usize, closing: bool) -> Paper {
    let mut signed = paper(rows);
    let facts = (0..facts).map(|at| (format!("事实{at}"), Cell::text("是")));
    signed.parts[0] = Part::Facts(facts.collect());
    if !closing {
        signed.parts.remove(3);
    }
    if let Some(Part::Signatures(names)) = signed.parts.last_mut() {
        names.push("日期".to_owned());
    }
    signed
}

#[test]
fn nobody_signs_a_page_that_says_nothing_else() {
    let fonts = fonts();
    let names = ["制表", "复核", "负责人", "日期"];
    let mut moved = 0;
    for (rows, closing) in [(0, true), (1, false), (2, false), (2, true), (3, false), (9, false), (40, false)]
    {
        for facts in 1..70 {
            let sheets = laid_out(&signed(facts, rows, closing), &fonts);
            let of = |sheet: usize| sheets[sheet].texts.iter().map(|text| text.text.as_str());
            let signs = |sheet: usize| of(sheet).filter(|text| names.contains(text)).count();
            let last = sheets.len() - 1;
            assert_eq!(signs(last), names.len(), "all sign on one page: {facts} {rows}");
            let number = format!("{} / {}", last + 1, sheets.len());
            let said: Vec<&str> = of(last)
                .filter(|text| !names.contains(text) && *text != "JL-2026-0001" && *text != number)
                .collect();
            assert!(!said.is_empty(), "{facts} facts, {rows} rows: the last page holds signatures only");
            // A table that goes on says its head again, and a heading does not stay behind.
            if last > 0 {
                let end = of(last - 1).rfind(|text| *text != "JL-2026-0001" && !text.contains(" / "));
                assert_ne!(end, Some("领取人"), "{facts} {rows}: a heading ends the page");
                moved += 1;
            }
        }
    }
    assert!(moved > 100, "there were second pages");
}

#[test]
fn every_character_of_the_two_blocks_of_names_has_its_glyph() {
    let fonts = fonts();
    let lacks: Vec<char> = ('\u{4e00}'..='\u{9fef}')
        .chain('\u{3400}'..='\u{4db5}')
        .filter(|c| fonts.glyph(*c).is_none())
        .collect();
    assert!(lacks.is_empty(), "{lacks:?}");
    assert_eq!(RARE.map(|c| fonts.glyph(c).map(|glyph| glyph.face)), [Some(0), Some(0), Some(1), None]);
    assert!(RARE.iter().filter_map(|c| fonts.glyph(*c)).all(|glyph| glyph.id != 0 && glyph.advance > 0.5));
    assert_eq!(fonts.printable("王𪛖\u{200b}\t小"), "王〔U+2A6D6〕 小", "no name has a gap");
}

#[test]
fn what_the_built_in_fonts_have_not_is_looked_up_in_the_bureaus_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.ttf"), "no font").unwrap();
    std::fs::write(folder.path().join("b.ttf"), FILES[1]).unwrap();
    let fonts = Fonts::load(folder.path()).unwrap();
    assert!(fonts.font(2).is_some() && fonts.font(3).is_none(), "what is no font is passed over");
    let alone = Fonts::of(vec![Face::read(FILES[0]).unwrap()], folder.path());
    assert_eq!(alone.glyph('𡷊').map(|glyph| glyph.face), Some(1), "the folder's first font");
}

#[test]
fn the_pdf_holds_its_type_and_its_text_can_be_read_back() {
    let mut wanted = paper(3);
    wanted.parts.push(Part::Text(RARE.iter().collect()));
    let written = pdf(&wanted, &fonts()).unwrap();
    assert!(written.starts_with(b"%PDF-") && written.len() < 200_000, "{}", written.len());
    assert_eq!(written, pdf(&wanted, &fonts()).unwrap(), "the same paper, the same bytes");
    let streams = streams(&written);
    // The tables from glyphs to characters, as UTF-16.
    for c in "奖励兑付清单示例陈皮深加工项目㛃𬱖𡷊〔".chars() {
        let code: String = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
        assert!(streams.to_uppercase().contains(&format!("<{code}>")), "{c} cannot be copied");
    }
    let text = String::from_utf8_lossy(&written) + streams.as_str();
    assert!(text.contains("NotoSerifSC") && text.contains("NotoSansHK"));
}

#[test]
fn a_long_table_goes_on_over_pages_with_its_head_on_each() {
    let fonts = fonts();
    let sheets = laid_out(&paper(90), &fonts);
    assert!(sheets.len() >= 3);
    for (at, sheet) in sheets.iter().enumerate() {
        let says = |wanted: &str| sheet.texts.iter().filter(|text| text.text == wanted).count();
        let rows = sheet.texts.iter().filter(|text| text.text.starts_with("示例领取人")).count();
        assert_eq!(says("金额（元）"), usize::from(rows > 0));
        assert_eq!((says("JL-2026-0001"), says(&format!("{} / {}", at + 1, sheets.len()))), (1, 1));
        for text in &sheet.texts {
            let right = text.x + fonts.width(&text.text) * text.size;
            assert!(text.x >= 0.0 && right <= WIDTH && text.y <= HEIGHT, "{text:?}");
        }
    }
    let all = sheets.iter().flat_map(|sheet| &sheet.texts);
    assert_eq!(all.filter(|text| text.text.starts_with("示例领取人")).count(), 90);
}

#[test]
fn a_cell_longer_than_a_page_is_cut_at_its_lines() {
    let mut long = paper(1);
    long.parts = vec![Part::Facts(vec![("意见".to_owned(), Cell::text("同意。\n".repeat(120)))])];
    let sheets = laid_out(&long, &fonts());
    let lines =
        |sheet: &super::layout::Sheet| sheet.texts.iter().filter(|text| text.text == "同意。").count();
    assert_eq!(sheets.iter().map(lines).sum::<usize>(), 120);
    assert!(sheets.len() >= 3 && sheets.iter().all(|sheet| sheet.texts.iter().all(|text| text.y < HEIGHT)));
}

#[test]
fn the_spreadsheet_has_figures_where_figures_are() {
    let mut wanted = paper(2);
    wanted.parts.push(Part::Facts(vec![("份额".to_owned(), Cell::Share(6667))]));
    wanted.parts.push(Part::Text("=1+1".to_owned()));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(&wanted).unwrap())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let cells: Vec<&Data> = range.used_cells().map(|(_, _, cell)| cell).collect();
    assert!(cells.contains(&&Data::Float(1_234_567.89)) && cells.contains(&&Data::Float(0.6667)));
    assert!(cells.contains(&&Data::String("=1+1".to_owned())));
    assert_eq!(range.get_value((0, 0)), Some(&Data::String("奖励兑付清单".to_owned())));
}
