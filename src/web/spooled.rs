//! The body of an upload in a file without a name, so that it can be read twice: to find out whether it was sent
//! before, and by its handler.

use crate::app::App;
use crate::error::AppError;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::{Bytes, block};
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, Write};

/// Bytes that are written or read at once.
const AT_ONCE: usize = 256 * 1024;
/// Beside its file, a form holds no more, in megabytes.
const FIELDS_MB: u64 = 1;

/// A body as it came.
pub struct Spooled {
    file: File,
    hasher: Sha256,
    marks: Marks,
}

impl Spooled {
    /// Reads the body to its end. `boundary` is what its parts are told apart by: each sender makes a new one, so it
    /// is left out of the hash.
    ///
    /// # Errors
    /// 413 above what the larger kind of upload reads; 400 at `body` where it is torn.
    pub async fn read(app: &App, payload: &mut Payload, boundary: &str) -> Result<Self, AppError> {
        // As far above the limit as uploads themselves read on.
        let settings = &app.settings;
        let limit_mb = settings.attachments.limit_mb.max(settings.server.upload_limit_mb);
        let mut left = (limit_mb.saturating_mul(4) + FIELDS_MB).saturating_mul(1024 * 1024);
        let mut spooled = Spooled {
            file: tempfile::tempfile_in(&settings.data_dir).map_err(anyhow::Error::from)?,
            hasher: Sha256::new(),
            marks: Marks { mark: boundary.as_bytes().to_vec(), kept: Vec::new() },
        };
        let mut gathered = Vec::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| AppError::bad_request("body", "not-a-form"))?;
            left = left.checked_sub(chunk.len() as u64).ok_or(AppError::TooLarge { limit_mb })?;
            gathered.extend_from_slice(&chunk);
            if gathered.len() >= AT_ONCE {
                spooled = spooled.write(std::mem::take(&mut gathered)).await?;
            }
        }
        spooled.write(gathered).await
    }

    /// SHA-256 of what was sent, and the body to be read once more.
    pub fn again(mut self) -> Result<(Vec<u8>, Payload), AppError> {
        self.hasher.update(&self.marks.kept);
        self.file.rewind().map_err(anyhow::Error::from)?;
        // A form asks on after the end.
        let payload = stream::unfold(Some(self.file), |file| async { next(file?).await }).fuse();
        Ok((self.hasher.finalize().to_vec(), Payload::Stream { payload: Box::pin(payload) }))
    }

    async fn write(mut self, bytes: Vec<u8>) -> Result<Self, AppError> {
        block(move || {
            self.file.write_all(&bytes).map_err(anyhow::Error::from)?;
            let hasher = &mut self.hasher;
            self.marks.without(&bytes, |part| hasher.update(part));
            Ok::<_, AppError>(self)
        })
        .await?
    }
}

/// The next bytes of the file, and the file while there may be more.
async fn next(mut file: File) -> Option<(Result<Bytes, PayloadError>, Option<File>)> {
    let read = block(move || {
        let mut bytes = vec![0; AT_ONCE];
        let read = file.read(&mut bytes)?;
        bytes.truncate(read);
        Ok::<_, std::io::Error>((bytes, file))
    });
    match read.await {
        Ok(Ok((bytes, _))) if bytes.is_empty() => None,
        Ok(Ok((bytes, file))) => Some((Ok(bytes.into()), Some(file))),
        Ok(Err(error)) => Some((Err(PayloadError::Io(error)), None)),
        Err(_) => Some((Err(PayloadError::Incomplete(None)), None)),
    }
}

/// Leaves a mark out of bytes that come piece by piece.
struct Marks {
    mark: Vec<u8>,
    /// What may be the beginning of a mark.
    kept: Vec<u8>,
}

impl Marks {
    fn without(&mut self, bytes: &[u8], mut each: impl FnMut(&[u8])) {
        let mut rest = std::mem::take(&mut self.kept);
        rest.extend_from_slice(bytes);
        if self.mark.is_empty() {
            return each(&rest);
        }
        let mut from = 0;
        while let Some(at) = rest[from..].windows(self.mark.len()).position(|part| part == self.mark) {
            each(&rest[from..from + at]);
            from += at + self.mark.len();
        }
        let known = rest.len().saturating_sub(self.mark.len() - 1).max(from);
        each(&rest[from..known]);
        self.kept = rest[known..].to_vec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_mark_is_left_out_wherever_the_pieces_end(
            parts in prop::collection::vec("[ab-]{0,6}", 1..6),
            mark in "--x[ab]{1,4}",
            piece in 1_usize..9,
        ) {
            let sent = parts.join(&mark);
            let mut marks = Marks { mark: mark.clone().into_bytes(), kept: Vec::new() };
            let mut told = Vec::new();
            for bytes in sent.as_bytes().chunks(piece) {
                marks.without(bytes, |part| told.extend_from_slice(part));
            }
            told.extend_from_slice(&marks.kept);
            prop_assert_eq!(String::from_utf8(told).unwrap(), parts.concat());
        }
    }
}
