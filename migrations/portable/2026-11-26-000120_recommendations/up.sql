-- Enterprises recommended to banks and guarantors: bank + chamber + merchant (银行+商会+商户). Size, credit status and result
-- are words of seeds/reference/recommendation-words.toml.
CREATE TABLE recommendations (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    county TEXT NOT NULL,
    enterprise TEXT NOT NULL,
    uscc TEXT,
    size TEXT NOT NULL,
    chamber_id TEXT REFERENCES chambers (id),
    recipient_kind TEXT NOT NULL CHECK (recipient_kind IN ('bank', 'guarantor')),
    recipient TEXT NOT NULL,
    need_fen BIGINT NOT NULL,
    credit TEXT NOT NULL,
    sent_on DATE,
    result TEXT,
    result_on DATE,
    note TEXT,
    version BIGINT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX recommendations_code ON recommendations (code);
CREATE INDEX recommendations_county ON recommendations (county, id);
CREATE INDEX recommendations_chamber ON recommendations (chamber_id, id);
