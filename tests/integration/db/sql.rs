//! SQL expressions reduced to what they say, so that one written by hand compares with one that a
//! catalogue gives back: `role IN ('a', 'b')` and `((role = ANY (ARRAY['b'::text, 'a'::text])))` are equal.

/// The words of a statement: literals with their quotes, everything else in lower case. Comments are left out.
pub fn words(sql: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '-' if rest.starts_with("--") => {
                rest = rest.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
                continue;
            }
            '\'' => literal_length(rest),
            c if c.is_alphanumeric() || c == '_' || c == '"' => rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '"' | '.')))
                .unwrap_or(rest.len()),
            '<' | '>' | '!' | '|' | ':' => 1 + rest[1..].starts_with(['=', '>', '|', ':']) as usize,
            c => c.len_utf8(),
        };
        let word = &rest[..length];
        words.push(if first == '\'' { word.to_owned() } else { word.to_lowercase().replace('"', "") });
        rest = rest[length..].trim_start();
    }
    words
}

fn literal_length(text: &str) -> usize {
    let mut from = 1;
    while let Some(at) = text[from..].find('\'') {
        from += at + 1;
        if !text[from..].starts_with('\'') {
            return from;
        }
        from += 1;
    }
    panic!("a literal without an end: {text}");
}

/// The columns, values and operators of an expression, sorted; casts and the ways to write a list are left out.
pub fn gist(words: &[String]) -> String {
    const TYPES: &[&str] = &[
        "text",
        "date",
        "bigint",
        "integer",
        "boolean",
        "double",
        "precision",
        "timestamp",
        "without",
        "time",
        "zone",
    ];
    const FORM: &[&str] = &["(", ")", ",", "[", "]", "=", "in", "any", "array", "check"];
    let mut kept: Vec<&str> = Vec::new();
    let mut in_cast = false;
    for word in words.iter().map(String::as_str) {
        if word == "::" {
            in_cast = true;
        } else if !(in_cast && TYPES.contains(&word)) {
            in_cast = false;
            // PostgreSQL writes the number -1 as a literal that is cast.
            let number = word.trim_matches('\'');
            if let Some(digits) = number.strip_prefix('-').filter(|rest| rest.parse::<f64>().is_ok()) {
                kept.extend(["-", digits]);
            } else if number.parse::<f64>().is_ok() {
                kept.push(number);
            } else if !FORM.contains(&word) {
                kept.push(word);
            }
        }
    }
    kept.sort_unstable();
    kept.join(" ")
}

/// The words within the parentheses that open at `words[at]`.
pub fn within(words: &[String], at: usize) -> &[String] {
    assert_eq!(words[at], "(", "{words:?}");
    let mut depth = 0;
    for (index, word) in words.iter().enumerate().skip(at) {
        depth += (word == "(") as usize;
        depth -= (word == ")") as usize;
        if depth == 0 {
            return &words[at + 1..index];
        }
    }
    panic!("a parenthesis without an end: {words:?}");
}

/// The parts between commas that stand in no parentheses.
pub fn parts(words: &[String]) -> Vec<&[String]> {
    let mut depth = 0;
    words
        .split(|word| {
            depth += (word == "(") as usize;
            depth -= (word == ")") as usize;
            depth == 0 && word == ","
        })
        .collect()
}

#[test]
fn the_same_rule_has_the_same_gist_in_both_dialects() {
    for (by_hand, from_postgres) in [
        ("role IN ('admin', 'x y')", "CHECK ((role = ANY (ARRAY['x y'::text, 'admin'::text])))"),
        ("land_mu >= 0", "CHECK ((land_mu >= (0)::double precision))"),
        ("coalesce(next_on, '9999-12-31')", "COALESCE(next_on, '9999-12-31'::date)"),
        ("coalesce(total_fen, -1)", "COALESCE(total_fen, ('-1'::integer)::bigint)"),
        ("kind IN ('leads')", "CHECK ((kind = 'leads'::text))"),
    ] {
        assert_eq!(gist(&words(by_hand)), gist(&words(from_postgres)), "{by_hand}");
    }
    assert_ne!(gist(&words("a > 0")), gist(&words("a >= 0")));
    assert_ne!(gist(&words("a IN ('b')")), gist(&words("a IN ('c')")));
}
