//! Packers: one file made smaller. What they give is read like the file itself.

use super::input::Input;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, Read};

/// A packer, told by how its files begin.
#[derive(Debug)]
pub(super) struct Packer {
    pub(super) magic: &'static [u8],
    /// Endings that it adds to a name, with what they stand for.
    endings: &'static [(&'static str, &'static str)],
    pub(super) unpack: for<'a> fn(Input<'a>) -> io::Result<Input<'a>>,
}

impl Packer {
    /// The name of what is packed.
    pub(super) fn without_ending<'n>(&self, name: &'n str) -> &'n str {
        self.endings
            .iter()
            .find_map(|(ending, keeps)| name.strip_suffix(ending).map(|_| &name[..name.len() - ending.len() + keeps.len()]))
            .unwrap_or(name)
    }
}

pub(super) const PACKERS: [Packer; 2] = [
    Packer {
        magic: b"\x1f\x8b",
        endings: &[(".gz", ""), (".tgz", ".t")],
        unpack: |input| input.unpack(|i| Ok(flate2::read::MultiGzDecoder::new(i))),
    },
    Packer { magic: b"\x28\xb5\x2f\xfd", endings: &[(".zst", ""), (".zstd", "")], unpack: |input| input.unpack(|i| Ok(Zstd::new(i))) },
];

/// What is in Zstandard frames.
pub(super) fn zstd<'a>(packed: impl Read + 'a) -> impl Read + 'a {
    Zstd::new(packed)
}

/// A reader of Zstandard frames, one after the other (RFC 8878).
struct Zstd<R> {
    packed: R,
    decoder: FrameDecoder,
    open: bool,
}

/// The most of what was unpacked that a frame may refer back to: what `zstd --ultra` asks for at most without `--long`.
const WINDOW: u64 = 128 << 20;

impl<R: Read> Zstd<R> {
    fn new(packed: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Zstd { packed, decoder, open: false }
    }

    /// Begins the next frame; tells whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            let mut first = [0];
            if self.packed.read(&mut first)? == 0 {
                return Ok(false);
            }
            match self.decoder.reset(first.chain(&mut self.packed)) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.packed.by_ref().take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.open {
                while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    self.decoder.decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
                }
                let n = self.decoder.read(buffer)?;
                if n > 0 || buffer.is_empty() {
                    return Ok(n);
                }
            }
            self.open = self.begin()?;
            if !self.open {
                return Ok(0);
            }
        }
    }
}
