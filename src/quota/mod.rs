//! Quotas (指标): how many newly started key projects a year the plan asks for, how many there are, and why a
//! project does not count. Plan clauses 三(四)2(1) and 2(6); readings in domain/rules.md, Q1 and Q2. Rules: `rules`.

pub mod handlers;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod rules;
pub mod view;
