-- Everybody who had a hand in what a milestone says, as a list of ids: none of them verifies it.
ALTER TABLE milestones ADD COLUMN entered_by TEXT NOT NULL DEFAULT '[]';
UPDATE milestones SET entered_by = '["' || reported_by || '"]' WHERE reported_by IS NOT NULL;
