//! Which records can be found under the filters of a search. Of what is no lead, projects alone have fields to filter by.

use super::SearchKind;
use crate::accounts::Role;
use crate::search::{FacetField, FieldSet, Filters};

/// What a project's document has of the fields that leads are filtered and counted by.
pub const OF_PROJECTS: [FacetField; 4] =
    [FacetField::County, FacetField::Industry, FacetField::Leader, FacetField::Investment];

/// Of these kinds those that the role has pages of and that can be found under the filters. Who may not filter by a field
/// of projects, as his pages do not show it, is not told by its filter which projects there are.
pub fn kinds_under(kinds: &[SearchKind], filters: &Filters, role: Role, fields: FieldSet) -> Vec<SearchKind> {
    let narrowing = || FacetField::ALL.into_iter().filter(|field| filters.narrows(*field));
    let of_projects = narrowing().all(|field| OF_PROJECTS.contains(&field) && fields.has_facet(field));
    let passes = |kind: &SearchKind| match kind {
        SearchKind::Project => of_projects,
        _ => narrowing().next().is_none(),
    };
    kinds.iter().copied().filter(|kind| kind.is_read_by(role) && passes(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Bounds;

    #[test]
    fn filters_leave_projects_alone_and_only_for_who_sees_their_fields() {
        let shown = FieldSet::of(&[], &OF_PROJECTS);
        let under =
            |filters: &Filters, role, fields| kinds_under(&SearchKind::RECORDS, filters, role, fields);
        let bureau = Role::BureauOfficer;
        assert_eq!(under(&Filters::default(), bureau, shown), SearchKind::RECORDS);
        let here = Filters { county: vec!["450721".to_owned()], ..Filters::default() };
        let investment_fen = Bounds { from: Some(1), to: None };
        for filters in [here.clone(), Filters { investment_fen, ..Filters::default() }] {
            assert_eq!(under(&filters, bureau, shown), [SearchKind::Project]);
            assert_eq!(under(&filters, Role::Federation, FieldSet::none()), []);
        }
        let of_leads = Filters { stage: vec!["new".to_owned()], ..here };
        assert_eq!(under(&of_leads, bureau, FieldSet::all()), []);
    }
}
