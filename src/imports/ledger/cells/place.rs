//! Where a lead belongs: a county by its name, its code, or a park in it.

use crate::reference::{Park, Place, Places, Reference, folded};

/// A county, and the park when the text named one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located<'a> {
    /// The county's code.
    pub county: &'a str,
    /// The park's id.
    pub park: Option<&'a str>,
}

/// Why a text is no county of the bureau's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceFault {
    Elsewhere,
    TwoPlaces,
}

impl PlaceFault {
    /// The code of the message.
    pub fn code(self) -> &'static str {
        match self {
            Self::Elsewhere => "county_elsewhere",
            Self::TwoPlaces => "county_two_places",
        }
    }
}

/// The one county that a text names, alone or with more words about a place in it.
///
/// # Errors
/// Another place, or two.
pub fn read<'a>(text: &str, reference: &'a Reference) -> Result<Located<'a>, PlaceFault> {
    let places = reference.places();
    let text = folded(text);
    if let Some(place) = places.of_word(&text) {
        return Ok(located(place, places));
    }
    let (mentions, left) = places.mentions(&text);
    let Some(first) = mentions.first() else { return Err(PlaceFault::Elsewhere) };
    let county = places.county_of(*first);
    if mentions.iter().any(|place| places.county_of(*place) != county) || names_another(&left, reference) {
        return Err(PlaceFault::TwoPlaces);
    }
    let park = mentions.iter().find_map(|place| places.park_of(*place)).map(|park| park.id.as_str());
    Ok(Located { county, park })
}

/// The county when a text (a sheet's name, a title) names exactly one, whatever else it says.
pub fn mentioned<'a>(text: &str, reference: &'a Reference) -> Option<&'a str> {
    let places = reference.places();
    let text = folded(text);
    if let Some(place) = places.of_word(&text) {
        return Some(places.county_of(place));
    }
    let (mentions, _) = places.mentions(&text);
    let county = places.county_of(*mentions.first()?);
    mentions.iter().all(|place| places.county_of(*place) == county).then_some(county)
}

/// A park by what ledgers call it.
pub fn park<'a>(text: &str, reference: &'a Reference) -> Option<&'a Park> {
    let places = reference.places();
    let text = folded(text);
    if let Some(place) = places.of_word(&text) {
        return places.park_of(place);
    }
    let (mentions, _) = places.mentions(&text);
    let mut parks = mentions.into_iter().filter_map(|place| places.park_of(place));
    parks.next().filter(|_| parks.next().is_none())
}

fn located(place: Place, places: &Places) -> Located<'_> {
    Located { county: places.county_of(place), park: places.park_of(place).map(|park| park.id.as_str()) }
}

/// Whether what is left beside the county names a place that is neither the city nor above it.
fn names_another(left: &str, reference: &Reference) -> bool {
    let regions = reference.regions();
    let pieces = left.split(|c: char| !c.is_alphanumeric());
    pieces.filter(|piece| !piece.is_empty()).any(|piece| match regions.read_address(piece) {
        Some(found) => !found.iter().any(|region| regions.is_within(reference.city(), &region.code)),
        None => false,
    })
}
