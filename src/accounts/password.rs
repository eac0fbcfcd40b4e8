//! Passwords: Argon2id, and what a password must be (GB/T 22239-2019, identity control).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// The fewest characters of a password.
pub const MIN_LENGTH: usize = 10;
/// Past this a password only costs time.
pub const MAX_LENGTH: usize = 200;
/// How many former passwords may not come back.
pub const REMEMBERED: usize = 5;

/// What is wrong with a new password; the code names the message `error-{code}`.
pub fn weakness(password: &str, username: &str, display_name: &str) -> Option<&'static str> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Some("password-short");
    }
    if length > MAX_LENGTH {
        return Some("password-long");
    }
    let lower = password.to_lowercase();
    if lower.contains(&username.to_lowercase()) || lower.contains(&display_name.to_lowercase()) {
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
            ("山高水长 2026 xyz", None),
            ("Correct horse 1", None),
        ] {
            assert_eq!(weakness(password, "wanglin", "王示例"), expected, "{password}");
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
