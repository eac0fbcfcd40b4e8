DROP INDEX follow_ups_visits;
CREATE INDEX follow_ups_visits ON follow_ups (lead_id, at, kind) WHERE kind IN ('visit_out', 'visit_in');
