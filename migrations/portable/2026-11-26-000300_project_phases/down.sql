DROP INDEX projects_phases;
ALTER TABLE projects DROP COLUMN phase_of;
