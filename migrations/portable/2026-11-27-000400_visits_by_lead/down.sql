DROP INDEX follow_ups_visits;
CREATE INDEX follow_ups_kind ON follow_ups (kind, at, lead_id);
