DROP INDEX leads_unanswered;
DROP TABLE questions;
