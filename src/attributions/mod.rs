//! Attribution (归属): which chambers have the credit for a lead, and so for the project and the awards that come of it.
//!
//! Without anything said, all of it is the lead's source chamber's. A change names the parts of all chambers; it holds
//! once every chamber that gains or loses agreed (`consenting`), or at once when the bureau decides it (`changing`).
//! What a merger of leads does to the credit is a change, too (`merging`). Changes stay on record. What holds is in
//! `queries::shares_of`; the rules are in `rules`, who may in `policy`.

pub mod changing;
pub mod consenting;
pub mod handlers;
pub mod merging;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod rules;
pub mod view;
