DROP TABLE milestone_evidence;
DROP TABLE milestones;
DROP TABLE supplements;
DROP TABLE contract_years;
DROP TABLE contracts;
DROP TABLE project_leaders;
DROP TABLE projects;
