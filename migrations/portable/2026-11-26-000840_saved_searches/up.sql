-- Searches that somebody keeps, his own or shared with his unit; who wishes to be told when one finds something new; and
-- the leads that were found for him.
CREATE TABLE saved_searches (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    -- As the address of a search says it: q=…&county=…
    query TEXT NOT NULL,
    is_shared BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX saved_searches_owner ON saved_searches (owner_id, id);
CREATE TABLE saved_search_subscriptions (
    search_id TEXT NOT NULL REFERENCES saved_searches (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    -- Role, region and chamber in which he wished it; in another he must wish it again.
    capacity TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    -- What it found then is written down; else only leads registered since are new.
    knows_all BOOLEAN NOT NULL,
    -- When he last looked at what was new.
    seen_at TIMESTAMP,
    PRIMARY KEY (search_id, user_id)
);
CREATE INDEX saved_search_subscriptions_user ON saved_search_subscriptions (user_id, search_id);
-- A lead is found once for each who wishes it: what was known at the time of the wish was seen from the beginning.
CREATE TABLE saved_search_matches (
    id TEXT PRIMARY KEY NOT NULL,
    search_id TEXT NOT NULL REFERENCES saved_searches (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    lead_id TEXT NOT NULL REFERENCES leads (id),
    found_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP
);
CREATE UNIQUE INDEX saved_search_matches_once ON saved_search_matches (search_id, user_id, lead_id);
-- What is new is little, and asked for on every first page.
CREATE INDEX saved_search_matches_new ON saved_search_matches (user_id, id) WHERE seen_at IS NULL;
