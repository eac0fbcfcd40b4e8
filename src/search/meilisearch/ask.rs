//! Asking the server: the queries of a question in one call, which finds each lead once and counts it once; fields
//! that are filtered by are counted in a call of their own, without their filter.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use futures_util::future::try_join_all;
use meilisearch_sdk::client::Client;
use meilisearch_sdk::errors::Error;
use meilisearch_sdk::search::{
    FederatedMultiSearchResponse, FederationOptions, MatchingStrategies, MergeFacets, MultiSearchQuery,
    SearchQuery as ToServer, Selectors,
};

use serde_json::Value;

use super::engine::Shared;
use super::filter;
use super::hits::{self, Found};
use super::http::Http;
use super::question::{Asked, Question};
use super::record::keyword_of;
use crate::search::answer::SearchAnswer;
use crate::search::error::SearchError;
use crate::search::fields::FacetField;
use crate::search::near;
use crate::search::query::{MAX_DEPTH, SearchQuery};
use crate::search::tokens::{Typed, Word, words};

/// One call: queries with their filters, and what is wanted of the leads that any of them finds.
#[derive(Debug, Clone, Default)]
struct Call {
    queries: Vec<(Asked, Option<String>)>,
    retrieved: Vec<String>,
    facets: Vec<FacetField>,
    offset: usize,
    limit: usize,
}

/// What a round of calls found.
struct Round {
    found: Vec<Found>,
    total: u64,
    facets: BTreeMap<FacetField, BTreeMap<String, u64>>,
}

/// Answers the query. Fewer than three leads are widened by what lies near, as by the embedded engine.
pub(super) fn answer(shared: &Shared, query: &SearchQuery) -> Result<SearchAnswer, SearchError> {
    let began = Instant::now();
    query.check()?;
    let Typed { wanted: words, unwanted, text } = words::typed(&query.text, &shared.settings.language);
    if words.is_empty() && unwanted.is_empty() && !query.text.trim().is_empty() {
        return Ok(SearchAnswer::default());
    }
    let mut query = query.clone();
    for word in &unwanted {
        query.gone.extend(having(shared, &query, word)?);
    }
    let query = &query;
    let question = Question { text: &text, words: &words, fields: query.fields, settings: &shared.settings };
    let mut asked = question.exact();
    let mut round = round(shared, query, &asked)?;
    let mut approximate = false;
    if round.total < near::FEW && !words.is_empty() && !query.exact {
        asked.extend(question.near());
        let wider = self::round(shared, query, &asked)?;
        approximate = wider.total > round.total;
        round = wider;
    }
    let hits = hits::marked(round.found, query, &words, approximate, &shared.settings)?;
    let took_ms = began.elapsed().as_secs_f64() * 1_000.0;
    Ok(SearchAnswer { hits, total: round.total, facets: round.facets, approximate, took_ms })
}

/// The leads that have a word, as far as the server tells of hits.
fn having(shared: &Shared, query: &SearchQuery, word: &Word) -> Result<Vec<String>, SearchError> {
    let Some(asked) = Question::unwanted(word, &shared.settings, query.fields) else { return Ok(Vec::new()) };
    let all =
        SearchQuery { limit: MAX_DEPTH, offset: 0, facets: Vec::new(), highlight: false, ..query.clone() };
    let found = round(shared, &all, &[asked])?.found;
    let id = |hit: Found| hit.fields.get("id").and_then(Value::as_str).map(str::to_owned);
    Ok(found.into_iter().filter_map(id).collect())
}

fn round(shared: &Shared, query: &SearchQuery, asked: &[Asked]) -> Result<Round, SearchError> {
    let counted: Vec<FacetField> =
        query.facets.iter().copied().filter(|field| query.fields.has_facet(*field)).collect();
    let mut facets: BTreeMap<_, _> = counted.iter().map(|field| (*field, BTreeMap::new())).collect();
    let decides = asked.iter().any(|asked| asked.decides);
    let Some(conditions) = filter::conditions(query, None).filter(|_| decides) else {
        return Ok(Round { found: Vec::new(), total: 0, facets });
    };
    let (own, shared_by_all): (Vec<FacetField>, Vec<FacetField>) =
        counted.iter().partition(|field| query.filters.narrows(**field));
    let mut calls = vec![Call {
        queries: with_conditions(asked.iter(), &conditions),
        retrieved: hits::retrieved(query, &shared.settings),
        facets: shared_by_all,
        offset: query.offset,
        limit: query.limit,
    }];
    for field in own {
        let Some(conditions) = filter::conditions(query, Some(field)) else { continue };
        let deciding = asked.iter().filter(|asked| asked.decides);
        let queries = with_conditions(deciding, &conditions);
        calls.push(Call {
            queries,
            facets: vec![field],
            retrieved: vec!["id".to_owned()],
            ..Call::default()
        });
    }
    let (client, index, locale) = (shared.server.client(), shared.index.clone(), shared.told.locale.clone());
    let answers = shared.server.run(shared.limit, async move {
        try_join_all(calls.iter().map(|call| one_call(&client, &index, &locale, call))).await
    });
    let mut answers = answers.inspect_err(|error| shared.noticed(error))?.into_iter();
    let Some(first) = answers.next() else { return Ok(Round { found: Vec::new(), total: 0, facets }) };
    count(first.facet_distribution.unwrap_or_default(), &mut facets);
    for answer in answers {
        count(answer.facet_distribution.unwrap_or_default(), &mut facets);
    }
    let found = first.hits.into_iter().map(|hit| Found {
        score: hit.federation.map_or(0.0, |said| said.weighted_ranking_score),
        fields: hit.result,
    });
    Ok(Round { found: found.collect(), total: first.estimated_total_hits as u64, facets })
}

fn with_conditions<'a>(
    asked: impl Iterator<Item = &'a Asked>,
    conditions: &[String],
) -> Vec<(Asked, Option<String>)> {
    let with = |asked: &Asked| {
        let whole = (!asked.whole.is_empty()).then(|| filter::is_whole(&asked.whole));
        let all: Vec<String> = conditions.iter().cloned().chain(whole).collect();
        (asked.clone(), filter::all_of(&all))
    };
    asked.map(with).collect()
}

async fn one_call(
    client: &Client<Http>,
    index: &str,
    locale: &str,
    call: &Call,
) -> Result<FederatedMultiSearchResponse<hits::Fields>, Error> {
    let of_index = client.index(index);
    let texts: Vec<String> = call.queries.iter().map(|(asked, _)| asked.text()).collect();
    let attributes: Vec<Vec<&str>> =
        call.queries.iter().map(|(asked, _)| asked.attributes.iter().map(String::as_str).collect()).collect();
    let retrieved: Vec<&str> = call.retrieved.iter().map(String::as_str).collect();
    let locales = [locale];
    let mut all = MultiSearchQuery::new(client);
    for (((asked, filter), text), attributes) in call.queries.iter().zip(&texts).zip(&attributes) {
        let mut query = ToServer::new(&of_index);
        query.with_query(text).with_attributes_to_retrieve(Selectors::Some(&retrieved));
        query.with_matching_strategy(MatchingStrategies::ALL).with_locales(&locales);
        if let Some(filter) = filter {
            query.with_filter(filter);
        }
        if !attributes.is_empty() {
            query.with_attributes_to_search_on(attributes);
        }
        all.with_search_query_and_weight(query, asked.weight);
    }
    let counted = call.facets.iter().map(|field| field.as_str().to_owned()).collect::<Vec<_>>();
    let counts = !counted.is_empty();
    let federation = FederationOptions {
        offset: Some(call.offset),
        limit: Some(call.limit),
        facets_by_index: counts.then(|| HashMap::from([(index.to_owned(), counted)])),
        merge_facets: counts.then_some(MergeFacets { max_values_per_facet: None }),
        show_performance_details: None,
    };
    all.with_federation(federation).execute::<hits::Fields>().await
}

/// Takes the server's counts in.
fn count(
    told: HashMap<String, HashMap<String, usize>>,
    facets: &mut BTreeMap<FacetField, BTreeMap<String, u64>>,
) {
    for (name, counts) in told {
        if let Some(of_field) = FacetField::parse(&name).and_then(|field| facets.get_mut(&field)) {
            of_field.extend(
                counts.into_iter().map(|(value, count)| (keyword_of(&value).to_owned(), count as u64)),
            );
        }
    }
}
