DROP INDEX leads_merged_into;
ALTER TABLE leads DROP COLUMN merged_into;
