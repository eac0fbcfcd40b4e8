//! Counts, times and logs requests by route: never by path or query, which hold ids, names and secrets.

use actix_web::Error;
use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Instant;
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// Limits of the histogram's buckets, in seconds.
const BUCKETS: &[f64] =
    &[0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0];

/// Makes the recorder of this process, which `/metrics` shows. There can be one.
pub fn recorder() -> anyhow::Result<PrometheusHandle> {
    builder()?.install_recorder().context("the recorder of figures could not be started")
}

fn builder() -> anyhow::Result<PrometheusBuilder> {
    let seconds = Matcher::Suffix("_seconds".to_owned());
    PrometheusBuilder::new().set_buckets_for_metric(seconds, BUCKETS).context("the histogram's buckets")
}

/// Middleware: one histogram and one line of log by method, route pattern and status.
pub async fn requests(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let (begun, method) = (Instant::now(), req.method().to_string());
    let mut response = next.call(req).await?;
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let (status, seconds) = (response.status().as_u16(), begun.elapsed().as_secs_f64());
    tracing::info!(method, route, status, ms = seconds * 1000.0, "answered");
    let labels = [("method", method), ("route", route), ("status", status.to_string())];
    metrics::histogram!("http_request_seconds", &labels).record(seconds);
    let request_id = response.request().extensions().get::<RequestId>().map(ToString::to_string);
    if let Some(value) = request_id.and_then(|id| id.parse().ok()) {
        response
            .headers_mut()
            .insert(actix_web::http::header::HeaderName::from_static("x-request-id"), value);
    }
    Ok(response)
}

/// What every line of log of a request carries: its id.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        tracing::info_span!("request", request_id = id)
    }

    fn on_request_end<B: MessageBody>(_: Span, _: &Result<ServiceResponse<B>, Error>) {}
}
