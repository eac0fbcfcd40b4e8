//! Papers of records (附件): contracts, licences, permits, photos. Visible exactly to who sees their record.

pub mod queries;
