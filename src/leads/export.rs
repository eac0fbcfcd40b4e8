//! Exporting leads (导出): the actor's scope, masked, with a reason, logged. The file names who took it,
//! when and why, and an import reads its columns again.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::confidential::to_hex;
use crate::contacts;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::model::Lead;
use crate::leads::queries::{self, At, LeadFilter, LeadRow, Names, Sort};
use crate::money::WAN;
use crate::web::i18n::{I18n, Lang, Message};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The columns in order; `export-<name>` is the header's message.
pub const COLUMNS: &[&str] = &[
    "code",
    "title",
    "investor",
    "uscc",
    "county",
    "park",
    "industry",
    "total-investment",
    "fixed-investment",
    "land",
    "factory",
    "jobs",
    "source",
    "source-name",
    "stage",
    "status",
    "contact",
    "post",
    "phone",
    "officer",
    "leader",
    "registered-on",
    "next-follow-up-on",
    "content",
    "remark",
];

/// Leads read at a time.
const CHUNK: i64 = 200;

/// What an export may be saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Xlsx,
    Csv,
}

/// A cell of the export.
enum Cell {
    Text(String),
    Number(f64),
    Nothing,
}

/// Writes the leads of a filter into a file's bytes, and the act into the trail.
///
/// # Errors
/// 422 without a reason.
pub fn export(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    i18n: &I18n,
    actor: &Actor,
    filter: &LeadFilter,
    reason: &str,
    format: ExportFormat,
) -> Result<Vec<u8>, AppError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "reason-required"));
    }
    let lang = Lang::negotiate(Some(actor.locale.as_str()), None, None);
    let writer = Writer { tools, i18n, lang };
    let mut lines = Vec::new();
    let mut at = At::Start;
    loop {
        let page = queries::page(conn, actor, filter, Sort::default(), &at, CHUNK)?;
        let Some(page) = page else { break };
        lines.extend(writer.lines(conn, page.items)?);
        let Some(next) = page.next_cursor.as_deref().and_then(Cursor::decode) else { break };
        at = At::After(next);
    }
    let bytes = match format {
        ExportFormat::Xlsx => writer.xlsx(actor, reason, &lines).map_err(|e| AppError::Internal(e.into()))?,
        ExportFormat::Csv => writer.csv(actor, reason, &lines).map_err(|e| AppError::Internal(e.into()))?,
    };
    let differences = Differences::default()
        .set("rows", &lines.len())
        .set("filter", &format!("{filter:?}"))
        .set("sha256", &to_hex(&Sha256::digest(&bytes)));
    let act = Act {
        action: "lead.export",
        subject_kind: "export",
        subject_id: "",
        differences,
        reason: Some(reason),
    };
    audit::record(conn, actor, act)?;
    Ok(bytes)
}

struct Writer<'a> {
    tools: Tools<'a>,
    i18n: &'a I18n,
    lang: Lang,
}

impl Writer<'_> {
    fn say(&self, family: &str, code: &str) -> String {
        self.i18n.say(self.lang, &Message::of(family, code))
    }

    /// Who, when and why: the file's first line.
    fn watermark(&self, actor: &Actor, reason: &str) -> String {
        let at = clock::china_time(clock::now()).format("%Y-%m-%d %H:%M").to_string();
        let message = Message::new("export-watermark")
            .text("name", &actor.display_name)
            .text("at", at)
            .text("reason", reason);
        self.i18n.say(self.lang, &message)
    }

    fn headers(&self) -> Vec<String> {
        COLUMNS.iter().map(|name| self.i18n.say(self.lang, &Message::of("export", name))).collect()
    }

    fn lines(&self, conn: &mut AnyConn, rows: Vec<LeadRow>) -> Result<Vec<Vec<Cell>>, AppError> {
        let names = queries::names_of(conn, rows.iter().map(|row| &row.0))?;
        let ids: Vec<Id> = rows.iter().map(|row| row.0.id.clone()).collect();
        let mut contacts: HashMap<Id, contacts::model::MaskedContact> = HashMap::new();
        for contact in contacts::queries::of_leads(conn, &ids)? {
            contacts.insert(contact.lead_id.clone(), contact.masked(self.tools.keys)?);
        }
        Ok(rows
            .into_iter()
            .map(|(lead, uscc)| {
                let contact = contacts.remove(&lead.id);
                self.line(lead, uscc, contact, &names)
            })
            .collect())
    }

    fn line(
        &self,
        lead: Lead,
        uscc: Option<String>,
        contact: Option<contacts::model::MaskedContact>,
        names: &Names,
    ) -> Vec<Cell> {
        let (reference, lang) = (self.tools.reference, self.lang.code());
        let person = |id: &Option<Id>, written: Option<String>| {
            id.as_ref().and_then(|id| names.users.get(id)).map(|(_, name)| name.clone()).or(written)
        };
        let sources = [
            lead.source_chamber_id,
            lead.source_referrer_id,
            lead.source_enterprise_id,
            lead.source_event_id,
        ];
        let wan = |fen: Option<i64>| fen.map_or(Cell::Nothing, |fen| Cell::Number(fen as f64 / WAN as f64));
        let text = |text: Option<String>| text.map_or(Cell::Nothing, Cell::Text);
        let number = |number: Option<f64>| number.map_or(Cell::Nothing, Cell::Number);
        let (name, post, phone) =
            contact.map_or((None, None, None), |contact| (Some(contact.name), contact.post, contact.phone));
        vec![
            Cell::Text(lead.code),
            Cell::Text(lead.title),
            Cell::Text(lead.investor_name),
            text(uscc),
            Cell::Text(reference.region_name(&lead.county, lang).to_owned()),
            text(lead.park.and_then(|id| reference.park(&id).map(|park| park.name(lang).to_owned()))),
            Cell::Text(reference.industry_name(&lead.industry, lang).to_owned()),
            wan(lead.total_investment_fen),
            wan(lead.fixed_investment_fen),
            number(lead.land_mu),
            number(lead.factory_m2),
            number(lead.jobs.map(|jobs| jobs as f64)),
            Cell::Text(self.say("source", lead.source_kind.as_str())),
            text(sources.iter().flatten().find_map(|id| names.sources.get(id).cloned())),
            Cell::Text(self.say("stage", lead.stage.as_str())),
            Cell::Text(self.say("status", lead.status.as_str())),
            text(name),
            text(post),
            text(phone),
            text(person(&lead.officer_id, lead.officer_name)),
            text(person(&lead.leader_id, lead.leader_name)),
            Cell::Text(lead.registered_on.to_string()),
            text(lead.next_follow_up_on.map(|day| day.to_string())),
            text(lead.content),
            text(lead.remark),
        ]
    }

    fn xlsx(&self, actor: &Actor, reason: &str, lines: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let bold = Format::new().set_bold();
        sheet.write_string(0, 0, self.watermark(actor, reason))?;
        for (column, header) in (0_u16..).zip(self.headers()) {
            sheet.write_string_with_format(1, column, header, &bold)?;
        }
        for (row, line) in (2_u32..).zip(lines) {
            for (column, cell) in (0_u16..).zip(line) {
                write_cell(sheet, row, column, cell)?;
            }
        }
        sheet.set_freeze_panes(2, 3)?;
        book.save_to_buffer()
    }

    fn csv(&self, actor: &Actor, reason: &str, lines: &[Vec<Cell>]) -> Result<Vec<u8>, csv::Error> {
        // Excel takes a CSV for UTF-8 only with this mark.
        let mut out = "\u{FEFF}".as_bytes().to_vec();
        {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(&mut out);
            writer.write_record([self.watermark(actor, reason)])?;
            writer.write_record(self.headers())?;
            for line in lines {
                writer.write_record(line.iter().map(|cell| match cell {
                    Cell::Text(text) => harmless(text),
                    Cell::Number(number) => number.to_string(),
                    Cell::Nothing => String::new(),
                }))?;
            }
            writer.flush()?;
        }
        Ok(out)
    }
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        // As a string, never as a formula, whatever it looks like. Excel takes 32,767 characters.
        Cell::Text(text) => {
            sheet.write_string(row, column, text.chars().take(32_000).collect::<String>())?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        Cell::Nothing => {}
    }
    Ok(())
}

/// Spreadsheets run cells that begin like formulas; the quote makes them text.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
