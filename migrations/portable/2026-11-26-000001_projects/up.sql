CREATE TABLE projects (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    lead_id TEXT REFERENCES leads (id),
    title TEXT NOT NULL,
    company_id TEXT NOT NULL REFERENCES companies (id),
    -- As this project's papers write it; the company may be known under another spelling.
    investor_name TEXT NOT NULL,
    -- 项目公司: the company that was founded for the project.
    project_company TEXT,
    county TEXT NOT NULL,
    park TEXT,
    industry TEXT NOT NULL,
    industry_class TEXT,
    -- Found to be upstream or downstream of one of the four industries, and why.
    supporting_project BOOLEAN NOT NULL,
    supporting_finding TEXT,
    content TEXT,
    total_investment_fen BIGINT CHECK (total_investment_fen >= 0),
    fixed_investment_fen BIGINT CHECK (fixed_investment_fen >= 0),
    land_mu DOUBLE PRECISION CHECK (land_mu >= 0),
    factory_m2 DOUBLE PRECISION CHECK (factory_m2 >= 0),
    jobs BIGINT CHECK (jobs >= 0),
    -- 备案代码
    filing_code TEXT,
    key_basis TEXT CHECK (key_basis IN ('amount', 'plan_list', 'head')),
    key_reason TEXT,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('chamber', 'referrer', 'townsman', 'enterprise', 'station',
        'exhibition', 'event', 'enclave', 'self', 'superior')),
    source_chamber_id TEXT REFERENCES chambers (id),
    source_referrer_id TEXT REFERENCES referrers (id),
    source_enterprise_id TEXT REFERENCES companies (id),
    source_note TEXT,
    leader_id TEXT REFERENCES users (id),
    officer_id TEXT REFERENCES users (id),
    -- Names from a ledger that are no user's.
    leader_name TEXT,
    officer_name TEXT,
    -- 责任单位
    unit TEXT,
    entered_on DATE,
    withdrawn_on DATE,
    withdrawal_reason TEXT,
    -- Enclave (飞地): registered in the zone for this county, and on whose land.
    enclave_county TEXT,
    land_use TEXT CHECK (land_use IN ('none', 'zone', 'county')),
    progress TEXT,
    problems TEXT,
    coordination TEXT,
    next_step TEXT,
    remark TEXT,
    -- Columns of a ledger that matched nothing: [["header", "value"], …].
    extra TEXT NOT NULL,
    import_id TEXT,
    created_by TEXT NOT NULL REFERENCES users (id),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP,
    -- Not known sorts below every amount; not in the pool sorts before every day.
    total_investment_order BIGINT NOT NULL GENERATED ALWAYS AS (coalesce(total_investment_fen, -1)) STORED,
    entered_order DATE NOT NULL GENERATED ALWAYS AS (coalesce(entered_on, '0001-01-01')) STORED
);
CREATE UNIQUE INDEX projects_code ON projects (code);
-- A lead becomes one project; a deleted one makes room.
CREATE UNIQUE INDEX projects_lead ON projects (lead_id) WHERE deleted_at IS NULL;
CREATE INDEX projects_company ON projects (company_id);
CREATE INDEX projects_updated_at ON projects (updated_at, id);
CREATE INDEX projects_total_investment ON projects (total_investment_order, id);
CREATE INDEX projects_entered ON projects (entered_order, id);
CREATE INDEX projects_county_updated ON projects (county, updated_at, id);
CREATE INDEX projects_leader_updated ON projects (leader_id, updated_at, id);
CREATE INDEX projects_chamber ON projects (source_chamber_id, updated_at, id);
CREATE INDEX projects_import ON projects (import_id);

-- Who led the project (包联领导), from when to when, and why it changed.
CREATE TABLE project_leaders (
    id TEXT PRIMARY KEY NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    from_leader_id TEXT REFERENCES users (id),
    to_leader_id TEXT REFERENCES users (id),
    reason TEXT,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX project_leaders_project ON project_leaders (project_id, at);

CREATE TABLE contracts (
    project_id TEXT PRIMARY KEY NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('formal', 'framework')),
    signed_on DATE NOT NULL,
    -- ["party", …]
    parties TEXT NOT NULL,
    total_investment_fen BIGINT NOT NULL CHECK (total_investment_fen >= 0),
    fixed_investment_fen BIGINT CHECK (fixed_investment_fen >= 0),
    land_premium_fen BIGINT CHECK (land_premium_fen >= 0),
    -- [{"source": "…", "amount_fen": 1}, …]
    funding TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX contracts_signed_on ON contracts (signed_on, project_id);

-- The annual plan (分年度计划) that awards are computed from; year 1 begins with the signing.
CREATE TABLE contract_years (
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    year BIGINT NOT NULL CHECK (year >= 1),
    fixed_investment_fen BIGINT NOT NULL CHECK (fixed_investment_fen >= 0),
    land_premium_fen BIGINT NOT NULL CHECK (land_premium_fen >= 0),
    PRIMARY KEY (project_id, year)
);

CREATE TABLE supplements (
    id TEXT PRIMARY KEY NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    signed_on DATE NOT NULL,
    content TEXT NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX supplements_project ON supplements (project_id, signed_on);

CREATE TABLE milestones (
    id TEXT PRIMARY KEY NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('contract', 'company_registered', 'filing', 'land', 'planning_permit',
        'environment', 'energy', 'construction_permit', 'construction_start', 'completion', 'production',
        'above_scale')),
    planned_on DATE,
    actual_on DATE,
    state TEXT NOT NULL CHECK (state IN ('planned', 'reported', 'verified', 'refused')),
    reported_by TEXT REFERENCES users (id),
    reported_at TIMESTAMP,
    verified_by TEXT REFERENCES users (id),
    verified_at TIMESTAMP,
    refusal_reason TEXT,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX milestones_of_project ON milestones (project_id, kind);
CREATE INDEX milestones_actual ON milestones (kind, state, actual_on, project_id);
CREATE INDEX milestones_planned ON milestones (kind, planned_on, project_id);

CREATE TABLE milestone_evidence (
    milestone_id TEXT NOT NULL REFERENCES milestones (id) ON DELETE CASCADE,
    attachment_id TEXT NOT NULL,
    PRIMARY KEY (milestone_id, attachment_id)
);
