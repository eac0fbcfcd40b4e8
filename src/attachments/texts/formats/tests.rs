use super::*;
use crate::attachments::texts::{LONGEST, TextState};
use crate::papers::{Fonts, Paper, Part, pdf as written};
use std::io::{Cursor, Write};
use std::path::Path;

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<w:document>{body}</w:document>")),
    ])
}

fn said(media_type: &str, bytes: &[u8]) -> (TextState, String) {
    let PaperText { state, text } = read(media_type, bytes.to_vec());
    (state, text)
}

/// A PDF of these objects, the first of which is the catalogue; without a table of them, which readers make themselves.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let numbered = objects.iter().enumerate();
    let objects: String = numbered.map(|(i, body)| format!("{} 0 obj\n{body}\nendobj\n", i + 1)).collect();
    format!("%PDF-1.4\n{objects}trailer\n<</Root 1 0 R>>\n%%EOF\n").into_bytes()
}

/// One page that shows this in a font of the system's own, as old programs wrote Chinese.
fn unembedded(encoding: &str, content: &str) -> Vec<u8> {
    let content = format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
    let font = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}/DescendantFonts[6 0 R]>>"
    );
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        &content,
        &font,
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)\
         /Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 752\
         /Descent -271/CapHeight 737/StemV 58>>",
    ])
}

#[test]
fn word_is_read_by_lines_with_what_stands_at_its_margins() {
    let body = "<w:p><w:r><w:t>年产</w:t></w:r><w:r><w:t>五万套</w:t></w:r><w:tab/><w:r><w:t>A&amp;B&#25307;</w:t></w:r></w:p>\
                <w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>投资方</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let mut parts = vec![("word/header1.xml", "<w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>")];
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    parts.extend([("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)]);
    assert_eq!(said(DOCX, &zip(&parts)), (TextState::Read, "年产五万套 A&B招\n投资方\n甲\n页眉".to_owned()));
}

#[test]
fn slides_come_in_the_order_of_their_numbers() {
    let slide = |text: &str| format!("<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>");
    let (second, tenth, note) = (slide("第二页"), slide("第十页"), slide("备注"));
    let bytes = zip(&[
        ("ppt/slides/slide10.xml", &tenth),
        ("ppt/notesSlides/notesSlide1.xml", &note),
        ("ppt/slides/slide2.xml", &second),
        ("ppt/slides/_rels/slide2.xml.rels", "<Relationships/>"),
    ]);
    assert_eq!(said(PPTX, &bytes), (TextState::Read, "第二页\n第十页\n备注".to_owned()));
}

#[test]
fn a_word_of_ofd_may_run_across_lines() {
    let page = "<ofd:Page><ofd:TextObject><ofd:TextCode X=\"1\">招商引</ofd:TextCode></ofd:TextObject>\
                <ofd:TextObject><ofd:TextCode>资协议</ofd:TextCode></ofd:TextObject></ofd:Page>";
    let bytes = zip(&[("OFD.xml", "<ofd:OFD/>"), ("Doc_0/Pages/Page_0/Content.xml", page)]);
    assert_eq!(said(OFD, &bytes), (TextState::Read, "招商引 资协议".to_owned()));
}

#[test]
fn a_workbook_is_read_row_by_row_without_hidden_sheets() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("测算").unwrap();
    sheet.write(0, 0, "投资方").unwrap().write(0, 2, "总投资（万元）").unwrap();
    sheet.write(1, 0, "示例公司").unwrap().write(1, 2, 12_000).unwrap();
    let start = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 1).unwrap();
    sheet.write_with_format(2, 0, &start, &day).unwrap();
    // Far away, which takes no memory.
    sheet.write(1_048_575, 16_383, "末格").unwrap();
    book.add_worksheet().set_name("底稿").unwrap().set_hidden(true).write(0, 0, "不看").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let text = "测算\n投资方 总投资（万元）\n示例公司 12000\n2026-03-01\n末格";
    assert_eq!(said(XLSX, &bytes), (TextState::Read, text.to_owned()));
}

#[test]
fn a_pdf_is_read_with_words_that_run_across_its_lines() {
    let fonts = Fonts::load(Path::new("none")).unwrap();
    let long = "钦州市招商引资若干措施对引进的重大项目给予奖励".repeat(8);
    let paper = Paper {
        title: "Investment Promotion Plan".to_owned(),
        lang: "zh-CN",
        parts: vec![Part::Text(long.clone()), Part::Text("第二段".to_owned())],
        ..Paper::default()
    };
    let (state, text) = said(PDF, &written(&paper, &fonts).unwrap());
    assert_eq!(state, TextState::Read);
    assert!(text.contains("Investment Promotion Plan"), "{text}");
    let run: String = text.chars().filter(|c| *c != ' ').collect();
    assert!(run.contains(&long) && text.matches(' ').count() > 4, "{text}");
    assert!(text.contains("第二段"), "{text}");
}

#[test]
fn a_pdf_without_its_type_is_read_by_the_encoding_that_it_names() {
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let ucs2 = hex("招商引资".encode_utf16().flat_map(u16::to_be_bytes).collect());
    let gbk = hex(encoding_rs::GBK.encode("招商引资").0.into_owned());
    for (encoding, text) in [("UniGB-UCS2-H", ucs2), ("GBK-EUC-H", gbk)] {
        let content = format!("BT /F1 12 Tf 72 700 Td <{text}> Tj 0 -60 Td <{text}> Tj ET");
        let told = said(PDF, &unembedded(encoding, &content));
        assert_eq!(told, (TextState::Read, "招商引资\n招商引资".to_owned()), "{encoding}");
    }
}

#[test]
fn a_paper_without_text_is_empty_and_no_other() {
    let page = unembedded("UniGB-UCS2-H", "0 0 595 842 re f");
    assert_eq!(said(PDF, &page), (TextState::Empty, String::new()));
    assert_eq!(said(DOCX, &docx("<w:p/><w:p><w:t> — </w:t></w:p>")), (TextState::Empty, String::new()));
    assert_eq!(said("image/png", b"\x89PNG"), (TextState::Unreadable, String::new()));
}

#[test]
fn what_goes_on_for_ever_is_cut() {
    let long = docx(&format!("<w:p><w:t>{}</w:t></w:p>", "招商".repeat(LONGEST)));
    let (state, text) = said(DOCX, &long);
    assert_eq!((state, text.chars().count()), (TextState::Cut, LONGEST));
    let exact = docx(&format!("<w:p><w:t>{}</w:t></w:p>", "招".repeat(LONGEST)));
    let (state, text) = said(DOCX, &exact);
    assert_eq!((state, text.chars().count()), (TextState::Read, LONGEST));
    // A small file that unfolds to much more than is looked at.
    let bomb = docx(&format!("<w:p><w:t>招商</w:t></w:p>{}", " ".repeat(70 * 1024 * 1024)));
    assert!(bomb.len() < 200_000);
    assert_eq!(said(DOCX, &bomb), (TextState::Cut, "招商".to_owned()));
}

#[test]
fn torn_and_made_up_files_are_unreadable_or_say_what_is_left() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "示例").unwrap();
    let whole = [
        (DOCX, docx("<w:p><w:t>示例</w:t></w:p>")),
        (XLSX, book.save_to_buffer().unwrap()),
        (PDF, unembedded("UniGB-UCS2-H", "BT /F1 12 Tf 72 700 Td <793a4f8b> Tj ET")),
    ];
    for (media_type, bytes) in whole {
        assert_eq!(said(media_type, &bytes).0, TextState::Read, "{media_type}");
        for part in 0..16 {
            let (state, text) = said(media_type, &bytes[..bytes.len() * part / 16]);
            assert!(media_type == PDF || state == TextState::Unreadable, "{media_type} {part}: {text}");
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 32 + 1) {
            let mut other = bytes.clone();
            other[at] ^= 0xff;
            let (state, text) = said(media_type, &other);
            assert_eq!(text.is_empty(), matches!(state, TextState::Empty | TextState::Unreadable));
        }
    }
    for body in
        ["<w:p><w:t>甲", "<w:p></w:t>", "<w:t>&unknown;</w:t>", "<<<", "<w:p>".repeat(100_000).as_str()]
    {
        let (state, text) = said(DOCX, &docx(body));
        assert_eq!(text.is_empty(), matches!(state, TextState::Empty | TextState::Unreadable), "{body:.20}");
    }
    let itself = "<</Type/Pages/Kids[2 0 R]/Count 1>>";
    assert_ne!(said(PDF, &pdf(&["<</Type/Catalog/Pages 2 0 R>>", itself])).0, TextState::Read);
}
