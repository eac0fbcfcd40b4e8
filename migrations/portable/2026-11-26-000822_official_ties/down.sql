ALTER TABLE referrer_members DROP COLUMN official_tie;
ALTER TABLE referrers DROP COLUMN official_tie;
