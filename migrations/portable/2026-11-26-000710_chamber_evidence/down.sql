DROP TABLE chamber_evidence;
DROP TABLE chamber_weights;
DROP INDEX questions_due;
DROP INDEX follow_ups_kind;
DROP INDEX leads_chamber_registered;
CREATE INDEX leads_chamber_registered ON leads (source_chamber_id, registered_on, id) WHERE source_chamber_id IS NOT NULL;
