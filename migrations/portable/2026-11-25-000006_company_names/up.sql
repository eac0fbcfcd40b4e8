-- Every name under which a company was reported: a later report may use any of them.
CREATE TABLE company_names (
    company_id TEXT NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- The name split by the same-company rule, which knows the places of the reference data and is the program's:
    -- what this file fills in has no core until the program splits it, right after the migrations.
    name_core TEXT,
    name_region TEXT,
    PRIMARY KEY (company_id, name)
);
CREATE INDEX company_names_core ON company_names (name_core, company_id);

INSERT INTO company_names (company_id, name, name_core, name_region)
SELECT id, name, name_core, name_region FROM companies;

INSERT INTO company_names (company_id, name)
SELECT DISTINCT leads.company_id, leads.investor_name FROM leads
WHERE NOT EXISTS (
    SELECT 1 FROM company_names
    WHERE company_names.company_id = leads.company_id AND company_names.name = leads.investor_name
);
