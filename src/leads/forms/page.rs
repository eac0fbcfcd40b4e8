//! The form of a lead: its fields' own names, amounts in 万元, what is left empty.

use crate::error::FieldErrors;
use crate::leads::forms::{ContactBody, LeadBody, SourceBody};
use crate::leads::model::SourceKind;
use crate::money;
use crate::web::filled::Filled;
use crate::web::form::Form;

/// Fields whose name in the API is another than in the form.
const NAMES: &[(&str, &str)] = &[
    ("total_investment_fen", "total_investment"),
    ("fixed_investment_fen", "fixed_investment"),
    ("source.kind", "source_kind"),
    ("source.chamber_id", "source_chamber"),
    ("source.referrer_id", "source_referrer"),
    ("source.enterprise_id", "source_enterprise"),
    ("source.event_id", "source_event"),
    ("source.note", "source_note"),
    ("source_kind", "source_kind"),
    ("contact.name", "contact_name"),
    ("contact.post", "contact_post"),
    ("contact.phone", "contact_phone"),
    ("contact.other_phones", "contact_other_phones"),
    ("contact.email", "contact_email"),
    ("contact.wechat", "contact_wechat"),
];

/// Every field of the form that an edit can change, in its order.
pub const FIELDS: &[&str] = &[
    "investor_name",
    "title",
    "uscc",
    "origin",
    "content",
    "county",
    "park",
    "industry",
    "industry_class",
    "total_investment",
    "fixed_investment",
    "land_mu",
    "factory_m2",
    "jobs",
    "factor_needs",
    "source_kind",
    "source_chamber",
    "source_referrer",
    "source_enterprise",
    "source_event",
    "source_note",
    "contact_name",
    "contact_post",
    "contact_phone",
    "contact_other_phones",
    "contact_email",
    "contact_wechat",
    "next_follow_up_on",
    "priority",
    "remark",
    "duplicate_reason",
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

/// Reads the form over `start`: what the page did not show stays, what was emptied goes. Sources are named
/// as typed. Of the contact, what is personal is not shown in a form, so what is left empty stays; a contact
/// whose name was emptied and nothing else typed goes.
pub fn read(form: &mut Form, start: LeadBody) -> LeadBody {
    let mut body = start;
    for (name, text) in [
        ("title", &mut body.title),
        ("investor_name", &mut body.investor_name),
        ("uscc", &mut body.uscc),
        ("origin", &mut body.origin),
        ("county", &mut body.county),
        ("park", &mut body.park),
        ("industry", &mut body.industry),
        ("industry_class", &mut body.industry_class),
        ("content", &mut body.content),
        ("factor_needs", &mut body.factor_needs),
        ("remark", &mut body.remark),
        ("duplicate_reason", &mut body.duplicate_reason),
    ] {
        if form.is_checked(name) {
            *text = form.text(name);
        }
    }
    if form.is_checked("total_investment") {
        body.total_investment_fen = form.wan("total_investment");
    }
    if form.is_checked("fixed_investment") {
        body.fixed_investment_fen = form.wan("fixed_investment");
    }
    for (name, measure) in [("land_mu", &mut body.land_mu), ("factory_m2", &mut body.factory_m2)] {
        if form.is_checked(name) {
            *measure = form.figure(name);
        }
    }
    if form.is_checked("jobs") {
        body.jobs = form.figure("jobs");
    }
    if form.is_checked("priority") {
        body.priority = form.parsed("priority", "unknown");
    }
    if form.is_checked("next_follow_up_on") {
        body.next_follow_up_on = form.date("next_follow_up_on");
    }
    if form.is_checked("stage") {
        body.stage = form.parsed("stage", "unknown");
    }
    if form.is_checked("registered_on") {
        body.registered_on = form.date("registered_on");
    }
    body.source = source(form, body.source.take());
    body.contact = contact(form, body.contact.take());
    body
}

/// The source that the form says over `start`, its records by the names that were typed.
pub fn source(form: &mut Form, start: Option<SourceBody>) -> Option<SourceBody> {
    if !form.is_checked("source_kind") {
        return start;
    }
    let before = start.unwrap_or_default();
    let kind: Option<SourceKind> = form.parsed("source_kind", "unknown");
    // What the former kind left in its field is not what was typed for the new one.
    let moved = before.kind.is_some() && before.kind != kind;
    let named = |field: &str, before: &Option<String>| {
        if !form.is_checked(field) {
            return before.clone().filter(|_| !moved);
        }
        form.text(field).filter(|typed| !(moved && Some(typed) == before.as_ref()))
    };
    Some(SourceBody {
        chamber_id: named("source_chamber", &before.chamber_id),
        referrer_id: named("source_referrer", &before.referrer_id),
        enterprise_id: named("source_enterprise", &before.enterprise_id),
        event_id: named("source_event", &before.event_id),
        note: if form.is_checked("source_note") { form.text("source_note") } else { before.note },
        kind,
    })
}

fn contact(form: &Form, start: Option<ContactBody>) -> Option<ContactBody> {
    if !form.is_checked("contact_name") {
        return start;
    }
    // A ledger may know a phone and no name: such a contact does not go because nobody typed one.
    let nameless = start.as_ref().is_some_and(|before| before.name.as_deref() == Some(""));
    let fields = ["name", "post", "phone", "other_phones", "email", "wechat"];
    if fields.iter().all(|field| form.text(&format!("contact_{field}")).is_none()) {
        return start.filter(|_| nameless);
    }
    let before = start.unwrap_or_default();
    let others = form.all("contact_other_phones");
    Some(ContactBody {
        name: form.text("contact_name").or(nameless.then(String::new)),
        post: if form.is_checked("contact_post") { form.text("contact_post") } else { before.post },
        phone: form.text("contact_phone").or(before.phone),
        other_phones: if others.is_empty() { before.other_phones } else { others },
        email: form.text("contact_email").or(before.email),
        wechat: form.text("contact_wechat").or(before.wechat),
    })
}

/// A lead's body as the fields of the form show it; of the contact only what is not masked. Sources by the
/// names that are given for their ids, the origin in words.
pub fn filled(
    body: &LeadBody,
    chamber: Option<&str>,
    referrer: Option<&str>,
    enterprise: Option<&str>,
    origin: Option<&str>,
) -> Filled {
    let source = body.source.clone().unwrap_or_default();
    let contact = body.contact.clone().unwrap_or_default();
    let figure = |value: Option<f64>| value.map(|value| value.to_string());
    let values = [
        ("title", body.title.clone()),
        ("investor_name", body.investor_name.clone()),
        ("uscc", body.uscc.clone()),
        ("origin", origin.map(str::to_owned)),
        ("county", body.county.clone()),
        ("park", body.park.clone()),
        ("industry", body.industry.clone()),
        ("industry_class", body.industry_class.clone()),
        ("content", body.content.clone()),
        ("total_investment", body.total_investment_fen.map(money::wan_text)),
        ("fixed_investment", body.fixed_investment_fen.map(money::wan_text)),
        ("land_mu", figure(body.land_mu)),
        ("factory_m2", figure(body.factory_m2)),
        ("jobs", body.jobs.map(|jobs| jobs.to_string())),
        ("factor_needs", body.factor_needs.clone()),
        ("source_kind", source.kind.map(|kind| kind.to_string())),
        ("source_chamber", chamber.map(str::to_owned)),
        ("source_referrer", referrer.map(str::to_owned)),
        ("source_enterprise", enterprise.map(str::to_owned)),
        // Chosen from a list, so by its id.
        ("source_event", source.event_id),
        ("source_note", source.note),
        ("contact_name", contact.name),
        ("contact_post", contact.post),
        ("priority", body.priority.map(|priority| priority.to_string())),
        ("next_follow_up_on", body.next_follow_up_on.map(|day| day.to_string())),
        ("remark", body.remark.clone()),
        ("duplicate_reason", body.duplicate_reason.clone()),
    ];
    values.into_iter().fold(Filled::new(), |filled, (name, value)| match value {
        Some(value) => filled.value(name, value),
        None => filled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    fn known() -> LeadBody {
        LeadBody {
            title: Some("玩具".into()),
            remark: Some("旧".into()),
            total_investment_fen: Some(100),
            contact: Some(ContactBody {
                name: Some("林总".into()),
                phone: Some("12000000001".into()),
                ..ContactBody::default()
            }),
            source: Some(SourceBody {
                kind: Some(SourceKind::Chamber),
                chamber_id: Some("c1".into()),
                ..SourceBody::default()
            }),
            ..LeadBody::default()
        }
    }

    #[test]
    fn what_the_page_did_not_show_stays_and_what_was_emptied_goes() {
        let mut typed = form(&[("title", "公仔"), ("remark", " "), ("total_investment", "1.5")]);
        let body = read(&mut typed, known());
        assert_eq!(body.title.as_deref(), Some("公仔"));
        assert_eq!(body.remark, None);
        assert_eq!(body.total_investment_fen, Some(1_500_000));
        assert_eq!((body.contact, body.source), (known().contact, known().source));
    }

    #[test]
    fn a_phone_left_empty_stays_and_a_contact_emptied_goes() {
        let mut kept = form(&[("contact_name", "林总"), ("contact_phone", "")]);
        assert_eq!(read(&mut kept, known()).contact, known().contact);
        let mut gone = form(&[("contact_name", ""), ("contact_phone", "")]);
        assert_eq!(read(&mut gone, known()).contact, None);
        let mut nameless = known();
        nameless.contact.as_mut().unwrap().name = Some(String::new());
        let mut untouched = form(&[("contact_name", ""), ("contact_phone", "")]);
        assert_eq!(read(&mut untouched, nameless.clone()).contact, nameless.contact);
    }

    #[test]
    fn another_kind_of_source_drops_what_the_former_kind_left() {
        let mut typed = form(&[("source_kind", "self"), ("source_chamber", "c1")]);
        let source = read(&mut typed, known()).source.unwrap();
        assert_eq!((source.kind, source.chamber_id), (Some(SourceKind::Own), None));
        let mut typed = form(&[("source_kind", "self"), ("source_chamber", "另一商会")]);
        assert_eq!(read(&mut typed, known()).source.unwrap().chamber_id.as_deref(), Some("另一商会"));
    }

    #[test]
    fn faults_stand_at_the_forms_own_fields() {
        let mut errors = FieldErrors::one("source.chamber_id", "unknown-chamber");
        errors.add("jobs", "negative");
        let names: Vec<String> = at_fields(errors).0.iter().map(|fault| fault.field.to_string()).collect();
        assert_eq!(names, ["source_chamber", "jobs"]);
    }
}
