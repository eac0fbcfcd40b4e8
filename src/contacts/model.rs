//! A contact, sealed and open.

use crate::confidential::{Cipher, KeyError, Keyring};
use crate::db::Id;
use crate::schema::contacts;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

/// A contact as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = contacts, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Contact {
    pub id: Id,
    pub lead_id: Id,
    pub name: String,
    pub post: Option<String>,
    pub key_encrypted: Option<String>,
    pub phone_encrypted: Option<String>,
    pub other_phones_encrypted: Option<String>,
    pub phone_hash: Option<String>,
    pub email_encrypted: Option<String>,
    pub wechat_encrypted: Option<String>,
    pub updated_at: NaiveDateTime,
}

/// A contact as entered, checked. Phones hold digits, with `-` before an extension only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactInput {
    pub name: String,
    pub post: Option<String>,
    pub phone: Option<String>,
    #[serde(default)]
    pub other_phones: Vec<String>,
    pub email: Option<String>,
    pub wechat: Option<String>,
}

/// What of a contact is encrypted, and may be revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalField {
    Phone,
    OtherPhones,
    Email,
    Wechat,
}

impl PersonalField {
    pub fn as_str(self) -> &'static str {
        match self {
            PersonalField::Phone => "phone",
            PersonalField::OtherPhones => "other_phones",
            PersonalField::Email => "email",
            PersonalField::Wechat => "wechat",
        }
    }
}

impl Contact {
    /// Seals a contact's input. Keeps the key of `before`, so that the trail of the same person stays one.
    pub fn seal(
        lead_id: &Id,
        input: &ContactInput,
        before: Option<&Contact>,
        keys: &Keyring,
        now: NaiveDateTime,
    ) -> Result<Self, KeyError> {
        let id = before.map_or_else(Id::generate, |contact| contact.id.clone());
        let (own, wrapped) = match before.and_then(|contact| contact.key_encrypted.clone()) {
            Some(wrapped) => (keys.unwrap_own_key(&key_context(&id), &wrapped)?, wrapped),
            None => keys.generate_own_key(&key_context(&id)),
        };
        let sealed = |field: PersonalField, text: Option<&String>| {
            text.map(|text| own.encrypt(field.as_str(), text.as_bytes()))
        };
        let others = (!input.other_phones.is_empty()).then(|| input.other_phones.join("\n"));
        Ok(Contact {
            lead_id: lead_id.clone(),
            name: input.name.clone(),
            post: input.post.clone(),
            key_encrypted: Some(wrapped),
            phone_encrypted: sealed(PersonalField::Phone, input.phone.as_ref()),
            other_phones_encrypted: sealed(PersonalField::OtherPhones, others.as_ref()),
            phone_hash: input.phone.as_ref().map(|phone| phone_hash(keys, phone)),
            email_encrypted: sealed(PersonalField::Email, input.email.as_ref()),
            wechat_encrypted: sealed(PersonalField::Wechat, input.wechat.as_ref()),
            updated_at: now,
            id,
        })
    }

    /// The whole contact in clear: for comparing an edit with what is there, never for a page.
    pub fn open(&self, keys: &Keyring) -> Result<ContactInput, KeyError> {
        Ok(ContactInput {
            name: self.name.clone(),
            post: self.post.clone(),
            phone: self.reveal(PersonalField::Phone, keys)?,
            other_phones: self
                .reveal(PersonalField::OtherPhones, keys)?
                .map(|phones| phones.lines().map(str::to_owned).collect())
                .unwrap_or_default(),
            email: self.reveal(PersonalField::Email, keys)?,
            wechat: self.reveal(PersonalField::Wechat, keys)?,
        })
    }

    /// One field in clear. `None` when it is empty, or the contact's key was destroyed.
    pub fn reveal(&self, field: PersonalField, keys: &Keyring) -> Result<Option<String>, KeyError> {
        let sealed = match field {
            PersonalField::Phone => &self.phone_encrypted,
            PersonalField::OtherPhones => &self.other_phones_encrypted,
            PersonalField::Email => &self.email_encrypted,
            PersonalField::Wechat => &self.wechat_encrypted,
        };
        let (Some(sealed), Some(own)) = (sealed, self.own_key(keys)?) else { return Ok(None) };
        let plain = own.decrypt(field.as_str(), sealed)?;
        String::from_utf8(plain).map(Some).map_err(|_| KeyError::Decrypt)
    }

    /// The contact's own key, for what the trail keeps of it.
    pub fn own_key(&self, keys: &Keyring) -> Result<Option<Cipher>, KeyError> {
        self.key_encrypted
            .as_ref()
            .map(|wrapped| keys.unwrap_own_key(&key_context(&self.id), wrapped))
            .transpose()
    }

    /// The contact as pages and the API show it.
    pub fn masked(&self, keys: &Keyring) -> Result<MaskedContact, KeyError> {
        let open = self.open(keys)?;
        Ok(MaskedContact {
            name: open.name,
            post: open.post,
            phone: open.phone.map(|phone| mask_phone(&phone)),
            other_phones: open.other_phones.iter().map(|phone| mask_phone(phone)).collect(),
            email: open.email.map(|email| mask_email(&email)),
            wechat: open.wechat.map(|name| mask_middle(&name)),
        })
    }
}

/// A contact with what is personal masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Contact)]
pub struct MaskedContact {
    /// Empty when a ledger knew a phone and no name.
    pub name: String,
    pub post: Option<String>,
    /// `120****0101`
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_phones: Vec<String>,
    pub email: Option<String>,
    pub wechat: Option<String>,
}

impl ContactInput {
    /// The hashes of the numbers beside the first.
    pub fn other_hashes(&self, keys: &Keyring) -> HashSet<String> {
        self.other_phones.iter().map(|phone| phone_hash(keys, phone)).collect()
    }
}

/// The keyed hash by which equal phones are found.
pub fn phone_hash(keys: &Keyring, phone: &str) -> String {
    keys.equality_hash("phone", phone)
}

fn key_context(id: &Id) -> String {
    format!("contacts.key:{id}")
}

/// `138****1234`: the first three and the last four digits of eleven; of a shorter number less.
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let (head, tail) = if digits.len() >= 11 { (3, 4) } else { (digits.len().min(2), digits.len().min(2)) };
    if digits.len() <= head + tail {
        return "****".to_owned();
    }
    let text = |part: &[char]| part.iter().collect::<String>();
    format!("{}****{}", text(&digits[..head]), text(&digits[digits.len() - tail..]))
}

/// `l***@example.com`
pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}***@{host}", name.chars().take(1).collect::<String>()),
        None => "***".to_owned(),
    }
}

fn mask_middle(text: &str) -> String {
    format!("{}***", text.chars().take(1).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn phones_keep_three_and_four_digits() {
        assert_eq!(mask_phone("12000000101"), "120****0101");
        assert_eq!(mask_phone("07771234567"), "077****4567");
        assert_eq!(mask_phone("1234567"), "12****67");
        assert_eq!(mask_phone("123"), "****");
        assert_eq!(mask_email("lead1@example.com"), "l***@example.com");
    }

    #[test]
    fn a_contact_without_its_key_tells_nothing() {
        let keys = Keyring::from_hex(&"0a".repeat(32)).unwrap();
        let input = ContactInput {
            name: "单示例".into(),
            phone: Some("12000000101".into()),
            other_phones: vec!["0777-1200000".into()],
            ..ContactInput::default()
        };
        let mut contact = Contact::seal(&Id::generate(), &input, None, &keys, clock::now()).unwrap();
        assert_eq!(contact.open(&keys).unwrap(), input);
        contact.key_encrypted = None;
        assert_eq!(contact.open(&keys).unwrap().phone, None);
    }
}
