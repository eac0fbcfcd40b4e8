DROP TABLE frozen_shares;
