//! One index on disk: a reader that everybody shares and the one writer.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDateTime, Utc};
use tantivy::directory::MmapDirectory;
use tantivy::merge_policy::{LogMergePolicy, NoMergePolicy};
use tantivy::store::Compressor;
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, Term};

use super::kept::Kept;
use super::schema::{self, Fields, ID, ROW_VERSION};
use super::tokenizers;
use crate::search::document::LeadDocument;
use crate::search::error::SearchError;
use crate::search::settings::Settings;

/// Memory for changes not yet on disk, in bytes: the least that tantivy takes. A third of it goes at each commit.
const WRITER_MEMORY: usize = 15 << 20;
/// The same of each thread that fills an index: more makes fewer parts to merge, and takes several times as much while a
/// part is written.
const FILLER_MEMORY: usize = 20 << 20;
/// Threads that fill an index; searches keep a core.
const FILLERS: usize = 2;
/// So many segments of about one size are merged. Fewer makes searches quicker, and writes a little slower.
const SEGMENTS: usize = 4;
/// A segment of which this share is deleted is written anew.
const DEAD: f32 = 0.3;
/// The texts of so many bytes are compressed together; less makes reading a hit cheaper.
const BLOCK: usize = 8 << 10;

pub(super) struct Live {
    path: PathBuf,
    index: Index,
    fields: Fields,
    kept: Kept,
    reader: IndexReader,
    /// None after an error: what it had not committed is lost, and the next write opens another.
    writer: Mutex<Option<IndexWriter>>,
    /// Being filled from nothing: by several threads, and merged once, at the end.
    filling: AtomicBool,
    /// Writes since the last commit.
    pending: AtomicU64,
}

impl Live {
    /// An empty index in a directory that does not exist yet; `filling` until it is `filled`.
    pub(super) fn create(path: &Path, settings: &Settings, filling: bool) -> Result<Live, SearchError> {
        std::fs::create_dir_all(path).map_err(SearchError::io(path))?;
        let (schema, _) = schema::build(settings);
        let options = IndexSettings {
            docstore_compression: Compressor::Lz4,
            docstore_blocksize: BLOCK,
            ..IndexSettings::default()
        };
        let directory = MmapDirectory::open(path).map_err(tantivy::TantivyError::from)?;
        let index = Index::create(directory, schema, options)?;
        let live = Live::with(path, index, settings, filling)?;
        drop(live.writer()?);
        Ok(live)
    }

    /// The index that is there; `filling` when a rebuild goes on with it, until it is `filled`.
    pub(super) fn open(path: &Path, settings: &Settings, filling: bool) -> Result<Live, SearchError> {
        let live = Live::with(path, written(path, settings)?, settings, filling)?;
        // At once, so that a directory that cannot be written is known at start.
        drop(live.writer()?);
        Ok(live)
    }

    /// The index that is there, also while another process writes to it.
    pub(super) fn open_to_read(path: &Path, settings: &Settings) -> Result<Live, SearchError> {
        Live::with(path, written(path, settings)?, settings, false)
    }

    fn with(path: &Path, index: Index, settings: &Settings, filling: bool) -> Result<Live, SearchError> {
        tokenizers::register(index.tokenizers(), &settings.language);
        let (_, fields) = schema::build(settings);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (writer, filling, pending) = (Mutex::new(None), AtomicBool::new(filling), AtomicU64::new(0));
        Ok(Live {
            path: path.to_path_buf(),
            index,
            fields,
            kept: Kept::default(),
            reader,
            writer,
            filling,
            pending,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Whether the files are still there; an administrator may have removed the directory.
    pub(super) fn is_present(&self) -> bool {
        self.path.join("meta.json").exists()
    }

    pub(super) fn upsert<'a>(
        &self,
        leads: impl Iterator<Item = &'a LeadDocument>,
    ) -> Result<(), SearchError> {
        self.write(|writer| {
            for lead in leads {
                writer.delete_term(Term::from_field_text(self.fields.id, &lead.id));
                writer.add_document(self.fields.document(lead))?;
                self.pending.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        })
    }

    pub(super) fn delete(&self, ids: &[String]) -> Result<(), SearchError> {
        self.write(|writer| {
            for id in ids {
                writer.delete_term(Term::from_field_text(self.fields.id, id));
                self.pending.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        })
    }

    pub(super) fn commit(&self) -> Result<(), SearchError> {
        self.write(|writer| writer.commit().map(drop))?;
        self.reader.reload()?;
        self.pending.store(0, Ordering::Relaxed);
        Ok(())
    }

    /// Makes one segment of all that was committed, as every search goes through each segment.
    pub(super) fn merge(&self) -> Result<(), SearchError> {
        let segments = self.index.searchable_segment_ids()?;
        if segments.len() > 1 {
            self.write(|writer| writer.merge(&segments).wait().map(drop))?;
            self.reader.reload()?;
        }
        Ok(())
    }

    /// From now on it is written to as changes come: the threads that filled it, and their memory, go.
    pub(super) fn filled(&self) {
        self.filling.store(false, Ordering::Relaxed);
        *self.lock() = None;
    }

    pub(super) fn pending(&self) -> u64 {
        self.pending.load(Ordering::Relaxed)
    }

    pub(super) fn size_bytes(&self) -> u64 {
        let files = std::fs::read_dir(&self.path).into_iter().flatten().flatten();
        files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
    }

    /// UTC
    pub(super) fn last_commit(&self) -> Option<NaiveDateTime> {
        let written = std::fs::metadata(self.path.join("meta.json")).and_then(|file| file.modified()).ok()?;
        Some(DateTime::<Utc>::from(written).naive_utc())
    }

    pub(super) fn versions(&self) -> Result<Vec<(String, i64)>, SearchError> {
        let mut versions = Vec::new();
        for segment in self.searcher().segment_readers() {
            let columns = segment.fast_fields();
            let (ids, row_versions) = (columns.str(ID)?, columns.i64(ROW_VERSION)?);
            let Some(ids) = ids else { continue };
            for document in segment.doc_ids_alive() {
                let mut id = String::new();
                if let Some(ord) = ids.ords().first(document) {
                    ids.ord_to_str(ord, &mut id)?;
                }
                versions.push((id, row_versions.first(document).unwrap_or(0)));
            }
        }
        Ok(versions)
    }

    fn write(&self, work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<()>) -> Result<(), SearchError> {
        let mut writer = self.writer()?;
        let done = match writer.as_mut() {
            Some(writer) => work(writer),
            None => Ok(()),
        };
        if done.is_err() {
            // A writer is of no use after an error, and must not commit half a batch later.
            *writer = None;
            self.pending.store(0, Ordering::Relaxed);
        }
        Ok(done?)
    }

    fn writer(&self) -> Result<MutexGuard<'_, Option<IndexWriter>>, SearchError> {
        let mut writer = self.lock();
        if writer.is_none() {
            *writer = Some(self.new_writer()?);
        }
        Ok(writer)
    }

    fn new_writer(&self) -> tantivy::Result<IndexWriter> {
        if self.filling.load(Ordering::Relaxed) {
            let writer = self.index.writer_with_num_threads(FILLERS, FILLERS * FILLER_MEMORY)?;
            writer.set_merge_policy(Box::new(NoMergePolicy));
            return Ok(writer);
        }
        let writer = self.index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(SEGMENTS);
        policy.set_del_docs_ratio_before_merge(DEAD);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }

    fn lock(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The index in a directory, if it was written with these settings.
fn written(path: &Path, settings: &Settings) -> Result<Index, SearchError> {
    let index = Index::open_in_dir(path)?;
    let (schema, _) = schema::build(settings);
    if index.schema() != schema {
        let reason = "written with other search/leads.json".to_owned();
        return Err(tantivy::TantivyError::SchemaError(reason).into());
    }
    Ok(index)
}
