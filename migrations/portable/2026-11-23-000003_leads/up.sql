CREATE TABLE leads (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    company_id TEXT NOT NULL REFERENCES companies (id),
    -- As this lead's report wrote it; the company may be known under another spelling.
    investor_name TEXT NOT NULL,
    county TEXT NOT NULL,
    park TEXT,
    industry TEXT NOT NULL,
    industry_class TEXT,
    content TEXT,
    total_investment_fen BIGINT CHECK (total_investment_fen >= 0),
    fixed_investment_fen BIGINT CHECK (fixed_investment_fen >= 0),
    land_mu DOUBLE PRECISION CHECK (land_mu >= 0),
    factory_m2 DOUBLE PRECISION CHECK (factory_m2 >= 0),
    jobs BIGINT CHECK (jobs >= 0),
    factor_needs TEXT,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('chamber', 'referrer', 'townsman', 'enterprise', 'station',
        'exhibition', 'event', 'enclave', 'self', 'superior')),
    source_chamber_id TEXT REFERENCES chambers (id),
    source_referrer_id TEXT REFERENCES referrers (id),
    source_enterprise_id TEXT REFERENCES companies (id),
    source_event_id TEXT,
    source_note TEXT,
    stage TEXT NOT NULL CHECK (stage IN ('new', 'assessment', 'negotiation', 'site_visit', 'framework', 'contract')),
    status TEXT NOT NULL CHECK (status IN ('active', 'on_hold', 'closed', 'merged')),
    priority TEXT NOT NULL CHECK (priority IN ('normal', 'key')),
    hold_reason TEXT,
    hold_until DATE,
    closure_kind TEXT CHECK (closure_kind IN ('land', 'energy', 'environment', 'funding', 'policy_terms', 'market',
        'elsewhere', 'lost_contact', 'negative_list', 'duplicate', 'other')),
    closure_reason TEXT,
    closed_at TIMESTAMP,
    officer_id TEXT REFERENCES users (id),
    leader_id TEXT REFERENCES users (id),
    -- Names from a ledger that are no user's.
    officer_name TEXT,
    leader_name TEXT,
    registered_on DATE NOT NULL,
    received_at TIMESTAMP NOT NULL,
    next_follow_up_on DATE,
    -- Not set sorts after every date.
    next_follow_up_order DATE NOT NULL GENERATED ALWAYS AS (coalesce(next_follow_up_on, '9999-12-31')) STORED,
    -- Not known sorts below every amount.
    total_investment_order BIGINT NOT NULL GENERATED ALWAYS AS (coalesce(total_investment_fen, -1)) STORED,
    remark TEXT,
    -- Columns of a ledger that matched nothing: [["header", "value"], …].
    extra TEXT NOT NULL,
    duplicate_reason TEXT,
    import_id TEXT,
    created_by TEXT NOT NULL REFERENCES users (id),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP
);
CREATE UNIQUE INDEX leads_code ON leads (code);
CREATE INDEX leads_company ON leads (company_id);
CREATE INDEX leads_registered_on ON leads (registered_on, id);
CREATE INDEX leads_next_follow_up ON leads (next_follow_up_order, id);
CREATE INDEX leads_total_investment ON leads (total_investment_order, id);
CREATE INDEX leads_updated_at ON leads (updated_at, id);
CREATE INDEX leads_status_follow_up ON leads (status, next_follow_up_order, id);
CREATE INDEX leads_county_registered ON leads (county, registered_on, id);
CREATE INDEX leads_county_follow_up ON leads (county, status, next_follow_up_order, id);
CREATE INDEX leads_county_updated ON leads (county, updated_at, id);
CREATE INDEX leads_leader_follow_up ON leads (leader_id, next_follow_up_order, id);
CREATE INDEX leads_officer_follow_up ON leads (officer_id, status, next_follow_up_order, id);
CREATE INDEX leads_chamber_registered ON leads (source_chamber_id, registered_on, id);
CREATE INDEX leads_referrer ON leads (source_referrer_id);
CREATE INDEX leads_stage ON leads (stage, registered_on, id);
CREATE INDEX leads_import ON leads (import_id);
CREATE INDEX leads_created_by ON leads (created_by);

CREATE TABLE contacts (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    post TEXT,
    -- The contact's own key, encrypted with the program's. Without it nothing personal can be read again.
    key_encrypted TEXT,
    phone_encrypted TEXT,
    other_phones_encrypted TEXT,
    phone_hash TEXT,
    email_encrypted TEXT,
    wechat_encrypted TEXT,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX contacts_lead ON contacts (lead_id);
CREATE INDEX contacts_phone_hash ON contacts (phone_hash);
CREATE INDEX contacts_name ON contacts (name);

CREATE TABLE stage_changes (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    reason TEXT,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX stage_changes_lead ON stage_changes (lead_id, at);

-- Closure, hold, and their ends.
CREATE TABLE status_changes (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    closure_kind TEXT,
    hold_until DATE,
    reason TEXT,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX status_changes_lead ON status_changes (lead_id, at);

CREATE TABLE assignments (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    from_county TEXT NOT NULL,
    to_county TEXT NOT NULL,
    from_officer_id TEXT REFERENCES users (id),
    to_officer_id TEXT REFERENCES users (id),
    from_leader_id TEXT REFERENCES users (id),
    to_leader_id TEXT REFERENCES users (id),
    reason TEXT,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX assignments_lead ON assignments (lead_id, at);

-- Counties that handed a lead on (流转): they go on seeing it and share its credit.
CREATE TABLE handovers (
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    county TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, lead_id)
);
CREATE INDEX handovers_lead ON handovers (lead_id);

CREATE TABLE follow_ups (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('call', 'visit_out', 'visit_in', 'negotiation', 'event', 'message', 'other')),
    at TIMESTAMP NOT NULL,
    ours TEXT,
    theirs TEXT,
    content TEXT NOT NULL,
    next_step TEXT,
    next_on DATE,
    by_user TEXT NOT NULL REFERENCES users (id),
    by_chamber_id TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX follow_ups_lead ON follow_ups (lead_id, at);
CREATE INDEX follow_ups_by_user ON follow_ups (by_user, created_at);

-- A liaison's report of what is already registered: kept as a later claim to the credit.
CREATE TABLE later_claims (
    id TEXT PRIMARY KEY NOT NULL,
    lead_id TEXT NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
    chamber_id TEXT NOT NULL REFERENCES chambers (id),
    report_encrypted TEXT NOT NULL,
    answer_due_on DATE NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX later_claims_lead ON later_claims (lead_id, at);
CREATE INDEX later_claims_chamber ON later_claims (chamber_id, at);
