//! What a chart shows, for `frontend/js/charts.js`. A table with the same figures stands beside every chart.

use serde::Serialize;

/// Bars by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Chart {
    /// Under the bars.
    pub names: Vec<String>,
    pub series: Vec<Series>,
    /// A line across them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
}

/// The bars of one kind, in the order of the names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    pub name: String,
    pub values: Vec<i64>,
    /// Series of one word stand on each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack: Option<&'static str>,
}

/// What is to be reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    pub name: String,
    pub value: i64,
}

impl Chart {
    /// As the attribute `data-chart` holds it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
