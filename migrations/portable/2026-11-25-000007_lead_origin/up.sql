-- Where the investor comes from, as this lead's report said; the company keeps the first that was known.
ALTER TABLE leads ADD COLUMN origin TEXT;
UPDATE leads SET origin = (SELECT companies.origin FROM companies WHERE companies.id = leads.company_id);
