//! The ledger of chambers (商协会名录): its columns and the words of its cells.

use std::collections::HashMap;

use serde::Deserialize;

use super::chamber_words::ChamberWords;
use super::fold::folded;
use super::header_words::{bare, spellings};
use super::project_ledger::{first, read};
use super::source::{Files, ReferenceError};
use crate::chambers::entries::ChamberEntryKind;
use crate::chambers::model::{ChamberKind, SourceStatus};

/// What a column of the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChamberColumn {
    /// 序号: a number that is no part of the chamber.
    Serial,
    Code,
    Name,
    Kind,
    Region,
    ContactPerson,
    Phone,
    Status,
    /// How many there are: written only.
    Members,
    Term,
    TermFrom,
    TermTo,
    President,
    PresidentFrom,
    PresidentTo,
    AgreementKind,
    Agreement,
    AgreementParty,
    AgreementFrom,
    AgreementTo,
    /// Labels, several apart by marks.
    Recognition,
    RecognisedBy,
    RecognisedFrom,
    RecognisedTo,
    Member,
    MemberKind,
    MemberUscc,
    MemberContact,
    MemberPhone,
    MemberFrom,
    MemberTo,
    MemberNote,
    /// An officer, the president too, in the sheet of officers.
    Officer,
    Post,
    OfficerPhone,
    OfficerFrom,
    OfficerTo,
    OfficerNote,
    ServicePoint,
    ServiceRegion,
    ServiceAddress,
    ServiceContact,
    ServicePhone,
    ServiceFrom,
    ServiceTo,
    ServiceNote,
    Note,
}

impl ChamberColumn {
    /// The field that a refusal names: the chamber's, or of what is entered of it the kind and the field.
    pub fn field(self) -> &'static str {
        match self {
            Self::Serial => "row",
            Self::Code => "code",
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Region => "region",
            Self::ContactPerson => "contact_person",
            Self::Phone => "phone",
            Self::Status => "status",
            Self::Members => "members",
            Self::Note => "note",
            Self::Term => "term.name",
            Self::TermFrom => "term.from_on",
            Self::TermTo => "term.to_on",
            Self::President => "officer.name",
            Self::PresidentFrom => "officer.from_on",
            Self::PresidentTo => "officer.to_on",
            Self::AgreementKind => "agreement.word",
            Self::Agreement => "agreement.name",
            Self::AgreementParty => "agreement.party",
            Self::AgreementFrom => "agreement.from_on",
            Self::AgreementTo => "agreement.to_on",
            Self::Recognition => "recognition.word",
            Self::RecognisedBy => "recognition.name",
            Self::RecognisedFrom => "recognition.from_on",
            Self::RecognisedTo => "recognition.to_on",
            Self::Member => "member.name",
            Self::MemberKind => "member.word",
            Self::MemberUscc => "member.uscc",
            Self::MemberContact => "member.contact_person",
            Self::MemberPhone => "member.phone",
            Self::MemberFrom => "member.from_on",
            Self::MemberTo => "member.to_on",
            Self::MemberNote => "member.note",
            // Apart from the president's, which stand in the chamber's line.
            Self::Officer => "post.name",
            Self::Post => "post.word",
            Self::OfficerPhone => "post.phone",
            Self::OfficerFrom => "post.from_on",
            Self::OfficerTo => "post.to_on",
            Self::OfficerNote => "post.note",
            Self::ServicePoint => "service_point.name",
            Self::ServiceRegion => "service_point.region",
            Self::ServiceAddress => "service_point.address",
            Self::ServiceContact => "service_point.contact_person",
            Self::ServicePhone => "service_point.phone",
            Self::ServiceFrom => "service_point.from_on",
            Self::ServiceTo => "service_point.to_on",
            Self::ServiceNote => "service_point.note",
        }
    }

    /// The kind in whose sheet it stands; of a column of the chambers' own none.
    pub fn listed(self) -> Option<ChamberEntryKind> {
        match self.field().split_once('.')?.0 {
            "member" => Some(ChamberEntryKind::Member),
            "post" => Some(ChamberEntryKind::Officer),
            "service_point" => Some(ChamberEntryKind::ServicePoint),
            _ => None,
        }
    }

    /// The column that names whose line it is in the sheet of a kind.
    pub fn naming(kind: ChamberEntryKind) -> Option<Self> {
        match kind {
            ChamberEntryKind::Member => Some(Self::Member),
            ChamberEntryKind::Officer => Some(Self::Officer),
            ChamberEntryKind::ServicePoint => Some(Self::ServicePoint),
            _ => None,
        }
    }

    /// What a column whose header says nothing of the kind is in its sheet.
    pub fn in_sheet_of(self, kind: ChamberEntryKind) -> Self {
        use ChamberEntryKind::{Member, Officer, ServicePoint};
        match (kind, self) {
            (Member, Self::Kind) => Self::MemberKind,
            (Member, Self::ContactPerson) => Self::MemberContact,
            (Member, Self::Phone) => Self::MemberPhone,
            (Member, Self::Note) => Self::MemberNote,
            (Officer, Self::Phone) => Self::OfficerPhone,
            (Officer, Self::PresidentFrom) => Self::OfficerFrom,
            (Officer, Self::PresidentTo) => Self::OfficerTo,
            (Officer, Self::Note) => Self::OfficerNote,
            (ServicePoint, Self::Region) => Self::ServiceRegion,
            (ServicePoint, Self::ContactPerson) => Self::ServiceContact,
            (ServicePoint, Self::Phone) => Self::ServicePhone,
            (ServicePoint, Self::Note) => Self::ServiceNote,
            (_, other) => other,
        }
    }

    /// The column that names what is entered of this kind.
    pub fn of_entry(kind: ChamberEntryKind) -> Self {
        match kind {
            ChamberEntryKind::Term => Self::Term,
            ChamberEntryKind::Officer => Self::President,
            ChamberEntryKind::Agreement => Self::Agreement,
            ChamberEntryKind::Recognition => Self::Recognition,
            ChamberEntryKind::Member => Self::Member,
            ChamberEntryKind::ServicePoint => Self::ServicePoint,
        }
    }
}

/// One column.
#[derive(Debug)]
pub struct ChamberLedgerColumn {
    pub holds: ChamberColumn,
    /// As an export heads it.
    pub header: String,
}

/// The ledger's form.
#[derive(Debug)]
pub struct ChamberLedger {
    pub title: String,
    /// Headers of columns that are no part of a chamber: what an import says of rejected rows.
    pub left_out: Vec<String>,
    /// In the order of an export.
    pub columns: Vec<ChamberLedgerColumn>,
    /// Code of the president's post.
    pub president: String,
    /// Code of the kind of an agreement whose line says none.
    pub agreement: String,
    /// Titles of the sheets of members, officers and service points.
    pub sheets: Sheets,
    member: MemberKinds,
    industry_names: Vec<String>,
    words: LedgerWords,
    /// Positions in `columns`.
    by_word: HashMap<String, usize>,
}

/// Words of cells; the first of each is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LedgerWords {
    kind: HashMap<ChamberKind, Vec<String>>,
    status: HashMap<SourceStatus, Vec<String>>,
}

/// Titles of the sheets that have a line for each entry of a kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheets {
    member: String,
    officer: String,
    service_point: String,
    agreement: Option<String>,
    recognition: Option<String>,
}

impl Sheets {
    /// Of what a chamber's line has the latest: the kind, and the title of the sheet of the others.
    pub fn further(&self) -> impl Iterator<Item = (ChamberEntryKind, &str)> {
        let titles = [
            (ChamberEntryKind::Agreement, &self.agreement),
            (ChamberEntryKind::Recognition, &self.recognition),
        ];
        titles.into_iter().filter_map(|(kind, title)| Some((kind, title.as_deref()?)))
    }

    /// In the order of an export: the kind, and its sheet's title.
    pub fn all(&self) -> [(ChamberEntryKind, &str); 3] {
        [
            (ChamberEntryKind::Officer, &self.officer),
            (ChamberEntryKind::ServicePoint, &self.service_point),
            (ChamberEntryKind::Member, &self.member),
        ]
    }
}

/// What a member is whose line does not say it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberKinds {
    usual: String,
    /// Of one whose name has `characters` at most.
    short: String,
    characters: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LedgerFile {
    title: String,
    #[serde(default)]
    left_out: Vec<String>,
    president: String,
    agreement: String,
    sheets: Sheets,
    member: MemberKinds,
    industry_names: Vec<String>,
    column: Vec<ColumnEntry>,
    words: LedgerWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    field: ChamberColumn,
    words: Vec<String>,
}

impl ChamberLedger {
    pub(super) fn load(files: &Files<'_>, words: &ChamberWords) -> Result<Self, ReferenceError> {
        let file = files.read("chamber-ledger.toml")?;
        let found: LedgerFile = file.toml()?;
        let mut columns: Vec<ChamberLedgerColumn> = Vec::new();
        let mut by_word = HashMap::new();
        for entry in found.column {
            let name = entry.words.first().cloned().unwrap_or_default();
            if name.is_empty() {
                return Err(file.fault(format!("{:?}", entry.field), "a word is wanted"));
            }
            for word in &entry.words {
                if by_word.insert(bare(&folded(word)), columns.len()).is_some_and(|at| at != columns.len()) {
                    return Err(file.fault(name, format!("the word {word} already heads another column")));
                }
            }
            columns.push(ChamberLedgerColumn { holds: entry.field, header: name });
        }
        let lacks = ChamberKind::ALL.iter().any(|kind| first(found.words.kind.get(kind)).is_empty())
            || SourceStatus::ALL.iter().any(|status| first(found.words.status.get(status)).is_empty());
        if lacks {
            return Err(file.fault("words", "every code wants a word"));
        }
        for (kind, code) in [
            (ChamberEntryKind::Officer, &found.president),
            (ChamberEntryKind::Agreement, &found.agreement),
            (ChamberEntryKind::Member, &found.member.usual),
            (ChamberEntryKind::Member, &found.member.short),
        ] {
            if words.word(kind, code).is_none() {
                return Err(file.fault(code, format!("a word of {kind} in chamber-words.toml is wanted")));
            }
        }
        Ok(Self {
            title: found.title,
            left_out: found.left_out,
            columns,
            president: found.president,
            agreement: found.agreement,
            sheets: found.sheets,
            member: found.member,
            industry_names: found.industry_names,
            words: found.words,
            by_word,
        })
    }

    /// The header of the column that holds this field.
    pub fn header_of(&self, field: &str) -> Option<&str> {
        let of_field = self.columns.iter().find(|column| column.holds.field() == field);
        of_field.map(|column| column.header.as_str())
    }

    /// The position of the column that a header names.
    pub fn find(&self, header: &str) -> Option<usize> {
        spellings(header).iter().find_map(|spelling| self.by_word.get(spelling)).copied()
    }

    /// The column that holds this.
    pub fn column(&self, holds: ChamberColumn) -> Option<&ChamberLedgerColumn> {
        self.columns.iter().find(|column| column.holds == holds)
    }

    /// The code of what a member of this name is whose line does not say it.
    pub fn member_kind(&self, name: &str) -> &str {
        if name.chars().count() <= self.member.characters { &self.member.short } else { &self.member.usual }
    }

    /// Whether a name is that of an association of an industry.
    pub fn is_industry_name(&self, name: &str) -> bool {
        self.industry_names.iter().any(|end| name.ends_with(end.as_str()))
    }

    pub fn kind(&self, kind: ChamberKind) -> &str {
        first(self.words.kind.get(&kind))
    }

    pub fn read_kind(&self, text: &str) -> Option<ChamberKind> {
        read(&self.words.kind, text)
    }

    pub fn status(&self, status: SourceStatus) -> &str {
        first(self.words.status.get(&status))
    }

    pub fn read_status(&self, text: &str) -> Option<SourceStatus> {
        read(&self.words.status, text)
    }
}
