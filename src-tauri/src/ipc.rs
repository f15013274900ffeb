//! What the window can call: every command by its name, and the stream of events.

use std::sync::{Mutex, PoisonError};

use baoku_app::{
    App,
    model::view::{AppError, Event},
};
use serde_json::Value;
use tauri::{State, async_runtime::JoinHandle, ipc::Channel};
use tokio::sync::broadcast::error::RecvError;

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
