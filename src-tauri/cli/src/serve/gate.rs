//! Who may come in: the token in the printed address, then a cookie; and the headers that every answer carries.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use baoku_app::CONTENT_SECURITY_POLICY;
use baoku_app::model::view::{AppError, ErrorCode};

use super::Desk;

/// Secrets of this run and the names by which this server may be called.
pub struct Gate {
    port: u16,
    token: String,
    /// Value of the cookie; another secret, so that the address in a browser's history is not the cookie.
    session: String,
}

impl Gate {
    pub fn new(port: u16) -> std::io::Result<Self> {
        Ok(Self { port, token: secret()?, session: secret()? })
    }

    /// The address to open, with its token.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token)
    }

    /// Cookies are shared by all ports of a host, so the name says which server they are for.
    fn cookie_name(&self) -> String {
        format!("baoku-{}", self.port)
    }

    /// A foreign name that resolves to 127.0.0.1 (DNS rebinding) stops here.
    fn knows_host(&self, host: &str) -> bool {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)].iter().any(|h| h == host)
    }

    fn admits(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(key, value)| key == name && same(value, &self.session))
    }
}

fn secret() -> std::io::Result<String> {
    let mut bytes = [0u8; 24];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Compares in a time that does not depend on where the difference is.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

/// Checks host, origin and cookie, trades the token for the cookie, and puts the security headers on the answer.
pub async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let mut response = match admission(&desk.gate, &request) {
        Admission::Enter => next.run(request).await,
        Admission::Cookie => {
            let cookie =
                format!("{}={}; Path=/; HttpOnly; SameSite=Strict", desk.gate.cookie_name(), desk.gate.session);
            ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Admission::Refuse(status, why) => {
            (status, Json(AppError::new(ErrorCode::Refused, why).at(request.uri().path().to_owned()))).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

enum Admission {
    Enter,
    Cookie,
    Refuse(StatusCode, &'static str),
}

fn admission(gate: &Gate, request: &Request) -> Admission {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    if !gate.knows_host(host) {
        return Admission::Refuse(StatusCode::MISDIRECTED_REQUEST, "This server answers only to 127.0.0.1.");
    }
    // A page from another port of this machine counts as the same site, so the cookie alone would let it act.
    if let Some(origin) = headers.get(header::ORIGIN)
        && origin.to_str().ok().and_then(|o| o.strip_prefix("http://")).is_none_or(|o| !gate.knows_host(o))
    {
        return Admission::Refuse(StatusCode::FORBIDDEN, "The request comes from another page.");
    }
    if request.uri().path() == "/"
        && request.method() == Method::GET
        && let Some(token) = token_in(request.uri().query().unwrap_or_default())
    {
        return if same(token, &gate.token) {
            Admission::Cookie
        } else {
            Admission::Refuse(StatusCode::UNAUTHORIZED, "The token is not the one that `baoku serve` printed.")
        };
    }
    if gate.admits(headers) {
        Admission::Enter
    } else {
        Admission::Refuse(StatusCode::UNAUTHORIZED, "Open the address with the token that `baoku serve` printed.")
    }
}

fn token_in(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("token="))
}
