DROP INDEX projects_quota;
