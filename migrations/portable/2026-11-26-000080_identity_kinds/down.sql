ALTER TABLE referrer_members DROP COLUMN identity_kind;
ALTER TABLE referrers DROP COLUMN identity_kind;
