//! Leads over the API.

use crate::api::parameter::{Parameter, flag, id, one_of, page, sort, text, texts, words};
use crate::api::shape::{Shape, Way};
use crate::api::{Operation, delete, get, operation::Content, patch, post};
use crate::attachments::AttachmentKind;
use crate::attributions::model::{AttributionOutcome, AttributionShare};
use crate::db::Id;
use crate::follow_ups::view::FollowUpView;
use crate::leads::forms::LeadBody;
use crate::leads::handlers::assignment::LeadAssignment;
use crate::leads::handlers::closure::LeadClosure;
use crate::leads::handlers::disclosure::{Disclosed, Disclosure};
use crate::leads::handlers::hold::LeadHold;
use crate::leads::handlers::merger::LeadMerger;
use crate::leads::handlers::stage::StageMove;
use crate::leads::merging::LeadName;
use crate::leads::model::{ClosureKind, SourceKind, Stage, Status};
use crate::leads::queries::SortField;
use crate::leads::timeline::TimelineItem;
use crate::leads::view::{LeadView, Person};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::schema::{OneOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};

/// Every operation on leads themselves.
pub fn all() -> Vec<Operation> {
    let lead = |operation: Operation| operation.answers::<LeadView>(200).versioned();
    vec![
        get("/api/v1/leads", "lead-list")
            .query(filters())
            .query([sort::<SortField>(), text("before")])
            .query(page())
            .sample("county=450721&overdue=true&sort=next_follow_up_on&count=true")
            .answers_with(200, Content::List(list_item())),
        post("/api/v1/leads", "lead-create")
            .takes_with::<LeadBody>(&["title", "investor_name", "county", "industry"])
            .example(json!({
                "title": "积木注塑生产线",
                "investor_name": "小方砖积木(虚构)有限公司",
                "county": "450721",
                "industry": "toy_garment",
                "total_investment_fen": 1_500_000_000_i64,
                "source": { "kind": "self" },
                "contact": { "name": "单示例", "phone": "12000000101" },
            }))
            .answers::<LeadView>(201)
            .versioned()
            .located(),
        lead(get("/api/v1/leads/{id}", "lead-read")),
        lead(patch("/api/v1/leads/{id}", "lead-update"))
            .patches::<LeadBody>()
            .example(json!({ "jobs": 420, "contact": { "post": "总经理" } })),
        delete("/api/v1/leads/{id}", "lead-delete").needs_version().answers_nothing(),
        lead(post("/api/v1/leads/{id}/restoration", "lead-restore")).honours_version(),
        lead(post("/api/v1/leads/{id}/stage", "lead-stage"))
            .honours_version()
            .takes::<StageMove>()
            .example(json!({ "to": "assessment" })),
        lead(post("/api/v1/leads/{id}/closure", "lead-close"))
            .honours_version()
            .takes::<LeadClosure>()
            .example(json!({ "kind": "market", "reason": "对方放弃扩产" })),
        lead(delete("/api/v1/leads/{id}/closure", "lead-reopen"))
            .needs_version()
            .query([text("reason").required()])
            .sample("reason=test")
            .fails(&[409, 422]),
        lead(post("/api/v1/leads/{id}/hold", "lead-hold"))
            .honours_version()
            .takes::<LeadHold>()
            .example(json!({ "reason": "等土地指标", "until": "2031-03-01" })),
        lead(delete("/api/v1/leads/{id}/hold", "lead-resume"))
            .needs_version()
            .query([text("reason")])
            .fails(&[409]),
        lead(post("/api/v1/leads/{id}/merger", "lead-merge"))
            .honours_version()
            .takes::<LeadMerger>()
            .example(json!({ "into": "QZ-2026-000007", "reason": "同一项目登记两次" })),
        lead(post("/api/v1/leads/{id}/assignment", "lead-assign"))
            .honours_version()
            .takes::<LeadAssignment>()
            .example(json!({ "leader": null, "reason": "换人" })),
        post("/api/v1/leads/{id}/disclosures", "lead-disclose")
            .takes::<Disclosure>()
            .example(json!({ "field": "phone", "reason": "约访" }))
            .answers::<Disclosed>(200)
            .fails(&[429]),
        get("/api/v1/leads/{id}/timeline", "lead-timeline")
            .query(page())
            .answers_with(200, Content::List(timeline_item())),
    ]
}

/// Filters of the list.
fn filters() -> Vec<Parameter> {
    vec![
        words::<Stage>("stage"),
        words::<Status>("status"),
        texts("county"),
        texts("industry"),
        words::<SourceKind>("source"),
        text("chamber"),
        text("referrer"),
        text("event"),
        text("officer"),
        text("leader"),
        flag("overdue"),
        one_of("due", &["today", "week"]),
        flag("mine"),
        one_of("updated", &["recently"]),
        one_of("feedback", &["late"]),
        one_of("question", &["waiting", "late"]),
        id("import"),
        text("q"),
    ]
}

/// A lead of a list: without what only a single lead has.
fn list_item() -> Shape {
    Shape::of::<LeadView>(Way::Out).named("LeadListItem").without(&["LeadDetail", "LeadMergers"])
}

/// From one county to another, or the same.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct CountyChange {
    from: String,
    to: String,
}

/// From one person to another.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct PersonChange {
    from: Option<Person>,
    to: Option<Person>,
}

/// From one value to another.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct FieldChange {
    from: serde_json::Value,
    to: serde_json::Value,
}

/// A follow-up, as the timeline tells it.
#[derive(Serialize, ToSchema)]
struct FollowedUp {
    #[serde(flatten)]
    follow_up: FollowUpView,
    /// The lead that it was written at, when that one was merged into this.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    from_lead: Option<LeadName>,
}

/// A move to another stage.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct StageChanged {
    from: Stage,
    to: Stage,
    reason: Option<String>,
}

/// A closure, a hold, or the end of one.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct StatusChanged {
    from: Status,
    to: Status,
    /// Of a closure.
    kind: Option<ClosureKind>,
    /// Of a hold.
    until: Option<NaiveDate>,
    reason: Option<String>,
}

/// The merger of this lead into another.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct MergedInto {
    into: Option<LeadName>,
    reason: Option<String>,
}

/// The merger of another lead into this.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct TookIn {
    from_lead: LeadName,
    reason: Option<String>,
}

/// A paper that was brought; its content stands at `/api/v1/attachments/{id}/content`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct PaperBrought {
    id: Id,
    kind: AttachmentKind,
    file_name: String,
}

/// A question to the chamber that the lead came from.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct ChamberAsked {
    text: String,
    due_on: NaiveDate,
}

/// The chamber's answer, with what was asked.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct ChamberAnswered {
    question: String,
    text: String,
}

/// The credit for it is shared otherwise, among these chambers.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct CreditChanged {
    before: Vec<AttributionShare>,
    after: Vec<AttributionShare>,
    outcome: AttributionOutcome,
    reason: Option<String>,
}

/// A change of county or people.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct Assigned {
    county: CountyChange,
    officer: PersonChange,
    leader: PersonChange,
    reason: Option<String>,
}

/// Fields that were changed, each from and to; personal ones masked.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of what the timeline puts together")]
struct Edited {
    differences: std::collections::BTreeMap<String, FieldChange>,
}

/// The data of a timeline's item, one shape for each kind.
pub(crate) fn timeline_data() -> RefOr<Schema> {
    let shapes = [
        FollowedUp::name(),
        StageChanged::name(),
        StatusChanged::name(),
        MergedInto::name(),
        TookIn::name(),
        PaperBrought::name(),
        ChamberAsked::name(),
        ChamberAnswered::name(),
        CreditChanged::name(),
        Assigned::name(),
        Edited::name(),
    ];
    shapes.into_iter().map(Ref::from_schema_name).fold(OneOfBuilder::new(), OneOfBuilder::item).into()
}

/// An item of the timeline with the shapes of its data.
fn timeline_item() -> Shape {
    Shape::of::<TimelineItem>(Way::Out)
        .beside::<FollowedUp>()
        .beside::<StageChanged>()
        .beside::<StatusChanged>()
        .beside::<MergedInto>()
        .beside::<TookIn>()
        .beside::<PaperBrought>()
        .beside::<ChamberAsked>()
        .beside::<ChamberAnswered>()
        .beside::<CreditChanged>()
        .beside::<Assigned>()
        .beside::<Edited>()
}
