-- With 20,000 projects the figures of a year are read from indexes: milestones by the day they were reached; of those that
-- are only planned, by the planned day, the reached ones left out; and the counties' sums without looking at the rows.
CREATE INDEX milestones_reached ON milestones (kind, actual_on, project_id);
CREATE INDEX milestones_open ON milestones (kind, planned_on, project_id) WHERE actual_on IS NULL;
DROP INDEX milestones_planned;
CREATE INDEX projects_figures ON projects (county, enclave_county, land_use, deleted_at, entered_on, withdrawn_on,
    key_basis, total_investment_fen);
