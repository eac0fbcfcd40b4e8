DROP INDEX award_applications_notice;
