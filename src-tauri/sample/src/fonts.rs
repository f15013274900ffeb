//! The faces the paper is set in: Noto Serif SC and Noto Sans SC (SIL Open Font License), read from the packages that
//! `npm ci` brings.

use std::path::Path;

use krilla::text::{Font, GlyphId, KrillaGlyph};

/// A face of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// 宋体, body.
    Song,
    SongBold,
    /// The masthead.
    SongBlack,
    /// 黑体, captions and page heads.
    Hei,
    HeiBold,
}

const FILES: [(Face, &str); 5] = [
    (Face::Song, "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"),
    (Face::SongBold, "noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf"),
    (Face::SongBlack, "noto-serif-sc/900Black/NotoSerifSC_900Black.ttf"),
    (Face::Hei, "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
    (Face::HeiBold, "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf"),
];

/// Font files in memory.
pub struct FontFiles(Vec<Vec<u8>>);

impl FontFiles {
    /// Reads the faces below `folder`, the place of the two font packages.
    ///
    /// # Errors
    /// In words, with the file that is missing.
    pub fn load(folder: &Path) -> Result<Self, String> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|e| format!("font {}: {e} (run `npm ci` first)", path.display()))
        };
        FILES.iter().map(|(_, name)| read(name)).collect::<Result<_, _>>().map(Self)
    }
}

struct Loaded<'a> {
    shaper: rustybuzz::Face<'a>,
    font: Font,
}

/// The faces, ready to measure and to draw.
pub struct Fonts<'a>(Vec<Loaded<'a>>);

impl<'a> Fonts<'a> {
    pub fn new(files: &'a FontFiles) -> Result<Self, String> {
        let load = |(bytes, (_, name)): (&'a Vec<u8>, &(Face, &str))| {
            let shaper = rustybuzz::Face::from_slice(bytes, 0).ok_or_else(|| format!("{name} is no font"))?;
            let font = Font::new(bytes.clone().into(), 0).ok_or_else(|| format!("{name} cannot be embedded"))?;
            Ok(Loaded { shaper, font })
        };
        files.0.iter().zip(&FILES).map(load).collect::<Result<_, String>>().map(Self)
    }

    fn face(&self, face: Face) -> &Loaded<'a> {
        let at = FILES.iter().position(|(f, _)| *f == face).unwrap_or(0);
        &self.0[at]
    }

    pub fn font(&self, face: Face) -> Font {
        self.face(face).font.clone()
    }

    /// Width of one character set horizontally, in points.
    pub fn advance(&self, face: Face, size: f32, c: char) -> f32 {
        let shaper = &self.face(face).shaper;
        let units = shaper.glyph_index(c).and_then(|g| shaper.glyph_hor_advance(g));
        units.map_or(size, |u| f32::from(u) / shaper.units_per_em() as f32 * size)
    }

    pub fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        text.chars().map(|c| self.advance(face, size, c)).sum()
    }

    /// Glyphs of a horizontal line; `advances` are points, one for each character.
    pub fn glyphs(&self, face: Face, size: f32, text: &str, advances: &[f32]) -> Result<Vec<KrillaGlyph>, String> {
        let shaper = &self.face(face).shaper;
        let glyph = |((at, c), advance): ((usize, char), &f32)| {
            let id = shaper.glyph_index(c).ok_or_else(|| format!("no glyph for {c} in {face:?}"))?;
            let range = at..at + c.len_utf8();
            Ok(KrillaGlyph::new(GlyphId::new(u32::from(id.0)), advance / size, 0.0, 0.0, 0.0, range, None))
        };
        text.char_indices().zip(advances).map(glyph).collect()
    }

    /// Glyphs of a vertical line with the forms that vertical setting asks for. Each comes with the place of its origin:
    /// points right of the column's centre, and points below the top of its own character cell.
    pub fn vertical_glyphs(&self, face: Face, size: f32, text: &str) -> Vec<(KrillaGlyph, f32, f32)> {
        let shaper = &self.face(face).shaper;
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(rustybuzz::Direction::TopToBottom);
        let shaped = rustybuzz::shape(shaper, &[], buffer);
        let scale = size / shaper.units_per_em() as f32;
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        glyphs
            .map(|(info, position)| {
                let start = info.cluster as usize;
                let end = starts.iter().copied().find(|s| *s > start).unwrap_or(text.len());
                let id = GlyphId::new(info.glyph_id);
                let glyph = KrillaGlyph::new(id, 1.0, 0.0, 0.0, 0.0, start..end, None);
                (glyph, position.x_offset as f32 * scale, -position.y_offset as f32 * scale)
            })
            .collect()
    }
}
