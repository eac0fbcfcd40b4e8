ALTER TABLE milestones DROP COLUMN entered_by;
