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
            Failure::new(format!(
                "`{text}` is neither a public key nor a file with one"
            ))
            .help("give the line that begins with `RW`, or the file `minisign.pub`")
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

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    /// Of the word `test`, from the documentation of minisign's verifier.
    const SIGNATURE: &str = "untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1633700835\tfile:test\tprehashed
wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==";

    #[test]
    fn a_signature_holds_for_its_own_bytes_alone() {
        let key = Key::of(KEY).unwrap();
        assert_eq!(key.verify(b"test", SIGNATURE.as_bytes()), Ok(()));
        let why = key.verify(b"Test", SIGNATURE.as_bytes()).unwrap_err();
        assert!(why.contains("not by the key"), "{why}");
        assert!(key.verify(b"test", b"\xff").is_err());
        assert!(Key::of("neither").is_err());
    }
}
