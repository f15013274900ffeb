//! The fuzz function for page images over its seeds and over mutations of them.

#[path = "../fuzz/drawing.rs"]
mod drawing;
#[path = "../fuzz/mutation.rs"]
mod mutation;

#[test]
fn drawing() {
    mutation::run("image", drawing::drawing);
}
