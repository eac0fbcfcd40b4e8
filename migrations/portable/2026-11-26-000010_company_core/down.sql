CREATE INDEX companies_name_core ON companies (name_core);
