-- Most leads are not merged, and most companies come without a code: an index need not hold them.
DROP INDEX leads_merged_into;
CREATE INDEX leads_merged_into ON leads (merged_into) WHERE merged_into IS NOT NULL;
DROP INDEX companies_uscc;
CREATE UNIQUE INDEX companies_uscc ON companies (uscc) WHERE uscc IS NOT NULL;
-- What lists are filtered by stands in each of the indexes that a number may be counted in, so that no row is read.
DROP INDEX leads_industry;
CREATE INDEX leads_industry ON leads (industry, status, stage, county, source_kind) WHERE deleted_at IS NULL;
DROP INDEX leads_stage;
CREATE INDEX leads_stage ON leads (stage, status, county, industry, source_kind) WHERE deleted_at IS NULL;
DROP INDEX leads_unassigned;
CREATE INDEX leads_unassigned ON leads (county, updated_at, id, status, stage) WHERE leader_id IS NULL AND deleted_at IS NULL;
