//! Exporting leads (导出): the actor's scope, masked, with a reason, logged. The file names who took it,
//! when and why, and an import reads its columns again.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::contacts;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::exports::{self, Cell, ExportFormat, Table};
use crate::leads::model::Lead;
use crate::leads::queries::{self, At, LeadFilter, LeadRow, Names, Sort};
use crate::money::WAN;
use crate::web::i18n::{I18n, Lang, Message};
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
    let reason = exports::reasoned(reason)?;
    let writer = Writer { tools, i18n, lang: exports::lang(actor) };
    let mut lines = Vec::new();
    let mut at = At::Start;
    loop {
        let page = queries::page(conn, actor, filter, Sort::default(), &at, CHUNK)?;
        let Some(page) = page else { break };
        lines.extend(writer.lines(conn, page.items)?);
        let Some(next) = page.next_cursor.as_deref().and_then(Cursor::decode) else { break };
        at = At::After(next);
    }
    let watermark = exports::watermark(i18n, actor, reason);
    let table = Table { watermark, headers: writer.headers(), lines, frozen: 3 };
    let bytes = table.bytes(format)?;
    exports::tell(conn, actor, "lead.export", (table.lines.len(), filter), reason, &bytes)?;
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
        let (text, number) = (Cell::text, Cell::number);
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
}
