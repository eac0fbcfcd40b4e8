-- Notices (通知) of the bureau to the liaisons of chambers: to all of them, to those of some kinds, or of chosen ones; and
-- who read which edition of one. A notice is never deleted, but retracted with a reason.
CREATE TABLE notices (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('all', 'kinds', 'chosen')),
    from_on DATE NOT NULL,
    until_on DATE,
    -- Which one has to be read: the next one when an edit is to be read again.
    edition BIGINT NOT NULL,
    retracted_at TIMESTAMP,
    retraction_reason TEXT,
    version BIGINT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE notice_kinds (
    notice_id TEXT NOT NULL REFERENCES notices (id),
    kind TEXT NOT NULL CHECK (kind IN ('local', 'other_city', 'industry', 'abroad')),
    PRIMARY KEY (notice_id, kind)
);
CREATE TABLE notice_chambers (
    notice_id TEXT NOT NULL REFERENCES notices (id),
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    PRIMARY KEY (notice_id, chamber_id)
);
CREATE INDEX notice_chambers_chamber ON notice_chambers (chamber_id, notice_id);
-- With the chamber that the reader was of.
CREATE TABLE notice_readings (
    notice_id TEXT NOT NULL REFERENCES notices (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    edition BIGINT NOT NULL,
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (notice_id, user_id, edition)
);
CREATE INDEX notice_readings_chamber ON notice_readings (chamber_id, notice_id);
