DROP INDEX leads_event;
DROP INDEX projects_event;
ALTER TABLE projects DROP COLUMN source_event_id;
