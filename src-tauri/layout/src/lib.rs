//! A text layer becomes blocks, reading order, articles, headlines, bylines and jumps. Pure: reads no files.
