-- Promotion and matchmaking events and resident campaigns, and who was invited and came. The key opens the check-in of a
-- guest's own phone, on the event's days only. Whoever checked in by himself has nobody in checked_in_by, and whom
-- nobody invited has nobody in invited_by.
CREATE TABLE events (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('promotion', 'matchmaking', 'campaign')),
    title TEXT NOT NULL,
    county TEXT,
    place TEXT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    programme TEXT,
    host_chamber_id TEXT REFERENCES chambers (id),
    cost_fen BIGINT,
    outcome TEXT,
    status TEXT NOT NULL CHECK (status IN ('planned', 'held', 'cancelled')),
    cancellation_reason TEXT,
    check_in_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX events_code ON events (code);
CREATE UNIQUE INDEX events_check_in_key ON events (check_in_key);
CREATE INDEX events_from ON events (from_on, id);
CREATE INDEX events_county ON events (county, from_on, id);
CREATE INDEX events_host ON events (host_chamber_id);
CREATE TABLE attendees (
    id TEXT PRIMARY KEY NOT NULL,
    event_id TEXT NOT NULL REFERENCES events (id),
    chamber_id TEXT REFERENCES chambers (id),
    company TEXT,
    name TEXT NOT NULL,
    post TEXT,
    invited_by TEXT REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    attended_at TIMESTAMP,
    checked_in_by TEXT REFERENCES users (id)
);
CREATE INDEX attendees_event ON attendees (event_id, id);
CREATE INDEX attendees_chamber ON attendees (chamber_id, event_id);
