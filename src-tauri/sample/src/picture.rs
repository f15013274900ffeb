//! Stand-ins for photographs: a sky, three lines of hills, a sun. Each article has its own, always the same.

use krilla::image::Image;

/// A landscape for `seed`, twice as many pixels as points.
pub fn landscape(seed: &str, width: f32, height: f32) -> Image {
    let (w, h) = ((width * 2.0) as u32, (height * 2.0) as u32);
    let mut state = seed.bytes().fold(0x811c_9dc5_u32, |s, b| (s ^ u32::from(b)).wrapping_mul(0x0100_0193));
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 16_777_216.0
    };
    let dusk = next();
    let (sun_x, sun_y) = (0.2 + 0.6 * next(), 0.18 + 0.15 * next());
    let hills: Vec<[f32; 5]> = (0..3)
        .map(|i| [0.48 + 0.15 * i as f32, 0.05 + 0.04 * next(), 3.0 + 4.0 * next(), 6.3 * next(), 0.02 * next()])
        .collect();
    let mut pixels = Vec::with_capacity((w * h * 4) as usize);
    for y in 0..h {
        for x in 0..w {
            let (u, v) = (x as f32 / w as f32, y as f32 / h as f32);
            let sky = [150.0 + 70.0 * v + 30.0 * dusk, 175.0 + 45.0 * v, 205.0 + 25.0 * v - 40.0 * dusk];
            let mut colour = sky;
            let far = ((u - sun_x) * w as f32).hypot((v - sun_y) * h as f32) / h as f32;
            if far < 0.07 {
                colour = [250.0, 232.0, 205.0];
            }
            for (i, [level, swell, waves, phase, ripple]) in hills.iter().enumerate() {
                let edge = level + swell * (u * waves + phase).sin() + ripple * (u * 31.0 + phase).sin();
                if v > edge {
                    let shade = 1.0 - 0.28 * i as f32 - 0.15 * (v - edge);
                    colour = [118.0 * shade, 138.0 * shade, 112.0 * shade];
                }
            }
            pixels.extend(colour.map(|c| c.clamp(0.0, 255.0) as u8));
            pixels.push(255);
        }
    }
    Image::from_rgba8(pixels, w, h)
}
