//! Spellings one slip away.

/// Words shorter than this are not guessed at: too much lies one slip away.
pub const SHORTEST: usize = 4;

/// Every spelling of lower-case letters that is one slip away: a letter missing, doubled or foreign, another
/// letter, two letters swapped.
pub fn near(letters: &str) -> impl Iterator<Item = String> {
    let bytes = letters.as_bytes();
    let without = (0..bytes.len()).map(|i| [&bytes[..i], &bytes[i + 1..]].concat());
    let swapped = (1..bytes.len()).map(|i| {
        let mut copy = bytes.to_vec();
        copy.swap(i - 1, i);
        copy
    });
    let other = (0..bytes.len())
        .flat_map(move |i| (b'a'..=b'z').map(move |c| [&bytes[..i], &[c], &bytes[i + 1..]].concat()));
    let with = (0..=bytes.len())
        .flat_map(move |i| (b'a'..=b'z').map(move |c| [&bytes[..i], &[c], &bytes[i..]].concat()));
    let all = without.chain(swapped).chain(other).chain(with);
    all.filter_map(|bytes| String::from_utf8(bytes).ok()).filter(move |near| near != letters)
}

/// Whether `typed` is one slip or less away from `word`.
pub fn is_near(typed: &str, word: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let rest =
        |a: &[char], b: &[char], i: usize, j: usize| a.get(i..).unwrap_or(&[]) == b.get(j..).unwrap_or(&[]);
    let swapped = a.len() >= 2 && b.len() >= 2 && a[0] == b[1] && a[1] == b[0] && rest(a, b, 2, 2);
    rest(a, b, 1, 1) || rest(a, b, 1, 0) || rest(a, b, 0, 1) || swapped
}

/// Whether `typed` is one slip or less away from the word or from its beginning.
pub fn begins_near(typed: &str, word: &str) -> bool {
    let length = typed.chars().count();
    let beginning = |count: usize| word.chars().take(count).collect::<String>();
    is_near(typed, word)
        || (length.saturating_sub(1)..=length + 1).any(|count| is_near(typed, &beginning(count)))
}
