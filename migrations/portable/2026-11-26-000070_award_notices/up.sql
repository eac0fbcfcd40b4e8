-- The public notices that hang (公示): by their last day, the latest first.
CREATE INDEX award_applications_notice ON award_applications (notice_until, id) WHERE notice_until IS NOT NULL;
