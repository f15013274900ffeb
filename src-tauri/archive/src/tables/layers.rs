//! A text layer is one blob: JSON (so that it explains itself in a hundred years) under zstd.

use baoku_model::TextLayer;
use sha2::{Digest, Sha256};

use crate::error::{ArchiveError, Result};
use crate::tables::hex;

/// Fast and already within a few per cent of the best ratio on pages of text.
const LEVEL: i32 = 3;

pub(crate) struct PackedLayer {
    pub data: Vec<u8>,
    /// Of the JSON, not of the blob: it stays the same under another compressor.
    pub sha256: String,
}

pub(crate) fn pack(layer: &TextLayer) -> Result<PackedLayer> {
    let json = serde_json::to_vec(layer)?;
    Ok(PackedLayer { sha256: hex(&Sha256::digest(&json)), data: squeeze(&json)? })
}

pub(crate) fn unpack(data: &[u8]) -> Result<TextLayer> {
    Ok(serde_json::from_slice(&expand(data)?)?)
}

pub(crate) fn squeeze(bytes: &[u8]) -> Result<Vec<u8>> {
    zstd::encode_all(bytes, LEVEL).map_err(|e| ArchiveError::Damaged(format!("compression: {e}")))
}

pub(crate) fn expand(bytes: &[u8]) -> Result<Vec<u8>> {
    zstd::decode_all(bytes).map_err(|e| ArchiveError::Damaged(format!("compressed value: {e}")))
}

/// Number of lines, if the blob can be read and is what was written.
pub(crate) fn verify(data: &[u8], sha256: &str) -> Option<usize> {
    let json = expand(data).ok()?;
    let layer: TextLayer = serde_json::from_slice(&json).ok()?;
    (hex(&Sha256::digest(&json)) == sha256).then_some(layer.lines.len())
}
