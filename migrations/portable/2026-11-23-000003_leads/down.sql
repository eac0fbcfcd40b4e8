DROP TABLE later_claims;
DROP TABLE follow_ups;
DROP TABLE handovers;
DROP TABLE assignments;
DROP TABLE status_changes;
DROP TABLE stage_changes;
DROP TABLE contacts;
DROP TABLE leads;
