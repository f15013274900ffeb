//! A file in which two bytes read differently from what they are.

use std::io::{Read, Result, Seek, SeekFrom};

pub struct Overlay<R> {
    file: R,
    at: u64,
    patch: Option<(u64, [u8; 2])>,
}

impl<R: Read + Seek> Overlay<R> {
    pub fn new(file: R, patch: Option<(u64, [u8; 2])>) -> Self {
        Self { file, at: 0, patch }
    }
}

impl<R: Read + Seek> Read for Overlay<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.file.read(buffer)?;
        for (at, byte) in self.patch.iter().flat_map(|(at, bytes)| (*at..).zip(bytes)) {
            if let Some(place) = at.checked_sub(self.at).filter(|p| *p < read as u64) {
                buffer[place as usize] = *byte;
            }
        }
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: Read + Seek> Seek for Overlay<R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_bytes_read_differently_however_they_are_read() {
        let mut file = Overlay::new(std::io::Cursor::new(vec![0u8; 8]), Some((3, [7, 9])));
        let mut all = Vec::new();
        file.read_to_end(&mut all).unwrap();
        assert_eq!(all, [0, 0, 0, 7, 9, 0, 0, 0]);
        file.seek(SeekFrom::Start(4)).unwrap();
        let mut one = [0];
        file.read_exact(&mut one).unwrap();
        assert_eq!(one, [9]);
        file.read_exact(&mut one).unwrap();
        assert_eq!(one, [0]);
    }
}
