CREATE TABLE chambers (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('local', 'other_city', 'industry', 'abroad')),
    region TEXT,
    contact_person TEXT,
    phone_encrypted TEXT,
    note TEXT,
    status TEXT NOT NULL CHECK (status IN ('active', 'review', 'inactive')),
    version BIGINT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX chambers_code ON chambers (code);
CREATE UNIQUE INDEX chambers_name ON chambers (name);
CREATE INDEX chambers_updated_at ON chambers (updated_at, id);
CREATE INDEX chambers_status ON chambers (status, name);

CREATE TABLE referrers (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'enterprise', 'team', 'agency', 'townsman')),
    region TEXT,
    contact_person TEXT,
    phone_encrypted TEXT,
    note TEXT,
    status TEXT NOT NULL CHECK (status IN ('active', 'review', 'inactive')),
    version BIGINT NOT NULL,
    created_by TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX referrers_code ON referrers (code);
CREATE INDEX referrers_name ON referrers (name);
CREATE INDEX referrers_updated_at ON referrers (updated_at, id);
CREATE INDEX referrers_status ON referrers (status, name);

CREATE TABLE companies (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    -- The name split by the same-company rule: its core, and the region in front of it ('' when none).
    name_core TEXT NOT NULL,
    name_region TEXT NOT NULL,
    uscc TEXT,
    origin TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX companies_name_core ON companies (name_core);
CREATE UNIQUE INDEX companies_uscc ON companies (uscc);
