//! A release build carries the built interface within it, so it must be made anew when that changes. Other builds read the
//! interface from `ui/dist` as they run.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|p| p == "release") {
        println!("cargo:rerun-if-changed=../../ui/dist");
    }
}
