-- Visits that a chamber's own liaison wrote down are no evidence for it: the index has the others alone.
DROP INDEX follow_ups_visits;
CREATE INDEX follow_ups_visits ON follow_ups (lead_id, at, kind)
    WHERE kind IN ('visit_out', 'visit_in') AND by_chamber_id IS NULL;
