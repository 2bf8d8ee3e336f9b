//! [`cause!`](crate::cause): one type for each thing that can be wrong.

/// Declares a cause: its type and its [`Cause`](crate::Cause) impl, whose words come from an inherent
/// `fn words(&self) -> Diagnostic` written below it. What its code means stands in the
/// [register](crate::register), its page in `docs/diagnostics/CODE.md`.
#[macro_export]
macro_rules! cause {
    (
        $(#[$attribute:meta])*
        $code:ident $name:ident {
            $($(#[$about:meta])* $field:ident : $kind:ty),* $(,)?
        }
    ) => {
        #[doc = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics/", stringify!($code), ".md"
        ))]
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$about])* pub $field: $kind),*
        }

        const _: () = assert!(
            $crate::same_words($crate::register::$code.name, stringify!($name)),
            "the register calls this cause otherwise"
        );

        impl $crate::Cause for $name {
            fn code(&self) -> $crate::Code {
                $crate::register::$code.code
            }

            fn severity(&self) -> $crate::Severity {
                $crate::register::$code.severity
            }

            fn describe(&self) -> $crate::Diagnostic {
                self.words()
            }
        }
    };
}

/// Whether two names are the same, while compiling.
#[doc(hidden)]
#[must_use]
#[allow(
    clippy::indexing_slicing,
    reason = "both are as long as the length that is compared"
)]
pub const fn same_words(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}
