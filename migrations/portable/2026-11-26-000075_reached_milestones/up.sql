-- What a year's quota is counted from is read out of the index: without its last three columns each milestone was looked
-- up by itself, four fifths of the time of a count.
DROP INDEX milestones_reached;
CREATE INDEX milestones_reached ON milestones (kind, actual_on, project_id, state, reported_at, id);
