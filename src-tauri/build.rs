//! Lets Tauri read its configuration; the working folder of a build script is the folder of Cargo.toml.

fn main() {
    let attributes = tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities are well formed");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    // The interface is compiled into the program.
    println!("cargo:rerun-if-changed=ui/dist");
}
