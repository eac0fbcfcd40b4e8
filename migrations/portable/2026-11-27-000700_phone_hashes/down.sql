DROP INDEX referrers_phone;
ALTER TABLE referrers DROP COLUMN phone_hash;
DROP INDEX chamber_entries_phone;
ALTER TABLE chamber_entries DROP COLUMN phone_hash;
DROP INDEX chambers_phone;
ALTER TABLE chambers DROP COLUMN phone_hash;
DROP TABLE contact_phones;
