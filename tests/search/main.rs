//! Search against brute force, and the index against whatever may happen to it.

mod exactness;
mod oracle;
mod paper;
mod showing;
mod sidecar;
mod versions;
