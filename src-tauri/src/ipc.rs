//! What the window can call: every command by its name, and the stream of events.

use std::sync::{Mutex, PoisonError};

use baoku_app::model::view::ErrorCode;
use baoku_app::{
    App,
    model::view::{AppError, Event},
};
use serde_json::Value;
use tauri::{
    AppHandle, State, WebviewWindow,
    async_runtime::JoinHandle,
    ipc::{Channel, InvokeBody, Request},
};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::{broadcast::error::RecvError, oneshot};

/// The window's one stream of events. A reloaded page subscribes anew, and its old stream ends.
#[derive(Default)]
pub struct Subscription(Mutex<Option<JoinHandle<()>>>);

/// Runs a command of the core off the window's thread.
#[tauri::command]
pub async fn call(archive: State<'_, App>, name: String, args: Value) -> Result<Value, AppError> {
    archive.call(&name, args).await
}

/// Sends every event of the core into `channel`.
#[tauri::command]
pub fn subscribe(archive: State<'_, App>, subscription: State<'_, Subscription>, channel: Channel<Event>) {
    let mut events = archive.subscribe();
    let stream = tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => {
                    if channel.send(event).is_err() {
                        break;
                    }
                }
                // A busy window misses steps of progress; the next one holds the whole state again.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break,
            }
        }
    });
    let before = subscription.0.lock().unwrap_or_else(PoisonError::into_inner).replace(stream);
    if let Some(before) = before {
        before.abort();
    }
}

/// Asks where to save the bytes of the call's body and writes them there; false if the person thought better of it. The name that
/// is proposed comes percent-encoded in the header `file-name`: a web view cannot save by itself.
#[tauri::command]
pub async fn save(app: AppHandle, request: Request<'_>) -> Result<bool, AppError> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(AppError::new(ErrorCode::InvalidArgument, "What is to be saved comes as bytes."));
    };
    let name = request.headers().get("file-name").and_then(|name| name.to_str().ok()).unwrap_or_default();
    let (chosen, answer) = oneshot::channel();
    app.dialog().file().set_file_name(percent_decoded(name)).save_file(move |path| {
        // Nobody waits any more if the window is gone.
        let _ = chosen.send(path);
    });
    let Some(path) = answer.await.ok().flatten().and_then(|path| path.into_path().ok()) else { return Ok(false) };
    let written = tokio::task::spawn_blocking({
        let (path, bytes) = (path.clone(), bytes.clone());
        move || std::fs::write(path, bytes)
    });
    match written.await {
        Ok(Ok(())) => Ok(true),
        Ok(Err(error)) => Err(baoku_app::io_error(&error, &path.display().to_string())),
        Err(error) => Err(AppError::new(ErrorCode::Internal, format!("Saving failed: {error}"))),
    }
}

/// Prints what the window's print styles show, by the system's own dialog.
#[tauri::command]
pub fn print(window: WebviewWindow) -> Result<(), AppError> {
    window.print().map_err(|error| AppError::new(ErrorCode::Internal, format!("The window cannot print: {error}")))
}

/// A file name without what stands for a folder anywhere.
fn percent_decoded(name: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    decoded.chars().filter(|c| !matches!(c, '/' | '\\' | ':' | '\0')).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_proposed_name_is_no_path() {
        assert_eq!(super::percent_decoded("%E9%9D%92%E6%A3%A0%E6%8A%A5.pdf"), "青棠报.pdf");
        assert_eq!(super::percent_decoded("..%2Fa.png"), "..a.png");
    }
}
