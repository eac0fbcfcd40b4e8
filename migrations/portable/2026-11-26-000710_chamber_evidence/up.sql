-- What counts as evidence of a chamber is added up out of indexes that hold all that is asked.
DROP INDEX leads_chamber_registered;
CREATE INDEX leads_chamber_registered ON leads (source_chamber_id, registered_on, id, stage, status, closure_kind,
    deleted_at) WHERE source_chamber_id IS NOT NULL;
CREATE INDEX follow_ups_kind ON follow_ups (kind, at, lead_id);
CREATE INDEX questions_due ON questions (due_on, chamber_id, lead_id, answered_at);
-- What the bureau counts a figure for, if it counts: the latest row holds.
CREATE TABLE chamber_weights (
    id TEXT PRIMARY KEY NOT NULL,
    weights TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
-- Sheets of evidence that the federation confirmed, as they were on that day.
CREATE TABLE chamber_evidence (
    id TEXT PRIMARY KEY NOT NULL,
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    sheet TEXT NOT NULL,
    note TEXT,
    confirmed_by TEXT NOT NULL REFERENCES users (id),
    confirmed_at TIMESTAMP NOT NULL,
    revoked_by TEXT REFERENCES users (id),
    revoked_at TIMESTAMP,
    revocation_reason TEXT,
    CHECK (from_on <= to_on),
    CHECK ((revoked_by IS NULL) = (revoked_at IS NULL) AND (revoked_by IS NULL) = (revocation_reason IS NULL))
);
CREATE INDEX chamber_evidence_chamber ON chamber_evidence (chamber_id, id);
-- One that holds for a period.
CREATE UNIQUE INDEX chamber_evidence_confirmed ON chamber_evidence (chamber_id, from_on, to_on)
    WHERE revoked_at IS NULL;
