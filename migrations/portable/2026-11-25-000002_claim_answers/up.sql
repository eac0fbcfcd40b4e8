-- The bureau's answer to a later claim.
ALTER TABLE later_claims ADD COLUMN decision TEXT CHECK (decision IN ('shared', 'handed_on', 'declined'));
ALTER TABLE later_claims ADD COLUMN answer TEXT;
ALTER TABLE later_claims ADD COLUMN answered_by TEXT REFERENCES users (id);
ALTER TABLE later_claims ADD COLUMN answered_at TIMESTAMP;
CREATE INDEX later_claims_due ON later_claims (answer_due_on, id);
