DROP INDEX projects_starts;
ALTER TABLE projects DROP COLUMN starts_on;
