//! The archive as a whole: what is written is read back, undone, closed, opened, damaged and found out.

mod sample;

mod acts;
mod importing;
mod schema;
