-- What holds of a chamber for a time: its terms, officers, members, agreements, recognitions, service points. What
-- each kind has of these columns is a rule (src/chambers/entries/rules.rs); posts, labels and the like are words of
-- seeds/reference/chamber-words.toml.
CREATE TABLE chamber_entries (
    id TEXT PRIMARY KEY NOT NULL,
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    kind TEXT NOT NULL CHECK (kind IN ('term', 'officer', 'member', 'agreement', 'recognition', 'service_point')),
    word TEXT,
    name TEXT NOT NULL,
    uscc TEXT,
    region TEXT,
    address TEXT,
    party TEXT,
    contact_person TEXT,
    phone_encrypted TEXT,
    from_on DATE,
    to_on DATE,
    note TEXT
);
CREATE INDEX chamber_entries_chamber ON chamber_entries (chamber_id, id);
CREATE INDEX chamber_entries_to_on ON chamber_entries (to_on, chamber_id);
