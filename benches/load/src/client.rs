//! A client that costs next to nothing, so that the server is what is measured: HTTP/1.1 over one kept connection.

use crate::server::Server;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// One connection, and the header that says who asks.
pub struct Client {
    address: SocketAddr,
    who: String,
    stream: std::cell::RefCell<BufReader<TcpStream>>,
}

/// An answer: its status, its head and its body.
pub struct Answer {
    pub status: u16,
    head: String,
    body: Vec<u8>,
}

impl Client {
    pub fn new(address: SocketAddr, who: String) -> Self {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5)).expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        Client { address, who, stream: BufReader::new(stream).into() }
    }

    /// A browser in which this user is signed in.
    pub fn sign_in(server: &Server, username: &str, password: &str) -> Self {
        let stranger = Client::new(server.address, String::new());
        let form = format!("username={username}&password={password}");
        let head = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n";
        let answer = stranger.ask("POST", "/sign-in", head, form.as_bytes());
        assert_eq!(answer.status, 303, "signing in");
        let cookie = answer.header("set-cookie").expect("a cookie");
        let pair = cookie.split(';').next().unwrap_or_default();
        Client::new(server.address, format!("Cookie: {pair}\r\n"))
    }

    /// A program with a token.
    pub fn with_token(server: &Server, token: &str) -> Self {
        Client::new(server.address, format!("Authorization: Bearer {token}\r\n"))
    }

    /// The same asker on a connection of its own.
    pub fn again(&self) -> Self {
        Client::new(self.address, self.who.clone())
    }

    pub fn get(&self, path: &str) -> Answer {
        let answer = self.ask("GET", path, "", b"");
        assert_eq!(answer.status, 200, "{path}");
        answer
    }

    pub fn post_json(&self, path: &str, body: &str) -> Answer {
        self.ask("POST", path, "Content-Type: application/json\r\n", body.as_bytes())
    }

    fn ask(&self, method: &str, path: &str, head: &str, body: &[u8]) -> Answer {
        let mut stream = self.stream.borrow_mut();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{}{head}Content-Length: {}\r\n\r\n",
            self.address,
            self.who,
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        stream.get_mut().write_all(&request).expect("the request is sent");
        read(&mut stream)
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> Answer {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(stream.read_line(&mut head).expect("a head") > 0, "the server hung up");
    }
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
    let mut answer = Answer { status, head, body: Vec::new() };
    if answer.header("transfer-encoding").is_some_and(|kind| kind.contains("chunked")) {
        loop {
            let mut size = String::new();
            stream.read_line(&mut size).expect("a chunk's size");
            let size = usize::from_str_radix(size.trim(), 16).expect("a chunk's size");
            let mut chunk = vec![0; size + 2];
            stream.read_exact(&mut chunk).expect("a chunk");
            answer.body.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    } else {
        let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        answer.body = vec![0; length];
        stream.read_exact(&mut answer.body).expect("a body");
    }
    answer
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// What follows these words in the body, up to the next quotation mark.
    pub fn first(&self, words: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.body);
        Some(text.split_once(words)?.1.split('"').next()?.to_owned())
    }

    /// What follows these words wherever they stand, each up to the next quotation mark.
    pub fn all(&self, words: &str) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.body);
        text.split(words).skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
    }
}

/// Text for a query.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
