-- People of the home region elsewhere who agreed to be listed (乡贤). What tells who somebody is lies in one text, sealed
-- under a key of the row; on removal key and text go, and of the row only that there was one stays.
CREATE TABLE townsmen (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    home TEXT,
    key_encrypted TEXT,
    details_encrypted TEXT,
    chamber_id TEXT REFERENCES chambers (id),
    referrer_id TEXT REFERENCES referrers (id),
    consent_on DATE NOT NULL,
    review_due_on DATE NOT NULL,
    removed_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX townsmen_code ON townsmen (code);
CREATE INDEX townsmen_home ON townsmen (home);
CREATE INDEX townsmen_chamber ON townsmen (chamber_id);
CREATE INDEX townsmen_referrer ON townsmen (referrer_id);
