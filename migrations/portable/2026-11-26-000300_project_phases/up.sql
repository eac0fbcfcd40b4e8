-- The first phase of a project that is a later one (二期): it counts only with a filing code of its own.
ALTER TABLE projects ADD COLUMN phase_of TEXT REFERENCES projects (id);
CREATE INDEX projects_phases ON projects (phase_of) WHERE phase_of IS NOT NULL;
