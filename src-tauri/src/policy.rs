//! What the configuration allows, checked against what the program promises: no network, nothing beyond its own window.

use baoku_app::CONTENT_SECURITY_POLICY;
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_window_has_the_same_policy_as_serve() {
    let configuration = json(include_str!("../../tauri.conf.json"));
    assert_eq!(configuration["app"]["security"]["csp"], CONTENT_SECURITY_POLICY);
}

#[test]
fn the_window_may_hear_events_and_show_the_file_dialog_and_nothing_else() {
    let capability = json(include_str!("../capabilities/window.json"));
    let allowed: Vec<&str> =
        capability["permissions"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    assert_eq!(allowed, ["core:event:allow-listen", "core:event:allow-unlisten", "dialog:allow-open"]);
    assert_eq!(capability["windows"], json(r#"["main"]"#));
    assert!(capability.get("remote").is_none(), "no page from elsewhere has any permission");
}
