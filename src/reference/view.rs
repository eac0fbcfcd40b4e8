//! Reference data as the API shows it: codes, and names in both languages.

use super::{Industry, IndustryClass, Park, Region, RegionKind, Unit};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What is known by a code.
pub trait Coded: Serialize {
    fn code(&self) -> &str;
}

macro_rules! coded {
    ($($view:ident),+) => {$(
        impl Coded for $view {
            fn code(&self) -> &str {
                &self.code
            }
        }
    )+};
}

coded!(RegionView, ParkView, IndustryView, UnitView);

/// A place of GB/T 2260, a zone of the bureau's, or a country of ISO 3166.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Region)]
pub struct RegionView {
    /// Six digits, the bureau's own for a zone (`QZ-FTZ`), or two letters.
    pub code: String,
    pub zh: String,
    pub en: String,
    pub kind: RegionKind,
    /// The code of the place it lies in.
    pub parent: Option<String>,
}

/// An industrial park.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Park)]
pub struct ParkView {
    pub code: String,
    pub zh: String,
    pub en: String,
    /// A code of `/regions`.
    pub county: String,
    /// The code of its main industry.
    pub industry: Option<String>,
}

/// An industry that the city attracts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Industry)]
pub struct IndustryView {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub classes: Vec<ClassView>,
}

/// A class of GB/T 4754-2017.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IndustryClass)]
pub struct ClassView {
    /// Four digits.
    pub code: String,
    pub zh: String,
    pub en: String,
}

/// An office of the city or a county, under one of its names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitView {
    pub code: String,
    pub zh: String,
    pub en: String,
    /// The first day of the name.
    pub from: NaiveDate,
    /// The last day of the name; null while it has it.
    pub until: Option<NaiveDate>,
    /// The code of the unit that carries on its tasks.
    pub successor: Option<String>,
}

impl From<&Region> for RegionView {
    fn from(region: &Region) -> Self {
        RegionView {
            code: region.code.clone(),
            zh: region.zh.clone(),
            en: region.en.clone(),
            kind: region.kind,
            parent: region.parent.clone(),
        }
    }
}

impl From<&Park> for ParkView {
    fn from(park: &Park) -> Self {
        ParkView {
            code: park.id.clone(),
            zh: park.zh.clone(),
            en: park.en.clone(),
            county: park.county.clone(),
            industry: park.industry.clone(),
        }
    }
}

impl From<&Industry> for IndustryView {
    fn from(industry: &Industry) -> Self {
        IndustryView {
            code: industry.code.clone(),
            zh: industry.zh.clone(),
            en: industry.en.clone(),
            classes: industry.classes.iter().map(ClassView::from).collect(),
        }
    }
}

impl From<&IndustryClass> for ClassView {
    fn from(class: &IndustryClass) -> Self {
        ClassView { code: class.code.clone(), zh: class.zh.clone(), en: class.en.clone() }
    }
}

impl From<&Unit> for UnitView {
    fn from(unit: &Unit) -> Self {
        UnitView {
            code: unit.id.clone(),
            zh: unit.zh.clone(),
            en: unit.en.clone(),
            from: unit.from,
            until: unit.until,
            successor: unit.successor.clone(),
        }
    }
}
