//! What an Arrow file says of its sizes, held against the file before anything asks for memory.
//!
//! In: all bytes of a file or a stream. Out: nothing, or in words which size cannot be. A compressed
//! buffer begins with the size that it has unpacked, and the library asks for that much memory at once:
//! a size that no packing could have made, or that this machine does not have, ends here as a message.

use crate::taken::Kept;
use arrow_ipc::{Buffer, CompressionType, Message, MessageHeader, root_as_footer, root_as_message};
use std::io::{Read, Seek, SeekFrom};

/// The sign at both ends of a file, and the length of the list of its parts before the last.
const END: u64 = 10;

/// How many bytes one packed byte can become at most.
fn most_from_one(compression: CompressionType) -> u64 {
    match compression {
        CompressionType::LZ4_FRAME => 255,
        // A block of 128 KiB of one byte takes four.
        _ => 32 * 1024,
    }
}

/// Beside what the packed bytes become.
const ALWAYS: u64 = 64 * 1024;

/// Checks every part of it.
///
/// # Errors
/// What cannot be, in words.
pub(crate) fn check(kept: &Kept, is_file: bool) -> Result<(), String> {
    let Ok(total) = kept.length() else {
        return Ok(());
    };
    let mut bytes = Bytes { kept, total };
    if is_file {
        bytes.file()
    } else {
        bytes.stream()
    }
}

struct Bytes<'a> {
    kept: &'a Kept,
    total: u64,
}

const TOO_MUCH: &str = "it says that it holds more than fits into it";
const NONE: &str = "it does not begin as Arrow files do";
const CUT_OFF: &str = "it was cut off";

impl Bytes<'_> {
    /// Some bytes; an error where the file does not have them.
    fn get(&mut self, from: u64, length: u64) -> Result<Vec<u8>, String> {
        if from.checked_add(length).is_none_or(|end| end > self.total) {
            return Err(CUT_OFF.to_owned());
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
        let mut reader = self.kept.reader();
        let read = reader
            .seek(SeekFrom::Start(from))
            .and_then(|_| reader.read_exact(&mut bytes));
        read.map(|()| bytes).map_err(|_| CUT_OFF.to_owned())
    }

    fn number(&mut self, from: u64) -> Result<i32, String> {
        let bytes = self.get(from, 4)?;
        Ok(bytes.try_into().map_or(0, i32::from_le_bytes))
    }

    /// The parts that the end of a file lists.
    fn file(&mut self) -> Result<(), String> {
        let end = self.total.checked_sub(END).ok_or(CUT_OFF)?;
        if self.get(end + 4, 6)? != b"ARROW1" {
            return Err(CUT_OFF.to_owned());
        }
        let length = u64::try_from(self.number(end)?).map_err(|_| TOO_MUCH)?;
        let from = end.checked_sub(length).ok_or(TOO_MUCH)?;
        let footer = self.get(from, length)?;
        // What is wrong with the list itself is told by whoever reads it.
        let Ok(footer) = root_as_footer(&footer) else {
            return Ok(());
        };
        let dictionaries = footer.dictionaries().into_iter().flatten();
        let batches = footer.recordBatches().into_iter().flatten();
        for block in dictionaries.chain(batches) {
            let at = u64::try_from(block.offset()).map_err(|_| TOO_MUCH)?;
            let metadata = u64::try_from(block.metaDataLength()).map_err(|_| TOO_MUCH)?;
            let body = u64::try_from(block.bodyLength()).map_err(|_| TOO_MUCH)?;
            let from = at.checked_add(metadata).ok_or(TOO_MUCH)?;
            if from.checked_add(body).is_none_or(|end| end > self.total) {
                return Err(TOO_MUCH.to_owned());
            }
            let message = self.get(at, metadata)?;
            let prefix = if message.starts_with(&[0xFF; 4]) {
                8
            } else {
                4
            };
            if let Ok(message) = root_as_message(message.get(prefix..).unwrap_or_default()) {
                self.message(&message, from, body)?;
            }
        }
        Ok(())
    }

    /// Message after message.
    fn stream(&mut self) -> Result<(), String> {
        let mut at = 0;
        while at < self.total {
            let mut length = self.number(at)?;
            at += 4;
            if length == -1 {
                length = self.number(at)?;
                at += 4;
            }
            let length = u64::try_from(length).map_err(|_| NONE)?;
            if at <= 8 && length > self.total {
                return Err(NONE.to_owned());
            }
            if length == 0 {
                return Ok(());
            }
            let message = self.get(at, length)?;
            at += length;
            let Ok(message) = root_as_message(&message) else {
                return Ok(());
            };
            let body = u64::try_from(message.bodyLength()).map_err(|_| TOO_MUCH)?;
            if at.checked_add(body).is_none_or(|end| end > self.total) {
                return Err(CUT_OFF.to_owned());
            }
            self.message(&message, at, body)?;
            at += body;
        }
        Ok(())
    }

    fn message(&mut self, message: &Message<'_>, from: u64, length: u64) -> Result<(), String> {
        let batch = match message.header_type() {
            MessageHeader::RecordBatch => message.header_as_record_batch(),
            MessageHeader::DictionaryBatch => message
                .header_as_dictionary_batch()
                .and_then(|dictionary| dictionary.data()),
            _ => None,
        };
        let Some(batch) = batch else {
            return Ok(());
        };
        let compression = batch.compression().map(|how| how.codec());
        let mut unpacked = 0_u64;
        for buffer in batch.buffers().into_iter().flatten() {
            let size = self.buffer(buffer, from, length, compression)?;
            unpacked = unpacked.saturating_add(size);
        }
        // Every row takes a bit at least; a batch without buffers has columns without values alone.
        let rows = u64::try_from(batch.length()).map_err(|_| TOO_MUCH)?;
        if rows > unpacked.saturating_mul(8) && unpacked > 0 {
            return Err(TOO_MUCH.to_owned());
        }
        let memory = usize::try_from(unpacked).map_err(|_| TOO_MUCH)?;
        if compression.is_some() && Vec::<u8>::new().try_reserve_exact(memory).is_err() {
            return Err("unpacked, it is larger than the memory of this machine".to_owned());
        }
        Ok(())
    }

    /// The size that a buffer has unpacked.
    fn buffer(
        &mut self,
        buffer: &Buffer,
        from: u64,
        length: u64,
        compression: Option<CompressionType>,
    ) -> Result<u64, String> {
        let at = u64::try_from(buffer.offset()).map_err(|_| TOO_MUCH)?;
        let size = u64::try_from(buffer.length()).map_err(|_| TOO_MUCH)?;
        if at.checked_add(size).is_none_or(|end| end > length) {
            return Err(TOO_MUCH.to_owned());
        }
        let Some(compression) = compression.filter(|_| size > 8) else {
            return Ok(size);
        };
        let packed = size - 8;
        let bytes = self.get(from + at, 8)?;
        match bytes.try_into().map_or(0, i64::from_le_bytes) {
            // Not packed after all.
            -1 => Ok(packed),
            unpacked => {
                let unpacked = u64::try_from(unpacked).map_err(|_| TOO_MUCH)?;
                let most = packed.saturating_mul(most_from_one(compression));
                if unpacked > most.saturating_add(ALWAYS) {
                    return Err(TOO_MUCH.to_owned());
                }
                Ok(unpacked)
            }
        }
    }
}
