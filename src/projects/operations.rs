//! Projects over the API.

use crate::api::parameter::{Parameter, flag, id, page, some_of, sort, text, texts, word, year};
use crate::api::{Operation, delete, get, patch, post, put};
use crate::db::types::Words;
use crate::milestones::model::MilestoneKind;
use crate::projects::contract::ContractBody;
use crate::projects::forms::ProjectBody;
use crate::projects::handlers::contract::SupplementBody;
use crate::projects::handlers::pool::{EntryBody, WithdrawalBody};
use crate::projects::queries::SortField;
use crate::projects::view::ProjectView;
use serde_json::json;

/// Every operation on projects but for their milestones.
pub fn all() -> Vec<Operation> {
    let project = |operation: Operation| operation.answers::<ProjectView>(200).versioned();
    vec![
        get("/api/v1/projects", "project-list")
            .query([texts("county"), texts("industry"), text("leader"), text("chamber"), text("event")])
            .query([flag("pool"), flag("key"), word::<MilestoneKind>("reached"), flag("waiting")])
            .query([stages(), year("pool_year"), year("start_year"), year("entered_year")])
            .query([year("started_year"), year("producing_year")])
            .query([flag("enclave"), text("statistics_county"), year("supported_year")])
            .query([id("import"), text("q"), sort::<SortField>()])
            .query(page())
            .sample("county=450721&pool=true&sort=-total_investment_fen&count=true")
            .lists::<ProjectView>(),
        post("/api/v1/projects", "project-create")
            .takes::<ProjectBody>()
            .example(json!({
                "title": "积木注塑生产基地",
                "investor_name": "小方砖积木(虚构)有限公司",
                "county": "450721",
                "industry": "toy_garment",
                "total_investment_fen": 20_000_000_000_i64,
                "source": { "kind": "self" },
                "key": { "basis": "plan_list" },
            }))
            .answers::<ProjectView>(201)
            .versioned()
            .located(),
        project(get("/api/v1/projects/{id}", "project-read")),
        project(patch("/api/v1/projects/{id}", "project-update"))
            .patches::<ProjectBody>()
            .example(json!({ "jobs": 420, "progress": "厂房封顶" })),
        delete("/api/v1/projects/{id}", "project-delete").needs_version().answers_nothing().fails(&[409]),
        project(post("/api/v1/projects/{id}/pool-entry", "project-pool-entry"))
            .honours_version()
            .takes::<EntryBody>()
            .example(json!({ "entered_on": "2024-03-01" })),
        project(post("/api/v1/projects/{id}/withdrawal", "project-withdrawal"))
            .honours_version()
            .takes::<WithdrawalBody>()
            .example(json!({ "withdrawn_on": "2024-08-01", "reason": "投资方终止" })),
        project(put("/api/v1/projects/{id}/contract", "project-contract"))
            .takes_with::<ContractBody>(&["signed_on", "total_investment_fen"])
            .example(json!({
                "signed_on": "2024-02-01",
                "total_investment_fen": 20_000_000_000_i64,
                "fixed_investment_fen": 15_000_000_000_i64,
                "land_premium_fen": 0,
                "parties": ["灵山县人民政府(示例)", "小方砖积木(虚构)有限公司"],
                "years": [{ "year": 1, "fixed_investment_fen": 10_000_000_000_i64, "land_premium_fen": 0 }],
                "funding": [{ "source": "企业自筹", "amount_fen": 20_000_000_000_i64 }],
            })),
        project(post("/api/v1/projects/{id}/contract/supplements", "project-supplement"))
            .honours_version()
            .takes::<SupplementBody>()
            .example(json!({ "signed_on": "2024-09-01", "content": "竣工期限延长一年" })),
    ]
}

/// The latest milestone reached, or `none`.
fn stages() -> Parameter {
    some_of("stage", &[MilestoneKind::WORDS, &["none"]].concat())
}
