//! Who may do what: every route with every role, against a table that is written by hand.

mod attachments;
mod award_applications;
mod bodies;
mod chambers;
mod doors;
mod filings;
mod policies;
mod projects;
mod referrers;
mod registered;
mod registers;
mod requests;
mod rows;
mod scope;
mod walk;
