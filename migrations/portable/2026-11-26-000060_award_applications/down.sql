DROP TABLE award_rulings;
DROP TABLE award_funding;
DROP TABLE award_transitions;
DROP TABLE award_payees;
DROP TABLE award_applications;
