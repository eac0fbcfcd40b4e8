//! Whose facts are added up, as SQL.

use crate::db::Id;

/// Whose facts are looked for: all of them are read in the order of their leads, those of a few chambers from their leads
/// and projects on.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'a> {
    Everybodys,
    Those(&'a [Id]),
}

impl Whose<'_> {
    /// What stands between a table and the leads that it is joined to.
    pub fn join(self) -> &'static str {
        match self {
            // SQLite would begin with the leads.
            Whose::Everybodys => "CROSS JOIN",
            Whose::Those(_) => ",",
        }
    }

    /// That a column names one of them.
    pub fn is(self, column: &str) -> String {
        match self {
            Whose::Everybodys => "1 = 1".to_owned(),
            Whose::Those(chambers) => {
                let ids: Vec<String> = chambers.iter().map(|id| format!("'{id}'")).collect();
                format!("{column} IN ({})", ids.join(", "))
            }
        }
    }

    /// What belongs to projects, and these, in the order in which SQLite is to go through them.
    pub fn of_projects(self, table: &str) -> String {
        match self {
            Whose::Everybodys => format!("{table} CROSS JOIN projects"),
            Whose::Those(_) => format!("projects CROSS JOIN {table}"),
        }
    }

    /// That a project may have facts of theirs: whose it is depends on two tables, which no index has together.
    pub fn may_have_project(self) -> String {
        match self {
            Whose::Everybodys => "1 = 1".to_owned(),
            Whose::Those(_) => format!(
                "projects.id IN (
                    SELECT id FROM projects WHERE {}
                    UNION ALL
                    SELECT projects.id FROM attribution_shares CROSS JOIN projects
                    WHERE projects.lead_id = attribution_shares.lead_id AND projects.deleted_at IS NULL AND {})",
                self.is("source_chamber_id"),
                self.is("attribution_shares.chamber_id")
            ),
        }
    }
}
