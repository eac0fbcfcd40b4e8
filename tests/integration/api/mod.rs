//! The OpenAPI document: it is well formed, it names every route, and the program answers as it says.

mod answers;
mod attachments;
mod award_applications;
mod bodies;
mod contract;
mod document;
mod notices;
mod page;
mod parameters;
mod policies;
mod problems;
mod projects;
mod saved_searches;
mod teams;
