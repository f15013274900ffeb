//! Page images: rendering, tiles, thumbnails, within a pixel budget.
