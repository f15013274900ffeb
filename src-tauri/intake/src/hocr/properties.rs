//! The `title` attribute: `image "a.tif"; bbox 0 0 100 200; x_wconf 96`.

use crate::supplier::line::Place;
use crate::xml::number;

/// Properties of one element; each is a word and what follows it.
pub struct Properties<'t> {
    title: &'t str,
}

impl<'t> Properties<'t> {
    pub fn new(title: &'t str) -> Self {
        Self { title }
    }

    /// What follows the word, up to the semicolon that is not in quotes.
    pub fn get(&self, name: &str) -> Option<&'t str> {
        let mut quoted = false;
        let pieces = self.title.split(move |c| {
            quoted ^= c == '"';
            c == ';' && !quoted
        });
        pieces
            .filter_map(|piece| piece.trim().split_once(char::is_whitespace))
            .find(|(word, _)| *word == name)
            .map(|p| p.1)
    }

    pub fn numbers(&self, name: &str) -> Vec<f32> {
        self.get(name).map(|text| text.split_whitespace().filter_map(number).collect()).unwrap_or_default()
    }

    pub fn number(&self, name: &str) -> Option<f32> {
        self.numbers(name).first().copied()
    }

    pub fn place(&self) -> Option<Place> {
        match self.numbers("bbox")[..] {
            [left, top, right, bottom, ..] => Some(Place {
                left: left.min(right),
                top: top.min(bottom),
                right: left.max(right),
                bottom: top.max(bottom),
            }),
            _ => None,
        }
    }

    /// A name in quotes or without them.
    pub fn name(&self, name: &str) -> Option<String> {
        let text = self.get(name)?.trim().trim_matches(['"', '\'']).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_with_and_without_quotes() {
        let title = r#"image "a;b.tif"; bbox 0 10 100 200; x_wconf 96; ppageno 3"#;
        let properties = Properties::new(title);
        assert_eq!(properties.name("image").as_deref(), Some("a;b.tif"));
        assert_eq!(properties.place(), Some(Place { left: 0.0, top: 10.0, right: 100.0, bottom: 200.0 }));
        assert_eq!(properties.number("x_wconf"), Some(96.0));
        assert_eq!(properties.number("x_size"), None);
    }
}
