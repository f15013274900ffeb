//! Frames on a pipe: a mark, a length, that many bytes. The mark tells a frame from anything else that might be
//! printed on the pipe by mistake.

use std::io::{Error, ErrorKind, Read, Result, Write};

const MARK: [u8; 4] = *b"BKW1";
/// Longest frame: a full page as JPEG and its envelope have a few megabytes.
const LONGEST: u32 = 256 << 20;

pub fn write(pipe: &mut impl Write, bytes: &[u8]) -> Result<()> {
    let length = u32::try_from(bytes.len()).ok().filter(|l| *l <= LONGEST);
    let length = length.ok_or_else(|| Error::new(ErrorKind::InvalidInput, "the message is too long"))?;
    pipe.write_all(&MARK)?;
    pipe.write_all(&length.to_le_bytes())?;
    pipe.write_all(bytes)?;
    pipe.flush()
}

/// The next frame, or `None` where the pipe was closed between frames.
pub fn read(pipe: &mut impl Read) -> Result<Option<Vec<u8>>> {
    let mut head = [0u8; 8];
    let mut got = 0;
    while got < head.len() {
        match pipe.read(&mut head[got..])? {
            0 if got == 0 => return Ok(None),
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            n => got += n,
        }
    }
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    if head[..4] != MARK || length > LONGEST {
        return Err(Error::new(ErrorKind::InvalidData, "not a message of the decode process"));
    }
    let mut bytes = vec![0; length as usize];
    pipe.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_noise_does_not() {
        let mut pipe = Vec::new();
        write(&mut pipe, b"one").unwrap();
        write(&mut pipe, b"").unwrap();
        let mut reader = pipe.as_slice();
        assert_eq!(read(&mut reader).unwrap(), Some(b"one".to_vec()));
        assert_eq!(read(&mut reader).unwrap(), Some(Vec::new()));
        assert_eq!(read(&mut reader).unwrap(), None);
        assert_eq!(read(&mut &b"warning: something"[..]).unwrap_err().kind(), ErrorKind::InvalidData);
        assert_eq!(read(&mut &pipe[..9]).unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }
}
