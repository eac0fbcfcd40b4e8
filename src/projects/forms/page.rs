//! The form of a project: its fields' own names, amounts in 万元, what is left empty.

use super::{EnclaveBody, KeyBody, ProjectBody};
use crate::error::FieldErrors;
use crate::leads::forms::page::source;
use crate::money;
use crate::web::filled::Filled;
use crate::web::form::Form;

/// Fields whose name in the API is another than in the form. A fault of the lead is one of the whole form.
const NAMES: &[(&str, &str)] = &[
    ("total_investment_fen", "total_investment"),
    ("fixed_investment_fen", "fixed_investment"),
    ("key.basis", "key_basis"),
    ("key.reason", "key_reason"),
    ("enclave.county", "enclave_county"),
    ("enclave.land_use", "land_use"),
    ("enclave.recommended_on", "recommended_on"),
    ("source.kind", "source_kind"),
    ("source.chamber_id", "source_chamber"),
    ("source.referrer_id", "source_referrer"),
    ("source.enterprise_id", "source_enterprise"),
    ("source.event_id", "source_event"),
    ("source.note", "source_note"),
    ("lead_id", ""),
];

/// Every field of the form that an edit can change, in its order.
pub const FIELDS: &[&str] = &[
    "investor_name",
    "title",
    "project_company",
    "uscc",
    "origin",
    "content",
    "county",
    "park",
    "industry",
    "industry_class",
    "supporting_project",
    "supporting_finding",
    "enclave_county",
    "land_use",
    "recommended_on",
    "total_investment",
    "fixed_investment",
    "land_mu",
    "factory_m2",
    "jobs",
    "filing_code",
    "phase_of",
    "key_basis",
    "key_reason",
    "unit",
    "source_kind",
    "source_chamber",
    "source_referrer",
    "source_enterprise",
    "source_event",
    "source_note",
    "progress",
    "problems",
    "coordination",
    "next_step",
    "remark",
];

/// The form's name of a field of the API or the trail.
pub fn field(name: &str) -> &str {
    NAMES.iter().find(|(api, _)| *api == name).map_or(name, |(_, form)| form)
}

/// Faults at the form's fields.
pub fn at_fields(errors: FieldErrors) -> FieldErrors {
    let mut errors = errors;
    for fault in &mut errors.0 {
        if let Some((_, form)) = NAMES.iter().find(|(api, _)| *api == fault.field) {
            fault.field = (*form).into();
        }
    }
    errors
}

/// Reads the form over `start`: what the page did not show stays, what was emptied goes. Sources are named as
/// typed.
pub fn read(form: &mut Form, start: ProjectBody) -> ProjectBody {
    let mut body = start;
    for (name, text) in [
        ("title", &mut body.title),
        ("investor_name", &mut body.investor_name),
        ("uscc", &mut body.uscc),
        ("origin", &mut body.origin),
        ("project_company", &mut body.project_company),
        ("county", &mut body.county),
        ("park", &mut body.park),
        ("industry", &mut body.industry),
        ("industry_class", &mut body.industry_class),
        ("supporting_finding", &mut body.supporting_finding),
        ("content", &mut body.content),
        ("filing_code", &mut body.filing_code),
        ("phase_of", &mut body.phase_of),
        ("leader", &mut body.leader),
        ("officer", &mut body.officer),
        ("unit", &mut body.unit),
        ("progress", &mut body.progress),
        ("problems", &mut body.problems),
        ("coordination", &mut body.coordination),
        ("next_step", &mut body.next_step),
        ("remark", &mut body.remark),
    ] {
        if form.is_checked(name) {
            *text = form.text(name);
        }
    }
    for (name, amount) in [
        ("total_investment", &mut body.total_investment_fen),
        ("fixed_investment", &mut body.fixed_investment_fen),
    ] {
        if form.is_checked(name) {
            *amount = form.wan(name);
        }
    }
    for (name, measure) in [("land_mu", &mut body.land_mu), ("factory_m2", &mut body.factory_m2)] {
        if form.is_checked(name) {
            *measure = form.figure(name);
        }
    }
    if form.is_checked("jobs") {
        body.jobs = form.figure("jobs");
    }
    // A box that is not set sends nothing: an empty field beside it tells that the page showed it.
    if form.is_checked("supporting_project") {
        body.supporting_project = Some(form.text("supporting_project").is_some());
    }
    if form.is_checked("key_basis") {
        let basis = form.parsed("key_basis", "unknown");
        body.key = basis.map(|basis| KeyBody { basis: Some(basis), reason: form.text("key_reason") });
    }
    if form.is_checked("enclave_county") {
        let enclave = EnclaveBody {
            county: form.text("enclave_county"),
            land_use: form.parsed("land_use", "unknown"),
            recommended_on: form.date("recommended_on"),
        };
        body.enclave = (enclave != EnclaveBody::default()).then_some(enclave);
    }
    body.source = source(form, body.source.take());
    body
}

/// A project's body as the fields of the form show it; sources by the names that are given for their ids, the
/// origin in words, the first phase by its code.
pub fn filled(
    body: &ProjectBody,
    sources: [Option<&str>; 3],
    origin: Option<&str>,
    phase_of: Option<&str>,
) -> Filled {
    let source = body.source.clone().unwrap_or_default();
    let key = body.key.clone().unwrap_or_default();
    let enclave = body.enclave.clone().unwrap_or_default();
    let figure = |value: Option<f64>| value.map(|value| value.to_string());
    let [chamber, referrer, enterprise] = sources.map(|name| name.map(str::to_owned));
    let values = [
        ("title", body.title.clone()),
        ("investor_name", body.investor_name.clone()),
        ("uscc", body.uscc.clone()),
        ("origin", origin.map(str::to_owned)),
        ("project_company", body.project_company.clone()),
        ("county", body.county.clone()),
        ("park", body.park.clone()),
        ("industry", body.industry.clone()),
        ("industry_class", body.industry_class.clone()),
        ("supporting_project", body.supporting_project.filter(|is| *is).map(|is| is.to_string())),
        ("supporting_finding", body.supporting_finding.clone()),
        ("content", body.content.clone()),
        ("total_investment", body.total_investment_fen.map(money::wan_text)),
        ("fixed_investment", body.fixed_investment_fen.map(money::wan_text)),
        ("land_mu", figure(body.land_mu)),
        ("factory_m2", figure(body.factory_m2)),
        ("jobs", body.jobs.map(|jobs| jobs.to_string())),
        ("filing_code", body.filing_code.clone()),
        ("phase_of", phase_of.map(str::to_owned)),
        ("key_basis", key.basis.map(|basis| basis.to_string())),
        ("key_reason", key.reason),
        ("source_kind", source.kind.map(|kind| kind.to_string())),
        ("source_chamber", chamber),
        ("source_referrer", referrer),
        ("source_enterprise", enterprise),
        // Chosen from a list, so by its id.
        ("source_event", source.event_id),
        ("source_note", source.note),
        ("leader", body.leader.clone()),
        ("officer", body.officer.clone()),
        ("unit", body.unit.clone()),
        ("enclave_county", enclave.county),
        ("land_use", enclave.land_use.map(|land_use| land_use.to_string())),
        ("recommended_on", enclave.recommended_on.map(|day| day.to_string())),
        ("progress", body.progress.clone()),
        ("problems", body.problems.clone()),
        ("coordination", body.coordination.clone()),
        ("next_step", body.next_step.clone()),
        ("remark", body.remark.clone()),
    ];
    values.into_iter().fold(Filled::new(), |filled, (name, value)| match value {
        Some(value) => filled.value(name, value),
        None => filled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projects::model::{KeyBasis, LandUse};

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    fn known() -> ProjectBody {
        ProjectBody {
            title: Some("玩具".into()),
            supporting_project: Some(true),
            key: Some(KeyBody { basis: Some(KeyBasis::PlanList), reason: None }),
            enclave: Some(EnclaveBody {
                county: Some("450703".into()),
                land_use: Some(LandUse::None),
                recommended_on: None,
            }),
            leader: Some("u1".into()),
            ..ProjectBody::default()
        }
    }

    #[test]
    fn what_the_page_did_not_show_stays_and_what_was_emptied_goes() {
        let untouched = read(&mut form(&[("title", "公仔")]), known());
        assert_eq!(untouched, ProjectBody { title: Some("公仔".into()), ..known() });
        let fields = [("supporting_project", ""), ("key_basis", ""), ("enclave_county", ""), ("leader", "")];
        let emptied = read(&mut form(&fields), known());
        assert_eq!((emptied.key, emptied.enclave, emptied.leader), (None, None, None));
        assert_eq!(emptied.supporting_project, Some(false));
    }

    #[test]
    fn a_box_that_is_set_comes_beside_its_empty_field() {
        let set = read(&mut form(&[("supporting_project", ""), ("supporting_project", "true")]), known());
        assert_eq!(set.supporting_project, Some(true));
    }
}
