//! Whether each paper has its file: for `yinfeng check`.

use super::Storage;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::schema::attachments;
use diesel::prelude::*;
use futures_util::TryStreamExt;
use std::collections::HashMap;

/// Rows that are looked at together.
const BATCH: i64 = 1_000;

/// Papers, removed ones apart, without their file or with one of another size: a sentence for each.
pub fn faults(conn: &mut AnyConn, storage: &Storage) -> Result<Vec<String>, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let files = runtime.map_err(anyhow::Error::from)?.block_on(storage.list().try_collect::<Vec<_>>())?;
    let sizes: HashMap<String, u64> = files.into_iter().map(|file| (file.name, file.size)).collect();
    let (mut faults, mut after) = (Vec::new(), String::new());
    loop {
        let rows: Vec<(Id, String, i64)> = attachments::table
            .filter(attachments::id.gt(after.clone()))
            .filter(attachments::deleted_at.is_null())
            .order(attachments::id.asc())
            .limit(BATCH)
            .select((attachments::id, attachments::storage_name, attachments::size))
            .load(conn)?;
        let Some((last, ..)) = rows.last() else { return Ok(faults) };
        after = last.to_string();
        faults.extend(rows.iter().filter_map(|(id, name, size)| match sizes.get(name) {
            None => Some(format!("the paper {id} has no file `{name}`")),
            Some(found) if i64::try_from(*found).ok() != Some(*size) => {
                Some(format!("the file `{name}` of the paper {id} has {found} bytes and not {size}"))
            }
            Some(_) => None,
        }));
    }
}
