-- Applications for awards (奖励申报) from draft to archive: domain/award-facts.md, "An application's way".
CREATE TABLE award_applications (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id),
    rule TEXT NOT NULL CHECK (rule IN ('referral', 'enterprise_referral', 'enclave', 'standard_factory',
        'park_infrastructure', 'first_above_scale', 'revenue_milestone', 'science_platform', 'job_agency',
        'poverty_relief_workshop')),
    status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'county_reviewed', 'bureau_reviewed',
        'finance_reviewed', 'in_notice', 'objected', 'approved', 'paid', 'archived', 'returned', 'refused',
        'withdrawn', 'recovered')),
    -- The project's county when it was applied for: its officers prepare and review it first.
    county TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    -- Facts that no record knows: {"fact": value}.
    entered TEXT NOT NULL,
    -- Frozen at each submission: the version's code, the facts, the result with its steps. A ruling of the bureau head
    -- computes the result anew; nothing else does.
    policy TEXT,
    facts TEXT,
    award TEXT,
    -- Of the frozen result, in fen.
    amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
    -- The first submission: from then on it exists for finance.
    submitted_at TIMESTAMP,
    -- The public notice (公示), both days included.
    notice_from DATE,
    notice_until DATE,
    -- The voucher that it was paid by.
    voucher TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX award_applications_code ON award_applications (code);
-- One open or paid application per project and rule: whatever was not refused, withdrawn or recovered. A returned one
-- is open, as it can be submitted again; an archived one was paid. Listed, as the two databases write NOT IN apart.
CREATE UNIQUE INDEX award_applications_open ON award_applications (project_id, rule)
    WHERE status IN ('draft', 'submitted', 'county_reviewed', 'bureau_reviewed', 'finance_reviewed', 'in_notice',
        'objected', 'approved', 'paid', 'archived', 'returned');
CREATE INDEX award_applications_project ON award_applications (project_id, id);
CREATE INDEX award_applications_status ON award_applications (status, id);
CREATE INDEX award_applications_county ON award_applications (county, id);

-- Who is paid, in the order of the facts: a referrer of the register, or an organisation by its name.
CREATE TABLE award_payees (
    application_id TEXT NOT NULL REFERENCES award_applications (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    referrer_id TEXT REFERENCES referrers (id),
    organisation TEXT,
    share_bp BIGINT NOT NULL CHECK (share_bp > 0 AND share_bp <= 10000),
    -- Frozen with the result.
    payout_fen BIGINT CHECK (payout_fen >= 0),
    PRIMARY KEY (application_id, position),
    CHECK ((referrer_id IS NULL) <> (organisation IS NULL))
);
CREATE INDEX award_payees_referrer ON award_payees (referrer_id, application_id) WHERE referrer_id IS NOT NULL;

-- Its history, the draft first. Who took which duty follows from it.
CREATE TABLE award_transitions (
    id TEXT PRIMARY KEY NOT NULL,
    application_id TEXT NOT NULL REFERENCES award_applications (id) ON DELETE CASCADE,
    from_status TEXT,
    to_status TEXT NOT NULL,
    reason TEXT,
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX award_transitions_application ON award_transitions (application_id, id);

-- Which treasuries bear it (资金分担): basis points that add to 10,000, and the amounts, which add to the award.
CREATE TABLE award_funding (
    application_id TEXT NOT NULL REFERENCES award_applications (id) ON DELETE CASCADE,
    level TEXT NOT NULL CHECK (level IN ('county', 'city', 'zone')),
    share_bp BIGINT NOT NULL CHECK (share_bp > 0 AND share_bp <= 10000),
    amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
    PRIMARY KEY (application_id, level)
);

-- What the bureau head recorded: the review of fair competition, what the plan leaves to a ruling, an overlap. The
-- latest of a kind counts; rows are only added.
CREATE TABLE award_rulings (
    id TEXT PRIMARY KEY NOT NULL,
    application_id TEXT NOT NULL REFERENCES award_applications (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('compliance', 'eligibility', 'overlap')),
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'refused')),
    -- Of what the plan leaves open: the result that was ruled on.
    award_status TEXT,
    -- Of a review: its document.
    document TEXT,
    -- The reason; of a review its result.
    reason TEXT NOT NULL,
    -- Of an overlap: the other application.
    other_id TEXT REFERENCES award_applications (id),
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX award_rulings_application ON award_rulings (application_id, id);
