//! What letters behind a number may mean: `1.2M`, `12k`, `8 b`.

/// What letters behind a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiple {
    /// So many tens: `k`, `Mio`, `bn`.
    Times(u8),
    /// So many tens, or a flag that says how good the value is: `b`.
    Perhaps(u8),
    /// Thousands or millions, as the language has it, or a unit: `mil`, `m`, `km`.
    Unclear,
}
