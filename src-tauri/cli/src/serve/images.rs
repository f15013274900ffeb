//! Page images: thumbnails and tiles.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use baoku_app::model::view::{AppError, ErrorCode};
use baoku_app::model::{PageId, Rect};
use baoku_app::{PageImage, PagePart};
use serde::Deserialize;

use super::Desk;
use super::api::Failure;

/// A page's picture changes only when another carrier becomes its first one; then the tag differs.
const CACHE: &str = "private, max-age=3600";

#[derive(Deserialize)]
pub struct Width {
    #[serde(default = "default_width")]
    w: u32,
}

fn default_width() -> u32 {
    240
}

/// `GET /api/page/ID/thumb?w=240`
pub async fn thumbnail(
    State(desk): State<Desk>,
    Path(page): Path<i64>,
    Query(Width { w }): Query<Width>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    answer(&desk, PageId(page), PagePart::Thumbnail { width: w }, &headers).await
}

#[derive(Deserialize)]
pub struct Area {
    r#box: String,
    #[serde(default = "default_strip")]
    w: u32,
}

fn default_strip() -> u32 {
    900
}

/// `GET /api/page/ID/strip?box=x,y,w,h&w=900`
pub async fn strip(
    State(desk): State<Desk>,
    Path(page): Path<i64>,
    Query(Area { r#box, w }): Query<Area>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let area = Rect::parse(&r#box)
        .ok_or_else(|| AppError::new(ErrorCode::InvalidArgument, "A box is x,y,w,h in fractions.").at(r#box))?;
    answer(&desk, PageId(page), PagePart::Strip { area, width: w }, &headers).await
}

/// `GET /api/page/ID/tile/LEVEL/X/Y.jpg`
pub async fn tile(
    State(desk): State<Desk>,
    Path((page, level, x, file)): Path<(i64, u32, u32, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let y = file
        .strip_suffix(".jpg")
        .and_then(|y| y.parse().ok())
        .ok_or_else(|| AppError::new(ErrorCode::InvalidArgument, "A tile ends in Y.jpg.").at(file))?;
    answer(&desk, PageId(page), PagePart::Tile { level, x, y }, &headers).await
}

async fn answer(desk: &Desk, page: PageId, part: PagePart, headers: &HeaderMap) -> Result<Response, Failure> {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    Ok(match desk.app.page_image(page, part, known).await? {
        PageImage::Unchanged { tag } => {
            (StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, CACHE.to_owned())]).into_response()
        }
        PageImage::Jpeg { tag, bytes } => (
            [
                (header::CONTENT_TYPE, "image/jpeg".to_owned()),
                (header::ETAG, tag),
                (header::CACHE_CONTROL, CACHE.to_owned()),
            ],
            bytes,
        )
            .into_response(),
    })
}
