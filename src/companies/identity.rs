//! When two reports speak of the same company (lead-ledger rules, "The same company").

use std::collections::HashMap;

use super::name::CompanyName;
use super::uscc::Uscc;
use crate::leads::model::DuplicateReason;
use crate::reference::Reference;

/// What is known of a company when it is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub name: CompanyName,
    /// Only a code that is valid tells companies apart.
    pub uscc: Option<Uscc>,
}

/// What two identities are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// The same company, by its code or its name.
    Same(DuplicateReason),
    /// Perhaps the same: equal cores, but two regions or two codes. For a person to decide.
    SameName,
    Different,
}

impl Identity {
    /// From a name as written and a code that was checked.
    pub fn new(name: &str, uscc: Option<Uscc>, reference: &Reference) -> Self {
        Self { name: CompanyName::split(name, reference), uscc }
    }
}

/// The same when the codes are equal; or when the cores are equal, the regions are equal or one has none, and
/// not both have valid, different codes.
pub fn same_company(a: &Identity, b: &Identity) -> Match {
    let two_codes = match (&a.uscc, &b.uscc) {
        (Some(one), Some(other)) if one == other => return Match::Same(DuplicateReason::Uscc),
        (Some(_), Some(_)) => true,
        _ => false,
    };
    if a.name.core != b.name.core {
        return Match::Different;
    }
    let two_regions = match (&a.name.region, &b.name.region) {
        (Some(one), Some(other)) => !one.may_be(other),
        _ => false,
    };
    if two_codes || two_regions { Match::SameName } else { Match::Same(DuplicateReason::Name) }
}

/// Companies in the order they were reported, to look one up without comparing it with all.
#[derive(Debug)]
pub struct Companies<T> {
    all: Vec<(Identity, T)>,
    by_uscc: HashMap<Uscc, Vec<usize>>,
    by_core: HashMap<String, Vec<usize>>,
}

/// What a look-up found.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a, T> {
    /// The first that is the same company.
    Same(&'a T, DuplicateReason),
    /// None is the same, and this is the first of the same name.
    SameName(&'a T),
    Nothing,
}

impl<T> Default for Companies<T> {
    fn default() -> Self {
        Self { all: Vec::new(), by_uscc: HashMap::new(), by_core: HashMap::new() }
    }
}

impl<T> Companies<T> {
    /// Adds a company; `what` is handed back when it is found.
    pub fn add(&mut self, identity: Identity, what: T) {
        let at = self.all.len();
        if let Some(uscc) = &identity.uscc {
            self.by_uscc.entry(uscc.clone()).or_default().push(at);
        }
        self.by_core.entry(identity.name.core.clone()).or_default().push(at);
        self.all.push((identity, what));
    }

    /// The first company that is the same, else the first of the same name.
    pub fn find(&self, identity: &Identity) -> Found<'_, T> {
        let by_uscc = identity.uscc.as_ref().and_then(|uscc| self.by_uscc.get(uscc));
        let by_core = self.by_core.get(&identity.name.core);
        let mut places: Vec<usize> = by_uscc.into_iter().chain(by_core).flatten().copied().collect();
        places.sort_unstable();
        let mut namesake = None;
        for (known, what) in places.into_iter().map(|at| &self.all[at]) {
            match same_company(known, identity) {
                Match::Same(reason) => return Found::Same(what, reason),
                Match::SameName => namesake = namesake.or(Some(what)),
                Match::Different => {}
            }
        }
        namesake.map_or(Found::Nothing, Found::SameName)
    }
}

impl<T> FromIterator<(Identity, T)> for Companies<T> {
    fn from_iter<I: IntoIterator<Item = (Identity, T)>>(known: I) -> Self {
        let mut companies = Self::default();
        for (identity, what) in known {
            companies.add(identity, what);
        }
        companies
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).expect("carried files"));

    const ONE: &str = "91440300MACADR683J";
    const OTHER: &str = "91440300MA1WBHDH6X";

    fn company(name: &str, uscc: &str) -> Identity {
        Identity::new(name, Uscc::parse(uscc).ok(), &REFERENCE)
    }

    #[test]
    fn the_table_of_cases() {
        use DuplicateReason::{Name, Uscc as Code};
        for (a, b, wanted) in [
            (
                ("深圳市 小橘灯玩具(虚构)有限公司", ""),
                ("小橘灯玩具（虚构）有限责任公司", ""),
                Match::Same(Name),
            ),
            (("深圳市小橘灯玩具有限公司", ""), ("东莞市小橘灯玩具有限公司", ""), Match::SameName),
            (("深圳市小橘灯玩具有限公司", ""), ("广东深圳小橘灯玩具集团", ""), Match::Same(Name)),
            (("深圳市小橘灯玩具有限公司", ONE), ("东莞市纸鸢家居有限公司", ONE), Match::Same(Code)),
            (("小橘灯玩具有限公司", ONE), ("小橘灯玩具有限公司", OTHER), Match::SameName),
            (("小橘灯玩具有限公司", ONE), ("小橘灯玩具有限公司", ""), Match::Same(Name)),
            (("小橘灯玩具有限公司", ""), ("小橘灯服装有限公司", ""), Match::Different),
        ] {
            let (a, b) = (company(a.0, a.1), company(b.0, b.1));
            assert_eq!(same_company(&a, &b), wanted, "{a:?} {b:?}");
            assert_eq!(same_company(&b, &a), wanted, "{b:?} {a:?}");
        }
    }

    #[test]
    fn the_first_that_is_the_same_is_found_before_any_of_the_same_name() {
        let mut companies = Companies::default();
        companies.add(company("东莞市小橘灯玩具有限公司", ""), 1);
        companies.add(company("深圳市小橘灯玩具有限公司", ONE), 2);
        let find = |name, uscc| match companies.find(&company(name, uscc)) {
            Found::Same(what, _) => (*what, "same"),
            Found::SameName(what) => (*what, "same name"),
            Found::Nothing => (0, "nothing"),
        };
        assert_eq!(find("深圳小橘灯玩具有限公司", ""), (2, "same"));
        assert_eq!(find("小橘灯玩具有限公司", ""), (1, "same"));
        assert_eq!(find("广州小橘灯玩具有限公司", ""), (1, "same name"));
        assert_eq!(find("纸鸢家居有限公司", ONE), (2, "same"));
        assert_eq!(find("纸鸢家居有限公司", OTHER), (0, "nothing"));
    }

    proptest! {
        /// The look-up is a short cut and nothing else.
        #[test]
        fn a_look_up_agrees_with_comparing_all(
            names in prop::collection::vec(("(深圳市|东莞市|)(小橘灯|纸鸢)(玩具|)", 0_usize..3), 1..8),
        ) {
            let all: Vec<Identity> = names.iter().map(|(name, code)| company(name, ["", ONE, OTHER][*code])).collect();
            let (last, known) = all.split_last().expect("one at least");
            let companies: Companies<usize> = known.iter().cloned().zip(0..).collect();
            let same = known.iter().position(|one| matches!(same_company(one, last), Match::Same(_)));
            let namesake = known.iter().position(|one| same_company(one, last) == Match::SameName);
            match companies.find(last) {
                Found::Same(at, _) => prop_assert_eq!(Some(*at), same),
                Found::SameName(at) => { prop_assert_eq!(None, same); prop_assert_eq!(Some(*at), namesake) }
                Found::Nothing => prop_assert_eq!((None, None), (same, namesake)),
            }
        }
    }
}
