ALTER TABLE projects DROP COLUMN recommended_on;
