//! Every form of a cell that a ledger is known to have.

use proptest::prelude::*;

use super::*;
use crate::imports::ledger::cells::amount::{self, AmountFault, MoneyUnit};
use crate::imports::ledger::cells::date::{self, DateFault};
use crate::imports::ledger::cells::measure;
use crate::imports::ledger::cells::phone::{self, PhoneFault};
use crate::imports::ledger::cells::place::{self, PlaceFault};
use crate::imports::ledger::sheet::Cell;
use crate::money::{WAN, YI, YUAN};

const IN_WAN: MoneyUnit = MoneyUnit::Fen(WAN);
const NOTHINGS: [&str; 16] =
    ["", " ", "/", "—", "——", "-", "--", "无", "暂无", "待定", "待核", "面议", "未知", "　", "－", "／"];

fn text(text: &str) -> Cell {
    Cell::of_text(text)
}

fn amount_of(cell: &Cell, unit: &MoneyUnit) -> Result<Option<(i64, bool)>, AmountFault> {
    amount::read(cell, unit, REFERENCE.values())
        .map(|found| found.map(|amount| (amount.fen, amount.approximate)))
}

#[test]
fn amounts_are_read_in_every_form() {
    for (form, fen, approximate) in [
        ("53790", 53_790 * WAN, false),
        ("５３７９０", 53_790 * WAN, false),
        ("65,737", 65_737 * WAN, false),
        ("65，737.5", 65_737 * WAN + WAN / 2, false),
        ("53 790", 53_790 * WAN, false),
        (" 6.0亿元 ", 6 * YI, false),
        ("6亿", 6 * YI, false),
        ("3亿5000万", 3 * YI + 5_000 * WAN, false),
        ("3亿5000万元", 3 * YI + 5_000 * WAN, false),
        ("1.25亿元", YI + YI / 4, false),
        ("5000万", 5_000 * WAN, false),
        ("5千万元", 5_000 * WAN, false),
        ("200百万元", 20_000 * WAN, false),
        ("50000000元", 5_000 * WAN, false),
        ("500元", 500 * YUAN, false),
        ("三千五百万元", 3_500 * WAN, false),
        ("一亿二千万", YI + 2_000 * WAN, false),
        ("约52560万元", 52_560 * WAN, true),
        ("近3亿元", 3 * YI, true),
        ("3亿余元", 3 * YI, true),
        ("3亿元左右", 3 * YI, true),
        ("5000万元以上", 5_000 * WAN, true),
        ("5000+", 5_000 * WAN, true),
        ("人民币5000万元", 5_000 * WAN, false),
        ("￥5,000", 5_000 * WAN, false),
        ("5000万元整", 5_000 * WAN, false),
        ("5000万元（含设备）", 5_000 * WAN, false),
        ("5000万元（其中设备2000万元）", 5_000 * WAN, false),
        ("总投资5000万元", 5_000 * WAN, false),
        ("0", 0, false),
        ("1.234567", 1_234_567, false),
        ("0.0000001", 0, false),
    ] {
        assert_eq!(amount_of(&text(form), &IN_WAN), Ok(Some((fen, approximate))), "{form}");
    }
    assert_eq!(
        amount_of(&text("3.5"), &MoneyUnit::Fen(YI)),
        Ok(Some((3 * YI + YI / 2, false))),
        "a bare number scales"
    );
    assert_eq!(
        amount_of(&text("3000万元"), &MoneyUnit::Fen(YI)),
        Ok(Some((3_000 * WAN, false))),
        "the cell's unit wins"
    );
    assert_eq!(amount_of(&Cell::Number(53_812.5), &IN_WAN), Ok(Some((5_381_250 * WAN / 100, false))));
    assert_eq!(amount_of(&Cell::Number(6_569.999_999_999_999), &IN_WAN), Ok(Some((6_570 * WAN, false))));
    for nothing in NOTHINGS {
        assert_eq!(amount_of(&text(nothing), &IN_WAN), Ok(None), "{nothing:?}");
    }
}

#[test]
fn what_is_no_amount_is_refused_for_what_it_is() {
    use AmountFault::*;
    for (form, fault) in [
        ("3000-5000", Range),
        ("3000～5000万元", Range),
        ("1-2亿", Range),
        ("3000至5000", Range),
        ("3000万元—5000万元", Range),
        ("3亿到5亿", Range),
        ("-300", Negative),
        ("－300", Negative),
        ("(300)", Negative),
        ("负300万", Negative),
        ("若干", Words),
        ("数千万", Words),
        ("上亿", Words),
        ("几亿元", Words),
        ("3亿5000", Words),
        ("千万", Words),
        ("5000万元/年", Words),
        ("5000 6000", Words),
        ("1,5", Words),
        ("12345,678", Words),
        ("见附件", Words),
        ("5万亿万", Words),
        ("3000(一期1000)", Words),
        ("1.2.3", Words),
        ("500万美元", Foreign),
        ("USD 500万", Foreign),
        ("$500", Foreign),
        ("3亿港币", Foreign),
        ("1000万欧元", Foreign),
        ("99999999999999999999", TooLarge),
        ("9999999999亿", TooLarge),
        ("#REF!", Error),
        ("#DIV/0!", Error),
    ] {
        assert_eq!(amount_of(&text(form), &IN_WAN), Err(fault), "{form}");
    }
    assert_eq!(amount_of(&Cell::NoValue, &IN_WAN), Err(NoValue));
    assert_eq!(amount_of(&Cell::Number(-300.0), &IN_WAN), Err(Negative));
    assert_eq!(amount_of(&Cell::Number(300.0), &MoneyUnit::Foreign), Err(Foreign));
    assert_eq!(amount_of(&Cell::Number(1e30), &IN_WAN), Err(TooLarge));
    assert_eq!(amount_of(&Cell::Date(today()), &IN_WAN), Err(Words));
}

fn day_of(cell: &Cell) -> Result<Option<(String, bool)>, DateFault> {
    let read = date::read(cell, false, REFERENCE.values());
    read.map(|found| found.map(|day| (day.date.to_string(), day.month_only)))
}

#[test]
fn dates_are_read_in_every_form() {
    for form in [
        "2026-9-2",
        "2026-09-02",
        "2026/9/2",
        "2026.9.2",
        "2026.09.02.",
        "20260902",
        "2026年9月2日",
        "2026 年 9 月 2 日",
        "2026年09月02号",
        "２０２６年９月２日",
        "２０２６－９－２",
        "二〇二六年九月二日",
        "二○二六年九月二日",
        "二零二六年九月二日",
        "二O二六年九月二日",
        "2026年九月二日",
        "2026-09-02 10:30",
        "2026-09-02 10:30:00",
        "2026-09-02T10:30:00",
        "2026/9/2 0:00",
        "2026年9月2日10:30",
        "2026年9月2日上午",
        "2026年9月2日 10时30分",
        "2026-9-2(周三)",
        "2026年9月2日 星期三",
        "46267",
        " 2026-9-2\n",
    ] {
        assert_eq!(day_of(&text(form)), Ok(Some(("2026-09-02".to_owned(), false))), "{form}");
    }
    assert_eq!(day_of(&text("二〇二六年十一月二十一日")), Ok(Some(("2026-11-21".to_owned(), false))));
    assert_eq!(day_of(&text("二〇二六年十月十日")), Ok(Some(("2026-10-10".to_owned(), false))));
    for form in ["2026年9月", "2026-9", "2026/09", "2026.9", "202609", "二〇二六年九月"] {
        assert_eq!(day_of(&text(form)), Ok(Some(("2026-09-01".to_owned(), true))), "{form}");
    }
    for number in [46_267.0, 46_267.75, 20_260_902.0] {
        assert_eq!(day_of(&Cell::Number(number)), Ok(Some(("2026-09-02".to_owned(), false))), "{number}");
    }
    assert_eq!(day_of(&Cell::Number(202_609.0)), Ok(Some(("2026-09-01".to_owned(), true))));
    assert_eq!(day_of(&Cell::Number(2026.09)), Ok(Some(("2026-09-01".to_owned(), true))));
    let of_1904 =
        date::read(&Cell::Number(44_805.0), true, REFERENCE.values()).expect("a date").expect("a date");
    assert_eq!(of_1904.date.to_string(), "2026-09-02");
    for nothing in NOTHINGS {
        assert_eq!(day_of(&text(nothing)), Ok(None), "{nothing:?}");
    }
}

#[test]
fn what_is_no_date_is_refused_for_what_it_is() {
    use DateFault::*;
    for (form, fault) in [
        ("2026-02-30", Impossible),
        ("2026年13月5日", Impossible),
        ("20261332", Impossible),
        ("2026-0-1", Impossible),
        ("1026-09-02", Impossible),
        ("2026902", Impossible),
        ("5月3日", NoYear),
        ("13月5日", NoYear),
        ("五月三日", NoYear),
        ("9-2", NoYear),
        ("9.2", NoYear),
        ("去年底", Words),
        ("2026年底", Words),
        ("上周", Words),
        ("2026-9-2至2026-9-5", Words),
        ("2026年9-10月", Words),
        ("2026", Words),
        ("2026年9月上旬", Words),
        ("尽快", Words),
    ] {
        assert_eq!(day_of(&text(form)), Err(fault), "{form}");
    }
    assert_eq!(day_of(&Cell::Number(-1.0)), Err(Impossible));
    assert_eq!(day_of(&Cell::Number(2026.1)), Err(Words), "October or January: nobody can say");
    assert_eq!(day_of(&Cell::Bool(true)), Err(Unreadable));
    assert_eq!(day_of(&Cell::NoValue), Err(Unreadable));
}

fn phones_of(cell: &Cell) -> Result<Option<Vec<String>>, PhoneFault> {
    let read = phone::read(cell, REFERENCE.values());
    read.map(|found| found.map(|phones| [vec![phones.phone], phones.others].concat()))
}

#[test]
fn phones_are_read_in_every_form() {
    for (form, numbers) in [
        ("12000000200", "12000000200"),
        ("120 0000 0201", "12000000201"),
        ("120-0000-0201", "12000000201"),
        ("+86 120 0000 0201", "12000000201"),
        ("+86-12000000201", "12000000201"),
        ("8612000000201", "12000000201"),
        ("１２０００００００２０", "12000000020"),
        ("0777-2800001", "07772800001"),
        ("(0777)2800001", "07772800001"),
        ("0777 2800001", "07772800001"),
        ("0777-2800001-801", "07772800001-801"),
        ("0777-2800001转801", "07772800001-801"),
        ("07772800001转分机8", "07772800001-8"),
        ("010-12345678", "01012345678"),
        ("2800001", "2800001"),
        ("12000000200/12000000201", "12000000200 12000000201"),
        ("12000000200、0777-2800001", "12000000200 07772800001"),
        ("12000000200 12000000201", "12000000200 12000000201"),
        ("12000000200\n12000000201", "12000000200 12000000201"),
        ("12000000200或12000000201", "12000000200 12000000201"),
        ("0777-2800001/2800002", "07772800001 2800002"),
        ("12000000200；12000000200", "12000000200"),
        ("手机:12000000200,办公:0777-2800001", "12000000200 07772800001"),
        ("韦示例 12000000200", "12000000200"),
        ("12000000200(微信同号)", "12000000200"),
        ("+852 2345 6789", "+85223456789"),
        ("400-800-1234", "4008001234"),
    ] {
        let wanted: Vec<String> = numbers.split(' ').map(str::to_owned).collect();
        assert_eq!(phones_of(&text(form)), Ok(Some(wanted)), "{form}");
    }
    assert_eq!(phones_of(&text("120****0200")), Ok(None), "what a mask leaves is no number");
    assert_eq!(phones_of(&Cell::Number(12_000_000_200.0)), Ok(Some(vec!["12000000200".to_owned()])));
    for nothing in NOTHINGS {
        assert_eq!(phones_of(&text(nothing)), Ok(None), "{nothing:?}");
    }
    for (form, fault) in [
        ("见名片", PhoneFault::NoDigits),
        ("12345", PhoneFault::TooShort),
        ("1.2E+10", PhoneFault::LostDigits),
        ("1.20E+10", PhoneFault::LostDigits),
        ("1200000020012000000201", PhoneFault::TooLong),
    ] {
        assert_eq!(phones_of(&text(form)), Err(fault), "{form}");
    }
    assert_eq!(phones_of(&Cell::Number(1.2e20)), Err(PhoneFault::LostDigits));
    assert_eq!(phones_of(&Cell::Number(123_456.0)), Err(PhoneFault::TooShort));
    let both = phone::read(&text("韦示例(总经理) 12000000200"), REFERENCE.values())
        .expect("a phone")
        .expect("a phone");
    assert_eq!(both.beside.as_deref(), Some("韦示例"));
}

#[test]
fn counties_are_read_in_every_form() {
    let county = |form: &str| place::read(form, &REFERENCE).map(|found| (found.county, found.park));
    for (form, code) in [
        ("灵山县", "450721"),
        ("灵山", "450721"),
        ("灵山县 ", "450721"),
        ("450721", "450721"),
        ("钦州市灵山县", "450721"),
        ("广西钦州市灵山县", "450721"),
        ("灵山县武利镇", "450721"),
        ("浦北", "450722"),
        ("钦南区", "450702"),
        ("钦北", "450703"),
        ("自贸区", "QZ-FTZ"),
        ("片区", "QZ-FTZ"),
        ("钦州港片区", "QZ-FTZ"),
        ("自贸区钦州港片区", "QZ-FTZ"),
        ("qz-ftz", "QZ-FTZ"),
        ("中国（广西）自由贸易试验区钦州港片区", "QZ-FTZ"),
    ] {
        assert_eq!(county(form), Ok((code, None)), "{form}");
    }
    for (form, code, park) in [
        ("十里工业园", "450721", "shili"),
        ("灵山县十里工业园", "450721", "shili"),
        ("皇马工业园", "450703", "huangma"),
    ] {
        assert_eq!(county(form), Ok((code, Some(park))), "{form}");
    }
    for form in ["南宁市", "钦州市", "横州市", "市本级", "某县"] {
        assert_eq!(county(form), Err(PlaceFault::Elsewhere), "{form}");
    }
    for form in ["灵山县、浦北县", "灵山/浦北", "钦南区（自贸区）", "灵山县、横州市"]
    {
        assert_eq!(county(form), Err(PlaceFault::TwoPlaces), "{form}");
    }
}

#[test]
fn quantities_are_read_in_their_units() {
    let words = REFERENCE.values();
    let land =
        |form: &str| measure::read(&text(form), 1.0, &words.land, words).map(|found| found.map(|q| q.value));
    for (form, mu) in [
        ("35.5", 35.5),
        ("120亩", 120.0),
        ("约120亩", 120.0),
        ("2公顷", 30.0),
        ("1万平方米", 15.0),
        ("１２０", 120.0),
        ("1,200", 1200.0),
    ] {
        assert_eq!(land(form), Ok(Some(mu)), "{form}");
    }
    assert_eq!(land("待定"), Ok(None));
    for form in ["若干", "20-30亩", "120人"] {
        assert_eq!(land(form), Err(measure::NoQuantity), "{form}");
    }
    let area = measure::read(&text("2万㎡"), 1.0, &words.area, words);
    assert_eq!(area.map(|found| found.map(|q| q.value)), Ok(Some(20_000.0)));
}

#[test]
fn stage_and_source_words_are_known() {
    let words = REFERENCE.values();
    for (form, stage, status) in [
        ("线索", "new", "active"),
        ("初步接触", "new", "active"),
        ("对接", "new", "active"),
        ("研判", "assessment", "active"),
        ("评估", "assessment", "active"),
        ("在谈", "negotiation", "active"),
        ("洽谈", "negotiation", "active"),
        ("在谈 ", "negotiation", "active"),
        ("洽谈中", "negotiation", "active"),
        ("考察", "site_visit", "active"),
        ("考察洽谈", "site_visit", "active"),
        ("框架协议", "framework", "active"),
        ("意向协议", "framework", "active"),
        ("意向", "framework", "active"),
        ("正式合同", "contract", "active"),
        ("签约", "contract", "active"),
        ("已签约", "contract", "active"),
        ("暂缓", "negotiation", "on_hold"),
        ("终止", "negotiation", "closed"),
        ("流转", "negotiation", "active"),
        ("注册落地", "contract", "active"),
        ("前期审批", "contract", "active"),
        ("开工", "contract", "active"),
        ("竣工", "contract", "active"),
        ("投产", "contract", "active"),
        ("上规入统", "contract", "active"),
        ("达产", "contract", "active"),
        ("在谈阶段", "negotiation", "active"),
    ] {
        let meaning = words.stage(form).map(|meaning| (meaning.stage.as_str(), meaning.status.as_str()));
        assert_eq!(meaning, Some((stage, status)), "{form}");
    }
    for form in ["大概在谈吧", "未知阶段甲", "已考察园区"] {
        assert!(words.stage(form).is_none(), "{form}");
    }
    for (form, kind) in [
        ("商会", "chamber"),
        ("灵山商会推荐", "chamber"),
        ("引荐人", "referrer"),
        ("引荐", "referrer"),
        ("乡贤", "townsman"),
        ("以企招商", "enterprise"),
        ("驻点招商", "station"),
        ("展会", "exhibition"),
        ("推介会", "event"),
        ("活动", "event"),
        ("飞地招商", "enclave"),
        ("自荐", "self"),
        ("来电", "self"),
        ("来访", "self"),
        ("网络", "self"),
        ("上级交办", "superior"),
        ("领导推荐", "superior"),
        ("部门推荐", "superior"),
        ("委托招商", "referrer"),
    ] {
        assert_eq!(words.source(form).map(|kind| kind.as_str()), Some(kind), "{form}");
    }
    assert!(words.source("天上掉的").is_none());
}

proptest! {
    /// What a person writes from an amount reads back as that amount.
    #[test]
    fn amounts_round_trip(fen in 0_i64..1_000_000_000_000_000, form in 0_usize..6) {
        let fen = if form == 3 { fen / YUAN * YUAN } else { fen };
        let wan = crate::money::wan_text(fen);
        let written = match form {
            0 => wan,
            1 => format!("{wan}万元"),
            2 => wan.chars().map(|c| match c { '.' => '．', c => char::from_u32(c as u32 - 0x30 + 0xff10).unwrap_or(c) }).collect(),
            3 => format!("{}元", fen / YUAN),
            4 => with_thousands(&wan),
            _ => format!("{}亿{}万", fen / YI, crate::money::wan_text(fen % YI)),
        };
        prop_assert_eq!(amount_of(&text(&written), &IN_WAN), Ok(Some((fen, false))), "{}", written);
    }

    /// A spreadsheet's own number for an amount is that amount, to the fen.
    #[test]
    fn number_cells_are_amounts(fen in 0_i64..10_000_000_000_000) {
        prop_assert_eq!(amount_of(&Cell::Number(fen as f64 / WAN as f64), &IN_WAN), Ok(Some((fen, false))));
    }

    #[test]
    fn dates_round_trip(days in 0_u64..36_500, form in 0_usize..9) {
        let date = "1970-01-01".parse::<NaiveDate>().unwrap() + chrono::Days::new(days);
        let written = match form {
            0 => date.format("%Y-%-m-%-d").to_string(),
            1 => date.format("%Y/%m/%d").to_string(),
            2 => date.format("%Y.%-m.%-d").to_string(),
            3 => date.format("%Y%m%d").to_string(),
            4 => date.format("%Y年%-m月%-d日").to_string(),
            5 => date.format("%Y-%m-%d 08:30:00").to_string(),
            6 => in_chinese(date),
            7 => (days + 25_569).to_string(),
            _ => date.format("%Y年%m月%d日 星期一").to_string(),
        };
        prop_assert_eq!(day_of(&text(&written)), Ok(Some((date.to_string(), false))), "{}", written);
    }

    #[test]
    fn no_text_makes_a_reader_panic(written in "\\PC{0,20}") {
        let cell = text(&written);
        let _ = (amount_of(&cell, &IN_WAN), day_of(&cell), phones_of(&cell), place::read(&written, &REFERENCE));
        let _ = measure::read(&cell, 1.0, &REFERENCE.values().land, REFERENCE.values());
    }

    #[test]
    fn no_near_miss_makes_a_reader_panic(written in "[0-9０-９.,，+\\-~年月日亿万元约一二十百千零转/( )（）TE:]{0,20}") {
        let cell = text(&written);
        let _ = (amount_of(&cell, &IN_WAN), day_of(&cell), phones_of(&cell), place::read(&written, &REFERENCE));
    }

    #[test]
    fn no_number_makes_a_reader_panic(number in prop::num::f64::ANY) {
        let cell = Cell::Number(number);
        let _ = (amount_of(&cell, &IN_WAN), day_of(&cell), phones_of(&cell));
    }
}

fn with_thousands(text: &str) -> String {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    part.map_or(grouped.clone(), |part| format!("{grouped}.{part}"))
}

fn in_chinese(date: NaiveDate) -> String {
    use chrono::Datelike;
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let year: String = date.year().to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect();
    let small = |n: u32| {
        let (tens, ones) = (n as usize / 10, n as usize % 10);
        let tens = match tens {
            0 => String::new(),
            1 => "十".to_owned(),
            n => format!("{}十", DIGITS[n]),
        };
        if ones == 0 { tens } else { format!("{tens}{}", DIGITS[ones]) }
    };
    format!("{year}年{}月{}日", small(date.month()), small(date.day()))
}
