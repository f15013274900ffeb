//! The nouns of a newspaper archive. Nothing here reads or writes anything.
//!
//! Conventions that hold everywhere in Baoku:
//! * **Offsets** count Unicode scalar values (`char`), never bytes and never UTF-16 units.
//! * **Boxes** are fractions of the page frame from its top left corner; the page frame is the source
//!   image after EXIF or `/Rotate` and before deskew.
//! * **Dates** follow EDTF levels 0 and 1.

pub mod article;
pub mod edtf;
pub mod geometry;
pub mod ids;
pub mod mention;
pub mod package;
pub mod place;
pub mod raster;
pub mod source;
pub mod text;
pub mod view;

pub use article::*;
pub use edtf::Edtf;
pub use geometry::Rect;
pub use ids::*;
pub use mention::*;
pub use package::*;
pub use place::*;
pub use raster::Raster;
pub use source::*;
pub use text::*;
