DROP INDEX later_claims_due;
ALTER TABLE later_claims DROP COLUMN answered_at;
ALTER TABLE later_claims DROP COLUMN answered_by;
ALTER TABLE later_claims DROP COLUMN answer;
ALTER TABLE later_claims DROP COLUMN decision;
