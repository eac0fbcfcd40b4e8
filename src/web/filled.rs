//! A form as it goes back to the person who filled it: nothing typed is lost, each mistake at its field.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::web::i18n::Message;

/// What stands in a form's fields, and what is wrong with it.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct Filled {
    pub values: BTreeMap<String, String>,
    /// By field name; what is wrong with the whole form stands under the empty name.
    pub errors: BTreeMap<String, Message>,
}

impl Filled {
    pub fn new() -> Filled {
        Filled::default()
    }

    pub fn value(mut self, field: &str, value: impl Into<String>) -> Filled {
        self.values.insert(field.to_owned(), value.into());
        self
    }

    pub fn error(mut self, field: &str, message: Message) -> Filled {
        self.errors.insert(field.to_owned(), message);
        self
    }
}

/// One possibility of a select or a row of radio buttons.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Choice {
    pub value: String,
    /// Its text; without one the component says `<keys>-<value>`.
    pub label: Option<String>,
}

impl Choice {
    /// A code, whose text is a message.
    pub fn code(value: &str) -> Choice {
        Choice { value: value.to_owned(), label: None }
    }

    /// A record, with its name.
    pub fn named(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: Some(label.into()) }
    }
}
