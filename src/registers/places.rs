//! Regions as a form's text: a person types or picks a name, the record keeps its code.

use crate::reference::{Reference, Region, RegionKind};

/// The whole name of a region, in a language: a place of GB/T 2260 with what it lies in.
pub fn name_of(reference: &Reference, code: &str, lang: &str) -> String {
    let Some(region) = reference.region(code) else { return code.to_owned() };
    let mut names = Vec::new();
    let mut here = Some(region);
    while let Some(region) = here {
        names.push(region.name(lang));
        here = region.parent.as_deref().and_then(|parent| reference.region(parent));
    }
    if lang.starts_with("en") {
        return names.join(", ");
    }
    names.reverse();
    names.concat()
}

/// The code of what a person wrote: a code, a whole or short name in either language. `None` when it is no
/// one place.
pub fn code_of(reference: &Reference, text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(region) = reference.region(text) {
        return Some(region.code.clone());
    }
    // The bureau's own places first: its counties' names are what its people type.
    let of_county = reference.counties().iter().find(|county| county.zh == text || county.en == text);
    let whole =
        |region: &&Region| ["zh-CN", "en"].iter().any(|lang| name_of(reference, &region.code, lang) == text);
    of_county
        .or_else(|| reference.regions().iter().find(whole))
        .map(|region| region.code.clone())
        .or_else(|| reference.regions().origin_code(text).map(str::to_owned))
}

/// Names for typing ahead: provinces, prefectures, the bureau's own places, countries.
pub fn choices(reference: &Reference, lang: &str) -> Vec<String> {
    let of = |kind| reference.regions().iter().filter(move |region: &&Region| region.kind == kind);
    reference
        .counties()
        .iter()
        .chain(of(RegionKind::Province))
        .chain(of(RegionKind::Prefecture))
        .chain(of(RegionKind::Country))
        .map(|region| name_of(reference, &region.code, lang))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_shown_is_read_again() {
        let reference = Reference::load(None).unwrap();
        for code in ["450721", "450700", "450000", "QZ-FTZ", "441900", "SG"] {
            for lang in ["zh-CN", "en"] {
                let name = name_of(&reference, code, lang);
                assert_eq!(code_of(&reference, &name).as_deref(), Some(code), "{name}");
            }
        }
        assert_eq!(name_of(&reference, "450721", "zh-CN"), "广西壮族自治区钦州市灵山县");
        assert_eq!(code_of(&reference, " 灵山县 ").as_deref(), Some("450721"));
        assert_eq!(code_of(&reference, "广东东莞").as_deref(), Some("441900"));
        assert_eq!(code_of(&reference, "外市"), None);
    }
}
