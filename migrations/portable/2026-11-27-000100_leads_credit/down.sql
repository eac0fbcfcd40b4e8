DROP INDEX leads_credit;
