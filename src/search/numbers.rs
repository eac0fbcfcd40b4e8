//! Phone numbers among the words that were typed: found by their keyed hash, whole, and by who may see them.

use crate::accounts::Actor;
use crate::app::App;
use crate::contacts::model::phone_hash;
use crate::contacts::queries::leads_with_phone;
use crate::db::AnyConn;
use crate::imports::ledger::cells;
use crate::imports::ledger::sheet::Cell;
use crate::leads::forms::normal_phone;
use crate::leads::model::Lead;
use crate::leads::policy::may_reveal;
use crate::leads::queries::visible_to;
use crate::reference::folded;
use crate::schema::leads;
use crate::search::fields::LeadField;
use crate::search::records::phones::having;
use crate::search::tokens::pieces::pieces;
use diesel::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Pieces that one number may be written in: `+86 (0777) 222 3333`.
const MOST_PIECES: usize = 5;
/// So many numbers are looked up for one text.
const MOST_LOOKUPS: usize = 16;

/// What was typed without the phone numbers in it that the asker may look for, and the hashes of these. Where there is
/// none, the text is as it was.
pub fn apart(conn: &mut AnyConn, app: &App, actor: &Actor, text: &str) -> QueryResult<(String, Vec<String>)> {
    let plain: String = text.nfkc().collect();
    if !plain.contains(|c: char| c.is_ascii_digit()) {
        return Ok((text.to_owned(), Vec::new()));
    }
    let mut numbers = Numbers { conn, app, actor, left: MOST_LOOKUPS, hashes: Vec::new() };
    let typed = pieces(&plain);
    let (mut rest, mut at) = (Vec::new(), 0);
    while let Some(piece) = typed.get(at) {
        let of_number = |at: &usize| {
            typed.get(*at).is_some_and(|piece| !piece.unwanted && piece.text.chars().all(is_of_phone))
        };
        let most = (at..at + MOST_PIECES).take_while(of_number).count();
        let mut taken = 0;
        for count in (1..=most).rev() {
            let together: Vec<&str> = typed[at..at + count].iter().map(|piece| piece.text).collect();
            if numbers.take(&together.join(" "))? {
                taken = count;
                break;
            }
        }
        if taken == 0 {
            match piece.unwanted {
                true => rest.push(piece.typed.to_owned()),
                false => rest.extend(numbers.within(piece.text, piece.typed)?),
            }
        }
        at += taken.max(1);
    }
    let hashes = numbers.hashes;
    if hashes.is_empty() {
        return Ok((text.to_owned(), hashes));
    }
    // What only says that a number follows, and signs that are left over, are no words.
    let labels = &app.search_settings.filters.phone;
    let is_word = |text: &String| {
        let bare = folded(text.trim_matches(|c: char| !c.is_alphanumeric()));
        !bare.is_empty() && !labels.contains(&bare)
    };
    rest.retain(is_word);
    Ok((rest.join(" "), hashes))
}

/// What a number may be written with.
fn is_of_phone(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '转')
}

/// Numbers that were looked up.
struct Numbers<'a> {
    conn: &'a mut AnyConn,
    app: &'a App,
    actor: &'a Actor,
    /// More are not looked up.
    left: usize,
    hashes: Vec<String>,
}

impl Numbers<'_> {
    /// What is left of a piece without the numbers in it, `电话12000000071，`; the whole piece as typed where none is.
    fn within(&mut self, text: &str, typed: &str) -> QueryResult<Vec<String>> {
        let chars: Vec<char> = text.chars().collect();
        let (mut rest, mut before, mut found) = (Vec::new(), None, false);
        let mut runs = chars.chunk_by(|a, b| is_of_phone(*a) == is_of_phone(*b)).peekable();
        while let Some(run) = runs.next() {
            let part: String = run.iter().collect();
            // Digits within letters are a code's.
            let behind = runs.peek().and_then(|next| next.first());
            let in_code = before.into_iter().chain(behind).any(char::is_ascii_alphanumeric);
            before = run.last();
            let number = part.trim_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '('));
            let number = number.trim_end_matches(['+', '(']);
            if run.first().is_some_and(|c| is_of_phone(*c)) && !in_code && self.take(number)? {
                found = true;
            } else {
                rest.push(part);
            }
        }
        Ok(if found { rest } else { vec![typed.to_owned()] })
    }

    /// Whether this is a number that the asker may look for: that of a lead, a chamber or a referrer which he may have its
    /// number shown of. A search must not confirm what a page masks.
    fn take(&mut self, text: &str) -> QueryResult<bool> {
        // A form and a ledger may have kept the same number differently: a foreign country's code, an extension.
        let of_ledger = cells::phone::read(&Cell::Text(text.to_owned()), self.app.reference.values());
        let of_ledger = of_ledger.ok().flatten().filter(|read| read.others.is_empty()).map(|read| read.phone);
        for phone in normal_phone(text).into_iter().chain(of_ledger) {
            if self.left == 0 {
                return Ok(false);
            }
            self.left -= 1;
            let hash = phone_hash(self.app.tools().keys, &phone);
            if self.is_of_a_lead(&hash)? || !having(self.conn, self.app, self.actor, &hash)?.is_empty() {
                self.hashes.push(hash);
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_of_a_lead(&mut self, hash: &str) -> QueryResult<bool> {
        let shows = self.app.search_settings.fields_of(self.actor.role.as_str()).has(LeadField::ContactName);
        if !shows {
            return Ok(false);
        }
        let ids = leads_with_phone(self.conn, hash)?;
        let leads: Vec<Lead> =
            visible_to(self.actor).filter(leads::id.eq_any(ids)).select(Lead::as_select()).load(self.conn)?;
        Ok(leads.iter().any(|lead| may_reveal(self.actor, lead)))
    }
}
