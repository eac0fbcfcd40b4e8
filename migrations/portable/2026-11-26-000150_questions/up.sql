-- What the bureau or a county asks the chamber that a lead came from, and its liaison's answer.
CREATE TABLE questions (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id),
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    text TEXT NOT NULL,
    due_on DATE NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    answer TEXT,
    answered_by TEXT REFERENCES users (id),
    answered_at TIMESTAMP,
    CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
);
CREATE INDEX questions_lead ON questions (lead_id, id);
CREATE INDEX questions_chamber ON questions (chamber_id, id);
-- What waits is little, and looked for on every first page.
CREATE INDEX questions_waiting ON questions (lead_id, due_on) WHERE answered_at IS NULL;
-- Leads of chambers that nobody judged yet: those past the promised day stand first.
CREATE INDEX leads_unanswered ON leads (received_at, id)
    WHERE source_chamber_id IS NOT NULL AND stage = 'new' AND status = 'active' AND deleted_at IS NULL;
