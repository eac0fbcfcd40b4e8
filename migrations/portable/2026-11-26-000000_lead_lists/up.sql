-- Lists and their numbers leave deleted leads out: so do their indexes, and a number is then counted in the index
-- alone, without looking at each row.
DROP INDEX leads_registered_on;
DROP INDEX leads_next_follow_up;
DROP INDEX leads_total_investment;
DROP INDEX leads_updated_at;
DROP INDEX leads_status_follow_up;
DROP INDEX leads_county_registered;
DROP INDEX leads_county_follow_up;
DROP INDEX leads_county_updated;
DROP INDEX leads_leader_follow_up;
DROP INDEX leads_officer_follow_up;
DROP INDEX leads_chamber_registered;
DROP INDEX leads_referrer;
DROP INDEX leads_stage;
DROP INDEX leads_created_by;
CREATE INDEX leads_registered_on ON leads (registered_on, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_next_follow_up ON leads (next_follow_up_order, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_total_investment ON leads (total_investment_order, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_updated_at ON leads (updated_at, id, status) WHERE deleted_at IS NULL;
CREATE INDEX leads_county_registered ON leads (county, registered_on, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_county_updated ON leads (county, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_status_follow_up ON leads (status, next_follow_up_order, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_county_follow_up ON leads (county, status, next_follow_up_order, id) WHERE deleted_at IS NULL;
-- What the filters of the list combine.
CREATE INDEX leads_counted ON leads (county, stage, status, industry, source_kind) WHERE deleted_at IS NULL;
CREATE INDEX leads_stage ON leads (stage, status) WHERE deleted_at IS NULL;
CREATE INDEX leads_industry ON leads (industry, status) WHERE deleted_at IS NULL;
-- Of these most leads have none.
CREATE INDEX leads_leader_follow_up ON leads (leader_id, status, next_follow_up_order, id) WHERE leader_id IS NOT NULL;
CREATE INDEX leads_officer_follow_up ON leads (officer_id, status, next_follow_up_order, id) WHERE officer_id IS NOT NULL;
CREATE INDEX leads_chamber_registered ON leads (source_chamber_id, registered_on, id) WHERE source_chamber_id IS NOT NULL;
CREATE INDEX leads_referrer ON leads (source_referrer_id) WHERE source_referrer_id IS NOT NULL;
-- A county leader's list: nobody's leads of his county.
CREATE INDEX leads_unassigned ON leads (county, updated_at, id) WHERE leader_id IS NULL AND deleted_at IS NULL;
