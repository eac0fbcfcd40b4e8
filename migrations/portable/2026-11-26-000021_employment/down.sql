DROP TABLE employment_years;
