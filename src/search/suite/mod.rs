//! What any engine must do, on made-up leads: the embedded one always, Meilisearch where a server is there.

pub(in crate::search) mod finding;
pub(in crate::search) mod highlights;
pub(in crate::search) mod scopes;

use std::any::Any;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

use chrono::{Duration, NaiveDate};
use serde_json::Value;

use super::{
    AttachedText, FieldSet, LeadDocument, LeadScope, SearchAnswer, SearchEngine, SearchQuery, Settings,
};

/// An engine that holds these leads and nothing else.
pub(in crate::search) type Make = fn(&[LeadDocument]) -> Index;

/// Every test of the suite on an engine; `$is_there` says whether there is one, and says aloud when not.
macro_rules! run_suite {
    ($index:expr, $is_there:expr) => {
        $crate::search::suite::run_suite! { $index, $is_there;
            finding::every_way_of_typing_finds_every_lead,
            finding::a_whole_company_name_comes_first_and_alone_at_the_top,
            finding::an_exact_title_comes_before_longer_ones_and_remarks,
            finding::a_name_that_is_the_query_by_sound_comes_first,
            finding::all_words_must_match_and_side_by_side_is_better,
            finding::syllables_that_are_one_word_come_before_scattered_ones,
            finding::codes_are_found_by_any_part,
            finding::phone_numbers_are_never_found,
            finding::what_lies_near_is_looked_for_only_when_little_is_found,
            finding::odd_input_is_answered,
            finding::pages_neither_repeat_nor_skip,
            finding::as_you_type_every_beginning_finds_the_lead,
            finding::what_stands_in_quotes_is_found_exactly_so,
            finding::a_word_behind_a_minus_is_left_out,
            finding::amounts_and_days_have_bounds_and_ranges,
            finding::a_phone_is_found_whole_and_by_who_sees_contacts,
            finding::among_ids_only_these_are_asked,
            finding::among_ids_scope_and_exactness_hold_together,
            finding::what_papers_say_is_found_behind_everything_else,
            highlights::what_matched_is_marked_however_it_was_typed,
            highlights::everything_but_em_is_escaped,
            highlights::a_long_text_is_cut_around_its_first_match,
            highlights::a_code_is_marked_across_its_dashes,
            highlights::of_papers_the_first_that_holds_a_word_is_named,
            highlights::a_word_at_the_end_of_a_long_paper_is_marked,
            scopes::search_tells_what_the_rows_tell,
            scopes::a_filter_by_a_field_one_may_not_know_is_refused,
            scopes::a_liaison_matches_his_own_follow_ups_and_nobody_elses,
            scopes::papers_are_matched_by_who_is_shown_them,
            scopes::what_is_kept_of_many_hits_tells_every_asker_his_own,
        }
    };
    ($index:expr, $is_there:expr; $($room:ident::$test:ident,)+) => {
        $(
            #[test]
            fn $test() {
                if $is_there(stringify!($test)) {
                    $crate::search::suite::$room::$test($index);
                }
            }
        )+
    };
}
pub(in crate::search) use run_suite;

/// The first leads of ../shared/bench/leads.py, as the index job would hand them over.
pub(in crate::search) fn generated(count: usize) -> Vec<LeadDocument> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/leads.py");
    let output =
        Command::new("python3").arg(script).args(["-n", &count.to_string()]).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().enumerate().map(|(i, line)| lead(i, &serde_json::from_str(line).unwrap())).collect()
}

fn lead(i: usize, row: &Value) -> LeadDocument {
    let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    LeadDocument {
        id: format!("0199-{i:06}"),
        code: format!("QZ-2026-{i:06}"),
        title: text("title"),
        investor_name: text("investor_name"),
        county: text("county"),
        industry: text("industry"),
        stage: text("stage"),
        status: ["active", "active", "on_hold", "closed"][i % 4].to_owned(),
        source_kind: row["source"]["kind"].as_str().unwrap().to_owned(),
        contact_name: row["contact"]["name"].as_str().map(str::to_owned),
        remark: Some(text("remark")),
        updated_at: start + Duration::seconds(i as i64),
        version: 1,
        ..LeadDocument::default()
    }
}

/// Read once: each of many small tests has an index of its own.
pub(in crate::search) static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings::builtin().unwrap());

pub(in crate::search) struct Index {
    pub(in crate::search) engine: Arc<dyn SearchEngine>,
    /// Where it lies; removed with it.
    pub(in crate::search) _place: Box<dyn Any>,
}

/// A bureau officer's query for all hits.
pub(in crate::search) fn by_text(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        limit: 10_000,
        scope: LeadScope::All,
        fields: FieldSet::all(),
        ..SearchQuery::default()
    }
}

impl Index {
    fn search(&self, query: &SearchQuery) -> SearchAnswer {
        self.engine.search(query).unwrap()
    }

    /// The ids of all hits, best first.
    fn ids(&self, text: &str) -> Vec<String> {
        self.search(&by_text(text)).hits.into_iter().map(|hit| hit.id).collect()
    }
}

/// A lead with nothing but a title.
pub(in crate::search) fn titled(id: &str, title: &str) -> LeadDocument {
    LeadDocument {
        id: id.to_owned(),
        title: title.to_owned(),
        status: "active".to_owned(),
        ..LeadDocument::default()
    }
}

/// A paper that says this.
pub(in crate::search) fn papered(file_name: &str, text: &str) -> AttachedText {
    AttachedText { file_name: file_name.to_owned(), text: text.to_owned() }
}
