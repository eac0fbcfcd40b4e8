-- Referrers as plan clause 三(四)2(2) needs them: who they are, who is paid, and what was filed (备案) before the signing.
-- Personal numbers are ciphertext beside a keyed hash, by which equal ones are found.
ALTER TABLE referrers ADD COLUMN identity_encrypted TEXT;
ALTER TABLE referrers ADD COLUMN identity_hash TEXT;
ALTER TABLE referrers ADD COLUMN uscc TEXT;
ALTER TABLE referrers ADD COLUMN bank_name TEXT;
ALTER TABLE referrers ADD COLUMN account_encrypted TEXT;
ALTER TABLE referrers ADD COLUMN account_hash TEXT;
-- The declaration whether any payee is a public employee, and its day; nothing while none was given.
ALTER TABLE referrers ADD COLUMN public_employee BOOLEAN;
ALTER TABLE referrers ADD COLUMN declared_on DATE;
-- The chamber that it is, as an organisation, and the user that it is, as a person.
ALTER TABLE referrers ADD COLUMN chamber_id TEXT REFERENCES chambers (id);
ALTER TABLE referrers ADD COLUMN user_id TEXT REFERENCES users (id);
-- An agency's agreement (委托协议).
ALTER TABLE referrers ADD COLUMN agreement_number TEXT;
ALTER TABLE referrers ADD COLUMN agreement_from DATE;
ALTER TABLE referrers ADD COLUMN agreement_to DATE;
CREATE INDEX referrers_identity ON referrers (identity_hash) WHERE identity_hash IS NOT NULL;
CREATE INDEX referrers_account ON referrers (account_hash) WHERE account_hash IS NOT NULL;
CREATE INDEX referrers_uscc ON referrers (uscc) WHERE uscc IS NOT NULL;

CREATE TABLE referrer_members (
    id TEXT PRIMARY KEY NOT NULL,
    referrer_id TEXT NOT NULL REFERENCES referrers (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    identity_encrypted TEXT,
    identity_hash TEXT,
    -- Whether the team pays this member a part: who is paid is no public employee.
    is_payee BOOLEAN NOT NULL,
    public_employee BOOLEAN,
    joined_on DATE,
    left_on DATE
);
CREATE INDEX referrer_members_referrer ON referrer_members (referrer_id, id);
CREATE INDEX referrer_members_identity ON referrer_members (identity_hash) WHERE identity_hash IS NOT NULL;

-- A referral as filed (备案): of a lead, or of a project that no lead came before.
CREATE TABLE filings (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    referrer_id TEXT NOT NULL REFERENCES referrers (id),
    lead_id TEXT REFERENCES leads (id),
    project_id TEXT REFERENCES projects (id),
    role TEXT NOT NULL CHECK (role IN ('leading', 'information')),
    filed_on DATE NOT NULL,
    -- When the server got it: nobody's to choose.
    received_at TIMESTAMP NOT NULL,
    filed_by TEXT NOT NULL REFERENCES users (id),
    statement TEXT,
    withdrawn_on DATE,
    withdrawal_reason TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CHECK ((lead_id IS NULL) <> (project_id IS NULL))
);
CREATE UNIQUE INDEX filings_code ON filings (code);
CREATE INDEX filings_referrer ON filings (referrer_id, filed_on, id);
CREATE INDEX filings_lead ON filings (lead_id, filed_on, id) WHERE lead_id IS NOT NULL;
CREATE INDEX filings_project ON filings (project_id, filed_on, id) WHERE project_id IS NOT NULL;
-- One referrer has one open filing of a lead or project, even of two entered at once.
CREATE UNIQUE INDEX filings_open_lead ON filings (referrer_id, lead_id) WHERE withdrawn_on IS NULL;
CREATE UNIQUE INDEX filings_open_project ON filings (referrer_id, project_id) WHERE withdrawn_on IS NULL;

-- What investor, county and bureau say of a filing's role (主要推动作用).
CREATE TABLE filing_confirmations (
    filing_id TEXT NOT NULL REFERENCES filings (id) ON DELETE CASCADE,
    party TEXT NOT NULL CHECK (party IN ('investor', 'county', 'bureau')),
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'refused')),
    reason TEXT,
    -- Who said so; of the investor who entered his letter.
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (filing_id, party)
);

-- How several referrers of one project share its award: basis points that add to 10,000, in the order of filing.
CREATE TABLE referral_shares (
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    referrer_id TEXT NOT NULL REFERENCES referrers (id),
    position BIGINT NOT NULL,
    share_bp BIGINT NOT NULL CHECK (share_bp > 0 AND share_bp <= 10000),
    agreed_on DATE NOT NULL,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (project_id, referrer_id)
);
CREATE INDEX referral_shares_referrer ON referral_shares (referrer_id, project_id);

-- The private link by which a referrer sees how far his referral has come, by the hash of its secret.
CREATE TABLE filing_links (
    token_hash TEXT PRIMARY KEY NOT NULL,
    filing_id TEXT NOT NULL REFERENCES filings (id) ON DELETE CASCADE,
    by_user TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    -- At most a minute old while it is used.
    last_used_at TIMESTAMP
);
CREATE INDEX filing_links_filing ON filing_links (filing_id, created_at);
