//! Items set into their places: headlines, columns, frames, pictures.

use super::flow::{Text, Vessel, pour};
use super::plan::{BylineAt, Columns, Head, Item};
use super::wrap::{Look, Row, length, paragraph};
use crate::reading::printed::{MM, PrintedLine, PrintedPage};

/// Body type in points, and its em and leading in millimetres.
const BODY: f32 = 9.5;
const EM: f32 = BODY * MM;
const LEADING: f32 = EM * 1.52;
/// Between columns.
const GUTTER: f32 = 5.0;
const SMALL: f32 = BODY * 0.93;

/// Sets lines onto a page.
pub struct Setter<'a> {
    pub page: &'a mut PrintedPage,
}

impl Setter<'_> {
    pub fn line(&mut self, text: &str, x: f32, y: f32, pt: f32, font: &str) {
        self.stretched(text, x, y, length(text) * pt * MM, pt, font);
    }

    fn stretched(&mut self, text: &str, x: f32, y: f32, w: f32, pt: f32, font: &str) {
        let (text, font) = (text.to_owned(), font.to_owned());
        self.page.lines.push(PrintedLine { text, ink: [x, y, w, pt * MM], size_pt: pt, font, vertical: false });
    }

    fn upright(&mut self, text: &str, x: f32, y: f32, pt: f32, font: &str) {
        let ink = [x, y, pt * MM, length(text) * pt * MM];
        let (text, font) = (text.to_owned(), font.to_owned());
        self.page.lines.push(PrintedLine { text, ink, size_pt: pt, font, vertical: true });
    }

    fn centred(&mut self, text: &str, x: f32, w: f32, y: f32, pt: f32, font: &str) {
        self.line(text, x + (w - length(text) * pt * MM) / 2.0, y, pt, font);
    }

    /// Sets `item`, or its continuation, at `x`, `y` within width `w`; gives the height it took.
    pub fn item(&mut self, item: &Item, continued: bool, x: f32, y: f32, w: f32) -> f32 {
        if !item.frame {
            return self.inside(item, continued, x, y, w);
        }
        let pad = 3.0;
        let h = self.inside(item, continued, x + pad, y + pad, w - 2.0 * pad) + 2.0 * pad;
        self.page.rules.push(([x, y, w, h], true));
        h
    }

    fn inside(&mut self, item: &Item, continued: bool, x: f32, y: f32, w: f32) -> f32 {
        if item.kind == "photo" {
            self.page.pictures.push([x, y, w, item.picture]);
            return item.picture
                + 1.5
                + self.caption(item.caption.as_deref().unwrap_or_default(), x, y + item.picture + 1.5, w);
        }
        if item.vertical {
            return self.vertical(item, x, y, w);
        }
        match item.head {
            _ if continued => {
                let title = item.jump_head.clone().unwrap_or_default();
                self.centred(&title, x, w, y, fit(&title, 16.0, w), "Hei");
                self.line("（上接第1版）", x, y + 7.5, SMALL, "Kai");
                12.5 + self.body(item, true, x, y + 12.5, w, &[])
            }
            Head::Top => {
                let h = self.head(item, x, y, w, true);
                h + self.body(item, false, x, y + h, w, &[])
            }
            Head::Below => {
                let h = self.body(item, false, x, y, w, &[]) + 2.0;
                h + self.head(item, x, y + h, w, true)
            }
            Head::Left => {
                let own = item.head_width;
                let h = self.body(item, false, x + own + GUTTER, y, w - own - GUTTER, &[]);
                self.head(item, x, y + h * 0.2, own, false);
                h
            }
            Head::Right => {
                let own = item.head_width;
                let h = self.body(item, false, x, y, w - own - GUTTER, &[]);
                self.head(item, x + w - own, y + h * 0.2, own, false);
                h
            }
            Head::Over => {
                let columns = spread(&item.columns, w);
                let (first, last) = (columns[item.over[0]], columns[item.over[1]]);
                let h = self.head(item, x + first.0, y, last.0 + last.1 - first.0, true);
                let covered: Vec<(usize, f32)> = (item.over[0]..=item.over[1]).map(|c| (c, h)).collect();
                self.body(item, false, x, y, w, &covered)
            }
        }
    }

    /// Headline and byline; gives their height with the space below.
    fn head(&mut self, item: &Item, x: f32, y: f32, w: f32, centred: bool) -> f32 {
        let mut at = y;
        let mut set = |setter: &mut Self, text: &str, pt: f32, font: &str, space: f32| {
            if centred {
                setter.centred(text, x, w, at, pt, font);
            } else {
                setter.line(text, x, at, pt, font);
            }
            at += pt * MM + space;
        };
        let byline = item.byline.as_deref();
        if let (Some(b), BylineAt::Above) = (byline, item.byline_at) {
            set(self, b, SMALL, "Kai", 1.6);
        }
        if let Some(c) = &item.column {
            set(self, c, BODY, "Hei", 1.6);
        }
        if let Some(s) = &item.shoulder {
            set(self, s, fit(s, 15.0, w), "Kai", 1.8);
        }
        let rows: Vec<&str> = match &item.main_rows[..] {
            [] => item.main.iter().flat_map(|m| m.lines()).collect(),
            rows => rows.iter().map(String::as_str).collect(),
        };
        let wanted = if item.main_pt > 0.0 { item.main_pt } else { 26.0 };
        let pt = rows.iter().map(|r| fit(r, wanted, w)).fold(wanted, f32::min);
        for r in &rows {
            set(self, r, pt, "Hei", 1.6);
        }
        if let Some(s) = &item.sub {
            set(self, s, fit(s, 13.0, w), "Song", 1.8);
        }
        if let (Some(b), BylineAt::Head) = (byline, item.byline_at) {
            set(self, b, SMALL, "Kai", 1.6);
        }
        if at > y { at - y + 1.8 } else { 0.0 }
    }

    /// The columns of the text; `covered` names columns that begin lower, with the depth in millimetres.
    fn body(&mut self, item: &Item, continued: bool, x: f32, y: f32, w: f32, covered: &[(usize, f32)]) -> f32 {
        let columns =
            if continued { spread(&Columns::Equal(((w / 45.0) as usize).max(1)), w) } else { spread(&item.columns, w) };
        let mut depth = vec![0.0f32; columns.len()];
        for (c, h) in covered {
            depth[*c] = *h;
        }
        for (k, [from, to, height]) in item.pictures.iter().enumerate() {
            let (from, to) = (*from as usize, *to as usize);
            let (left, right) = (columns[from].0, columns[to - 1].0 + columns[to - 1].1);
            self.page.pictures.push([x + left, y + depth[from], right - left, *height]);
            let caption = item.picture_captions.get(k).map_or("", String::as_str);
            let under = self.caption(caption, x + left, y + depth[from] + height + 1.5, right - left);
            for d in &mut depth[from..to] {
                *d += height + under + 3.5;
            }
        }
        let mut closing: Vec<(String, Look)> = Vec::new();
        if let (Some(page), false) = (item.jump_to, continued) {
            closing.push((format!("（下转第{page}版）"), Look::Marker));
        }
        if let (Some(b), BylineAt::End) = (&item.byline, item.byline_at) {
            closing.push((b.clone(), Look::Byline));
        }
        let text = Text {
            paragraphs: if continued { item.continued() } else { item.paragraphs() },
            verse: item.verse,
            centred: item.centred,
            flush: continued,
            closing,
        };
        let (height, poured) = (1..)
            .find_map(|n| {
                let height = n as f32 * LEADING;
                let vessels: Vec<Vessel> = columns
                    .iter()
                    .zip(&depth)
                    .map(|((_, w), d)| Vessel {
                        measure: (w / EM + 0.02).floor(),
                        rows: ((height - d) / LEADING + 0.01).max(0.0) as usize,
                    })
                    .collect();
                pour(&text, &vessels).map(|rows| (height, rows))
            })
            .expect("some height holds the text");
        for (k, rows) in poured.iter().enumerate() {
            let (left, width) = columns[k];
            self.column(item, rows, x + left, y + depth[k], width);
            if item.column_rules && k > 0 {
                let top = y + depth[k].max(depth[k - 1]);
                self.page.rules.push(([x + left - GUTTER / 2.0, top, 0.1, y + height - top], false));
            }
        }
        height
    }

    fn column(&mut self, item: &Item, rows: &[Row], x: f32, y: f32, w: f32) {
        let measure = (w / EM + 0.02).floor() * EM;
        for (k, row) in rows.iter().enumerate() {
            let at = y + k as f32 * LEADING;
            let right = |pt: f32| x + measure - length(&row.text) * pt * MM;
            match row.look {
                Look::Blank => {}
                Look::Subhead => self.centred(&row.text, x, measure, at, BODY, "Hei"),
                Look::Verse => {
                    let longest = rows.iter().map(|r| length(&r.text)).fold(0.0, f32::max) * EM;
                    self.line(&row.text, x + (measure - longest).max(0.0) / 2.0, at, BODY, "Kai");
                }
                Look::Centred => self.centred(&row.text, x, measure, at, BODY, "Song"),
                Look::Signature => self.line(&row.text, right(BODY) - EM, at, BODY, "Song"),
                Look::Marker => self.line(&row.text, right(SMALL), at, SMALL, "Kai"),
                Look::Byline => self.line(&row.text, right(BODY), at, BODY, "Kai"),
                Look::Cells => self.cells(item, rows, k, x, at, measure),
                Look::Body => {
                    let own = length(&row.text) * EM;
                    let set = if row.full { measure - row.indent * EM } else { own.min(measure - row.indent * EM) };
                    self.stretched(&row.text, x + row.indent * EM, at, set, BODY, "Song");
                }
            }
        }
    }

    /// One row of a table, with its lines if it has any.
    fn cells(&mut self, item: &Item, rows: &[Row], k: usize, x: f32, y: f32, w: f32) {
        let cells: Vec<&str> = rows[k].text.split('|').collect();
        let width = w / cells.len() as f32;
        for (i, cell) in cells.iter().enumerate() {
            self.centred(cell, x + i as f32 * width, width, y, BODY, "Song");
        }
        if !item.ruled {
            return;
        }
        let space = (LEADING - EM) / 2.0;
        let is_table = |i: Option<usize>| i.and_then(|i| rows.get(i)).is_some_and(|r| r.look == Look::Cells);
        if !is_table(k.checked_sub(1)) {
            self.page.rules.push(([x, y - space, w, 0.1], false));
        }
        self.page.rules.push(([x, y + EM + space, w, 0.1], false));
        for i in 0..=cells.len() {
            self.page.rules.push(([x + i as f32 * width, y - space, 0.1, LEADING], false));
        }
    }

    /// A caption of rows as wide as its picture; gives its height.
    fn caption(&mut self, text: &str, x: f32, y: f32, w: f32) -> f32 {
        let em = SMALL * MM;
        let rows = if text.is_empty() { Vec::new() } else { paragraph(text, (w / em).floor(), true) };
        for (k, row) in rows.iter().enumerate() {
            self.line(&row.text, x, y + k as f32 * em * 1.35, SMALL, "Kai");
        }
        rows.len() as f32 * em * 1.35
    }

    /// Title, name and text in upright columns from right to left.
    fn vertical(&mut self, item: &Item, x: f32, y: f32, w: f32) -> f32 {
        let title = item.title().unwrap_or_default();
        let pt = 20.0;
        let head = pt * MM + 4.0;
        let (chars, rows) = (8..)
            .find_map(|chars| {
                let rows: Vec<Row> = item.paragraphs().iter().flat_map(|p| paragraph(p, chars as f32, false)).collect();
                (rows.len() as f32 * LEADING <= w - head).then_some((chars, rows))
            })
            .expect("some depth holds the text");
        let h = (chars as f32 + 0.6) * EM;
        self.upright(&title, x + w - pt * MM, y, pt, "Hei");
        if let Some(b) = &item.byline {
            self.upright(b, x + w - pt * MM * 0.75, y + length(&title) * pt * MM + 3.0, BODY, "Kai");
        }
        for (k, row) in rows.iter().enumerate() {
            let left = x + w - head - EM - k as f32 * LEADING;
            self.upright(&row.text, left, y + row.indent * EM, BODY, "Song");
        }
        h.max(length(&title) * pt * MM + 3.0 + 6.0 * EM)
    }
}

/// The largest size up to `pt` at which `text` fits into `w` millimetres.
fn fit(text: &str, pt: f32, w: f32) -> f32 {
    pt.min((w - 1.0) / (length(text).max(1.0) * MM))
}

/// Left edge and width of each column within `w`.
fn spread(columns: &Columns, w: f32) -> Vec<(f32, f32)> {
    match columns {
        Columns::Equal(n) => {
            let each = (w - GUTTER * (*n as f32 - 1.0)) / *n as f32;
            (0..*n).map(|k| (k as f32 * (each + GUTTER), each)).collect()
        }
        Columns::Widths(widths) => {
            let scale = (w - GUTTER * (widths.len() as f32 - 1.0)) / widths.iter().sum::<f32>();
            let mut left = 0.0;
            widths
                .iter()
                .map(|own| {
                    let place = (left, own * scale);
                    left += own * scale + GUTTER;
                    place
                })
                .collect()
        }
    }
}
