-- Chambers for `make bench`, in SQLite: {count} of them, made up; every lead comes from one, every project too. Two leads
-- of three were visited, on a day after they were registered; every project that has begun has a contract.
INSERT INTO chambers (id, code, name, kind, status, version, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)
SELECT printf('01900003-0000-7000-8000-%012d', i), printf('YC-SH%06d', i), printf('压测商会%d(虚构)', i), 'other_city',
    'active', 1, '2023-01-01 00:00:00', '2023-01-01 00:00:00' FROM n;

UPDATE leads SET source_kind = 'chamber',
    source_chamber_id = printf('01900003-0000-7000-8000-%012d', (rowid * 7919) % {count});
UPDATE projects SET source_kind = 'chamber',
    source_chamber_id = printf('01900003-0000-7000-8000-%012d', (rowid * 104729) % {count});

INSERT INTO follow_ups (id, lead_id, kind, at, content, by_user, created_at)
SELECT printf('01900004-0000-7000-8000-%012d', rowid), id, CASE rowid % 2 WHEN 0 THEN 'visit_out' ELSE 'visit_in' END,
    at, '压测来访', created_by, at
FROM (SELECT rowid, id, created_by,
        strftime('%Y-%m-%d 02:00:00', registered_on, printf('+%d days', (rowid * 31) % 60)) AS at
    FROM leads WHERE rowid % 3 <> 0);

INSERT INTO contracts (project_id, kind, signed_on, parties, total_investment_fen, fixed_investment_fen, funding,
    updated_at)
SELECT id, 'formal', date(starts_on, '-90 days'), '["甲方", "乙方"]', total_investment_fen, fixed_investment_fen, '[]',
    updated_at
FROM projects WHERE starts_on IS NOT NULL;
