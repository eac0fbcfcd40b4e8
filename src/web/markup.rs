//! The small pieces of HTML that filters make: amounts, days, times, figures, highlights.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::clock;
use crate::money::{WAN, YI, YUAN, yuan_text};
use crate::web::i18n::{I18n, Lang, Message};

/// What stands where there is nothing to show.
pub const NOTHING: &str = "<span class=\"nothing\">—</span>";

/// An amount as people say it (万元, 亿元; millions in English); the exact figure on touch. `fen` in fen.
pub fn money(i18n: &I18n, lang: Lang, fen: i64) -> String {
    let exact = i18n.say(lang, &Message::new("money-exact").text("n", yuan(fen)));
    let text = money_text(i18n, lang, fen);
    format!("<data class=\"money\" value=\"{fen}\" title=\"{exact}\">{text}</data>")
}

/// An amount to the fen, as what is decided, announced and paid is told. `fen` in fen.
pub fn exact_money(i18n: &I18n, lang: Lang, fen: i64) -> String {
    let mut figure = String::new();
    yuan_text(&mut figure, fen);
    let text = i18n.say(lang, &Message::new("money-yuan").text("n", figure));
    format!("<data class=\"money\" value=\"{fen}\">{text}</data>")
}

/// The same as `money` without HTML. `fen` in fen.
pub fn money_text(i18n: &I18n, lang: Lang, fen: i64) -> String {
    let size = fen.unsigned_abs();
    let at_least = |unit: i64| size >= unit.unsigned_abs();
    let (unit, message) = match lang {
        Lang::ZhCn if at_least(YI) => (YI, Message::new("money-yi")),
        Lang::ZhCn if at_least(WAN) => (WAN, Message::new("money-wan")),
        Lang::En if at_least(10 * YI) => (10 * YI, Message::new("money-billion")),
        Lang::En if at_least(100 * WAN) => (100 * WAN, Message::new("money-million")),
        _ if !size.is_multiple_of(100) => {
            return i18n.say(lang, &Message::new("money-yuan").text("n", yuan(fen)));
        }
        _ => (YUAN, Message::new("money-yuan")),
    };
    i18n.say(lang, &message.text("n", hundredths(fen, unit)))
}

/// Yuan with two decimals and thousands separators. `fen` in fen.
fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let size = fen.unsigned_abs();
    format!("{sign}{}.{:02}", grouped(size / 100), size % 100)
}

/// `fen` in `unit`, rounded to two decimals, without trailing zeros.
fn hundredths(fen: i64, unit: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let unit = u128::from(unit.unsigned_abs());
    let parts = (u128::from(fen.unsigned_abs()) * 200 + unit) / (2 * unit);
    let whole = grouped(u64::try_from(parts / 100).unwrap_or(u64::MAX));
    let rest = format!("{:02}", parts % 100);
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

/// A whole figure with thousands separators.
pub fn number(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(value.unsigned_abs()))
}

fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A day as people say it: yesterday, today, tomorrow, else 11-20, and the year when it is another one.
pub fn day(i18n: &I18n, lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    let text = day_text(i18n, lang, day, today);
    format!("<time datetime=\"{day}\" title=\"{day}\">{text}</time>")
}

fn day_text(i18n: &I18n, lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    match day.signed_duration_since(today).num_days() {
        -1 => i18n.say(lang, &Message::new("day-yesterday")),
        0 => i18n.say(lang, &Message::new("day-today")),
        1 => i18n.say(lang, &Message::new("day-tomorrow")),
        _ if day.year() == today.year() => day.format("%m-%d").to_string(),
        _ => day.to_string(),
    }
}

/// How late something is, or how soon it is due. `days` past its day; negative when it lies ahead.
pub fn lateness(i18n: &I18n, lang: Lang, days: Option<i64>) -> String {
    let Some(days) = days else { return NOTHING.to_owned() };
    let (tone, text) = match days {
        1.. => ("late", Message::new("lateness-late").number("days", days)),
        0 => ("near", Message::new("lateness-today")),
        -3..0 => ("near", Message::new("lateness-ahead").number("days", -days)),
        _ => ("plain", Message::new("lateness-ahead").number("days", days.saturating_neg())),
    };
    format!("<span class=\"mark mark-{tone}\">{}</span>", i18n.say(lang, &text))
}

/// When something is due, and by how many days.
pub fn due(i18n: &I18n, lang: Lang, on: Option<NaiveDate>, days: Option<i64>, today: NaiveDate) -> String {
    let Some(on) = on else { return format!("<span class=\"due\">{NOTHING}</span>") };
    let when = day(i18n, lang, on, today);
    match days {
        Some(_) => format!("<span class=\"due\">{when} {}</span>", lateness(i18n, lang, days)),
        None => format!("<span class=\"due\">{when}</span>"),
    }
}

/// A stage by name and by how far it is, in six bars. `code` is one of the program's own words.
pub fn stage(i18n: &I18n, lang: Lang, code: &str) -> String {
    let name = i18n.say(lang, &Message::of("stage", code));
    format!(
        "<span class=\"stage stage-{code}\"><span class=\"stage-bars\" aria-hidden=\"true\">\
         <i></i><i></i><i></i><i></i><i></i><i></i></span>{name}</span>"
    )
}

/// One possibility of a select.
pub fn option(html: &mut String, value: &str, label: &str, is_chosen: bool) {
    html.push_str("<option value=\"");
    html.push_str(&escaped(value));
    html.push_str(if is_chosen { "\" selected>" } else { "\">" });
    html.push_str(&escaped(label));
    html.push_str("</option>\n");
}

/// Text as the template engine escapes it.
pub fn escaped(text: &str) -> String {
    let mut html = Vec::with_capacity(text.len());
    // Writing into memory does not fail.
    let _ = tera::escape_html(text, &mut html);
    String::from_utf8(html).unwrap_or_default()
}

/// Month, day and weekday in words.
pub fn long_day(i18n: &I18n, lang: Lang, day: NaiveDate) -> String {
    let message = Message::new("day-long")
        .number("month", day.month().into())
        .number("day", day.day().into())
        .number("weekday", day.weekday().number_from_monday().into());
    i18n.say(lang, &message)
}

/// A UTC time as the clock in China shows it, its day as [`day`] says it.
pub fn clock(i18n: &I18n, lang: Lang, at: NaiveDateTime, today: NaiveDate) -> String {
    let local = clock::china_time(at);
    let text = format!("{} {}", day_text(i18n, lang, local.date(), today), local.format("%H:%M"));
    let exact = local.format("%Y-%m-%d %H:%M:%S");
    format!("<time datetime=\"{}\" title=\"{exact}\">{text}</time>", clock::rfc3339::format(at))
}

/// A search engine's excerpt, already escaped but for `<em>`; any other angle bracket is made harmless.
pub fn highlight(excerpt: &str) -> String {
    let bare = excerpt.replace("<em>", "\u{1}").replace("</em>", "\u{2}");
    let bare = bare.replace('<', "&lt;").replace('>', "&gt;");
    bare.replace('\u{1}', "<mark>").replace('\u{2}', "</mark>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn i18n() -> I18n {
        I18n::load().unwrap()
    }

    #[test]
    fn amounts_read_as_people_say_them() {
        let i18n = i18n();
        let say = |lang, fen| money_text(&i18n, lang, fen);
        for (fen, zh, en) in [
            (0, "0 元", "¥0"),
            (12_345, "123.45 元", "¥123.45"),
            (85_000_000, "85 万元", "¥850,000"),
            (1_234_567_800, "1,234.57 万元", "¥12.35 m"),
            (YI - 1, "10,000 万元", "¥100 m"),
            (80 * YI, "80 亿元", "¥8 bn"),
            (-5 * YI / 2, "-2.5 亿元", "¥-250 m"),
        ] {
            assert_eq!((say(Lang::ZhCn, fen), say(Lang::En, fen)), (zh.to_owned(), en.to_owned()), "{fen}");
        }
        assert!(money(&i18n, Lang::ZhCn, i64::MIN).contains("-92,233,720,368,547,758.08"));
        let exact = |lang, fen| exact_money(&i18n, lang, fen);
        assert!(exact(Lang::ZhCn, 9_999_000).ends_with(">99,990 元</data>"), "never 10 万元");
        assert!(exact(Lang::En, 9_999_050).ends_with(">¥99,990.50</data>"));
    }

    #[test]
    fn days_near_today_have_names() {
        let (i18n, today) = (i18n(), NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
        let say = |text: &str| day_text(&i18n, Lang::ZhCn, text.parse().unwrap(), today);
        assert_eq!(say("2025-12-31"), "昨天");
        assert_eq!(say("2026-01-01"), "今天");
        assert_eq!(say("2026-01-02"), "明天");
        assert_eq!(say("2026-11-20"), "11-20");
        assert_eq!(say("2025-11-20"), "2025-11-20");
        let evening: NaiveDateTime = "2025-12-31T16:05:00".parse().unwrap();
        assert!(clock(&i18n, Lang::ZhCn, evening, today).contains(">今天 00:05<"));
    }

    #[test]
    fn an_excerpt_keeps_only_its_marks() {
        assert_eq!(highlight("a &lt; <em>玩具</em><b>"), "a &lt; <mark>玩具</mark>&lt;b&gt;");
    }
}
