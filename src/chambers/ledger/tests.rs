//! What rows of a file say of chambers.

use super::reading::{ReadRow, read};
use crate::chambers::entries::ChamberEntryKind;
use crate::chambers::model::{ChamberKind, SourceStatus};
use crate::imports::ledger::{LedgerError, SkippedSheets, open};
use crate::reference::{ChamberColumn, Reference};
use chrono::NaiveDate;

fn rows(text: &str) -> Vec<ReadRow> {
    found(text, "名录.csv").unwrap().0
}

fn found(text: &str, name: &str) -> Result<(Vec<ReadRow>, SkippedSheets), LedgerError> {
    let reference = Reference::load(None).unwrap();
    let (format, workbook) = open(text.as_bytes(), name)?;
    read(format, workbook, text.as_bytes(), &reference)
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

#[test]
fn a_row_says_what_the_chamber_is_and_what_is_entered_of_it() {
    let read = rows(
        "钦州市商协会名录\n\
         序号,商会名称,商会类别,所在城市,现任会长,任期起,任期至,联络员,手机,届次,换届时间,届满时间,四好商会,授予单位,认定时间,认定到期,说明\n\
         1,示例异地商会,异地商会,广东省东莞市,示例会长,2024-5-18,2029.5.17,示例秘书,12000000101,第三届,2024-5-18,2029-5-17,\
         政治引领好、服务发展好,示例工商联,2025-01-01,2026-12-31,每年年会\n\
         合计,1\n",
    );
    assert_eq!(read.len(), 1, "{read:#?}");
    let line = read[0].result.as_ref().unwrap();
    assert_eq!(line.name.as_deref(), Some("示例异地商会"));
    assert_eq!((line.kind, line.region.as_deref()), (Some(ChamberKind::OtherCity), Some("441900")));
    assert_eq!(
        (line.contact_person.as_deref(), line.phone.as_deref()),
        (Some("示例秘书"), Some("12000000101"))
    );
    assert_eq!(line.note.as_deref(), Some("每年年会"));
    let entries: Vec<_> =
        line.entries.iter().map(|entry| (entry.kind.unwrap(), entry.word.as_deref())).collect();
    let wanted = [
        (ChamberEntryKind::Term, None),
        (ChamberEntryKind::Officer, Some("president")),
        (ChamberEntryKind::Recognition, Some("political_guidance")),
        (ChamberEntryKind::Recognition, Some("service")),
    ];
    assert_eq!(entries, wanted);
    let president = &line.entries[1];
    assert_eq!((president.from_on, president.to_on), (day("2024-05-18"), day("2029-05-17")));
    assert_eq!(line.entries[3].name.as_deref(), Some("示例工商联"));
    assert!(read[0].warnings.is_empty(), "{:?}", read[0].warnings);
}

#[test]
fn a_president_without_days_of_his_own_has_those_of_the_term() {
    let read = rows("商会名称,会长,届次,届期起,届期止\n示例商会,示例会长,第一届,2022-03-01,2027-02-28\n");
    let president = &read[0].result.as_ref().unwrap().entries[1];
    assert_eq!((president.from_on, president.to_on), (day("2022-03-01"), day("2027-02-28")));
}

#[test]
fn every_header_of_the_form_is_known_by_each_of_its_words() {
    let reference = Reference::load(None).unwrap();
    let ledger = reference.chamber_ledger();
    for (header, wanted) in [
        ("商协会名称", ChamberColumn::Name),
        (" 商 会 名 称 ", ChamberColumn::Name),
        ("负责人", ChamberColumn::President),
        ("理事长", ChamberColumn::President),
        ("联系方式", ChamberColumn::Phone),
        ("会员数（家）", ChamberColumn::Members),
        ("协议有效期至", ChamberColumn::AgreementTo),
        ("“四好”认定", ChamberColumn::Recognition),
        ("会员名称", ChamberColumn::Member),
        ("入会时间", ChamberColumn::MemberFrom),
        ("Name", ChamberColumn::Name),
    ] {
        let found = ledger.find(header).map(|at| ledger.columns[at].holds);
        assert_eq!(found, Some(wanted), "{header}");
    }
}

#[test]
fn a_faulty_row_says_which_column_and_why() {
    for (cells, field, code) in [
        (",本地商会,灵山县,", "name", "missing"),
        ("示例商会,民间商会,灵山县,", "kind", "word_unknown"),
        ("示例商会,本地商会,桃花源,", "region", "region_unknown"),
        ("示例商会,本地商会,灵山县,12", "phone", "phone_too_short"),
    ] {
        let read = rows(&format!("商会名称,类型,所在地,电话\n{cells}\n"));
        let refusal = read[0].result.as_ref().unwrap_err();
        assert_eq!((refusal.field, refusal.code), (field, code), "{cells}");
    }
    let read = rows("商会名称,会长,任职起\n示例商会,示例会长,2024-13-40\n");
    assert_eq!(read[0].result.as_ref().unwrap_err().field, "officer.from_on");
}

#[test]
fn a_row_of_a_member_says_whose_and_who_it_is() {
    let read = rows(
        "商会名称,会员名称,类别,统一社会信用代码,联系人,联系电话,入会时间,备注\n\
         示例商会,示例玩具有限公司,,,示例厂长,12000000102,2024-3-1,理事单位\n\
         示例商会,示例某,,,,,,\n\
         示例商会,示例贸易商行,个人会员,,,,,\n\
         示例商会,示例公司,民间会员,,,,,\n",
    );
    let member = |at: usize| {
        let line = read[at].result.as_ref().unwrap();
        assert_eq!(
            (line.name.as_deref(), &line.contact_person, &line.phone),
            (Some("示例商会"), &None, &None)
        );
        assert!(line.of_entry.as_ref().unwrap().ends_with(line.entries[0].name.as_ref().unwrap()));
        (line.entries[0].word.clone().unwrap(), line.entries[0].clone())
    };
    let (word, company) = member(0);
    assert_eq!((word.as_str(), company.phone.as_deref()), ("company", Some("12000000102")));
    assert_eq!(
        (company.contact_person.as_deref(), company.from_on, company.note.as_deref()),
        (Some("示例厂长"), day("2024-03-01"), Some("理事单位"))
    );
    assert_eq!((member(1).0.as_str(), member(2).0.as_str()), ("person", "person"));
    let refusal = read[3].result.as_ref().unwrap_err();
    assert_eq!((refusal.field, refusal.code), ("member.word", "word_unknown"));
}

#[test]
fn a_masked_phone_says_nothing_and_what_no_column_takes_is_told() {
    let read = rows("商会名称,类型,电话,成立年份\n示例商会,本地,120****0101,2001\n");
    assert_eq!(read[0].result.as_ref().unwrap().phone, None);
    let codes: Vec<_> =
        read[0].warnings.iter().map(|warning| (warning.code, warning.word.as_str())).collect();
    assert_eq!(codes, [("phone_masked", "120****0101"), ("left_out", "2001")]);
}

#[test]
fn bodies_are_read_one_a_line() {
    let text = "{\"name\":\"示例商会\",\"kind\":\"local\",\"region\":\"灵山县\",\"status\":\"review\",\
                \"entries\":[{\"kind\":\"member\",\"word\":\"company\",\"name\":\"示例公司\"}]}\n\
                {\"name\":\"示例商会\",\"president\":\"x\"}\nnot json\n";
    let (read, _) = found(text, "名录.jsonl").unwrap();
    let line = read[0].result.as_ref().unwrap();
    assert_eq!((line.region.as_deref(), line.status), (Some("450721"), Some(SourceStatus::Review)));
    assert_eq!(line.entries[0].kind, Some(ChamberEntryKind::Member));
    let codes: Vec<_> = read[1..].iter().map(|row| row.result.as_ref().unwrap_err().code).collect();
    assert_eq!(codes, ["wrong_type", "not_json"]);
}

#[test]
fn a_table_that_names_no_chamber_is_no_ledger() {
    assert!(matches!(found("项目名称,投资方,县区\na,b,c\n", "a.csv"), Err(LedgerError::NoHeader)));
}
