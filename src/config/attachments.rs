//! Where papers of records are kept, and how large one may be.

use super::source::{SettingError, Source};
use std::io;
use std::path::PathBuf;

#[derive(Debug, Clone)]
pub struct AttachmentSettings {
    pub place: Place,
    /// The largest paper, in megabytes.
    pub limit_mb: u64,
    /// The program that reads what papers say, where it is not this one.
    pub reader: Option<PathBuf>,
}

impl AttachmentSettings {
    /// The program that reads what papers say.
    ///
    /// # Errors
    /// When the system does not tell where this program lies.
    pub fn reader(&self) -> io::Result<PathBuf> {
        self.reader.clone().map_or_else(std::env::current_exe, Ok)
    }
}

/// Where the bytes lie.
#[derive(Debug, Clone)]
pub enum Place {
    /// The folder `attachments` of the data folder.
    Disk,
    S3(S3),
}

/// A bucket of S3 or of what speaks its protocol.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    pub bucket: String,
    /// Names of objects begin with it; empty for none.
    pub prefix: String,
    /// Amazon's own for the region, unless another is named.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
}

/// Without the keys: settings are logged.
impl std::fmt::Debug for S3 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let endpoint = self.endpoint.as_deref().unwrap_or("amazon");
        write!(f, "s3://{}/{} at {endpoint}, {}", self.bucket, self.prefix, self.region)
    }
}

/// What is set of attachments.
///
/// # Errors
/// An address that is none, a bucket without its keys, a limit of nothing.
pub(super) fn read(from: &Source) -> Result<AttachmentSettings, SettingError> {
    const LIMIT: &str = "a number of megabytes, 1 to 1000";
    let limit_mb = from.parsed("attachments_limit_mb", "20", LIMIT)?;
    if !(1..=1000).contains(&limit_mb) {
        return Err(from.wrong("attachments_limit_mb", LIMIT));
    }
    let place = match from.text("attachments_url", "disk").as_str() {
        "disk" => Place::Disk,
        url => Place::S3(s3(from, url)?),
    };
    let reader = from.optional("attachments_reader").map(PathBuf::from);
    Ok(AttachmentSettings { place, limit_mb, reader })
}

fn s3(from: &Source, url: &str) -> Result<S3, SettingError> {
    let wrong = || from.wrong("attachments_url", "disk, or s3://BUCKET or s3://BUCKET/PREFIX");
    let rest = url.strip_prefix("s3://").ok_or_else(wrong)?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() || rest.contains(['?', '#', '@', ' ']) {
        return Err(wrong());
    }
    let endpoint = from.optional("attachments_endpoint");
    if endpoint.as_deref().is_some_and(|at| !at.starts_with("https://") && !at.starts_with("http://")) {
        return Err(from.wrong("attachments_endpoint", "an address that begins with https:// or http://"));
    }
    let needed = |name: &str| {
        from.optional(name).ok_or_else(|| from.wrong(name, "the key that the bucket is opened with"))
    };
    Ok(S3 {
        bucket: bucket.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint,
        region: from.text("attachments_region", "us-east-1"),
        access_key: needed("attachments_access_key")?,
        secret_key: needed("attachments_secret_key")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn settings(set: &[(&str, &str)]) -> Result<AttachmentSettings, String> {
        let variables: Vec<_> =
            set.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Settings::from_parts("", &variables).map(|all| all.attachments).map_err(|error| error.to_string())
    }

    #[test]
    fn papers_lie_on_disk_unless_a_bucket_is_named_with_its_keys() {
        let usual = settings(&[]).unwrap();
        assert!(matches!(usual.place, Place::Disk));
        assert_eq!(usual.limit_mb, 20);
        let bucket = ("YINFENG_ATTACHMENTS_URL", "s3://papers/yinfeng/");
        let keys = [("YINFENG_ATTACHMENTS_ACCESS_KEY", "a"), ("YINFENG_ATTACHMENTS_SECRET_KEY", "hidden")];
        let Place::S3(s3) = settings(&[bucket, keys[0], keys[1]]).unwrap().place else { panic!("no bucket") };
        assert_eq!((s3.bucket.as_str(), s3.prefix.as_str()), ("papers", "yinfeng"));
        assert!(!format!("{s3:?}").contains("hidden"), "{s3:?}");
        assert!(settings(&[bucket, keys[0]]).unwrap_err().contains("YINFENG_ATTACHMENTS_SECRET_KEY"));
    }

    #[test]
    fn what_is_no_place_and_no_limit_stops_the_start() {
        for (name, value) in [
            ("YINFENG_ATTACHMENTS_URL", "/srv/papers"),
            ("YINFENG_ATTACHMENTS_URL", "s3://"),
            ("YINFENG_ATTACHMENTS_URL", "s3://key@bucket"),
            ("YINFENG_ATTACHMENTS_LIMIT_MB", "0"),
        ] {
            assert!(settings(&[(name, value)]).unwrap_err().contains(name), "{value}");
        }
    }
}
