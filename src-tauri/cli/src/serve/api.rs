//! Calls, events and uploads.

use std::convert::Infallible;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use baoku_app::model::view::{AppError, ErrorCode};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::sync::broadcast::error::RecvError;

use super::Desk;

/// Arguments of a call are small; files come by `upload`.
const MAX_CALL_BYTES: usize = 16 << 20;

/// An [`AppError`] as an HTTP answer.
pub struct Failure(pub AppError);

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match self.0.code {
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::InvalidArgument => StatusCode::BAD_REQUEST,
            ErrorCode::ReadOnly | ErrorCode::NothingToUndo | ErrorCode::Conflict | ErrorCode::Cancelled => {
                StatusCode::CONFLICT
            }
            ErrorCode::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            ErrorCode::ArchiveTooNew | ErrorCode::NotAnArchive | ErrorCode::ArchiveDamaged | ErrorCode::Internal => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        (status, Json(self.0)).into_response()
    }
}

/// `POST /api/call/NAME`: JSON arguments in, JSON result out.
pub async fn call(State(desk): State<Desk>, Path(name): Path<String>, body: Body) -> Result<Json<Value>, Failure> {
    let body = axum::body::to_bytes(body, MAX_CALL_BYTES)
        .await
        .map_err(|e| AppError::new(ErrorCode::InvalidArgument, e.to_string()).at(name.clone()))?;
    let args = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&body).map_err(|e| {
            AppError::new(ErrorCode::InvalidArgument, format!("The arguments are no JSON: {e}")).at(name.clone())
        })?
    };
    Ok(Json(desk.app.call(&name, args).await?))
}

/// `GET /api/events`: one server-sent event for each [`Event`](baoku_app::model::view::Event).
pub async fn events(State(desk): State<Desk>) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let stream = stream::unfold((desk.app.subscribe(), desk.closing), |(mut events, mut closing)| async move {
        loop {
            let event = tokio::select! {
                event = events.recv() => event,
                // An error means that the server is gone altogether.
                _ = closing.wait_for(|closed| *closed) => return None,
            };
            match event {
                Ok(event) => {
                    let Ok(event) = sse::Event::default().json_data(&event) else { continue };
                    return Some((Ok(event), (events, closing)));
                }
                // A slow reader misses steps of progress; the next one holds the whole state again.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

#[derive(Deserialize)]
pub struct UploadName {
    name: String,
}

/// `POST /api/upload?name=…`: the raw bytes of a file, kept in the archive's cache until an import takes them.
pub async fn upload(
    State(desk): State<Desk>,
    Query(UploadName { name }): Query<UploadName>,
    body: Body,
) -> Result<Json<Value>, Failure> {
    let path = desk.app.stage_upload(&name)?;
    match receive(&path, body).await {
        Ok(()) => Ok(Json(json!({ "path": path }))),
        Err(error) => {
            let _ = tokio::fs::remove_file(&path).await;
            Err(baoku_app::io_error(&error, &name).into())
        }
    }
}

async fn receive(path: &std::path::Path, body: Body) -> std::io::Result<()> {
    let mut file = tokio::fs::File::create(path).await?;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        file.write_all(&chunk.map_err(std::io::Error::other)?).await?;
    }
    file.flush().await
}
