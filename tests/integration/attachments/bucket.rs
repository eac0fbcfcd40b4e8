//! Papers in a bucket: against a store of this process that speaks as much of S3's protocol as is used.

use super::{PDF, at, paper, send};
use crate::support::TestApp;
use actix_web::http::Method;
use actix_web::web::{Bytes, Data, PayloadConfig, Query, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use yinfeng::accounts::Role;
use yinfeng::attachments::sweep;

const SECRET: &str = "a-secret-that-nobody-sends";

/// Objects by path, parts that were not put together yet among them, and what requests were signed with.
#[derive(Default)]
struct Bucket {
    objects: Mutex<BTreeMap<String, Bytes>>,
    signatures: Mutex<Vec<String>>,
}

async fn answer(
    req: HttpRequest,
    query: Query<HashMap<String, String>>,
    body: Bytes,
    bucket: Data<Bucket>,
) -> HttpResponse {
    let signature = req.headers().get("authorization").unwrap().to_str().unwrap();
    bucket.signatures.lock().unwrap().push(signature.to_owned());
    let mut objects = bucket.objects.lock().unwrap();
    let key = req.path().to_owned();
    let part = |number: usize| format!("{key}?{number:04}");
    let modified = ("Last-Modified", "Thu, 20 Nov 2025 08:00:00 GMT");
    match (req.method(), query.get("partNumber"), query.contains_key("list-type")) {
        (&Method::POST, ..) if query.contains_key("uploads") => HttpResponse::Ok()
            .body("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"),
        (&Method::POST, ..) => {
            let parts: Vec<Bytes> = (1..).map_while(|number| objects.remove(&part(number))).collect();
            objects.insert(key, parts.concat().into());
            HttpResponse::Ok()
                .body("<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>")
        }
        (&Method::PUT, number, _) => {
            let name = number.map_or(key.clone(), |number| part(number.parse().unwrap()));
            objects.insert(name, body);
            HttpResponse::Ok().insert_header(("ETag", "\"e\"")).finish()
        }
        (&Method::GET, _, true) => {
            let lines = objects.iter().map(|(key, content)| {
                let key = key.strip_prefix("/papers/").unwrap();
                format!("<Contents><Key>{key}</Key><Size>{}</Size><LastModified>2025-11-20T08:00:00.000Z</LastModified><ETag>\"e\"</ETag></Contents>", content.len())
            });
            let lines: String = lines.collect();
            HttpResponse::Ok().body(format!("<ListBucketResult>{lines}</ListBucketResult>"))
        }
        (&Method::GET, ..) => match objects.get(&key) {
            None => HttpResponse::NotFound().finish(),
            Some(content) => {
                let mut response = HttpResponse::Ok();
                response.insert_header(("ETag", "\"e\"")).insert_header(modified);
                let Some(range) = req.headers().get("range") else { return response.body(content.clone()) };
                let (from, to) = range.to_str().unwrap()["bytes=".len()..].split_once('-').unwrap();
                let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
                let told = format!("bytes {from}-{to}/{}", content.len());
                response.status(actix_web::http::StatusCode::PARTIAL_CONTENT);
                response.insert_header(("Content-Range", told)).body(content.slice(from..=to))
            }
        },
        (&Method::DELETE, ..) => {
            objects.remove(&key);
            HttpResponse::NoContent().finish()
        }
        _ => HttpResponse::MethodNotAllowed().finish(),
    }
}

#[actix_web::test]
async fn papers_lie_in_a_bucket_as_they_lie_in_a_folder() {
    let bucket = Arc::new(Bucket::default());
    let data = Data::from(bucket.clone());
    let server = HttpServer::new(move || {
        let app = App::new().app_data(data.clone()).app_data(PayloadConfig::new(64 * 1024 * 1024));
        app.default_service(to(answer))
    });
    let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
    let endpoint = format!("http://{}", server.addrs()[0]);
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let app = TestApp::with_settings(&[
        ("YINFENG_ATTACHMENTS_URL", "s3://papers/yinfeng"),
        ("YINFENG_ATTACHMENTS_ENDPOINT", &endpoint),
        ("YINFENG_ATTACHMENTS_ACCESS_KEY", "test"),
        ("YINFENG_ATTACHMENTS_SECRET_KEY", SECRET),
    ])
    .await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let small = paper(&app, "lead", &lead, "contract").await;
    let mut content = PDF.to_vec();
    content.extend((0..12_000_000_u32).map(|at| (at % 249) as u8));
    let large = send(&officer, &lead, "a.pdf", &content).await.assert_status(201).json();
    assert_eq!(officer.get(&at(&small, "/content")).await.assert_status(200).bytes(), PDF);
    assert!(officer.get(&at(&large, "/content")).await.assert_status(200).bytes() == content);
    let part = officer.get(&at(&large, "/content")).header("range", "bytes=6000000-6000003").await;
    assert_eq!(part.assert_status(206).bytes(), &content[6_000_000..6_000_004]);

    let stray = "/papers/yinfeng/00/stray".to_owned();
    bucket.objects.lock().unwrap().insert(stray.clone(), PDF.into());
    let parts = app.app.clone();
    let gone = actix_web::web::block(move || sweep::run(&parts).unwrap()).await.unwrap();
    let names: Vec<String> = bucket.objects.lock().unwrap().keys().cloned().collect();
    assert_eq!((gone, names.len(), names.contains(&stray)), (1, 2, false), "{names:?}");
    assert!(names.iter().all(|name| name.starts_with("/papers/yinfeng/")), "{names:?}");
    let signatures = bucket.signatures.lock().unwrap().clone();
    assert!(signatures.iter().all(|one| one.starts_with("AWS4-HMAC-SHA256 ") && !one.contains(SECRET)));

    // A store that does not answer keeps nobody waiting for long, and leaves no row.
    handle.stop(false).await;
    send(&officer, &lead, "a.pdf", PDF).await.assert_status(503);
    assert_eq!(super::list(&officer, "lead", &lead).await.json()["total"], 2);
}
