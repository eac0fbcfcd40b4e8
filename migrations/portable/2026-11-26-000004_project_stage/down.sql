DROP INDEX projects_stage_updated;
ALTER TABLE projects DROP COLUMN stage;
