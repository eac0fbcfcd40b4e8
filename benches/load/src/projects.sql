-- Made-up projects with milestones for `make bench`, in SQLite: {count} of them, entered and started over four years, in
-- every county and at every step, each with the milestones up to its step and the next one planned. No firm or person
-- of it exists.
INSERT INTO users (id, username, display_name, role, region, locale, active, version, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19)
SELECT printf('01900000-0000-7000-8000-%012d', i), printf('bench-leader-%d', i), printf('压测包联领导%d', i),
    'county_leader', CASE i % 5 WHEN 0 THEN '450721' WHEN 1 THEN '450722' WHEN 2 THEN '450702' WHEN 3 THEN '450703'
        ELSE 'QZ-FTZ' END, 'zh-CN', 1, 1, '2023-01-01 00:00:00', '2023-01-01 00:00:00' FROM n;

INSERT INTO companies (id, name, name_core, name_region, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
SELECT printf('01900001-0000-7000-8000-%012d', i), printf('压测投资方%d(虚构)有限公司', i), printf('压测投资方%d', i),
    '', '2023-01-01 00:00:00', '2023-01-01 00:00:00' FROM n;

CREATE TEMP TABLE bench_kinds (nth INTEGER PRIMARY KEY, kind TEXT, counts INTEGER);
INSERT INTO bench_kinds VALUES (1, 'contract', 0), (2, 'company_registered', 1), (3, 'filing', 0), (4, 'land', 0),
    (5, 'planning_permit', 0), (6, 'environment', 0), (7, 'energy', 0), (8, 'construction_permit', 0),
    (9, 'construction_start', 1), (10, 'completion', 1), (11, 'production', 1), (12, 'above_scale', 1);

-- The day on which a project begins, how many steps it has made, and where it lies. Numbers are mixed by primes, so that
-- no county has all early ones.
CREATE TEMP TABLE bench_projects AS
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)
SELECT i, printf('01900002-0000-7000-8000-%012d', i) AS id, date('2022-10-01', printf('+%d days', (i * 7919) % 900)) AS begun_on,
    (i * 104729) % 13 AS steps, (i * 31) % 5 AS place, (i * 17) % 5 AS trade, (i * 6151) % 100 AS percent FROM n;

INSERT INTO projects (id, code, title, company_id, investor_name, county, industry, supporting_project,
    total_investment_fen, fixed_investment_fen, land_mu, jobs, key_basis, source_kind, leader_id, entered_on, withdrawn_on,
    withdrawal_reason, enclave_county, land_use, progress, extra, stage, starts_on, created_by, version, created_at, updated_at)
SELECT id, printf('YC-P2022-%06d', i), printf('压测项目%d示例生产基地', i), printf('01900001-0000-7000-8000-%012d', i % 2000),
    printf('压测投资方%d(虚构)有限公司', i % 2000),
    CASE place WHEN 0 THEN '450721' WHEN 1 THEN '450722' WHEN 2 THEN '450702' WHEN 3 THEN '450703' ELSE 'QZ-FTZ' END,
    CASE trade WHEN 0 THEN 'toy_garment' WHEN 1 THEN 'chenpi' WHEN 2 THEN 'wood_home' WHEN 3 THEN 'chemical' ELSE 'other' END,
    0, (30 + percent * 8) * 100000000, (20 + percent * 6) * 100000000, percent, percent * 10,
    CASE WHEN percent >= 9 THEN 'amount' END, 'self', printf('01900000-0000-7000-8000-%012d', i % 20),
    CASE WHEN percent < 75 THEN date(begun_on, '+20 days') END,
    CASE WHEN percent < 4 THEN date(begun_on, '+200 days') END, CASE WHEN percent < 4 THEN '压测' END,
    CASE WHEN place = 4 AND percent < 30 THEN '450703' END,
    CASE WHEN place = 4 AND percent < 10 THEN 'none' WHEN place = 4 AND percent < 20 THEN 'county'
        WHEN place = 4 AND percent < 30 THEN 'zone' END,
    '压测用的进展说明,没有真实内容。', '[]', (SELECT kind FROM bench_kinds WHERE nth = steps),
    CASE WHEN steps >= 8 THEN date(begun_on, printf('+%d days', 9 * 45 + CASE WHEN steps >= 9 THEN percent - 50 ELSE 0 END)) END,
    '01900000-0000-7000-8000-000000000000', 1, datetime(begun_on), datetime(begun_on, printf('+%d minutes', i))
FROM bench_projects;

INSERT INTO milestones (id, project_id, kind, planned_on, actual_on, state, reported_by, reported_at, verified_by,
    verified_at, updated_at)
SELECT printf('019%05d-0000-7000-8000-%012d', nth + 3, i), id, kind, date(begun_on, printf('+%d days', nth * 45)),
    CASE WHEN nth <= steps THEN date(begun_on, printf('+%d days', nth * 45 + percent - 50)) END,
    CASE WHEN nth > steps THEN 'planned' WHEN counts = 1 AND percent < 85 THEN 'verified' ELSE 'reported' END,
    '01900000-0000-7000-8000-000000000000', CASE WHEN nth <= steps THEN datetime(begun_on, '+1 day') END,
    CASE WHEN nth <= steps AND counts = 1 AND percent < 85 THEN '01900000-0000-7000-8000-000000000001' END,
    CASE WHEN nth <= steps AND counts = 1 AND percent < 85 THEN datetime(begun_on, '+2 days') END, datetime(begun_on)
FROM bench_projects JOIN bench_kinds ON nth <= steps + 1;

INSERT INTO employment_years (project_id, year, new_jobs, above_scale, by_user, at)
SELECT id, 2024 + i % 2, percent * 10, 1, '01900000-0000-7000-8000-000000000000', datetime(begun_on) FROM bench_projects
WHERE steps = 12;

DROP TABLE bench_projects;
DROP TABLE bench_kinds;
