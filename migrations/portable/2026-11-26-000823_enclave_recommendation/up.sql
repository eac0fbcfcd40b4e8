-- The day on which the county's recommendation of an enclave project was filed: before the company's registration
-- (domain/rules.md, R3).
ALTER TABLE projects ADD COLUMN recommended_on DATE;
