//! Where a page stands in its file: the frame, and the part of it where one frame holds two pages.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Raster, Rect, SourceKind};

/// A rectangle of pixels of a frame at full zoom, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PixelRegion {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

impl PixelRegion {
    /// The halves of a frame that is parted at `fold`, a fraction of its width: the left one, the right one. `None` if one of
    /// them would have no area.
    pub fn halves(frame: Raster, fold: f32) -> Option<[Self; 2]> {
        let at = (f64::from(fold) * f64::from(frame.width)).round() as u32;
        let (height, rest) = (frame.height, frame.width.checked_sub(at)?);
        let half = |x, width| Self { x, y: 0, width, height };
        (at > 0 && rest > 0 && height > 0).then(|| [half(0, at), half(at, rest)])
    }

    /// The same in fractions of the frame.
    pub fn share_of(&self, frame: Raster) -> Rect {
        let (w, h) = (frame.width as f32, frame.height as f32);
        Rect::new(self.x as f32 / w, self.y as f32 / h, self.width as f32 / w, self.height as f32 / h)
    }

    pub fn size(&self) -> Raster {
        Raster { width: self.width, height: self.height }
    }
}

/// The frame that shows a page, where that is not the frame of the page's own number or not all of it.
///
/// Written `frame` or `frame:x,y,w,h`, the region as in the IIIF Image API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Cut {
    /// Position of the picture in the file, counted from 0.
    pub frame: u32,
    /// `None` for all of it.
    pub region: Option<PixelRegion>,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.frame)?;
        match self.region {
            Some(r) => write!(f, ":{},{},{},{}", r.x, r.y, r.width, r.height),
            None => Ok(()),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no part of a frame")]
pub struct NoCut(String);

impl FromStr for Cut {
    type Err = NoCut;

    fn from_str(text: &str) -> Result<Self, NoCut> {
        let wrong = || NoCut(text.to_owned());
        let (frame, region) = text.split_once(':').map_or((text, None), |(frame, region)| (frame, Some(region)));
        let number = |text: &str| text.parse::<u32>().map_err(|_| wrong());
        let region = match region.map(|r| r.split(',').collect::<Vec<_>>()) {
            None => None,
            Some(sides) => {
                let [x, y, width, height] = sides[..] else { return Err(wrong()) };
                Some(PixelRegion { x: number(x)?, y: number(y)?, width: number(width)?, height: number(height)? })
            }
        };
        Ok(Self { frame: number(frame)?, region })
    }
}

/// A page as the programs that decode files ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PagePlace {
    pub kind: SourceKind,
    /// Position of the picture in the file, counted from 0.
    pub frame: u32,
    /// The part that is the page; `None` for all of it.
    pub region: Option<PixelRegion>,
}

impl PagePlace {
    pub fn whole(kind: SourceKind, frame: u32) -> Self {
        Self { kind, frame, region: None }
    }

    /// The place of the page numbered `index` in its file, or of its `cut`.
    pub fn of(kind: SourceKind, index: u32, cut: Option<Cut>) -> Self {
        cut.map_or(Self::whole(kind, index), |cut| Self { kind, frame: cut.frame, region: cut.region })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_is_read_as_it_is_written() {
        for text in ["0", "12", "3:0,0,2480,3508"] {
            assert_eq!(text.parse::<Cut>().unwrap().to_string(), text);
        }
        for text in ["", "a", "1:2,3", "1:2,3,4,5,6", "1:-2,3,4,5"] {
            assert!(text.parse::<Cut>().is_err(), "{text}");
        }
    }

    #[test]
    fn halves_share_no_pixel_and_leave_none_out() {
        let frame = Raster { width: 1001, height: 700 };
        let [left, right] = PixelRegion::halves(frame, 0.4983).unwrap();
        assert_eq!((left.x, right.x, right.x + right.width), (0, left.width, frame.width));
        assert_eq!((left.height, right.height), (700, 700));
        assert_eq!(PixelRegion::halves(frame, 0.0), None);
        assert_eq!(PixelRegion::halves(frame, 1.0), None);
    }
}
