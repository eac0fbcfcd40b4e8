//! What a wide search found when somebody wished to be told: one text for all of it, of eight bytes a lead.

use crate::search::stored::tie;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Leads by their numbers, which of any two that there are differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownLeads {
    /// Ascending.
    numbers: Vec<u64>,
}

impl KnownLeads {
    pub fn of<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let mut numbers: Vec<u64> = ids.map(tie).collect();
        numbers.sort_unstable();
        KnownLeads { numbers }
    }

    /// As it was written; of another text there is nothing.
    pub fn parse(text: &str) -> Self {
        let bytes = STANDARD.decode(text).unwrap_or_default();
        let (numbers, _) = bytes.as_chunks::<8>();
        KnownLeads { numbers: numbers.iter().map(|bytes| u64::from_be_bytes(*bytes)).collect() }
    }

    pub fn to_text(&self) -> String {
        let bytes: Vec<u8> = self.numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
        STANDARD.encode(bytes)
    }

    pub fn has(&self, id: &str) -> bool {
        self.numbers.binary_search(&tie(id)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let ids = ["0199-b", "0199-a", "0199-c"];
        let known = KnownLeads::of(ids.into_iter());
        let read = KnownLeads::parse(&known.to_text());
        assert_eq!(read, known);
        assert!(ids.into_iter().all(|id| read.has(id)) && !read.has("0199-d"));
        assert_eq!(KnownLeads::parse("?"), KnownLeads::default());
    }
}
