//! `baoku serve`: the same interface in a browser on this machine. Loopback only; whoever has the printed address may use it.

mod api;
mod assets;
mod gate;
mod images;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use baoku_app::App;
use tokio::net::TcpListener;
use tokio::sync::watch;

use gate::Gate;

/// What every request handler needs.
#[derive(Clone)]
pub struct Desk {
    app: App,
    gate: Arc<Gate>,
    /// Becomes true when the server stops, so that event streams end.
    closing: watch::Receiver<bool>,
}

/// Serves until `stop` resolves. `announce` gets the address once the socket is open.
///
/// # Errors
/// The port cannot be opened, or the system gives no random numbers.
pub async fn run(
    app: App,
    port: u16,
    announce: impl FnOnce(&str),
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let port = listener.local_addr()?.port();
    let gate = Arc::new(Gate::new(port)?);
    let (close, closing) = watch::channel(false);
    announce(&gate.address());
    let desk = Desk { app, gate, closing };
    axum::serve(listener, routes(desk))
        .with_graceful_shutdown(async move {
            stop.await;
            // Streams of events never end by themselves; without this a shutdown would wait for them.
            let _ = close.send(true);
        })
        .await
}

fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/api/call/{name}", post(api::call))
        .route("/api/events", get(api::events))
        .route("/api/upload", post(api::upload))
        .route("/api/page/{page}/thumb", get(images::thumbnail))
        .route("/api/page/{page}/strip", get(images::strip))
        .route("/api/page/{page}/tile/{level}/{x}/{file}", get(images::tile))
        .fallback(get(assets::asset))
        .layer(from_fn_with_state(desk.clone(), gate::guard))
        .with_state(desk)
}
