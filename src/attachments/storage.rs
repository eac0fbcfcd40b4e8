//! Where the bytes of papers lie: a folder, or a bucket of S3. Names here are ours, random, and never used twice.

use crate::config::{Place, S3, Settings};
use crate::error::AppError;
use anyhow::Context;
use chrono::{DateTime, NaiveDateTime, Utc};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, RetryConfig, WriteMultipart};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What goes in one piece; larger files go in parts of this size, which is the least that S3 takes.
const PART: usize = 5 * 1024 * 1024;
/// Parts on their way at once.
const AT_ONCE: usize = 2;

/// The storage; cheap to clone.
#[derive(Debug, Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// On disk, where.
    folder: Option<PathBuf>,
}

/// Bytes as they are read.
pub type Content = BoxStream<'static, object_store::Result<actix_web::web::Bytes>>;

/// A file as the storage knows it.
#[derive(Debug, Clone)]
pub struct Stored {
    pub name: String,
    /// Bytes
    pub size: u64,
    /// When it was written, UTC.
    pub at: NaiveDateTime,
}

impl Storage {
    /// Opens what is set; nothing is asked of a bucket yet.
    pub fn open(settings: &Settings) -> anyhow::Result<Self> {
        match &settings.attachments.place {
            Place::Disk => {
                let folder = settings.attachments_dir();
                std::fs::create_dir_all(&folder)
                    .with_context(|| format!("the folder {}", folder.display()))?;
                // Written through to the disk: a row must never stand without its file.
                let store = LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
                Ok(Storage { folder: Some(folder), ..Storage::over(store) })
            }
            Place::S3(s3) => bucket(s3).context("the bucket of attachments"),
        }
    }

    /// Over any store: tests have their own.
    pub fn over(store: impl ObjectStore) -> Self {
        Storage { store: Arc::new(store), folder: None }
    }

    /// A name that nothing has: `3f/…`, a folder for each of 256.
    pub fn new_name() -> String {
        let id = uuid::Uuid::new_v4().simple().to_string();
        format!("{}/{id}", &id[..2])
    }

    /// Keeps the whole file under this name. When it returns, the file is there for good.
    pub async fn put(&self, name: &str, mut file: File, size: u64) -> Result<(), AppError> {
        let path = Path::from(name);
        file.seek(SeekFrom::Start(0)).map_err(anyhow::Error::from)?;
        if usize::try_from(size).is_ok_and(|size| size <= PART) {
            let (_, bytes) = part(file).await?;
            self.store.put(&path, bytes.into()).await.map_err(unavailable)?;
            return Ok(());
        }
        let upload = self.store.put_multipart(&path).await.map_err(unavailable)?;
        let mut writing = WriteMultipart::new_with_chunk_size(upload, PART);
        loop {
            let (rest, bytes) = part(file).await?;
            if bytes.is_empty() {
                return writing.finish().await.map(drop).map_err(unavailable);
            }
            file = rest;
            writing.wait_for_capacity(AT_ONCE).await.map_err(unavailable)?;
            writing.put(bytes.into());
        }
    }

    /// The bytes under this name, or a part of them.
    pub async fn get(&self, name: &str, range: Option<Range<u64>>) -> Result<Content, AppError> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.store.get_opts(&Path::from(name), options).await.map_err(unavailable)?;
        Ok(found.into_stream())
    }

    /// Takes a file away; one that is not there is no fault.
    pub async fn delete(&self, name: &str) -> Result<(), AppError> {
        match self.store.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }

    /// Whether there is a file of this name, and how large it is.
    pub async fn size(&self, name: &str) -> Result<Option<u64>, AppError> {
        match self.store.head(&Path::from(name)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    /// Removes what writes to a folder left half done when the process died, older than this; a bucket forgets such
    /// things itself. The storage lists none of it.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn forget_half_written(&self, age: Duration) -> io::Result<usize> {
        let mut gone = 0;
        let Some(folder) = &self.folder else { return Ok(gone) };
        for inner in fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()? {
            if !inner.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(inner.path())? {
                let file = file?;
                // `<name>#<number>` until it is whole.
                let is_half = file.file_name().to_string_lossy().contains('#');
                if is_half && file.metadata()?.modified()?.elapsed().is_ok_and(|elapsed| elapsed > age) {
                    fs::remove_file(file.path())?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }

    /// Every file, as the storage lists them.
    pub fn list(&self) -> BoxStream<'static, Result<Stored, AppError>> {
        let files = self.store.list(None);
        files
            .map(|file| {
                let file = file.map_err(unavailable)?;
                Ok(Stored { name: file.location.to_string(), size: file.size, at: naive(file.last_modified) })
            })
            .boxed()
    }
}

fn naive(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc()
}

/// The next part of a file, off the async threads; nothing at its end.
pub async fn part(mut file: File) -> Result<(File, Vec<u8>), AppError> {
    actix_web::web::block(move || {
        let mut bytes = Vec::new();
        (&mut file).take(PART as u64).read_to_end(&mut bytes).map_err(anyhow::Error::from)?;
        Ok::<_, AppError>((file, bytes))
    })
    .await?
}

fn bucket(s3: &S3) -> anyhow::Result<Storage> {
    // The one way of TLS here is ring's. Whoever set a provider before us set the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&s3.bucket)
        .with_region(&s3.region)
        .with_access_key_id(&s3.access_key)
        .with_secret_access_key(&s3.secret_key)
        // One file at a time goes, and not every store knows how to delete several.
        .with_disable_bulk_delete(true)
        .with_retry(patience());
    if let Some(endpoint) = &s3.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    let store = builder.build()?;
    Ok(if s3.prefix.is_empty() {
        Storage::over(store)
    } else {
        Storage::over(PrefixStore::new(store, s3.prefix.as_str()))
    })
}

/// Somebody waits in front of a page: a bucket that does not answer is given up after a while.
fn patience() -> RetryConfig {
    RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() }
}

/// The storage does not answer, or has not what should be there: said to the log, and to the reader that it is not
/// his fault.
fn unavailable(error: object_store::Error) -> AppError {
    AppError::Unavailable(format!("the storage of attachments: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::TryStreamExt;
    use object_store::memory::InMemory;
    use std::io::Write;

    fn file(content: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        file
    }

    async fn read(storage: &Storage, name: &str, range: Option<Range<u64>>) -> Vec<u8> {
        let parts: Vec<_> = storage.get(name, range).await.unwrap().try_collect().await.unwrap();
        parts.concat()
    }

    async fn keeps_and_forgets(storage: Storage) {
        let large: Vec<u8> = (0..PART * 2 + 7).map(|at| (at % 251) as u8).collect();
        for content in [b"%PDF-1.7".as_slice(), &large] {
            let name = Storage::new_name();
            storage.put(&name, file(content), content.len() as u64).await.unwrap();
            assert_eq!(storage.size(&name).await.unwrap(), Some(content.len() as u64));
            assert_eq!(read(&storage, &name, None).await, content);
            assert_eq!(read(&storage, &name, Some(2..5)).await, &content[2..5]);
            let names: Vec<Stored> = storage.list().try_collect().await.unwrap();
            assert_eq!(names.iter().map(|stored| &stored.name).collect::<Vec<_>>(), [&name]);
            storage.delete(&name).await.unwrap();
            storage.delete(&name).await.unwrap();
            assert_eq!(storage.size(&name).await.unwrap(), None);
            assert!(storage.get(&name, None).await.is_err());
        }
    }

    #[actix_web::test]
    async fn a_storage_keeps_small_and_large_files_and_forgets_them() {
        keeps_and_forgets(Storage::over(InMemory::new())).await;
        keeps_and_forgets(Storage::over(PrefixStore::new(InMemory::new(), "papers"))).await;
        let folder = tempfile::tempdir().unwrap();
        let disk = LocalFileSystem::new_with_prefix(folder.path()).unwrap().with_fsync(true);
        keeps_and_forgets(Storage::over(disk)).await;
    }
}
