//! The program, serving on a folder of its own.

use super::{Process, answers, free_port};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The password of everybody here.
pub const PASSWORD: &str = "Correct horse 1";

/// A running office with a bureau officer (`officer`), the head of the bureau (`head`), the leader (`leader`)
/// and the officer (`county`) of 450721, finance (`finance`), an administrator (`admin`) and an auditor (`auditor`).
pub struct Office {
    _server: Process,
    folder: TempDir,
    address: String,
    token: String,
}

impl Office {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (username, role, region) in [
            ("officer", "bureau_officer", None),
            ("head", "bureau_head", None),
            ("leader", "county_leader", Some("450721")),
            ("county", "county_officer", Some("450721")),
            ("finance", "finance_reviewer", None),
            ("admin", "admin", None),
            ("auditor", "auditor", None),
        ] {
            let mut words = vec!["user", "add", "--username", username, "--role", role, "--password-stdin"];
            words.extend(region.iter().flat_map(|region| ["--region", region]));
            run(folder.path(), &words, PASSWORD);
        }
        let token = run(folder.path(), &["token", "create", "--user", "officer", "--name", "test"], "");
        let (server, address) = serve(folder.path());
        Office { _server: server, folder, address, token: token.trim().to_owned() }
    }

    /// Where a path is.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// A folder for files to upload.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Posts to the API as the bureau officer, and gives what was made.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let request = reqwest::Client::new().post(self.url(path)).bearer_auth(&self.token).json(&body);
        let response = request.send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        let request = reqwest::Client::new().get(self.url(path)).bearer_auth(&self.token);
        request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }

    /// Puts to the API as the bureau officer, over whatever version is there.
    pub async fn put(&self, path: &str, body: Value) -> Value {
        let request = reqwest::Client::new().put(self.url(path)).bearer_auth(&self.token);
        let response = request.header("If-Match", "*").json(&body).send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// A project of 450721 that its leader leads; its id.
    pub async fn new_project(&self, title: &str) -> String {
        let body = json!({
            "title": title, "investor_name": format!("{title}有限公司"), "county": "450721",
            "industry": "toy_garment", "total_investment_fen": 200_000_000_00_i64, "leader": "leader",
        });
        self.post("/api/v1/projects", body).await["id"].as_str().unwrap().to_owned()
    }

    /// A paper of a project; its id.
    pub async fn paper(&self, project: &str, kind: &str) -> String {
        let file = reqwest::multipart::Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("示例.pdf");
        let form = reqwest::multipart::Form::new().text("owner_kind", "project");
        let form = form.text("owner_id", project.to_owned()).text("kind", kind.to_owned()).part("file", file);
        let request = reqwest::Client::new().post(self.url("/api/v1/attachments")).bearer_auth(&self.token);
        let answer = request.multipart(form).send().await.unwrap().error_for_status().unwrap();
        answer.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// An extension of a policy version that a second bureau head proposed, who has no part in other tests; its id.
    pub async fn policy_document(&self) -> String {
        run(self.folder.path(), &["user", "add", "--username", "second", "--role", "bureau_head"], "");
        let token = run(self.folder.path(), &["token", "create", "--user", "second", "--name", "test"], "");
        let body = json!({
            "valid_until": "2027-12-31", "document_name": "关于延长的通知", "document_number": "示例〔2026〕1号",
        });
        let post = reqwest::Client::new().post(self.url("/api/v1/policies/qinzhou-2023-2025/extension"));
        let made =
            post.bearer_auth(token.trim()).json(&body).send().await.unwrap().error_for_status().unwrap();
        made.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Reads a ledger in; the id of the import, which is not applied.
    pub async fn import(&self, csv: &str) -> String {
        let file = reqwest::multipart::Part::text(csv.to_owned()).file_name("ledger.csv");
        let form = reqwest::multipart::Form::new().text("kind", "leads").part("file", file);
        let request = reqwest::Client::new().post(self.url("/api/v1/imports")).bearer_auth(&self.token);
        let answer = request.multipart(form).send().await.unwrap().error_for_status().unwrap();
        answer.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// The id of one of the people here.
    pub fn user_id(&self, username: &str) -> String {
        let list: Value =
            serde_json::from_str(&run(self.folder.path(), &["user", "list", "--json"], "")).unwrap();
        let list = list.as_array().or(list["items"].as_array()).unwrap().clone();
        let user = list.iter().find(|user| user["username"] == username).unwrap();
        user["id"].as_str().unwrap().to_owned()
    }

    /// An application for an award that the county officer drafted and submitted: all its facts are entered; its id.
    pub async fn award_application(&self, project: &str) -> String {
        let token = self.token_of("county");
        let post = async |path: String, body: Value| self.post_by(&token, &path, body).await;
        let facts =
            json!({ "licensed_agency": true, "target_workers": true, "workers": 12, "rate_fen": 80_000 });
        let body = json!({ "project_id": project, "rule": "job_agency", "facts": facts });
        let made = post("/api/v1/award-applications".to_owned(), body).await;
        let id = made["id"].as_str().unwrap().to_owned();
        post(format!("/api/v1/award-applications/{id}/transitions"), json!({ "to": "submitted" })).await;
        id
    }

    /// A token of one of the people here.
    fn token_of(&self, username: &str) -> String {
        let token = run(self.folder.path(), &["token", "create", "--user", username, "--name", "test"], "");
        token.trim().to_owned()
    }

    async fn post_by(&self, token: &str, path: &str, body: Value) -> Value {
        let request = reqwest::Client::new().post(self.url(path)).bearer_auth(token);
        let response = request.json(&body).send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// A change of a chamber's lead's credit that the county proposed, and that waits; its id.
    pub async fn attribution_change(&self, lead: &str) -> String {
        let other =
            self.post("/api/v1/chambers", json!({ "kind": "industry", "name": "示例行业协会" })).await;
        let shares = json!([{ "chamber_id": other["id"], "share_bp": 10_000 }]);
        let body = json!({ "shares": shares, "reason": "由协会促成" });
        let path = format!("/api/v1/leads/{lead}/attribution");
        self.post_by(&self.token_of("county"), &path, body).await["id"].as_str().unwrap().to_owned()
    }

    /// A chamber with its liaison (`liaison`), who has reported nothing yet.
    pub async fn liaison(&self) {
        let body = json!({ "kind": "other_city", "name": "示例商会" });
        let chamber = self.post("/api/v1/chambers", body).await;
        let chamber = chamber["id"].as_str().unwrap();
        let add = ["user", "add", "--username", "liaison", "--role", "chamber_liaison", "--chamber", chamber];
        run(self.folder.path(), &[&add[..], &["--password-stdin"]].concat(), PASSWORD);
    }

    /// A later claim: the chamber's liaison reports an investor that is here already; its id.
    pub async fn claim(&self, chamber: &str, investor: &str) -> String {
        let add = ["user", "add", "--username", "liaison", "--role", "chamber_liaison", "--chamber", chamber];
        run(self.folder.path(), &[&add[..], &["--password-stdin"]].concat(), PASSWORD);
        let token = run(self.folder.path(), &["token", "create", "--user", "liaison", "--name", "test"], "");
        let body = json!({ "title": "示例商会报送", "investor_name": investor, "county": "450721", "industry": "other" });
        let request = reqwest::Client::new().post(self.url("/api/v1/leads")).bearer_auth(token.trim());
        assert_eq!(request.json(&body).send().await.unwrap().status(), 409);
        self.get("/api/v1/claims").await["items"][0]["id"].as_str().unwrap().to_owned()
    }

    /// A lead of 450721 that its leader leads; its id.
    pub async fn new_lead(&self, title: &str, investor: &str) -> String {
        let body = json!({
            "title": title, "investor_name": investor, "county": "450721", "industry": "other",
            "content": "年产示例组件 200 万套，需要标准厂房和稳定的蒸汽供应。",
            "total_investment_fen": 1_200_000_000_000_i64, "source": { "kind": "self" },
            "contact": { "name": "示例联系人", "post": "投资总监", "phone": "12000000001" },
        });
        let lead = self.post("/api/v1/leads", body).await;
        let id = lead["id"].as_str().unwrap().to_owned();
        self.post(
            &format!("/api/v1/leads/{id}/assignment"),
            json!({ "leader": "leader", "officer": "officer" }),
        )
        .await;
        id
    }
}

/// Starts the server; should somebody else have taken the port meanwhile, on another one.
fn serve(folder: &Path) -> (Process, String) {
    for _ in 0..5 {
        let port = free_port();
        let address = format!("http://127.0.0.1:{port}");
        let mut command = yinfeng(folder);
        command.args(["serve"]).env("YINFENG_LISTEN", format!("127.0.0.1:{port}")).stdout(Stdio::null());
        let log = std::fs::File::create(folder.join("server.log")).unwrap();
        let mut server = Process(command.stderr(log).stdin(Stdio::null()).spawn().unwrap());
        if answers(&mut server.0, port) {
            return (server, address);
        }
    }
    panic!("the server did not start: {}", std::fs::read_to_string(folder.join("server.log")).unwrap());
}

/// Runs a command of the program to its end.
fn run(folder: &Path, words: &[&str], input: &str) -> String {
    let mut command = yinfeng(folder);
    let mut child = command
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{input}\n").as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The program as built, with no settings but its folder's.
fn yinfeng(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinfeng"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("YINFENG_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env("YINFENG_DATA_DIR", folder.join("data")).env("YINFENG_LOG", "warn");
    command
}
