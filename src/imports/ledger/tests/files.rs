//! Files of every format, and files that are none.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};
use zip::write::SimpleFileOptions;

use super::*;

const HEADER: [&str; 6] = ["投资方", "县区", "总投资(万元)", "登记日期", "来源", "备注"];

fn ledger(bytes: &[u8], name: &str) -> LedgerReading {
    read(bytes, name, &REFERENCE, today()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(bytes: &[u8], name: &str) -> &'static str {
    read(bytes, name, &REFERENCE, today()).map_or_else(|error| error.code(), |_| "read")
}

fn workbook(build: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    build(&mut book);
    book.save_to_buffer().expect("a workbook")
}

fn write_header(sheet: &mut rust_xlsxwriter::Worksheet, row: u32) {
    for (column, text) in (0..).zip(HEADER) {
        sheet.write(row, column, text).expect("written");
    }
}

/// The file with one part of it changed.
fn rewritten(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("readable");
        let name = entry.name().expect("a name").into_owned();
        if name == part {
            content = change(String::from_utf8(content).expect("UTF-8")).into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).expect("begun");
        to.write_all(&content).expect("written");
    }
    to.finish().expect("a zip file").into_inner()
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        to.start_file(*name, SimpleFileOptions::default()).expect("begun");
        to.write_all(content.as_bytes()).expect("written");
    }
    to.finish().expect("a zip file").into_inner()
}

#[test]
fn a_workbook_of_several_sheets_is_read_whole() {
    let bytes = workbook(|book| {
        for (name, rows) in [("灵山县", 2), ("浦北", 1)] {
            let sheet = book.add_worksheet().set_name(name).expect("named");
            sheet.merge_range(0, 0, 0, 5, "线索台账", &CellFormat::new()).expect("merged");
            for (column, text) in (0..).zip(["企业名称", "总投资(亿元)", "登记时间", "来源", "目前阶段"])
            {
                sheet.write(1, column, text).expect("written");
            }
            for row in 0..rows {
                sheet.write(2 + row, 0, format!("{name}第{row}家(虚构)有限公司")).expect("written");
                sheet.write(2 + row, 1, 1.5).expect("written");
                let day = ExcelDateTime::from_ymd(2026, 9, 2).expect("a day");
                let format = CellFormat::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
                sheet.write_with_format(2 + row, 2, &day, &format).expect("written");
                sheet.write(2 + row, 3, "自荐").expect("written");
            }
        }
        let notes = book.add_worksheet().set_name("填表说明").expect("named");
        notes.write(0, 0, "投资方填写全称").expect("written");
        let hidden = book.add_worksheet().set_name("旧台账").expect("named");
        write_header(hidden, 0);
        hidden.write(1, 0, "不该读(虚构)有限公司").expect("written");
        hidden.set_hidden(true);
    });
    let reading = ledger(&bytes, "台账.xlsx");
    assert_eq!(reading.sheet_count, 2);
    assert_eq!(
        reading.skipped_sheets,
        [("填表说明".to_owned(), Skipped::NoHeader), ("旧台账".to_owned(), Skipped::Hidden)]
    );
    let shown: Vec<(Option<&str>, u32, &str)> = reading
        .rows
        .iter()
        .map(|row| (row.sheet.as_deref(), row.row, row.result.as_ref().expect("a lead").county.as_str()))
        .collect();
    assert_eq!(
        shown,
        [(Some("灵山县"), 3, "450721"), (Some("灵山县"), 4, "450721"), (Some("浦北"), 3, "450722")]
    );
    let lead = reading.rows[0].result.as_ref().expect("a lead");
    assert_eq!(
        (lead.total_investment_fen, lead.registered_on.to_string()),
        (Some(15_000_000_000), "2026-09-02".to_owned())
    );
}

#[test]
fn a_formula_without_a_result_is_no_amount_and_one_with_a_result_is() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        write_header(sheet, 0);
        for (row, name) in [(1, "甲甲"), (2, "乙乙")] {
            sheet.write(row, 0, format!("{name}(虚构)有限公司")).expect("written");
            sheet.write(row, 1, "灵山").expect("written");
            sheet.write_formula(row, 2, Formula::new(format!("={row}+1")).set_result("77")).expect("written");
        }
    });
    let bytes = rewritten(&bytes, "xl/worksheets/sheet1.xml", |xml| xml.replacen("<v>77</v>", "<v></v>", 1));
    let rows = ledger(&bytes, "a.xlsx").rows;
    assert_eq!(
        rows[0].result.as_ref().map_err(|refusal| (refusal.field, refusal.code)).err(),
        Some(("total_investment", "formula_without_value"))
    );
    assert_eq!(rows[1].result.as_ref().expect("a lead").total_investment_fen, Some(77_000_000));
}

#[test]
fn serials_count_from_the_workbooks_own_epoch() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        write_header(sheet, 0);
        sheet.write(1, 0, "甲甲(虚构)有限公司").expect("written");
        sheet.write(1, 1, "灵山").expect("written");
        sheet.write(1, 3, 44_805).expect("written");
    });
    let bytes = rewritten(&bytes, "xl/workbook.xml", |xml| {
        xml.replacen("<workbookPr", "<workbookPr date1904=\"1\"", 1)
    });
    let rows = ledger(&bytes, "a.xlsx").rows;
    assert_eq!(rows[0].result.as_ref().expect("a lead").registered_on.to_string(), "2026-09-02");
}

const TEXT: &str = "投资方,县区,总投资(万元),登记日期,来源,备注\n\
    \"甲甲(虚构)\n有限公司\",灵山,\"65,737\",2026-9-2,商会,\"一,二\"\n\
    \n\
    乙乙(虚构)有限公司,浦北,约3亿元,,自荐,\n";

fn assert_is_the_text(bytes: &[u8], name: &str) {
    let rows = ledger(bytes, name).rows;
    assert_eq!(outline(&rows), [(2, "甲甲(虚构) 有限公司"), (4, "乙乙(虚构)有限公司")], "{name}");
    let lead = rows[0].result.as_ref().expect("a lead");
    assert_eq!(lead.total_investment_fen, Some(65_737_000_000), "{name}");
    assert_eq!(lead.remark.as_deref(), Some("一,二"), "{name}");
}

#[test]
fn text_files_are_read_in_every_encoding_and_with_every_delimiter() {
    assert_is_the_text(TEXT.as_bytes(), "a.csv");
    assert_is_the_text(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), "bom.csv");
    assert_is_the_text(&encoding_rs::GB18030.encode(TEXT).0, "gb18030.csv");
    assert_is_the_text(TEXT.replace('\n', "\r\n").as_bytes(), "crlf.csv");
    let wide: Vec<u8> = [0xfeff].into_iter().chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_is_the_text(&wide, "unicode.txt");
    let quoted = |delimiter: char| {
        let kept = TEXT.replace("\"65,737\"", "\"65\u{1}737\"").replace("一,二", "一\u{1}二");
        kept.replace(',', &delimiter.to_string()).replace('\u{1}', ",")
    };
    assert_is_the_text(quoted(';').as_bytes(), "semicolon.csv");
    assert_is_the_text(quoted('\t').as_bytes(), "tab.csv");
}

#[test]
fn an_opendocument_sheet_is_read_with_its_merges_repeats_and_hidden_sheets() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let header: String = ["县区", "投资方", "总投资(万元)", "登记日期", "来源"].map(text).concat();
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c">
<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="台账" table:style-name="ta1">
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row>{header}</table:table-row>
<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>灵山县</text:p><office:annotation><text:p>批注</text:p></office:annotation></table:table-cell>{}
<table:table-cell office:value-type="float" office:value="53812.5"><text:p>53,812.50</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-09-02T00:00:00"><text:p>2026年9月2日</text:p></table:table-cell>{}</table:table-row>
<table:table-row><table:covered-table-cell/>{}<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell/>{}</table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
</table:table>
<table:table table:name="隐藏" table:style-name="ta2"><table:table-row>{header}</table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"#,
        text("甲<text:s/>&amp;<text:s text:c=\"1\"/>甲(虚构)有限公司"),
        text("自荐"),
        text("乙乙(虚构)有限公司"),
        text("自荐"),
    );
    let bytes =
        zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]);
    let reading = ledger(&bytes, "a.ods");
    assert_eq!(outline(&reading.rows), [(4, "甲 & 甲(虚构)有限公司"), (5, "total_investment")]);
    let lead = reading.rows[0].result.as_ref().expect("a lead");
    assert_eq!((lead.county.as_str(), lead.total_investment_fen), ("450721", Some(53_812_500_000)));
    assert_eq!(lead.registered_on.to_string(), "2026-09-02");
    assert_eq!(
        reading.rows[1].result.as_ref().map_err(|refusal| refusal.code).err(),
        Some("error_cell"),
        "the county is merged down"
    );
    assert_eq!(reading.skipped_sheets, [("隐藏".to_owned(), Skipped::Hidden)]);
    let cut = zipped(&[("mimetype", "x"), ("content.xml", &content[..content.len() / 2])]);
    assert_eq!(refused(&cut, "a.ods"), "unreadable");
}

#[test]
fn bodies_of_the_api_are_read_one_a_line() {
    let text = r#"{"title":"甲项目","investor_name":"甲甲(虚构)有限公司","county":"450721","industry":"chenpi","stage":"framework","total_investment_fen":100,"fixed_investment_fen":50,"jobs":10,"source":{"kind":"self"},"contact":{"name":"韦示例","phone":"120 0000 0200","email":"a@example.com"},"remark":"备注","registered_on":"2025-01-02","colour":"red"}

not json
{"title":"乙项目","investor_name":"乙乙(虚构)有限公司","county":"南宁","industry":"chenpi","source":{"kind":"self"}}
{"title":"丙项目","investor_name":"丙丙(虚构)有限公司","county":"灵山县","industry":"chenpi","source":{"kind":"moon"}}
{"title":"丁项目","investor_name":"丁丁(虚构)有限公司","county":"450722","industry":"chenpi","source":{"kind":"self"},"total_investment_fen":1.5}
{"title":"戊项目","county":"450722"}
[]
{"title":"己项目","investor_name":"己己(虚构)有限公司","uscc":"91440300MACADR683K","county":"450722"}
"#;
    let rows = ledger(text.as_bytes(), "a.jsonl").rows;
    assert_eq!(
        outline(&rows),
        [
            (1, "甲甲(虚构)有限公司"),
            (3, "line"),
            (4, "county"),
            (5, "source"),
            (6, "total_investment"),
            (7, "investor"),
            (8, "line"),
            (9, "uscc")
        ]
    );
    let lead = rows[0].result.as_ref().expect("a lead");
    assert_eq!(
        (lead.total_investment_fen, lead.jobs, lead.registered_on.to_string().as_str()),
        (Some(100), Some(10), "2025-01-02")
    );
    assert_eq!(lead.contact.phone.as_deref(), Some("12000000200"));
    assert_eq!(lead.extra, [("colour".to_owned(), "red".to_owned())]);
    for refusal in rows.iter().filter_map(|row| row.result.as_ref().err()) {
        assert!(REFUSAL_CODES.contains(&refusal.code), "{}", refusal.code);
    }
}

#[test]
fn files_that_are_no_ledgers_are_refused_for_what_they_are() {
    let good = workbook(|book| {
        let sheet = book.add_worksheet();
        write_header(sheet, 0);
        sheet.write(1, 0, "甲甲(虚构)有限公司").expect("written");
    });
    assert_eq!(refused(&good, "named.csv"), "read", "the content counts, not the name");
    for (bytes, name, code) in [
        (Vec::new(), "a.xlsx", "empty"),
        (b" \r\n".to_vec(), "a.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "picture.xlsx", "not_a_ledger"),
        (b"%PDF-1.7".to_vec(), "a.xls", "not_a_ledger"),
        (vec![0, 1, 2, 3], "a.csv", "not_a_ledger"),
        (good[..good.len() / 2].to_vec(), "cut.xlsx", "unreadable"),
        (good[..40].to_vec(), "cut.xlsx", "unreadable"),
        (zipped(&[("word/document.xml", "x")]), "letter.xlsx", "not_a_ledger"),
        (zipped(&[("xl/workbook.xml", "no xml")]), "a.xlsx", "unreadable"),
        (b"<html><table><tr><td>x</td></tr></table></html>".to_vec(), "a.xls", "web_page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more".to_vec(), "a.xls", "unreadable"),
        (b"a,b,c\n1,2,3\n".to_vec(), "a.csv", "no_header"),
        (b"\xff\xff\xff".to_vec(), "a.csv", "encoding"),
    ] {
        assert_eq!(refused(&bytes, name), code, "{name}");
    }
    for cut in (0..good.len()).step_by(97) {
        let _ = read(&good[..cut], "a.xlsx", &REFERENCE, today());
    }
}

#[test]
fn a_small_file_cannot_fill_the_memory() {
    let far = workbook(|book| {
        let sheet = book.add_worksheet();
        write_header(sheet, 0);
        sheet.write(1, 0, "甲甲(虚构)有限公司").expect("written");
        sheet.write(1, 1, "灵山").expect("written");
        sheet.write(1_048_575, 5, "远").expect("written");
    });
    assert_eq!(ledger(&far, "far.xlsx").rows.len(), 1);
    let wide = workbook(|book| {
        let sheet = book.add_worksheet();
        write_header(sheet, 0);
        sheet.write(1, 16_383, "远").expect("written");
    });
    assert_eq!(refused(&wide, "wide.xlsx"), "too_large");
}

/// The fixtures were written with python's xlwt: no crate writes this format.
#[test]
fn an_xls_workbook_is_read_with_its_merges_dates_and_hidden_sheets() {
    for (bytes, name) in [
        (&include_bytes!("fixtures/ledger.xls")[..], "ledger.xls"),
        (&include_bytes!("fixtures/ledger-1904.xls")[..], "ledger-1904.xls"),
    ] {
        let reading = ledger(bytes, name);
        assert_eq!(outline(&reading.rows), [(3, "甲甲(虚构)有限公司"), (4, "乙乙(虚构)有限公司")], "{name}");
        for row in &reading.rows {
            let lead = row.result.as_ref().expect("a lead");
            assert_eq!(
                (lead.county.as_str(), lead.registered_on.to_string().as_str()),
                ("450721", "2026-09-02"),
                "{name}"
            );
        }
        let first = reading.rows[0].result.as_ref().expect("a lead");
        assert_eq!(first.total_investment_fen, Some(53_812_500_000));
        assert_eq!(first.contact.phone.as_deref(), Some("12000000200"));
        assert_eq!(
            reading.skipped_sheets,
            [("说明".to_owned(), Skipped::NoHeader), ("旧台账".to_owned(), Skipped::Hidden)]
        );
        for cut in (0..bytes.len()).step_by(61) {
            let _ = read(&bytes[..cut], name, &REFERENCE, today());
        }
    }
}

/// A large file is read in parts, each by a thread of its own.
#[test]
fn the_rows_of_many_bodies_come_in_the_order_of_their_lines() {
    let body = |line: usize| {
        let county = if line.is_multiple_of(1_000) { "nowhere" } else { "450721" };
        format!(
            r#"{{"title":"甲项目","investor_name":"江南第{line}科技有限公司","county":"{county}","industry":"chenpi","source":{{"kind":"self"}}}}"#
        )
    };
    let text = (1..=12_000).map(|line| body(line) + "\n").collect::<String>();
    let rows = rows_of_lines(text.as_bytes(), &REFERENCE, today()).expect("text");
    assert_eq!(rows.len(), 12_000);
    for (line, row) in (1..).zip(&rows) {
        assert_eq!(row.row, line);
        match &row.result {
            Ok(draft) => assert_eq!(draft.investor, format!("江南第{line}科技有限公司")),
            Err(_) => assert_eq!(line % 1_000, 0, "{:?}", row.result),
        }
    }
}
