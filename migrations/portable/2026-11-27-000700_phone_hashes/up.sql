-- A contact's numbers beside the first, and those of the registers, are found like the first: whole, by their keyed hash.
-- The key is the program's, so a number that was kept before gets its hash when it is entered or changed the next time.
CREATE TABLE contact_phones (
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    PRIMARY KEY (lead_id, hash)
);
CREATE INDEX contact_phones_hash ON contact_phones (hash, lead_id);

ALTER TABLE chambers ADD COLUMN phone_hash TEXT;
CREATE INDEX chambers_phone ON chambers (phone_hash) WHERE phone_hash IS NOT NULL;
ALTER TABLE chamber_entries ADD COLUMN phone_hash TEXT;
CREATE INDEX chamber_entries_phone ON chamber_entries (phone_hash) WHERE phone_hash IS NOT NULL;
ALTER TABLE referrers ADD COLUMN phone_hash TEXT;
CREATE INDEX referrers_phone ON referrers (phone_hash) WHERE phone_hash IS NOT NULL;
