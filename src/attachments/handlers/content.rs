//! The bytes of a paper: `/api/v1/attachments/{id}/content`, and `/attachments/{id}` for browsers.

use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::model::{Attachment, AttachmentKind};
use crate::attachments::{editing, owner, policy, sniff};
use crate::error::AppError;
use crate::web::download::{self, Way};
use crate::web::params::Params;
use crate::web::roles::AttachmentReader;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    ByteRangeSpec, ContentEncoding, ContentRange, ContentRangeSpec, ETag, EntityTag, IfNoneMatch, Range,
};
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use std::ops;

/// Whatever a file holds, it is shown as what it is and does nothing: no script, no form, no address of ours.
const PICTURE: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
/// A browser's own viewer does not come up in a sandbox.
const PDF: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; \
                   frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

/// `GET /api/v1/attachments/{id}/content`
pub async fn show(
    reader: AttachmentReader,
    id: Path<String>,
    req: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let paper = opened(&app, reader.0, id.into_inner()).await?;
    answer(&app, &req, paper, Way::Saved).await
}

/// `GET /attachments/{id}`: pictures and PDFs in the browser, everything else and `?download=1` to be saved.
pub async fn page(
    reader: AttachmentReader,
    id: Path<String>,
    params: Params,
    req: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["download"])?;
    let saved = params.flag("download")?;
    let paper = opened(&app, reader.0, id.into_inner()).await?;
    let way = if saved || !sniff::is_shown(&paper.media_type) { Way::Saved } else { Way::Shown };
    answer(&app, &req, paper, way).await
}

/// The paper, if it is the actor's to open; of one that shows an identity number, it is logged.
async fn opened(app: &App, actor: Actor, id: String) -> Result<Attachment, AppError> {
    let asker = actor.clone();
    let paper = app
        .read(move |_, conn| {
            let (paper, owner) = owner::of_paper(conn, &asker, &id)?;
            if policy::may_open(&asker, &owner, &paper) {
                Ok(paper)
            } else {
                Err(AppError::Forbidden("identity-paper"))
            }
        })
        .await?;
    if paper.kind == AttachmentKind::Identity {
        let (told, opener) = (paper.clone(), actor.clone());
        app.write(&actor, move |_, conn| editing::tell_opened(conn, &opener, &told)).await?;
    }
    Ok(paper)
}

async fn answer(app: &App, req: &HttpRequest, paper: Attachment, way: Way) -> Result<HttpResponse, AppError> {
    let tag = EntityTag::new_strong(paper.sha256.clone());
    let mut response = HttpResponse::Ok();
    response.insert_header(ETag(tag.clone())).insert_header((header::ACCEPT_RANGES, "bytes"));
    if is_known(req, &tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let size = u64::try_from(paper.size).map_err(anyhow::Error::from)?;
    let range = match range(req, &tag, size) {
        Wanted::All => None,
        Wanted::Part(range) => Some(range),
        Wanted::None => {
            let range = ContentRangeSpec::Bytes { range: None, instance_length: Some(size) };
            response.status(StatusCode::RANGE_NOT_SATISFIABLE).insert_header(ContentRange(range));
            return Ok(response.finish());
        }
    };
    let mut length = size;
    if let Some(range) = &range {
        length = range.end - range.start;
        let told = ContentRangeSpec::Bytes {
            range: Some((range.start, range.end - 1)),
            instance_length: Some(size),
        };
        response.status(StatusCode::PARTIAL_CONTENT).insert_header(ContentRange(told));
    }
    let content = app.attachments.get(&paper.storage_name, range).await?;
    headers(&mut response, &paper, way);
    Ok(response.body(SizedStream::new(length, content)))
}

fn headers(response: &mut HttpResponseBuilder, paper: &Attachment, way: Way) {
    let policy = if paper.media_type == "application/pdf" { PDF } else { PICTURE };
    response
        .content_type(paper.media_type.clone())
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header(download::disposition(way, &paper.file_name))
        // Packed already, and a part of it must be a part of what the ETag names.
        .insert_header(ContentEncoding::Identity);
}

fn is_known(req: &HttpRequest, tag: &EntityTag) -> bool {
    match req.extract_header::<IfNoneMatch>() {
        Some(IfNoneMatch::Any) => true,
        Some(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
        None => false,
    }
}

/// How much of a file is asked for.
enum Wanted {
    All,
    Part(ops::Range<u64>),
    /// Only what lies behind its end.
    None,
}

/// One range of bytes is served; several are answered with the whole, which is allowed (RFC 9110, 14.2).
fn range(req: &HttpRequest, tag: &EntityTag, size: u64) -> Wanted {
    let is_of_this = req
        .headers()
        .get(header::IF_RANGE)
        .is_none_or(|known| known.as_bytes() == tag.to_string().as_bytes());
    match req.extract_header::<Range>() {
        Some(Range::Bytes(ranges)) if is_of_this && ranges.len() == 1 => {
            match ranges.first().and_then(|range: &ByteRangeSpec| range.to_satisfiable_range(size)) {
                Some((from, to)) => Wanted::Part(from..to + 1),
                None => Wanted::None,
            }
        }
        _ => Wanted::All,
    }
}

/// A header that parses, or none.
trait Extract {
    fn extract_header<H: header::Header>(&self) -> Option<H>;
}

impl Extract for HttpRequest {
    fn extract_header<H: header::Header>(&self) -> Option<H> {
        self.headers().contains_key(H::name()).then(|| H::parse(self).ok()).flatten()
    }
}
