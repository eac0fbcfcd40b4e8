-- Visits in the order of their leads: looking up whose lead each is then goes through leads_credit once from its
-- beginning to its end, instead of to and fro (docs/performance.md).
DROP INDEX follow_ups_kind;
CREATE INDEX follow_ups_visits ON follow_ups (lead_id, at, kind) WHERE kind IN ('visit_out', 'visit_in');
