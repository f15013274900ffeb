#![no_main]

#[path = "../drawing.rs"]
mod drawing;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drawing::drawing(data));
