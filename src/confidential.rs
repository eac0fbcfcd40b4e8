//! Personal data at rest: AES-256-GCM, and keyed hashes for finding equal values without reading them.
//!
//! One master key, from `YINFENG_KEY` or a key file of mode 0600, gives all others. A contact has a key
//! of its own, wrapped by the master key; destroying it makes what is left of the contact unreadable,
//! in the trail too (Personal Information Protection Law, art. 47).

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;
use std::io::Write;
use std::path::Path;

/// Why a key could not be had or a text not be decrypted.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key must be 64 hexadecimal digits")]
    Malformed,
    #[error("the key file {path}: {source}")]
    File { path: String, source: std::io::Error },
    #[error("a text could not be decrypted: it was written with another key, or altered")]
    Decrypt,
}

/// The master key's two children.
#[derive(Clone)]
pub struct Keyring {
    cipher: Cipher,
    hash_key: [u8; 32],
    fingerprint: String,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({})", self.fingerprint)
    }
}

impl Keyring {
    /// From 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let master = from_hex(text.trim()).ok_or(KeyError::Malformed)?;
        Ok(Keyring {
            cipher: Cipher(keyed_hash(&master, b"yinfeng encryption")),
            hash_key: keyed_hash(&master, b"yinfeng equality"),
            fingerprint: to_hex(&keyed_hash(&master, b"yinfeng fingerprint")[..8]),
        })
    }

    /// From a key file; with none there, makes one that only its owner can read.
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        let file_error = |source| KeyError::File { path: path.display().to_string(), source };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_hex(&text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let text = to_hex(&random_bytes::<32>());
                write_private(path, &text).map_err(file_error)?;
                Self::from_hex(&text)
            }
            Err(e) => Err(file_error(e)),
        }
    }

    /// Names the key without telling it: a backup says which key it needs.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// `context` says what the text is (table, column, row): a ciphertext moved elsewhere does not open.
    pub fn encrypt(&self, context: &str, plain: &str) -> String {
        self.cipher.encrypt(context, plain.as_bytes())
    }

    pub fn decrypt(&self, context: &str, sealed: &str) -> Result<String, KeyError> {
        String::from_utf8(self.cipher.decrypt(context, sealed)?).map_err(|_| KeyError::Decrypt)
    }

    /// A new key, and itself encrypted for keeping.
    pub fn generate_own_key(&self, context: &str) -> (Cipher, String) {
        let key = random_bytes();
        let wrapped = self.cipher.encrypt(context, &key);
        (Cipher(key), wrapped)
    }

    pub fn unwrap_own_key(&self, context: &str, wrapped: &str) -> Result<Cipher, KeyError> {
        let key = self.cipher.decrypt(context, wrapped)?;
        Ok(Cipher(key.try_into().map_err(|_| KeyError::Decrypt)?))
    }

    /// Equal values of one kind have equal hashes; without the key nothing follows from a hash.
    pub fn equality_hash(&self, kind: &str, value: &str) -> String {
        to_hex(&keyed_hash(&self.hash_key, format!("{kind}\0{value}").as_bytes()))
    }
}

/// One AES-256-GCM key.
#[derive(Clone)]
pub struct Cipher([u8; 32]);

impl Cipher {
    pub fn encrypt(&self, context: &str, plain: &[u8]) -> String {
        let nonce: [u8; 12] = random_bytes();
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        // Encryption fails only for texts of many gigabytes; an empty text then decrypts to nothing.
        let sealed =
            Aes256Gcm::new(&self.0.into()).encrypt(Nonce::from_slice(&nonce), payload).unwrap_or_default();
        STANDARD.encode([&nonce[..], &sealed].concat())
    }

    pub fn decrypt(&self, context: &str, sealed: &str) -> Result<Vec<u8>, KeyError> {
        let bytes = STANDARD.decode(sealed).map_err(|_| KeyError::Decrypt)?;
        let (nonce, body) = bytes.split_at_checked(12).ok_or(KeyError::Decrypt)?;
        let payload = Payload { msg: body, aad: context.as_bytes() };
        Aes256Gcm::new(&self.0.into())
            .decrypt(Nonce::from_slice(nonce), payload)
            .map_err(|_| KeyError::Decrypt)
    }
}

/// A secret for a cookie, a token or a link: 32 random bytes as text.
pub fn random_secret() -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random_bytes::<32>())
}

/// What is kept of such a secret. It is random, so a plain hash is enough.
pub fn secret_hash(secret: &str) -> String {
    use sha2::Digest;
    to_hex(&Sha256::digest(secret.as_bytes()))
}

/// Lower-case hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

fn keyed_hash(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    // HMAC fills a short key up to its block with zeros; done here, the length is known and cannot fail.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as Mac>::new(&block.into());
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// Writes a file that only its owner can read, never over one that is there.
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    write_private_bytes(path, text.as_bytes())
}

/// The same for what is no text.
pub fn write_private_bytes(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keyring {
        Keyring::from_hex(&"0f".repeat(32)).unwrap()
    }

    #[test]
    fn a_text_opens_only_where_it_was_sealed() {
        let sealed = keys().encrypt("contacts.phone:1", "12000000101");
        assert_ne!(sealed, keys().encrypt("contacts.phone:1", "12000000101"), "a nonce is used once");
        assert_eq!(keys().decrypt("contacts.phone:1", &sealed).unwrap(), "12000000101");
        assert!(keys().decrypt("contacts.phone:2", &sealed).is_err());
        assert!(Keyring::from_hex(&"0e".repeat(32)).unwrap().decrypt("contacts.phone:1", &sealed).is_err());
    }

    #[test]
    fn an_own_key_survives_its_wrapping() {
        let (own, wrapped) = keys().generate_own_key("contacts:1");
        let sealed = own.encrypt("phone", b"12000000101");
        assert_eq!(
            keys().unwrap_own_key("contacts:1", &wrapped).unwrap().decrypt("phone", &sealed).unwrap(),
            b"12000000101"
        );
    }

    #[test]
    fn a_key_file_is_made_once_and_only_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/yinfeng.key");
        let first = Keyring::from_file(&path).unwrap();
        assert_eq!(Keyring::from_file(&path).unwrap().fingerprint(), first.fingerprint());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
