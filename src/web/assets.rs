//! What the browser loads beside the page: css, scripts, pictures; put together by build.rs, kept in the binary.

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};

/// The policy the pages are written for: nothing inline, nothing from other hosts. The base layer's css
/// draws its ticks and arrows from `data:` pictures.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/assets"]
struct Assets;

/// The address of an asset, with the start of its hash, so that a browser may keep it for good.
pub fn url(name: &str) -> Option<String> {
    Assets::get(name).map(|file| format!("/static/{name}?v={}", fingerprint(&file)))
}

/// `GET /static/{name}`: gzip when the browser takes it, 304 when it has it already.
pub async fn serve(request: HttpRequest, name: web::Path<String>) -> HttpResponse {
    let Some(file) = Assets::get(&name).filter(|_| !name.ends_with(".gz")) else {
        return HttpResponse::NotFound().finish();
    };
    // Weak, because one tag stands for the plain and the packed bytes.
    let tag = format!("W/\"{}\"", fingerprint(&file));
    let cache = match request.query_string().starts_with("v=") {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let has_it = lists(request.headers(), header::IF_NONE_MATCH, &tag);
    let mut answer = if has_it { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, cache))
        .insert_header((header::VARY, "Accept-Encoding"));
    if has_it {
        return answer.finish();
    }
    answer.content_type(media_type(&name));
    match Assets::get(&format!("{name}.gz")) {
        Some(packed) if lists(request.headers(), header::ACCEPT_ENCODING, "gzip") => {
            answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(packed.data.into_owned())
        }
        _ => answer.body(file.data.into_owned()),
    }
}

/// Whether a comma-separated header names `wanted` (and does not refuse it with `q=0`).
fn lists(headers: &HeaderMap, name: header::HeaderName, wanted: &str) -> bool {
    headers.get_all(name).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
        |item| {
            let (item, weight) = item.split_once(';').unwrap_or((item, ""));
            item.trim() == wanted && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        },
    )
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

fn fingerprint(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{App, body::MessageBody, http::StatusCode, test};

    #[actix_web::test]
    async fn an_asset_is_packed_tagged_and_kept() {
        let app = test::init_service(App::new().route("/static/{name}", web::get().to(serve))).await;
        let address = url("yinfeng.css").unwrap();
        let ask = |address: &str| {
            test::TestRequest::get().uri(address).insert_header(("Accept-Encoding", "br, gzip"))
        };
        let first = test::call_service(&app, ask(&address).to_request()).await;
        assert_eq!(first.headers().get("content-encoding").unwrap(), "gzip");
        assert!(first.headers().get("cache-control").unwrap().to_str().unwrap().ends_with("immutable"));
        let tag = first.headers().get("etag").unwrap().clone();
        assert!(first.into_body().try_into_bytes().unwrap().starts_with(&[0x1f, 0x8b]));

        let again = ask("/static/yinfeng.css").insert_header(("If-None-Match", tag)).to_request();
        let again = test::call_service(&app, again).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(again.headers().get("cache-control").unwrap(), "no-cache");

        let plain = test::TestRequest::get()
            .uri(&address)
            .insert_header(("Accept-Encoding", "gzip;q=0"))
            .to_request();
        assert!(!test::call_service(&app, plain).await.headers().contains_key("content-encoding"));
        for missing in ["/static/none.css", "/static/yinfeng.css.gz"] {
            assert_eq!(
                test::call_service(&app, ask(missing).to_request()).await.status(),
                StatusCode::NOT_FOUND
            );
        }
    }
}
