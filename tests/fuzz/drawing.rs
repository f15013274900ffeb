//! Page images from any bytes: decoded where the header promises few pixels, refused otherwise, never a panic.

use std::io::Cursor;

use baoku_imaging::Viewer;
use baoku_model::{PagePlace, SourceKind};

/// More would only cost time.
const FEW_PIXELS: u64 = 1 << 20;

pub fn drawing(data: &[u8]) {
    let Ok(reader) = image::ImageReader::new(Cursor::new(data)).with_guessed_format() else { return };
    let Ok((width, height)) = reader.into_dimensions() else { return };
    if u64::from(width) * u64::from(height) > FEW_PIXELS {
        return;
    }
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a temporary folder can be made");
    }
    FOLDER.with(|folder| {
        let path = folder.path().join("page.tif");
        std::fs::write(&path, data).expect("the temporary folder can be written");
        if let Ok(jpeg) = Viewer::new(None).thumbnail(&path, PagePlace::whole(SourceKind::Image, 0), 64) {
            assert!(jpeg.starts_with(b"\xff\xd8"));
        }
    });
}
