//! What every page shows around its own content: who is signed in, where one can go, what just happened.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts::Role;
use crate::web::i18n::{Lang, Message};
use crate::web::navigation::{self, Entry};
use crate::web::parts::{Part, Rows};
use tera::TeraResult;

/// The common part of every page.
#[derive(Clone, Debug, Serialize)]
pub struct Shell {
    pub lang: Lang,
    /// Today in China.
    pub today: NaiveDate,
    /// Path of this page, which is marked in the navigation.
    pub path: String,
    /// Path and query: where one comes back to after changing the language.
    pub here: String,
    pub user: Option<SignedIn>,
    #[serde(skip)]
    pub nav: Vec<Entry>,
    /// Whether there is anything to search in this role.
    pub searches: bool,
    /// Whether it is only by what a liaison's pages show (search/leads.json).
    pub searches_own: bool,
    pub flash: Option<Flash>,
}

/// The signed-in person, as pages show him.
#[derive(Clone, Debug, Serialize)]
pub struct SignedIn {
    pub id: String,
    pub display_name: String,
    pub initials: String,
    /// Code of the role; the message is `role-<code>`.
    pub role: String,
    /// Region, unit or chamber, in the reader's language; empty when there is none.
    pub place: String,
}

/// Where one can go, as links of this look.
#[derive(Hash, Serialize)]
struct Ways<'a> {
    /// The links' class.
    look: &'static str,
    entries: &'a [Entry],
}

impl Part for Ways<'_> {
    const TEMPLATE: &'static str = "layouts/ways.html";
}

/// Ways that stand in the phone's tabs.
const TABS: usize = 4;

/// One sentence about what was just done, shown once on the next page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flash {
    pub tone: Tone,
    pub message: Message,
}

/// What a notice means: the colour, and for [`Tone::Done`] that typed drafts may go.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Done,
    Info,
    Near,
    Fault,
}

impl Shell {
    /// For somebody who is not signed in: sign-in, set-up, errors. `here` is path and query.
    pub fn public(lang: Lang, today: NaiveDate, here: &str) -> Shell {
        let path = here.split('?').next().unwrap_or(here).to_owned();
        Shell {
            lang,
            today,
            path,
            here: here.to_owned(),
            user: None,
            nav: Vec::new(),
            searches: false,
            searches_own: false,
            flash: None,
        }
    }

    /// For a signed-in person, with the navigation of his role.
    pub fn signed_in(lang: Lang, today: NaiveDate, here: &str, user: SignedIn) -> Shell {
        let mut shell = Shell::public(lang, today, here);
        shell.nav = navigation::entries(&user.role, &shell.path);
        shell.searches = shell.nav.iter().any(|entry| entry.key == "leads");
        shell.searches_own = shell.searches && user.role == Role::ChamberLiaison.as_str();
        shell.user = Some(user);
        shell
    }

    pub fn with_flash(mut self, flash: Option<Flash>) -> Shell {
        self.flash = flash;
        self
    }

    /// Puts the ways into the page: the same on each of a role's pages, but for the mark.
    pub(super) fn put_ways(&self, page: &mut Rows) -> TeraResult<()> {
        let (tabs, sheet) = self.nav.split_at(TABS.min(self.nav.len()));
        page.put_one("rail_ways", &Ways { look: "way", entries: &self.nav })?;
        page.put_one("tab_ways", &Ways { look: "tab", entries: tabs })?;
        page.put_one("sheet_ways", &Ways { look: "sheet-way", entries: sheet })
    }
}

impl SignedIn {
    pub fn new(id: &str, display_name: &str, role: &str, place: &str) -> SignedIn {
        SignedIn {
            id: id.to_owned(),
            display_name: display_name.to_owned(),
            initials: initials(display_name),
            role: role.to_owned(),
            place: place.to_owned(),
        }
    }
}

/// Two characters that stand for a person: the given name of a Chinese name, else the first letters. What
/// stands in brackets behind a name is no part of it.
pub fn initials(name: &str) -> String {
    let bare = name.split(['(', '（']).next().unwrap_or(name).trim();
    let name = if bare.is_empty() { name.trim() } else { bare };
    if name.is_ascii() {
        return name
            .split_whitespace()
            .take(2)
            .filter_map(|word| word.chars().next())
            .collect::<String>()
            .to_uppercase();
    }
    let characters: Vec<char> = name.chars().filter(|character| !character.is_whitespace()).collect();
    characters.iter().skip(characters.len().saturating_sub(2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_known_by_two_characters() {
        let cases = [
            ("李明", "李明"),
            ("欧阳文静", "文静"),
            ("Mary Ann Smith", "MA"),
            ("王", "王"),
            ("", ""),
            ("灵山领导甲(示例)", "导甲"),
            ("（代）", "代）"),
        ];
        for (name, short) in cases {
            assert_eq!(initials(name), short);
        }
    }
}
