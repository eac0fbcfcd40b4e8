-- How far a project has come: its latest milestone with an actual date that was not refused. Written with every
-- change of the project (projects::editing::save), so that lists and the board are filtered by an index.
ALTER TABLE projects ADD COLUMN stage TEXT CHECK (stage IN ('contract', 'company_registered', 'filing', 'land', 'planning_permit', 'environment', 'energy', 'construction_permit', 'construction_start', 'completion', 'production', 'above_scale'));
UPDATE projects SET stage = 'contract' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'contract' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'company_registered' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'company_registered' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'filing' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'filing' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'land' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'land' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'planning_permit' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'planning_permit' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'environment' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'environment' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'energy' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'energy' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'construction_permit' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'construction_permit' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'construction_start' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'construction_start' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'completion' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'completion' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'production' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'production' AND actual_on IS NOT NULL AND state <> 'refused');
UPDATE projects SET stage = 'above_scale' WHERE id IN
    (SELECT project_id FROM milestones WHERE kind = 'above_scale' AND actual_on IS NOT NULL AND state <> 'refused');
CREATE INDEX projects_stage_updated ON projects (stage, updated_at, id);
