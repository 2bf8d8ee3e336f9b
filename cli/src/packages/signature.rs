//! Signatures of minisign: who published a package.

use crate::failure::Failure;
use minisign_verify::{PublicKey, Signature};
use std::path::Path;

/// A publisher's public key.
#[derive(Clone, Debug)]
pub struct Key(PublicKey);

impl Key {
    /// The key as `minisign -G` prints it, or the file that it writes.
    ///
    /// # Errors
    /// It is neither.
    pub fn of(text: &str) -> Result<Self, Failure> {
        let key = match PublicKey::from_base64(text) {
            Ok(key) => Ok(key),
            Err(_) => PublicKey::from_file(Path::new(text)),
        };
        key.map(Self).map_err(|_| {
            Failure::new(format!("`{text}` is neither a public key nor a file with one")).help(
                "give the line that begins with `RW`, or the file `minisign.pub`",
            )
        })
    }

    /// # Errors
    /// Why the signature does not hold.
    pub fn verify(&self, bytes: &[u8], signature: &[u8]) -> Result<(), String> {
        let text = std::str::from_utf8(signature).map_err(|_| "its signature is not text")?;
        let signature = Signature::decode(text).map_err(|_| "its signature cannot be read")?;
        let verified = self.0.verify(bytes, &signature, false);
        verified.map_err(|_| "its signature is not by the key that was given".to_owned())
    }
}
