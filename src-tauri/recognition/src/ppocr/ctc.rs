//! Greedy decoding of a connectionist temporal classification output, keeping where each character was seen and how surely.

/// One recognised character.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    pub text: String,
    /// Centre along the line image, 0 to 1 of its width.
    pub at: f32,
    /// 0 to 1.
    pub confidence: f32,
}

/// Decodes `steps x classes` probabilities. Class 0 is the blank; a class seen in consecutive steps is one character, and its
/// confidence is the highest of them. `used` is the share of the steps that the line image fills, the rest is padding.
pub fn decode(probabilities: &[f32], classes: usize, used: f32, characters: &[String]) -> Vec<Glyph> {
    let steps = probabilities.len() / classes;
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut previous = 0;
    let mut first = 0;
    for (step, row) in probabilities.chunks_exact(classes).enumerate() {
        let (best, p) =
            row.iter().copied().enumerate().fold((0, f32::MIN), |m, (i, p)| if p > m.1 { (i, p) } else { m });
        if best != 0 {
            if best == previous {
                if let Some(last) = glyphs.last_mut() {
                    last.at = centre(first, step, steps, used);
                    last.confidence = last.confidence.max(p);
                }
            } else {
                first = step;
                let text = characters.get(best).cloned().unwrap_or_default();
                glyphs.push(Glyph { text, at: centre(step, step, steps, used), confidence: p });
            }
        }
        previous = best;
    }
    glyphs
}

fn centre(first: usize, last: usize, steps: usize, used: f32) -> f32 {
    ((first + last + 1) as f32 / 2.0 / steps as f32 / used.max(1e-6)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_one_character_unless_a_blank_parts_them() {
        let characters: Vec<String> = ["", "上", "海"].iter().map(|s| s.to_string()).collect();
        let rows = [[0.1, 0.8, 0.1], [0.1, 0.9, 0.0], [0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.0, 0.1, 0.9]];
        let glyphs = decode(&rows.concat(), 3, 1.0, &characters);
        let text: String = glyphs.iter().map(|g| g.text.as_str()).collect();
        assert_eq!(text, "上上海");
        assert_eq!(glyphs[0].confidence, 0.9);
        assert!((glyphs[0].at - 0.2).abs() < 1e-6 && (glyphs[2].at - 0.9).abs() < 1e-6);
    }
}
