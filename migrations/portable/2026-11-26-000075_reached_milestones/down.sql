DROP INDEX milestones_reached;
CREATE INDEX milestones_reached ON milestones (kind, actual_on, project_id);
