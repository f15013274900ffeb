//! The archive as a whole: what is written is read back, undone, closed, opened, damaged and found out.

mod sample;

mod acts;
mod durability;
mod identity;
mod importing;
mod joined;
mod looking;
mod measure;
mod random_acts;
mod random_identity;
mod schema;
mod timeline;
