//! The desktop shell: one window on one archive. It registers what the window may call and passes it on to `baoku-app`; it has
//! no rules, no SQL and no state of its own.

mod ipc;
mod opening;
mod pages;
#[cfg(test)]
mod policy;

use std::process::ExitCode;

use baoku_app::App;
use tauri::{AppHandle, Manager, RunEvent, Url, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Opens the archive and the window; returns when the window is closed.
pub fn run() -> ExitCode {
    // Must come first: the same program decodes dropped files in a process of its own.
    baoku_app::worker_if_asked();
    let opened = tauri::async_runtime::block_on(async { opening::open(std::env::args_os().skip(1)) });
    // A Mac gets Tauri's standard menu (copy, paste, quit); elsewhere the window has none: its rooms stand in the rail.
    let builder = tauri::Builder::default().plugin(tauri_plugin_dialog::init());
    let built = match opened {
        Ok(archive) => builder
            .manage(archive)
            .manage(ipc::Subscription::default())
            .invoke_handler(tauri::generate_handler![ipc::call, ipc::subscribe, ipc::save, ipc::print])
            .register_asynchronous_uri_scheme_protocol("page", |context, request, responder| {
                let archive = context.app_handle().state::<App>().inner().clone();
                tauri::async_runtime::spawn(async move { responder.respond(pages::answer(&archive, &request).await) });
            })
            .setup(|app| open_window(app.handle()).map_err(Into::into))
            .build(tauri::generate_context!()),
        Err(reason) => {
            eprintln!("{reason}");
            builder.setup(move |app| complain(app.handle(), &reason)).build(tauri::generate_context!())
        }
    };
    let app = match built {
        Ok(app) => app,
        Err(error) => {
            eprintln!("the window cannot be opened: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = app.run_return(|handle, event| {
        if let RunEvent::Exit = event
            && let Some(archive) = handle.try_state::<App>()
            && let Err(error) = tauri::async_runtime::block_on(archive.inner().clone().close())
        {
            eprintln!("the archive was not closed cleanly: {error}");
        }
    });
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn open_window(handle: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(handle, "main", WebviewUrl::default())
        .title("报库 Baoku")
        .inner_size(1280.0, 860.0)
        .min_inner_size(960.0, 600.0)
        .on_navigation(is_own)
        .build()?;
    Ok(())
}

/// The window shows the program's own files and nothing else, whatever a link says.
fn is_own(url: &Url) -> bool {
    let development = cfg!(debug_assertions) && url.host_str() == Some("localhost") && url.port() == Some(1420);
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || development
}

/// Says why the archive cannot be opened, and ends.
fn complain(handle: &AppHandle, reason: &str) -> Result<(), Box<dyn std::error::Error>> {
    let ending = handle.clone();
    handle
        .dialog()
        .message(format!("档案库无法打开。\nThe archive cannot be opened.\n\n{reason}"))
        .title("报库 Baoku")
        .kind(MessageDialogKind::Error)
        .show(move |_| ending.exit(1));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_programs_own_addresses_are_shown() {
        for (address, own) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("https://example.org/", false),
            ("http://localhost:8080/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_own(&Url::parse(address).unwrap()), own, "{address}");
        }
    }
}
