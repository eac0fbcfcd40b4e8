CREATE TABLE audit_entries (
    id TEXT PRIMARY KEY NOT NULL,
    at TIMESTAMP NOT NULL,
    -- Empty when the program itself acted.
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    -- {"field": {"from": …, "to": …}}; personal fields hold ciphertext under the contact's own key.
    differences TEXT NOT NULL,
    reason TEXT,
    address TEXT,
    request_id TEXT,
    seal_id TEXT
);
CREATE INDEX audit_entries_subject ON audit_entries (subject_kind, subject_id, at);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, action, at);
CREATE INDEX audit_entries_at ON audit_entries (at, id);
CREATE INDEX audit_entries_seal ON audit_entries (seal_id, id);

-- A seal covers a batch of committed entries and chains to the seal before it.
CREATE TABLE audit_seals (
    id TEXT PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL,
    from_entry TEXT NOT NULL,
    to_entry TEXT NOT NULL,
    entries BIGINT NOT NULL,
    hash TEXT NOT NULL,
    previous TEXT NOT NULL,
    sealed_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX audit_seals_number ON audit_seals (number);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY NOT NULL,
    topic TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    available_at TIMESTAMP NOT NULL,
    claimed_until TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX outbox_available ON outbox (topic, available_at, id);

-- What the program remembers between starts, and what one process asks of another.
CREATE TABLE flags (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
