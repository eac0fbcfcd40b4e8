//! Passwords: Argon2id, and what a password must be (GB/T 22239-2019, identity control).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use rand::seq::IndexedRandom;

/// The fewest characters of a password.
pub const MIN_LENGTH: usize = 10;
/// Past this a password only costs time.
pub const MAX_LENGTH: usize = 256;
/// A shorter name stands in a password by chance.
const SHORTEST_NAME: usize = 3;
/// How many former passwords may not come back.
pub const REMEMBERED: usize = 5;

/// What is wrong with a new password; the code names the message `error-{code}`.
pub fn weakness(
    password: &str,
    username: &str,
    display_name: &str,
    phone: Option<&str>,
) -> Option<&'static str> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Some("password-short");
    }
    if length > MAX_LENGTH {
        return Some("password-long");
    }
    let lower = password.to_lowercase();
    let holds = |name: &&str| name.chars().count() >= SHORTEST_NAME && lower.contains(&name.to_lowercase());
    if [username, display_name].iter().any(holds) || phone.is_some_and(|phone| lower.contains(phone)) {
        return Some("password-name");
    }
    let classes = [
        password.chars().any(|c| c.is_lowercase()),
        password.chars().any(|c| c.is_uppercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_lowercase() && !c.is_uppercase() && !c.is_ascii_digit()),
    ];
    (classes.iter().filter(|found| **found).count() < 3).then_some("password-simple")
}

/// The Argon2id hash, with its salt and parameters. Takes tens of milliseconds: not on an async thread.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|e| anyhow::anyhow!("a password could not be hashed: {e}"))?;
    Ok(hash.to_string())
}

/// Whether the password is the one of this hash.
pub fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Costs as much as `verify`, for a username that does not exist: the answer's time must not tell.
pub fn verify_nothing(password: &str) {
    // A failed hash costs nothing and tells nothing.
    drop(hash(password));
}

/// A new password for somebody of these names, to be told once and changed at once: easy to read out, no
/// letters that look alike.
pub fn generate(username: &str, display_name: &str) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
    loop {
        let mut text = String::new();
        for place in 0..16 {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.extend(LETTERS.choose(&mut rand::rng()).map(|letter| char::from(*letter)));
        }
        // Nearly always the first: it needs a figure or letters of both kinds, and none of his names.
        if weakness(&text, username, display_name, None).is_none() {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_ten_characters_of_three_classes_and_no_name() {
        for (password, expected) in [
            ("Aa1aaaaaa", Some("password-short")),
            ("aaaaaaaaaa", Some("password-simple")),
            ("aaaaaaaaa1", Some("password-simple")),
            ("Wanglin-2026", Some("password-name")),
            ("Tel: 12000000101", Some("password-name")),
            ("山高水长 2026 xyz", None),
            ("Correct horse 1", None),
        ] {
            assert_eq!(weakness(password, "wanglin", "王示例", Some("12000000101")), expected, "{password}");
        }
    }

    #[test]
    fn a_generated_password_is_good_and_new() {
        let (one, two) = (generate("liming", "李明"), generate("liming", "李明"));
        assert_ne!(one, two);
        assert_eq!((one.len(), weakness(&one, "liming", "李明", None)), (19, None));
    }

    #[test]
    fn a_short_name_forbids_no_password() {
        assert_eq!(weakness("Abcdef-2026", "ab", "A", None), None);
        assert_eq!(weakness("Abcdef-2026", "abc", "A", None), Some("password-name"));
        for _ in 0..200 {
            assert_eq!(weakness(&generate("k7", "e"), "k7", "e", None), None);
            assert_eq!(weakness(&generate("abc", "def"), "abc", "def", None), None);
        }
    }

    #[test]
    fn a_hash_verifies_its_password_only() {
        let hash = hash("Correct horse 1").unwrap();
        assert!(verify("Correct horse 1", &hash));
        assert!(!verify("Correct horse 2", &hash));
        assert!(!verify("Correct horse 1", "no hash"));
    }
}
