-- When construction starts: the actual day, or while there is none the planned one. Written with every change of the
-- project (projects::editing::save), so that the list of a year's starts is found by an index.
ALTER TABLE projects ADD COLUMN starts_on DATE;
UPDATE projects SET starts_on = (SELECT COALESCE(actual_on, planned_on) FROM milestones
    WHERE milestones.project_id = projects.id AND milestones.kind = 'construction_start');
CREATE INDEX projects_starts ON projects (starts_on, id) WHERE deleted_at IS NULL;
