-- What a quota asks of a project, by its id: the projects of a year are read out of this, not out of their wide rows.
CREATE INDEX projects_quota ON projects (id, deleted_at, county, industry, supporting_project, key_basis, entered_on,
    withdrawn_on, enclave_county, land_use, filing_code, phase_of, code, title);
