-- The chamber that brought a lead says whether the referrer did what was filed. SQLite changes no CHECK: the table is made
-- anew.
CREATE TABLE filing_confirmations_with_chamber (
    filing_id TEXT NOT NULL REFERENCES filings (id) ON DELETE CASCADE,
    party TEXT NOT NULL CHECK (party IN ('investor', 'county', 'bureau', 'chamber')),
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'refused')),
    reason TEXT,
    -- Who said so; of the investor who entered his letter.
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (filing_id, party)
);
INSERT INTO filing_confirmations_with_chamber SELECT * FROM filing_confirmations;
DROP TABLE filing_confirmations;
ALTER TABLE filing_confirmations_with_chamber RENAME TO filing_confirmations;
