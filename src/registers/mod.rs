//! What the registers share: what is entered of a record, how a list is asked for, how phones and personal numbers are
//! kept, which names are one (`naming`), how one record is merged into another, how a small page about one goes
//! (`small_page`). Their rows, scopes and rights are their own.

pub mod disclosure;
pub mod forms;
pub mod list;
pub mod merging;
pub mod naming;
pub mod places;
pub mod sealed;
pub mod small_page;

pub use forms::{RecordBody, RecordInput};
pub use list::{At, ListQuery, RegisterFilter, RegisterPage, Sort, SortField};

#[cfg(test)]
pub mod samples {
    //! Actors for the registers' tests of rights.

    use crate::accounts::{Actor, Locale, Role, User, Via};
    use crate::clock;
    use crate::db::Id;

    pub fn actor(role: Role, region: Option<&str>) -> Actor {
        let now = clock::now();
        let user = User {
            id: Id::generate(),
            username: "sample".into(),
            display_name: "示例".into(),
            role,
            region: region.map(str::to_owned),
            chamber_id: None,
            phone_encrypted: None,
            email: None,
            locale: Locale::Chinese,
            active: true,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        Actor::new(user, Via::CommandLine, String::new(), String::new())
    }
}
