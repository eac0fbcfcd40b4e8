-- Which paper an identity number is of. What was there before is of GB 11643.
ALTER TABLE referrers ADD COLUMN identity_kind TEXT NOT NULL DEFAULT 'resident_id'
    CHECK (identity_kind IN ('resident_id', 'passport', 'hk_macau_permit', 'taiwan_permit', 'foreign_resident_id'));
ALTER TABLE referrer_members ADD COLUMN identity_kind TEXT NOT NULL DEFAULT 'resident_id'
    CHECK (identity_kind IN ('resident_id', 'passport', 'hk_macau_permit', 'taiwan_permit', 'foreign_resident_id'));
