//! Names of files, as they may be kept, shown and saved on any system.

use unicode_normalization::UnicodeNormalization;

/// The longest name, in characters; of Chinese ones, as many as file systems take.
const LONGEST: usize = 80;

/// The name without its path and without what deceives or does harm; `None` when nothing is left of it.
///
/// Chinese stays. Control characters, marks that turn the direction of writing (`fdp.exe` shown as `exe.pdf`) and
/// invisible ones go; what a file system refuses becomes `_`.
pub fn safe(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.nfc().filter(|c| !c.is_control() && !is_deceiving(*c)).map(plain).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let name = words.join(" ");
    // A leading dot hides a file, a last one is dropped by some systems.
    let name = name.trim_matches(['.', ' ']);
    let (stem, extension) = name.rsplit_once('.')?;
    let stem: String = stem.chars().take(LONGEST.saturating_sub(extension.chars().count() + 1)).collect();
    let stem = stem.trim_end_matches(['.', ' ']);
    (!stem.is_empty() && !extension.is_empty()).then(|| format!("{stem}.{extension}"))
}

/// What stands behind the last dot, in small letters.
pub fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// Marks of direction, joiners and spaces without width.
fn is_deceiving(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn plain(c: char) -> char {
    if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_path_and_nothing_that_deceives() {
        for (name, safe_name) in [
            ("合同.pdf", "合同.pdf"),
            ("../../etc/合同 2026.PDF", "合同 2026.PDF"),
            ("C:\\Users\\x\\营业执照.jpg", "营业执照.jpg"),
            ("\u{202e}fdp.exe.png", "fdp.exe.png"),
            ("a\u{200b}b\u{0}\n.png", "ab.png"),
            ("a<b>:c?.png", "a_b__c_.png"),
            (" .hidden.pdf. ", "hidden.pdf"),
            ("two  words .pdf", "two words.pdf"),
        ] {
            assert_eq!(safe(name).as_deref(), Some(safe_name), "{name:?}");
        }
    }

    #[test]
    fn a_name_of_which_nothing_is_left_is_none() {
        for name in ["", "..", "/", ".pdf", "合同", "\u{202e}.pdf", "a/b/"] {
            assert_eq!(safe(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_before_its_extension() {
        let name = safe(&format!("{}.pdf", "合".repeat(500))).unwrap();
        assert_eq!(name.chars().count(), LONGEST);
        assert!(name.ends_with("合.pdf"));
    }
}
