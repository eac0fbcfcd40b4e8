//! A register's phones and personal numbers: encrypted at rest, masked wherever they are shown.

use crate::confidential::{KeyError, Keyring};
use crate::contacts::model::mask_phone;

/// What is sealed, in clear: for comparing an edit with what is there, never for a page.
pub fn open(keys: &Keyring, context: &str, sealed: Option<&str>) -> Result<Option<String>, KeyError> {
    sealed.map(|sealed| keys.decrypt(context, sealed)).transpose()
}

/// The phone as pages and the API show it.
pub fn masked_phone(keys: &Keyring, context: &str, sealed: Option<&str>) -> Result<Option<String>, KeyError> {
    Ok(open(keys, context, sealed)?.map(|phone| mask_phone(&phone)))
}

/// A text as it is kept. One that did not change keeps its ciphertext, or the trail would tell of a change.
pub fn seal(
    keys: &Keyring,
    context: &str,
    before: Option<&str>,
    text: Option<&str>,
) -> Result<Option<String>, KeyError> {
    let Some(text) = text else { return Ok(None) };
    if open(keys, context, before)?.as_deref() == Some(text) {
        return Ok(before.map(str::to_owned));
    }
    Ok(Some(keys.encrypt(context, text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_changed_phone_has_a_new_ciphertext() {
        let keys = Keyring::from_hex(&"0c".repeat(32)).unwrap();
        let first = seal(&keys, "chambers.phone:1", None, Some("12000000101")).unwrap();
        let same = seal(&keys, "chambers.phone:1", first.as_deref(), Some("12000000101")).unwrap();
        assert_eq!(first, same);
        let other = seal(&keys, "chambers.phone:1", first.as_deref(), Some("12000000102")).unwrap();
        assert_ne!(first, other);
        assert_eq!(
            masked_phone(&keys, "chambers.phone:1", other.as_deref()).unwrap().unwrap(),
            "120****0102"
        );
        assert_eq!(seal(&keys, "chambers.phone:1", other.as_deref(), None).unwrap(), None);
    }
}
