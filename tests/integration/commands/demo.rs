//! `yinfeng demo`: starts, answers, ends by itself and leaves nothing.

use crate::support::program::{Program, ends_within, free_port};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

#[test]
fn it_says_how_to_sign_in_serves_and_ends_by_itself() {
    let program = Program::new();
    let temporary = program.folder().join("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let port = free_port().to_string();
    let mut command = program.command(&["demo", "--port", &port, "--seconds", "8"]);
    // The settings of a real office beside it do not matter to a demonstration.
    let mut process =
        command.env("TMPDIR", &temporary).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let address = lines.next().unwrap();
    assert_eq!(address, format!("http://127.0.0.1:{port}"));
    let password = lines.next().unwrap().rsplit(": ").next().unwrap().to_owned();
    // The server listens a moment after.
    let client =
        reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(30));
        client.get(format!("{address}/sign-in")).send().ok()
    });
    assert_eq!(page.expect("it answers").status(), 200);
    let officer = lines.find(|line| line.contains("bureau_officer")).expect("a bureau officer");
    let form = [("username", officer.split_whitespace().next().unwrap()), ("password", &*password)];
    let signed_in = client
        .post(format!("{address}/sign-in"))
        .header("sec-fetch-site", "same-origin")
        .form(&form)
        .send()
        .unwrap();
    assert_eq!(signed_in.status(), 303, "{officer}");
    let cookies = signed_in.headers().get_all("set-cookie").iter();
    let cookies: Vec<&str> = cookies.filter_map(|one| one.to_str().ok()?.split(';').next()).collect();
    let what_if =
        client.get(format!("{address}/award-applications/what-if")).header("cookie", cookies.join("; "));
    let what_if = what_if.send().unwrap().text().unwrap();
    assert!(what_if.contains("电动玩具驱动总成") && what_if.contains("仿真玩具外壳"), "{what_if}");
    assert!(ends_within(&mut process, Duration::from_secs(60)).success());
    let left: Vec<_> = std::fs::read_dir(&temporary).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left, Vec::<std::path::PathBuf>::new());
}
