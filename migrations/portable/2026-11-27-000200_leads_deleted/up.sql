-- When a lead was deleted last is asked at every look at the figures of chambers.
CREATE INDEX leads_deleted_at ON leads (deleted_at) WHERE deleted_at IS NOT NULL;
