-- The lead that stays, of one whose status is merged.
ALTER TABLE leads ADD COLUMN merged_into TEXT REFERENCES leads (id);
CREATE INDEX leads_merged_into ON leads (merged_into);
