#![no_main]

#[path = "../functions.rs"]
#[allow(dead_code)]
mod functions;

libfuzzer_sys::fuzz_target!(|data: &[u8]| functions::file_name(data));
