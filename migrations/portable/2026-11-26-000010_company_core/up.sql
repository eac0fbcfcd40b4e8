-- A company is looked for by all of its names (company_names), no more by the one in its row.
DROP INDEX companies_name_core;
