DROP TABLE townsmen;
