DROP INDEX projects_figures;
CREATE INDEX milestones_planned ON milestones (kind, planned_on, project_id);
DROP INDEX milestones_open;
DROP INDEX milestones_reached;
