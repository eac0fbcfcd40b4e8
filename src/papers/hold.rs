//! What of a paper stays with its signatures, where they would stand on a page by themselves.

use super::{Paper, Part};

/// So many rows are no table to be left without its last one.
const FEW_ROWS: usize = 2;

/// What goes to a new page with the signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    Nothing,
    /// The last row before them.
    Row,
    /// The part before them, with its heading.
    Block,
}

/// Of a long table its last row: the page that it leaves stays full.
pub fn held(paper: &Paper) -> Hold {
    let rows = match signed_part(paper).and_then(|at| paper.parts.get(at)) {
        Some(Part::Rows(rows)) => rows.rows.len(),
        Some(Part::Facts(facts)) => facts.len(),
        _ => 0,
    };
    if rows > FEW_ROWS { Hold::Row } else { Hold::Block }
}

/// Where the part stands that the signatures follow.
pub fn signed_part(paper: &Paper) -> Option<usize> {
    let signed = paper.parts.iter().rposition(|part| matches!(part, Part::Signatures(_)))?;
    signed.checked_sub(1)
}

/// Where the block of a part begins: with its heading.
pub fn block_of(paper: &Paper, at: usize) -> usize {
    match at.checked_sub(1).and_then(|before| paper.parts.get(before)) {
        Some(Part::Heading(_)) => at - 1,
        _ => at,
    }
}
