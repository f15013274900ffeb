#![no_main]

#[path = "../functions.rs"]
#[allow(dead_code)]
mod functions;

// A panic of the PDF library is caught where it is called and becomes a refusal; only what escapes is a finding.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |data: &[u8]| {
    if std::panic::catch_unwind(|| functions::pdf(data)).is_err() {
        std::process::abort();
    }
});
