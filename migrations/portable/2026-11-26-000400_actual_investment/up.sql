-- What was really invested in a contract year, beside what the contract agrees: awards take the agreed figure, and who
-- reviews is told where the real one lags behind.
ALTER TABLE contract_years ADD COLUMN actual_fixed_investment_fen BIGINT;
