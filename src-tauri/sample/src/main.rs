//! `baoku-sample OUT [--fonts DIR]`: writes the sample newspaper below OUT.

use std::{path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let mut out = None;
    let mut fonts = PathBuf::from("node_modules/@expo-google-fonts");
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--fonts" => fonts = args.next().map(PathBuf::from).unwrap_or_default(),
            _ => out = Some(PathBuf::from(arg)),
        }
    }
    let Some(out) = out else {
        eprintln!("usage: baoku-sample OUT [--fonts DIR]");
        return ExitCode::from(2);
    };
    match baoku_sample::FontFiles::load(&fonts).and_then(|files| baoku_sample::write(&out, &files)) {
        Ok(written) => {
            println!(
                "{} pages, 1 text dump, {} truth files below {}",
                written.pages.len(),
                written.truth.len(),
                out.display()
            );
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("baoku-sample: {reason}");
            ExitCode::FAILURE
        }
    }
}
