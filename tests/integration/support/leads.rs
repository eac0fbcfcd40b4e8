//! Leads, made as users make them.

use super::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// What registers a lead of 450721, with `changes` laid over it (a JSON merge patch).
pub fn lead_body(changes: Value) -> Value {
    let mut body = json!({
        "title": "示例光伏组件项目",
        "investor_name": new_investor(),
        "county": "450721",
        "industry": "other",
        "source": { "kind": "self" },
        "contact": { "name": "示例联系人", "phone": "12000000001" },
    });
    merge(&mut body, changes);
    body
}

/// A company that is like no other here: the program refuses an investor that it knows.
pub fn new_investor() -> String {
    // Of random bits, one Han character for each twelve.
    let bits = uuid::Uuid::new_v4().as_u128();
    let core = (0..5).map(|at| char::from_u32(0x5000 + (bits >> (12 * at) & 0xfff) as u32).unwrap());
    format!("{}有限公司", core.collect::<String>())
}

fn merge(body: &mut Value, changes: Value) {
    match (body, changes) {
        (Value::Object(body), Value::Object(changes)) => {
            for (name, change) in changes {
                if change.is_null() {
                    body.remove(&name);
                } else {
                    merge(body.entry(name).or_insert(Value::Null), change);
                }
            }
        }
        (body, changes) => *body = changes,
    }
}

impl TestApp {
    /// A lead that the bureau officer registered, as the API shows it.
    pub async fn new_lead(&self, changes: Value) -> Value {
        let created = self.token(Role::BureauOfficer).post_json("/api/v1/leads", lead_body(changes)).await;
        created.assert_status(201).json()
    }
}
