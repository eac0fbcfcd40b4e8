-- A project keeps the event that its lead came of, as it keeps the lead's chamber. Leads had the column from the start.
ALTER TABLE projects ADD COLUMN source_event_id TEXT;
CREATE INDEX projects_event ON projects (source_event_id, updated_at, id) WHERE source_event_id IS NOT NULL;
CREATE INDEX leads_event ON leads (source_event_id) WHERE source_event_id IS NOT NULL;
