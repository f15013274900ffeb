//! `baoku serve` from outside: who gets in, and what is answered.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::support::{Desk, FLAGS, files, page_of_text};

struct Server {
    child: Child,
    /// Kept open: a closed pipe would end the server at its next word.
    _out: BufReader<ChildStdout>,
    port: u16,
    token: String,
    cookie: String,
}

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }
}

impl Server {
    fn start(desk: &Desk) -> Self {
        let mut child = desk.command().arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut address = String::new();
        out.read_line(&mut address).unwrap();
        let rest = address.trim().strip_prefix("http://127.0.0.1:").expect("an address on this machine");
        let (port, token) = rest.split_once("/?token=").expect("a token");
        let (port, token) = (port.parse().unwrap(), token.to_owned());
        let mut server = Self { child, _out: out, port, token, cookie: String::new() };
        let entry = server.get(&format!("/?token={}", server.token));
        assert_eq!(entry.status, 303, "{}", entry.head);
        let cookie = entry.header("set-cookie").expect("a cookie").to_owned();
        assert!(cookie.contains("SameSite=Strict") && cookie.contains("HttpOnly"), "{cookie}");
        server.cookie = cookie.split(';').next().unwrap().to_owned();
        server
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let host = format!("127.0.0.1:{}", self.port);
        let mut stream = TcpStream::connect(&host).unwrap();
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {host}\r\n"));
        }
        if !self.cookie.is_empty() && !headers.iter().any(|(name, _)| *name == "Cookie") {
            request.push_str(&format!("Cookie: {}\r\n", self.cookie));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head, body: answer[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], &[])
    }

    fn call(&self, name: &str, args: &Value) -> Reply {
        self.send(
            "POST",
            &format!("/api/call/{name}"),
            &[("Content-Type", "application/json")],
            args.to_string().as_bytes(),
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn only_who_has_the_token_gets_in() {
    let server = Server::start(&Desk::new());
    assert_eq!(server.call("ping", &json!({ "n": 7 })).json(), 7);
    for path in ["/", "/api/events", "/api/page/1/thumb", "/index.html"] {
        let reply = server.send("GET", path, &[("Cookie", "")], &[]);
        assert_eq!(reply.status, 401, "{path}");
    }
    assert_eq!(server.send("GET", "/?token=wrong", &[("Cookie", "")], &[]).status, 401);
    let elsewhere = server.send("GET", "/", &[("Host", "evil.example:80")], &[]);
    assert_eq!(elsewhere.status, 421, "a foreign name for this machine");
    let foreign = [("Origin", "http://127.0.0.1:1"), ("Content-Type", "application/json")];
    assert_eq!(server.send("POST", "/api/call/undo", &foreign, b"{}").status, 403, "another page of this machine");
    let port = server.port;
    let own = format!("http://127.0.0.1:{port}");
    assert_eq!(server.send("POST", "/api/call/ping", &[("Origin", &own)], br#"{"n":1}"#).status, 200);
}

#[test]
fn every_answer_carries_the_policy() {
    let server = Server::start(&Desk::new());
    let policy = |reply: &Reply| reply.header("content-security-policy").map(str::to_owned);
    for path in ["/", "/api/page/9/thumb", "/nothing.js"] {
        let reply = server.get(path);
        assert_eq!(policy(&reply).as_deref(), Some(baoku_app::CONTENT_SECURITY_POLICY), "{path}");
        assert!(reply.header("access-control-allow-origin").is_none());
    }
    assert_eq!(server.get("/").header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(server.get("/nothing.js").status, 404);
}

#[test]
fn calls_answer_with_results_or_with_errors_that_say_why() {
    let desk = Desk::new();
    desk.import(&[&page_of_text()], &FLAGS).ok();
    let server = Server::start(&desk);
    let issues = server.call("issues", &json!({ "filter": {} }));
    assert_eq!(issues.json()[0]["date"], "2023-03-09");
    let missing = server.call("issue", &json!({ "id": 99 }));
    assert_eq!((missing.status, missing.json()["code"].clone()), (404, json!("not_found")));
    let unknown = server.call("no_such_command", &json!({}));
    assert_eq!((unknown.status, unknown.json()["code"].clone()), (404, json!("not_found")));
    let wrong = server.call("issue", &json!({ "id": "x" }));
    assert_eq!((wrong.status, wrong.json()["code"].clone()), (400, json!("invalid_argument")));
    assert_eq!(server.send("POST", "/api/call/ping", &[], b"{").status, 400);
    let status = server.call("set_operator", &json!({ "name": "李" })).json();
    assert_eq!(status["operator"], "李");
}

#[test]
fn a_page_is_uploaded_imported_and_seen() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let pdf = files::pdf(&["The river rose in the night\nand the lower town was warned in time\nNobody was hurt"]);
    let name = "/api/upload?name=%E4%B8%B4%E6%BA%AA%E6%8A%A5_2023-03-09_01.pdf";
    let staged = server.send("POST", name, &[], &pdf).json();
    let path = staged["path"].as_str().unwrap().to_owned();
    assert!(path.ends_with("临溪报_2023-03-09_01.pdf"), "{path}");
    let request = json!({ "request": { "paths": [path], "newspaper": "临溪报", "date": "2023-03-09", "page": 1 } });
    let mut events = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(events, "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\n\r\n", server.port, server.cookie)
        .unwrap();
    let job = server.call("import_start", &request).json();
    let mut lines = BufReader::new(events).lines();
    loop {
        let line = lines.next().expect("the stream goes on").unwrap();
        let Some(data) = line.strip_prefix("data:") else { continue };
        let event: Value = serde_json::from_str(data.trim()).unwrap();
        if event["kind"] == "job" && event["job"]["id"] == job && !event["job"]["finished"].is_null() {
            assert_eq!(event["job"]["state"], "done", "{event:#}");
            break;
        }
    }
    let issues = server.call("issues", &json!({ "filter": {} })).json();
    let page = server.call("issue", &json!({ "id": issues[0]["id"] })).json()["pages"][0]["id"].clone();
    let tile = server.get(&format!("/api/page/{page}/tile/0/0/0.jpg"));
    assert_eq!((tile.status, tile.header("content-type")), (200, Some("image/jpeg")));
    assert_eq!(tile.body[..3], [0xff, 0xd8, 0xff]);
    let tag = tile.header("etag").expect("a tag").to_owned();
    let again = server.send("GET", &format!("/api/page/{page}/tile/0/0/0.jpg"), &[("If-None-Match", &tag)], &[]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let thumb = server.get(&format!("/api/page/{page}/thumb?w=120"));
    assert_eq!((thumb.status, &thumb.body[..3]), (200, &[0xff, 0xd8, 0xff][..]));
    assert_eq!(server.get(&format!("/api/page/{page}/tile/99/0/0.jpg")).status / 100, 4);
    assert_eq!(server.get("/api/page/12345/thumb").status, 404);
}

#[cfg(unix)]
#[test]
fn an_interrupt_closes_and_seals_the_archive_although_a_browser_listens() {
    let desk = Desk::new();
    let mut server = Server::start(&desk);
    let mut events = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(events, "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\n\r\n", server.port, server.cookie)
        .unwrap();
    let mut first = [0];
    events.read_exact(&mut first).unwrap();
    assert!(
        std::process::Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().unwrap().success()
    );
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert!(desk.archive().join("seal").is_file());
}
