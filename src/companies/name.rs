//! A company name taken apart: where, and who. Two spellings of one company have the same core.

use crate::reference::{Reference, Regions, folded};

/// A name as region and core.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CompanyName {
    /// The place that the name begins with; `None` when it begins with none.
    pub region: Option<NameRegion>,
    /// The name proper: NFKC, lower case, without spaces, bracket marks, region and legal form. This is a
    /// company's `normalised_name`.
    pub core: String,
}

/// The place at the start of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameRegion(Vec<String>);

impl CompanyName {
    /// Takes a name apart. A region is taken off only while at least two characters of the name proper remain.
    pub fn split(name: &str, reference: &Reference) -> Self {
        let words = reference.company_words();
        let mut whole = folded(name);
        whole.retain(|c| !words.brackets.contains(&c));
        let unformed =
            words.forms.iter().find_map(|form| whole.strip_suffix(form.as_str())).unwrap_or(&whole);
        let ungrouped =
            words.groups.iter().find_map(|group| unformed.strip_suffix(group.as_str())).unwrap_or(unformed);
        let named = if ungrouped.is_empty() { whole.as_str() } else { ungrouped };
        let (region, core) = take_regions(named, reference.regions());
        Self { region, core: core.to_owned() }
    }

    /// The codes of the region as they are stored: apart by commas, empty when there is none.
    pub fn region_codes(&self) -> String {
        self.region.as_ref().map(|region| region.codes().join(",")).unwrap_or_default()
    }
}

impl NameRegion {
    /// The codes of the places that it can mean: names such as 朝阳 are of several.
    pub fn codes(&self) -> &[String] {
        &self.0
    }

    /// Whether both can mean one place. So 深圳 is 深圳市, and 吉林 is both 吉林省 and 吉林市.
    pub fn may_be(&self, other: &Self) -> bool {
        self.0.iter().any(|code| other.0.contains(code))
    }
}

/// The regions at the start, several in a row, and the rest.
fn take_regions<'a>(name: &'a str, regions: &Regions) -> (Option<NameRegion>, &'a str) {
    let mut rest = name;
    let mut found: Vec<Vec<String>> = Vec::new();
    while let Some(end) = regions.longest_name_at_start(rest) {
        if rest[end..].chars().take(2).count() < 2 {
            break;
        }
        found.push(regions.named(&rest[..end]).map(|region| region.code.clone()).collect());
        rest = &rest[end..];
    }
    (canonical(found, regions), rest)
}

/// 广东省深圳市 is 深圳市: the last place says it all when it lies in those before it. Places that lie apart
/// stand together as one.
fn canonical(found: Vec<Vec<String>>, regions: &Regions) -> Option<NameRegion> {
    let chain = found.iter().cloned().reduce(|outer, inner| {
        inner.into_iter().filter(|code| outer.iter().any(|one| regions.is_within(code, one))).collect()
    })?;
    if chain.is_empty() {
        let all: Vec<String> = found.iter().map(|codes| codes.join("/")).collect();
        return Some(NameRegion(vec![all.join("+")]));
    }
    Some(NameRegion(chain))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).expect("carried files"));

    fn parts(name: &str) -> (Vec<String>, String) {
        let CompanyName { region, core } = CompanyName::split(name, &REFERENCE);
        (region.map(|region| region.codes().to_vec()).unwrap_or_default(), core)
    }

    #[test]
    fn names_come_apart_into_region_and_core() {
        for (name, region, core) in [
            ("深圳市 小橘灯玩具(虚构)有限公司", "440300", "小橘灯玩具虚构"),
            ("小橘灯玩具（虚构）有限责任公司", "", "小橘灯玩具虚构"),
            ("深圳小橘灯玩具股份有限公司", "440300", "小橘灯玩具"),
            ("广东省深圳市南山区小橘灯集团有限公司", "440305", "小橘灯"),
            ("广西灵山小橘灯(集团)有限公司", "450721", "小橘灯"),
            ("广西壮族自治区小橘灯集团", "450000", "小橘灯"),
            ("北京有限公司", "", "北京"),
            ("钦州市灵山有限公司", "450700", "灵山"),
            ("ＡＢＣ Tech（中国）有限公司", "", "abctech中国"),
            ("赵氏木业有限公司", "", "赵氏木业"),
            ("有限公司", "", "有限公司"),
            ("", "", ""),
        ] {
            let regions: Vec<String> = region.split_terminator('|').map(str::to_owned).collect();
            assert_eq!(parts(name), (regions, core.to_owned()), "{name}");
        }
    }

    #[test]
    fn a_name_of_several_places_may_be_any_of_them() {
        let region = |name| CompanyName::split(name, &REFERENCE).region.expect("a region");
        assert!(region("吉林小橘灯公司").may_be(&region("吉林省小橘灯公司")));
        assert!(region("吉林小橘灯公司").may_be(&region("吉林市小橘灯公司")));
        assert!(!region("吉林省小橘灯公司").may_be(&region("吉林市小橘灯公司")));
        assert!(!region("深圳上海小橘灯公司").may_be(&region("上海小橘灯公司")));
    }

    proptest! {
        #[test]
        fn spaces_width_brackets_and_form_do_not_change_the_core(core in "[小橘灯彩云纸鸢]{2,6}", region in prop::sample::select(vec!["", "深圳市", "广东省", "东莞"])) {
            let plain = CompanyName::split(&format!("{region}{core}有限公司"), &REFERENCE);
            for other in [format!(" {region} {core}（集团）股份有限公司"), format!("{region}{core}集团"), format!("{region}({core})有限责任公司")] {
                prop_assert_eq!(&CompanyName::split(&other, &REFERENCE), &plain);
            }
        }

        #[test]
        fn no_name_makes_it_panic(name in "\\PC{0,30}") {
            let _ = CompanyName::split(&name, &REFERENCE);
        }
    }
}
