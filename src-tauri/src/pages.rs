//! Page images for the window: `page://localhost/ID/thumb?w=240`, `…/ID/strip?box=x,y,w,h&w=900` and `page://localhost/ID/tile/LEVEL/X/Y.jpg`
//! (`http://page.localhost/…` on Windows).

use baoku_app::{
    App, PageImage, PagePart,
    model::{PageId, Rect, view::ErrorCode},
};
use tauri::http::{Request, Response, StatusCode, header};

/// A page's picture changes only when another carrier becomes its first one; then the tag differs.
const CACHE: &str = "private, max-age=3600";

const DEFAULT_WIDTH: u32 = 240;
const DEFAULT_STRIP: u32 = 900;

/// The picture that the address asks for; what went wrong is told by the status.
pub async fn answer(archive: &App, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some((page, part)) = parse(request.uri().path(), request.uri().query().unwrap_or_default()) else {
        return plain(StatusCode::BAD_REQUEST);
    };
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    match archive.page_image(page, part, known).await {
        Ok(PageImage::Jpeg { tag, bytes }) => picture(StatusCode::OK, &tag, bytes),
        Ok(PageImage::Unchanged { tag }) => picture(StatusCode::NOT_MODIFIED, &tag, Vec::new()),
        Err(error) if error.code == ErrorCode::NotFound => plain(StatusCode::NOT_FOUND),
        Err(error) => {
            eprintln!("{}: {error}", request.uri());
            plain(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

fn parse(path: &str, query: &str) -> Option<(PageId, PagePart)> {
    let mut words = path.trim_start_matches('/').split('/');
    let page = PageId(words.next()?.parse().ok()?);
    let part = match (words.next()?, words.next(), words.next(), words.next(), words.next()) {
        ("thumb", None, None, None, None) => {
            let width = query.split('&').find_map(|pair| pair.strip_prefix("w="));
            PagePart::Thumbnail { width: width.map_or(Some(DEFAULT_WIDTH), |w| w.parse().ok())? }
        }
        ("strip", None, None, None, None) => {
            let of = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name));
            PagePart::Strip {
                area: Rect::parse(of("box=")?)?,
                width: of("w=").map_or(Some(DEFAULT_STRIP), |w| w.parse().ok())?,
            }
        }
        ("tile", Some(level), Some(x), Some(file), None) => PagePart::Tile {
            level: level.parse().ok()?,
            x: x.parse().ok()?,
            y: file.strip_suffix(".jpg")?.parse().ok()?,
        },
        _ => return None,
    };
    Some((page, part))
}

fn picture(status: StatusCode, tag: &str, bytes: Vec<u8>) -> Response<Vec<u8>> {
    let built = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "image/jpeg")
        .header(header::ETAG, tag)
        .header(header::CACHE_CONTROL, CACHE)
        // The viewer draws tiles on a canvas, and the page protocol is another origin than the window's files.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .body(bytes);
    built.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR))
}

fn plain(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_a_page_and_a_part_of_it() {
        let thumbnail = |width| Some((PageId(7), PagePart::Thumbnail { width }));
        assert_eq!(parse("/7/thumb", "w=480"), thumbnail(480));
        assert_eq!(parse("/7/thumb", ""), thumbnail(DEFAULT_WIDTH));
        let area = Rect::new(0.5, 0.25, 0.125, 0.0625);
        let strip = Some((PageId(7), PagePart::Strip { area, width: 300 }));
        assert_eq!(parse("/7/strip", "box=0.5,0.25,0.125,0.0625&w=300"), strip);
        assert_eq!(parse("/7/strip", "box=0.5,0.25,0.125"), None);
        assert_eq!(parse("/7/strip", "box=0.5,0.25,NaN,1"), None);
        assert_eq!(parse("/7/tile/3/1/2.jpg", ""), Some((PageId(7), PagePart::Tile { level: 3, x: 1, y: 2 })));
    }

    #[test]
    fn anything_else_is_refused() {
        for path in ["", "/", "/7", "/x/thumb", "/7/tile/3/1/2.png", "/7/tile/3/1", "/7/tile/3/1/2.jpg/4", "/7/../etc"]
        {
            assert_eq!(parse(path, ""), None, "{path}");
        }
        assert_eq!(parse("/7/thumb", "w=-1"), None);
    }
}
