//! Full-text search over leads: one trait, an embedded engine, fed by the outbox.
