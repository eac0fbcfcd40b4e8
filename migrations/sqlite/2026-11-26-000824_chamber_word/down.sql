CREATE TABLE filing_confirmations_without_chamber (
    filing_id TEXT NOT NULL REFERENCES filings (id) ON DELETE CASCADE,
    party TEXT NOT NULL CHECK (party IN ('investor', 'county', 'bureau')),
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'refused')),
    reason TEXT,
    -- Who said so; of the investor who entered his letter.
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (filing_id, party)
);
INSERT INTO filing_confirmations_without_chamber SELECT * FROM filing_confirmations WHERE party <> 'chamber';
DROP TABLE filing_confirmations;
ALTER TABLE filing_confirmations_without_chamber RENAME TO filing_confirmations;
