DELETE FROM filing_confirmations WHERE party = 'chamber';
ALTER TABLE filing_confirmations DROP CONSTRAINT filing_confirmations_party_check;
ALTER TABLE filing_confirmations ADD CONSTRAINT filing_confirmations_party_check
    CHECK (party IN ('investor', 'county', 'bureau'));
