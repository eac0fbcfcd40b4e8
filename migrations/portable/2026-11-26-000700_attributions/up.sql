-- How chambers share the credit for a lead, where there are several; else all of it is the source chamber's.
CREATE TABLE attribution_shares (
    lead_id TEXT NOT NULL REFERENCES leads (id),
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    share_bp BIGINT NOT NULL CHECK (share_bp >= 1 AND share_bp <= 9999),
    PRIMARY KEY (lead_id, chamber_id)
);
CREATE INDEX attribution_shares_chamber ON attribution_shares (chamber_id, lead_id);
-- Changes of it: agreed on by every chamber that gains or loses, or decided by the bureau. They stay on record.
CREATE TABLE attribution_changes (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id),
    shares_before TEXT NOT NULL,
    shares_after TEXT NOT NULL,
    reason TEXT,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    outcome TEXT CHECK (outcome IN ('agreed', 'decided', 'refused', 'withdrawn')),
    outcome_reason TEXT,
    closed_by TEXT REFERENCES users (id),
    closed_at TIMESTAMP,
    CHECK ((outcome IS NULL) = (closed_by IS NULL) AND (outcome IS NULL) = (closed_at IS NULL))
);
CREATE INDEX attribution_changes_lead ON attribution_changes (lead_id, id);
-- One at a time.
CREATE UNIQUE INDEX attribution_changes_waiting ON attribution_changes (lead_id) WHERE outcome IS NULL;
-- The chambers that gain or lose by a change, and what they say of it.
CREATE TABLE attribution_consents (
    change_id TEXT NOT NULL REFERENCES attribution_changes (id),
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    agrees BOOLEAN,
    reason TEXT,
    by_user TEXT REFERENCES users (id),
    at TIMESTAMP,
    PRIMARY KEY (change_id, chamber_id),
    CHECK ((agrees IS NULL) = (by_user IS NULL) AND (agrees IS NULL) = (at IS NULL))
);
CREATE INDEX attribution_consents_chamber ON attribution_consents (chamber_id, change_id);
