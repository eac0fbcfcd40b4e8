DROP TABLE attribution_consents;
DROP TABLE attribution_changes;
DROP TABLE attribution_shares;
