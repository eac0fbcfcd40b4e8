DROP TABLE pool_stays;
