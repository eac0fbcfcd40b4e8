-- Close to public office without being a public employee: the plan does not exclude it, and somebody looks at it
-- (domain/rules.md, R1).
ALTER TABLE referrers ADD COLUMN official_tie TEXT;
ALTER TABLE referrer_members ADD COLUMN official_tie TEXT;
