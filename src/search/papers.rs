//! What papers say, as one text of the index: each paper under its name, so that a hit says in which one it stands.

use super::document::AttachedText;
use super::highlight::{escape, marked as marked_in};
use super::settings::FieldKind;
use super::tokens::{Language, Pattern};

/// Behind the name of a paper, and behind what it says: no match spans either.
const BEHIND_NAME: char = '\u{1d}';
const BEHIND_PAPER: char = '\u{1c}';

/// A text is looked through in parts of so many bytes, which overlap by what a match may take: all before the first match
/// is read, and nothing behind it.
const PART: usize = 6_000;
const OVERLAP: usize = 300;

/// The papers as one text of at most `most` characters, names apart. Each gets the same share of them, and what one
/// leaves goes to the others.
pub(in crate::search) fn joined(papers: &[AttachedText], most: usize) -> String {
    let lengths: Vec<usize> = papers.iter().map(|paper| paper.text.chars().count()).collect();
    let mut text = String::new();
    for (paper, share) in papers.iter().zip(shares(&lengths, most)) {
        text.push_str(&paper.file_name);
        text.push(BEHIND_NAME);
        let end = paper.text.char_indices().nth(share).map_or(paper.text.len(), |(at, _)| at);
        text.push_str(&paper.text[..end]);
        text.push(BEHIND_PAPER);
    }
    text
}

/// How much each may take of what is there for all: none more than it needs, and none less than an equal share.
fn shares(needs: &[usize], mut left: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by_key(|at| needs[*at]);
    let mut shares = vec![0; needs.len()];
    for (done, at) in order.into_iter().enumerate() {
        shares[at] = needs[at].min(left / (needs.len() - done));
        left -= shares[at];
    }
    shares
}

/// The first paper in which a word stands, and the words around it: `合同.pdf · …新<em>能源</em>项目…`, as HTML.
pub(in crate::search) fn marked(text: &str, words: &[Vec<Pattern>], language: &Language) -> Option<String> {
    text.split(BEHIND_PAPER).filter_map(|paper| paper.split_once(BEHIND_NAME)).find_map(|(name, said)| {
        let in_name = marked_in(name, FieldKind::Name, words, language);
        let in_text = parts(said).find_map(|part| marked_in(part, FieldKind::Text, words, language));
        let name = match (in_name, &in_text) {
            (None, None) => return None,
            (Some(name), _) => name,
            (None, Some(_)) => escaped(name),
        };
        Some(match in_text {
            Some(text) => format!("{name} · {text}"),
            None => name,
        })
    })
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

/// The text in parts, cut between characters.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let end = text.floor_char_boundary(start + PART);
        let part = &text[start..end];
        start = if end == text.len() { end } else { text.floor_char_boundary(end - OVERLAP) };
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_paper_leaves_goes_to_the_others() {
        for (needs, most, shares) in [
            (vec![5, 5], 20, vec![5, 5]),
            (vec![100, 100], 20, vec![10, 10]),
            (vec![100, 4], 20, vec![16, 4]),
            (vec![4, 100, 100], 20, vec![4, 8, 8]),
            (vec![1, 0, 9], 2, vec![1, 0, 1]),
            (vec![], 2, vec![]),
        ] {
            assert_eq!(super::shares(&needs, most), shares, "{needs:?}");
        }
    }

    #[test]
    fn parts_cover_a_text_and_overlap() {
        let text = "招商引资".repeat(1_500);
        let parts: Vec<&str> = parts(&text).collect();
        assert!(parts.len() > 2 && parts.iter().all(|part| part.len() <= PART));
        assert!(text.starts_with(parts[0]) && text.ends_with(parts[parts.len() - 1]));
        let total: usize = parts.iter().map(|part| part.len()).sum();
        assert!(total >= text.len() + (parts.len() - 1) * (OVERLAP - 3));
        assert_eq!(super::parts("").count(), 0);
    }
}
