//! Writing a page as PDF with embedded subset fonts.

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    metadata::Metadata,
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
};

use crate::{
    article::SetLine,
    fonts::Fonts,
    page::{HEIGHT, Page, WIDTH},
    picture,
    source::{Issue, Paper},
};

/// Share of the em above the baseline.
const ASCENT: f32 = 0.88;

/// One PDF file of one page.
pub fn write(fonts: &Fonts, paper: &Paper, issue: &Issue, page: &Page) -> Result<Vec<u8>, String> {
    let title = format!("{} {} 第{}版", paper.title, issue.date, page.number);
    let mut document = Document::new_with(SerializeSettings::default());
    document.set_metadata(
        Metadata::new()
            .document_id(title.clone())
            .title(title)
            .language("zh-CN".to_owned())
            .creator("baoku-sample".to_owned()),
    );
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("page size")?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    for item in &page.items {
        for [x, y, w, h] in &item.pictures {
            surface.push_transform(&Transform::from_translate(*x, *y));
            surface.draw_image(picture::landscape(&item.article, *w, *h), Size::from_wh(*w, *h).ok_or("picture size")?);
            surface.pop();
        }
    }
    surface.set_fill(Some(Fill { paint: rgb::Color::new(24, 22, 20).into(), ..Fill::default() }));
    for [x, y, w, h] in &page.rules {
        fill(&mut surface, *x, *y, *w, *h);
    }
    let blocks = page.furniture.iter().chain(page.items.iter().flat_map(|i| &i.blocks));
    for line in blocks.flat_map(|b| &b.lines) {
        draw(fonts, &mut surface, line)?;
    }
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: rgb::Color::new(24, 22, 20).into(), width: 0.8, ..Stroke::default() }));
    for [x, y, w, h] in page.items.iter().flat_map(|i| &i.frames) {
        let mut path = PathBuilder::new();
        path.push_rect(Rect::from_xywh(*x, *y, *w, *h).ok_or("frame size")?);
        surface.draw_path(&path.finish().ok_or("frame")?);
    }
    surface.finish();
    sheet.finish();
    document.finish().map_err(|e| format!("{e:?}"))
}

fn fill(surface: &mut Surface, x: f32, y: f32, w: f32, h: f32) {
    let mut path = PathBuilder::new();
    if let Some(area) = Rect::from_xywh(x, y, w, h) {
        path.push_rect(area);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn draw(fonts: &Fonts, surface: &mut Surface, line: &SetLine) -> Result<(), String> {
    let font = fonts.font(line.face);
    if !line.vertical {
        let glyphs = fonts.glyphs(line.face, line.size, &line.text, &line.advances)?;
        let start = Point::from_xy(line.x, line.y + line.size * ASCENT);
        surface.draw_glyphs(start, &glyphs, font, &line.text, line.size, false);
        return Ok(());
    }
    let centre = line.x + line.size / 2.0;
    let mut y = line.y;
    for ((glyph, right, down), advance) in
        fonts.vertical_glyphs(line.face, line.size, &line.text).into_iter().zip(&line.advances)
    {
        surface.draw_glyphs(
            Point::from_xy(centre + right, y + down),
            &[glyph],
            font.clone(),
            &line.text,
            line.size,
            false,
        );
        y += advance;
    }
    Ok(())
}
