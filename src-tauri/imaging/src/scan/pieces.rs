//! A large file read in pieces, for a decoder that looks ahead and steps back all the time: what is in memory stays there.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Result, Seek, SeekFrom};

pub struct Pieces {
    file: BufReader<File>,
    at: u64,
}

impl Pieces {
    pub fn new(file: BufReader<File>) -> Self {
        Self { file, at: 0 }
    }
}

impl Read for Pieces {
    /// Fills the buffer unless the file ends: the decoder takes less for the end.
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut read = 0;
        while read < buffer.len() {
            match self.file.read(&mut buffer[read..])? {
                0 => break,
                n => read += n,
            }
        }
        self.at += read as u64;
        Ok(read)
    }
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.file.consume(amount);
        self.at += amount as u64;
    }
}

impl Seek for Pieces {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let step = match to {
            SeekFrom::Current(step) => Some(step),
            SeekFrom::Start(place) => i64::try_from(place).ok().and_then(|p| p.checked_sub_unsigned(self.at)),
            SeekFrom::End(_) => None,
        };
        self.at = match step {
            Some(step) => {
                self.file.seek_relative(step)?;
                self.at.saturating_add_signed(step)
            }
            None => self.file.seek(to)?,
        };
        Ok(self.at)
    }

    fn stream_position(&mut self) -> Result<u64> {
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_are_whole_over_the_edges_of_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..100).collect();
        std::fs::write(&path, &bytes).unwrap();
        let mut pieces = Pieces::new(BufReader::with_capacity(16, File::open(&path).unwrap()));
        let mut ten = [0; 10];
        for at in (0..90).step_by(7) {
            assert_eq!(pieces.seek(SeekFrom::Start(at)).unwrap(), at);
            assert_eq!(pieces.read(&mut ten).unwrap(), 10);
            assert_eq!(ten, bytes[at as usize..at as usize + 10]);
            assert_eq!(pieces.seek(SeekFrom::Current(-4)).unwrap(), at + 6);
            assert_eq!(pieces.fill_buf().unwrap()[0], bytes[at as usize + 6]);
            assert_eq!(pieces.stream_position().unwrap(), at + 6);
        }
        assert_eq!(pieces.seek(SeekFrom::End(-3)).unwrap(), 97);
        assert_eq!(pieces.read(&mut ten).unwrap(), 3);
    }
}
