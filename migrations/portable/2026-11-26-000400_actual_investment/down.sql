ALTER TABLE contract_years DROP COLUMN actual_fixed_investment_fen;
