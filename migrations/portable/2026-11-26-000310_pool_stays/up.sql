-- Stays in the pool that ended, of projects that came back: the years they counted in stay counted.
CREATE TABLE pool_stays (
    id TEXT PRIMARY KEY NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    entered_on DATE NOT NULL,
    withdrawn_on DATE NOT NULL,
    reason TEXT,
    CHECK (entered_on <= withdrawn_on)
);
CREATE INDEX pool_stays_project ON pool_stays (project_id, entered_on);
