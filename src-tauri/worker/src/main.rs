//! The decode process on its own, for tests and for hosts that ship it as a separate program.

fn main() -> std::process::ExitCode {
    baoku_worker::run_if_asked();
    eprintln!("this program is started by Baoku, with the argument `worker`");
    std::process::ExitCode::FAILURE
}
