//! Who stands in a row: whom the lead came from, the investor's person, and people of ours.

use super::RowReader;
use crate::imports::ledger::cells::phone;
use crate::imports::ledger::draft::{ContactDraft, Refusal, SourceDraft, Warning};
use crate::leads::model::SourceKind;
use crate::reference::Column;

/// Digits of the shortest phone number.
const SHORTEST_NUMBER: usize = 7;

impl RowReader<'_> {
    pub(super) fn source(&self, warnings: &mut Vec<Warning>) -> SourceDraft {
        let name = self.text(Column::SourceName);
        let mut source = SourceDraft {
            kind: SourceKind::Own,
            name: name.clone(),
            note: None,
            chamber_id: None,
            referrer_id: None,
            enterprise_id: None,
            event_id: None,
        };
        let of_name = || name.as_ref().and_then(|name| self.words().source(name));
        match self.text(Column::Source) {
            Some(text) => match self.words().source(&text) {
                Some(kind) => {
                    source.kind = kind;
                    let named = || self.words().chamber_in(&text).map(str::to_owned);
                    if kind == SourceKind::Chamber && source.name.is_none() {
                        source.name = named();
                    }
                    let says_more = text.chars().count() > 4 && source.name.as_ref() != Some(&text);
                    source.note = says_more.then_some(text);
                }
                None => {
                    warnings.push(Warning::new("source_unknown", "source", &text));
                    source.note = Some(text);
                }
            },
            None => match of_name() {
                Some(kind) => source.kind = kind,
                None => warnings.push(Warning::new("source_missing", "source", "")),
            },
        }
        source
    }

    pub(super) fn contact(
        &self,
        extra: &mut Vec<(String, String)>,
        warnings: &mut Vec<Warning>,
    ) -> Result<ContactDraft, Refusal> {
        let fault =
            |fault: phone::PhoneFault, column| Refusal::new("phone", fault.code(), self.shown(column));
        let own = phone::read(self.cell(Column::Phone), self.words())
            .map_err(|error| fault(error, Column::Phone))?;
        for column in [Column::Phone, Column::ContactPhone] {
            if phone::is_masked(self.cell(column)) {
                warnings.push(Warning::new("phone_masked", "phone", self.shown(column)));
            }
        }
        let both = self.text(Column::ContactPhone);
        let shared = match phone::read(self.cell(Column::ContactPhone), self.words()) {
            Err(phone::PhoneFault::NoDigits) => None,
            found => found.map_err(|error| fault(error, Column::ContactPhone))?,
        };
        let beside = match &shared {
            Some(phones) => phones.beside.clone(),
            None => both,
        };
        let name = self.text(Column::ContactName);
        if let (Some(_), Some(other)) = (&name, &beside) {
            warnings.push(Warning::new("unread", "contact", other));
            self.keep(Column::ContactPhone, other.clone(), extra);
        }
        let mut numbers =
            own.into_iter().chain(shared).flat_map(|phones| [vec![phones.phone], phones.others].concat());
        let phone = numbers.next();
        let other_phones = numbers.filter(|number| phone.as_ref() != Some(number)).collect();
        Ok(ContactDraft {
            name: name.or(beside),
            post: self.text(Column::ContactPost),
            phone,
            other_phones,
            email: self.text(Column::Email),
            wechat: self.text(Column::Wechat),
        })
    }

    /// The name of somebody of ours; a number behind it is none of the lead's, would stand there for all to read, and is
    /// said to be left out.
    pub(super) fn person(
        &self,
        column: Column,
        field: &'static str,
        warnings: &mut Vec<Warning>,
    ) -> Option<String> {
        let text = self.text(column)?;
        let of_number =
            |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '(' | ')' | '（' | '）' | '+');
        let name = text.trim_end_matches(of_number);
        let digits = text[name.len()..].chars().filter(char::is_ascii_digit).count();
        if digits < SHORTEST_NUMBER {
            return Some(text);
        }
        let name = name.trim_end_matches([':', '：', '/', ',', '，', '、']);
        warnings.push(Warning::new("number_left_out", field, name));
        (!name.is_empty()).then(|| name.to_owned())
    }
}
