//! Both languages say the same things; nothing that is asked for is missing, nothing is kept unused.

use std::collections::{BTreeMap, BTreeSet};

use super::sources;
use yinfeng::about_to::view::Step;
use yinfeng::accounts::{Locale, Role};
use yinfeng::attachments::AttachmentKind;
use yinfeng::award_applications::model::{ApplicationStatus, FundingLevel, RulingDecision, RulingKind};
use yinfeng::award_applications::queries::Treasury;
use yinfeng::award_applications::warnings::AwardWarning;
use yinfeng::award_notices::view::NoticeState;
use yinfeng::awards::estimates::EstimateStepKind;
use yinfeng::awards::model::{AwardStatus, StepKind};
use yinfeng::chambers::entries::ChamberEntryKind;
use yinfeng::chambers::ledger::WARNING_CODES as CHAMBER_WARNING_CODES;
use yinfeng::chambers::model::{ChamberKind, SourceStatus};
use yinfeng::events::model::{EventKind, EventStatus};
use yinfeng::events::rules::Door;
use yinfeng::filings::model::{FilingDecision, FilingRole, Party};
use yinfeng::filings::rules::{Finding, ReferralStep, Weight};
use yinfeng::follow_ups::model::FollowUpKind;
use yinfeng::imports::ledger::{REFUSAL_CODES, WARNING_CODES};
use yinfeng::imports::model::{ImportKind, ImportStatus, RowOutcome};
use yinfeng::jobs::outbox::Topic;
use yinfeng::leads::export::COLUMNS;
use yinfeng::leads::model::{ClosureKind, Priority, SourceKind, Stage, Status};
use yinfeng::milestones::model::{MilestoneKind, MilestoneState, Phase};
use yinfeng::milestones::rules::counting;
use yinfeng::notices::model::NoticeAudience;
use yinfeng::notices::rules::NoticeStanding;
use yinfeng::policies::awards::{AwardRule, BaseReading, Compliance, EstimateKind, Grantor, Payer, Rounding};
use yinfeng::policies::queries::{DocumentDecision, DocumentKind};
use yinfeng::policies::{Metric, ScopeKind};
use yinfeng::projects::ledger::WARNING_CODES as PROJECT_WARNING_CODES;
use yinfeng::projects::model::{KeyBasis, LandUse};
use yinfeng::projects::queries::ContractKind;
use yinfeng::projects::rules::{EnclaveCase, Warning};
use yinfeng::quota::rules::NotCounted;
use yinfeng::recommendations::model::{RecipientKind, RecommendationState};
use yinfeng::referrers::forms::Declaration;
use yinfeng::referrers::identity::IdentityKind;
use yinfeng::referrers::model::{OfficialTie, ReferrerKind};
use yinfeng::teams::model::{TeamKind, TripKind};
use yinfeng::teams::rules::TeamStability;

/// Key → names of its parts (`{ $count }`), of all files of a language.
fn book(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut book = BTreeMap::new();
    for (path, text) in sources(&format!("locales/{lang}"), ".ftl") {
        let mut key: Option<String> = None;
        for line in text.lines() {
            if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                let name =
                    line.split_once('=').unwrap_or_else(|| panic!("{}: {line}", path.display())).0.trim();
                assert!(!book.contains_key(name), "{}: {name} twice", path.display());
                book.insert(name.to_owned(), BTreeSet::new());
                key = Some(name.to_owned());
            }
            let parts = line.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next());
            if let Some(names) = key.as_ref().and_then(|key| book.get_mut(key)) {
                names.extend(parts.map(str::to_owned));
            }
        }
    }
    book
}

#[test]
fn both_languages_say_the_same() {
    let (zh, en) = (book("zh-CN"), book("en"));
    let keys = |book: &BTreeMap<String, BTreeSet<String>>| book.keys().cloned().collect::<BTreeSet<_>>();
    let apart: Vec<String> = keys(&zh).symmetric_difference(&keys(&en)).cloned().collect();
    assert!(apart.is_empty(), "in one language only: {apart:?}");
    let parts: Vec<&String> =
        zh.iter().filter(|(key, parts)| en.get(*key) != Some(*parts)).map(|(key, _)| key).collect();
    assert!(parts.is_empty(), "other parts in English: {parts:?}");
}

#[test]
fn nothing_is_missing_and_nothing_unused() {
    let book = book("zh-CN");
    let mut asked = BTreeSet::new();
    let mut families = BTreeSet::new();
    let mut mentioned = BTreeSet::new();
    let said = &["t(k=\"", " label=\"", " title=\"", " text=\"", " hint=\"", " blank=\"", " unit=\""];
    for (_, text) in sources("templates", ".html") {
        asked.extend(after(&components(&text), said));
        families.extend(after(&text, &[" keys=\""]).into_iter().map(|family| family + "-"));
        families
            .extend(quoted(&text).filter(|word| word.ends_with('-') && word.len() > 1).map(str::to_owned));
        mentioned.extend(quoted(&text).map(str::to_owned));
    }
    for (_, text) in sources("src", ".rs") {
        asked.extend(after(&text, &["Message::new(\""]));
        families.extend(after(&text, &["Message::of(\""]).into_iter().map(|family| family + "-"));
        mentioned.extend(quoted(&text).map(str::to_owned));
    }
    let missing: Vec<&String> = asked
        .iter()
        .filter(|key| !key.is_empty() && !key.ends_with('-') && !book.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "asked for, but not in locales/: {missing:?}");
    let unused: Vec<&String> = book
        .keys()
        .filter(|key| !mentioned.contains(*key) && !families.iter().any(|family| key.starts_with(family)))
        .collect();
    assert!(unused.is_empty(), "in locales/, but nobody says it: {unused:?}");
}

/// Keys that the program puts together of a family and a code.
#[test]
fn every_member_of_a_family_has_its_message() {
    fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|one| word(*one)).collect()
    }
    // Nothing is checked for being eligible, and a check is said by its status.
    let checks = AwardStatus::ALL.iter().filter(|one| **one != AwardStatus::Eligible);
    let steps = StepKind::ALL.iter().filter(|one| **one != StepKind::Check);
    let ranges = yinfeng::search::settings::amount_codes();
    let families = [
        ("award-check", checks.map(|one| one.as_str()).collect()),
        ("award-step", steps.map(|one| one.as_str()).collect()),
        ("award-word", words(BaseReading::ALL, BaseReading::as_str)),
        ("award-rule", words(AwardRule::ALL, AwardRule::as_str)),
        (
            "award-fact",
            AwardRule::ALL
                .iter()
                .flat_map(|rule| yinfeng::award_applications::wanted::of(*rule))
                .map(|one| one.name)
                .chain(yinfeng::award_applications::parties::COMPARED)
                .collect(),
        ),
        ("investment", ranges.iter().map(String::as_str).collect()),
        ("application-status", words(ApplicationStatus::ALL, ApplicationStatus::as_str)),
        ("award-waits", words(ApplicationStatus::ALL, ApplicationStatus::as_str)),
        ("funding-level", words(FundingLevel::ALL, FundingLevel::as_str)),
        ("ruling-kind", words(RulingKind::ALL, RulingKind::as_str)),
        ("ruling-decision", words(RulingDecision::ALL, RulingDecision::as_str)),
        ("events-kind", words(EventKind::ALL, EventKind::as_str)),
        ("events-status", words(EventStatus::ALL, EventStatus::as_str)),
        ("check-in-door", words(Door::ALL, Door::as_str)),
        ("check-in-closed", vec!["early", "over", "cancelled"]),
        ("team-kind", words(TeamKind::ALL, TeamKind::as_str)),
        ("trip-kind", words(TripKind::ALL, TripKind::as_str)),
        ("team-stability", words(TeamStability::ALL, TeamStability::as_str)),
        ("notice-standing", words(NoticeStanding::ALL, NoticeStanding::as_str)),
        ("notice-audience", words(NoticeAudience::ALL, NoticeAudience::as_str)),
        ("recommendation-to", words(RecipientKind::ALL, RecipientKind::as_str)),
        ("recommendation-state", words(RecommendationState::ALL, RecommendationState::as_str)),
        ("entry-kind", words(ChamberEntryKind::ALL, ChamberEntryKind::as_str)),
        ("entry-add", words(ChamberEntryKind::ALL, ChamberEntryKind::as_str)),
        ("entry-name", words(ChamberEntryKind::ALL, ChamberEntryKind::as_str)),
        ("entry-from_on", words(ChamberEntryKind::ALL, ChamberEntryKind::as_str)),
        ("entry-to_on", words(ChamberEntryKind::ALL, ChamberEntryKind::as_str)),
        ("compliance", words(Compliance::ALL, Compliance::as_str)),
        ("award-estimate-kind", words(EstimateKind::ALL, EstimateKind::as_str)),
        ("award-estimate-step", words(EstimateStepKind::ALL, EstimateStepKind::as_str)),
        ("award-grantor", words(Grantor::ALL, Grantor::as_str)),
        ("award-warning", words(AwardWarning::ALL, AwardWarning::as_str)),
        ("award-unsplit", words(Payer::ALL, Payer::as_str)),
        ("policy-award-payer", words(Payer::ALL, Payer::as_str)),
        ("policy-award-rounding", words(Rounding::ALL, Rounding::as_str)),
        ("policy-award-how", words(AwardRule::ALL, AwardRule::as_str)),
        ("award-only", words(Treasury::ALL, Treasury::as_str)),
        ("award-notice", words(NoticeState::ALL, NoticeState::as_str)),
        ("search-engine", vec!["embedded", "meilisearch"]),
        ("search-index", vec!["leads", "records"]),
        ("search-state", vec!["current", "behind", "incomplete", "rebuilding", "unreachable"]),
        ("search-refused", vec!["no-such-value", "no-minus-for-ranges"]),
        ("search-beside", vec![Topic::AttachmentText.as_str(), Topic::SavedSearchMatch.as_str()]),
        ("export", COLUMNS.to_vec()),
        ("role", words(Role::ALL, Role::as_str)),
        ("locale", words(Locale::ALL, Locale::as_str)),
        ("stage", words(Stage::ALL, Stage::as_str)),
        ("status", words(Status::ALL, Status::as_str)),
        ("source", words(SourceKind::ALL, SourceKind::as_str)),
        ("closure", words(ClosureKind::ALL, ClosureKind::as_str)),
        ("priority", words(Priority::ALL, Priority::as_str)),
        ("follow-up", words(FollowUpKind::ALL, FollowUpKind::as_str)),
        ("chamber-kind", words(ChamberKind::ALL, ChamberKind::as_str)),
        ("identity-kind", words(IdentityKind::ALL, IdentityKind::as_str)),
        ("referrer-kind", words(ReferrerKind::ALL, ReferrerKind::as_str)),
        ("declaration", words(Declaration::ALL, Declaration::as_str)),
        ("official-tie", words(OfficialTie::ALL, OfficialTie::as_str)),
        ("filing-role", words(FilingRole::ALL, FilingRole::as_str)),
        ("filing-decision", words(FilingDecision::ALL, FilingDecision::as_str)),
        ("filing-step", words(ReferralStep::ALL, ReferralStep::as_str)),
        ("party", words(Party::ALL, Party::as_str)),
        ("finding", words(Finding::ALL, Finding::as_str)),
        ("finding-weight", words(Weight::ALL, Weight::as_str)),
        ("register-status", words(SourceStatus::ALL, SourceStatus::as_str)),
        ("milestone", words(MilestoneKind::ALL, MilestoneKind::as_str)),
        ("milestone-state", words(MilestoneState::ALL, MilestoneState::as_str)),
        ("phase", words(Phase::ALL, Phase::as_str)),
        ("own-step", words(Stage::ALL, Stage::as_str)),
        ("own-step", words(&Phase::ALL[1..], Phase::as_str)),
        ("next-project", words(&Phase::ALL[1..], Phase::as_str)),
        ("next-verify", counting().into_iter().map(|kind| Phase::of(Some(kind)).as_str()).collect()),
        ("key-basis", words(KeyBasis::ALL, KeyBasis::as_str)),
        ("land-use", words(LandUse::ALL, LandUse::as_str)),
        ("contract-kind", words(ContractKind::ALL, ContractKind::as_str)),
        ("pool-warning", words(Warning::ALL, Warning::as_str)),
        ("not-counted", words(NotCounted::ALL, NotCounted::as_str)),
        ("metric", words(Metric::ALL, Metric::as_str)),
        ("scope", words(ScopeKind::ALL, ScopeKind::as_str)),
        ("enclave-case", words(EnclaveCase::ALL, EnclaveCase::as_str)),
        ("policy-does", words(DocumentKind::ALL, DocumentKind::as_str)),
        ("policy-decided", words(DocumentDecision::ALL, DocumentDecision::as_str)),
        ("policy-decision", words(DocumentDecision::ALL, DocumentDecision::as_str)),
        ("about-to", words(Step::ALL, Step::as_str)),
        ("import-status", words(ImportStatus::ALL, ImportStatus::as_str)),
        ("attachment-kind", words(AttachmentKind::ALL, AttachmentKind::as_str)),
        ("import-outcome", words(RowOutcome::ALL, RowOutcome::as_str)),
        ("import-kind", words(ImportKind::ALL, ImportKind::as_str)),
    ];
    let book = book("zh-CN");
    let keys =
        families.iter().flat_map(|(family, codes)| codes.iter().map(move |code| format!("{family}-{code}")));
    let of_rows = [
        ("import-refused", REFUSAL_CODES),
        ("import-warning", WARNING_CODES),
        ("import-warning", PROJECT_WARNING_CODES),
        ("import-warning", CHAMBER_WARNING_CODES),
    ];
    let dashed = |family: &str, code: &str| format!("{family}-{}", code.replace('_', "-"));
    let of_rows = of_rows.iter().flat_map(|(family, codes)| codes.iter().map(|code| dashed(family, code)));
    let missing: Vec<String> = keys.chain(of_rows).filter(|key| !book.contains_key(key)).collect();
    assert!(missing.is_empty(), "not in locales/: {missing:?}");
}

#[test]
fn every_fault_has_its_sentence() {
    let book = book("zh-CN");
    let mut missing = BTreeSet::new();
    for (path, text) in sources("src", ".rs") {
        // The settings have faults of their own, said to whoever starts the program.
        if !text.contains("AppError") && !text.contains("FieldErrors") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for fault in faults(code) {
            if !book.contains_key(&format!("fault-{fault}")) {
                missing.insert(format!("{fault} ({})", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no message fault-<code> for: {missing:#?}");
}

/// The codes given to the calls that make faults: the first literal for a case of its own, else the second
/// argument, after the field.
fn faults(code: &str) -> Vec<String> {
    let argument = |rest: &str, nth: usize| {
        let word = rest.split([',', ')', ';']).nth(nth)?.trim();
        Some(word.strip_prefix('"')?.strip_suffix('"')?.to_owned())
    };
    let calls = [
        ("Forbidden(", 0),
        ("Conflict(", 0),
        ("errors.add(", 1),
        ("errors.add_with(", 1),
        ("AppError::invalid(", 1),
        ("AppError::bad_request(", 1),
        ("FieldErrors::one(", 1),
        ("form.parsed(", 1),
        ("entered.parsed(", 1),
        ("fault(errors,", 1),
    ];
    let found =
        calls.iter().flat_map(|(call, nth)| code.split(call).skip(1).filter_map(|rest| argument(rest, *nth)));
    found.collect()
}

/// Only what stands in expressions: an HTML attribute may have the name of an argument.
fn components(template: &str) -> String {
    let expressions = template.split("{{").skip(1).filter_map(|rest| rest.split("}}").next());
    let tags = template.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    expressions.chain(tags).map(|part| format!(" {part}\n")).collect()
}

/// The literals that follow one of the openings directly.
fn after(text: &str, openings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for opening in openings {
        found
            .extend(text.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    found
}

/// Everything between two double quotes of one line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('"').skip(1))
}
