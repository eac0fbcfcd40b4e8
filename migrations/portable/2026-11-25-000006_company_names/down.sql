DROP TABLE company_names;
