-- New jobs (带动新增就业) of a project in a calendar year, and whether it was above scale (规上) in it: plan clause 三(五)1.
CREATE TABLE employment_years (
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    year BIGINT NOT NULL,
    new_jobs BIGINT NOT NULL CHECK (new_jobs >= 0),
    above_scale BOOLEAN NOT NULL,
    -- Who entered it last.
    by_user TEXT NOT NULL REFERENCES users (id),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (project_id, year)
);
CREATE INDEX employment_years_supported ON employment_years (year, above_scale, new_jobs, project_id);
