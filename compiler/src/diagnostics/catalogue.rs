//! The register of all causes: code, severity, name and page.
//!
//! In: the cause types, declared with [`cause!`](super::cause), and their pages in
//! `docs/diagnostics/`. Out: the list behind `forewarn explain-code`. A page is written once.

use super::suggest::suggest;
use super::{
    Code, Severity, alerts, confidentiality, data, durations, evidence, factors, levels, method,
    names, overlays, packages, panel, panel_functions, properties, ranges, syntax, tables,
    tests as of_tests, translations, types, units,
};
use std::sync::LazyLock;

/// What is known of a code without any rules at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    pub code: Code,
    pub severity: Severity,
    /// The cause's type, such as `DuplicateName`.
    pub name: &'static str,
    /// Markdown; the first line is `# FW0101: a name is declared twice`.
    pub page: &'static str,
}

impl CodeInfo {
    /// `a name is declared twice`
    #[must_use]
    pub fn title(&self) -> &'static str {
        let line = self.page.lines().next().unwrap_or("");
        line.split_once(": ").map_or(line, |(_, title)| title)
    }
}

/// The families in the order of their codes: a heading for people, and what belongs to it.
pub const FAMILIES: [(&str, &[&[CodeInfo]]); 21] = [
    ("reading rule files", syntax::CODES),
    ("names", names::CODES),
    ("kinds of values", types::CODES),
    ("units", units::CODES),
    ("ranges", ranges::CODES),
    ("scales and levels", levels::CODES),
    ("decision tables", tables::CODES),
    ("factors", factors::CODES),
    ("along time and across peers", &[panel_functions::CODES]),
    ("confidentiality", confidentiality::CODES),
    ("durations", durations::CODES),
    ("alerts", alerts::CODES),
    ("verification and codes", &[evidence::CODES]),
    ("panel, params and allowances", panel::CODES),
    ("data", data::CODES),
    ("tests", of_tests::CODES),
    ("method", method::CODES),
    ("properties", properties::CODES),
    ("packages", packages::CODES),
    ("overlays", overlays::CODES),
    ("translations", translations::CODES),
];

/// Every code, in ascending order.
#[must_use]
pub fn all() -> &'static [CodeInfo] {
    static ALL: LazyLock<Vec<CodeInfo>> = LazyLock::new(|| {
        let mut all: Vec<CodeInfo> = FAMILIES
            .iter()
            .flat_map(|(_, parts)| parts.iter())
            .flat_map(|part| part.iter().copied())
            .collect();
        all.sort_by_key(|info| info.code);
        all
    });
    &ALL
}

/// What is known of `code`, in upper or lower case.
#[must_use]
pub fn info(code: &str) -> Option<&'static CodeInfo> {
    all()
        .iter()
        .find(|info| info.code.0.eq_ignore_ascii_case(code))
}

/// The page of `code`, in upper or lower case.
#[must_use]
pub fn page(code: &str) -> Option<&'static str> {
    info(code).map(|info| info.page)
}

/// The code that was probably meant by one that is none: `FW107`, `107`, `FW-0107`, `FW0170`.
#[must_use]
pub fn nearest(code: &str) -> Option<&'static str> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let padded = format!("FW{digits:0>4}");
    if !digits.is_empty()
        && let Some(info) = info(&padded)
    {
        return Some(info.code.0);
    }
    let by_name = all()
        .iter()
        .find(|info| info.name.eq_ignore_ascii_case(code));
    by_name
        .map(|info| info.code.0)
        .or_else(|| suggest(code, all().iter().map(|info| info.code.0)))
}

/// Declares a cause: its type and its [`Cause`] impl, whose words come from an inherent
/// `fn words(&self) -> Diagnostic` written below it. Its page is `docs/diagnostics/CODE.md`. Each type
/// is to be listed in its file's `CODES` as `Type::INFO` (one that is not is reported as dead code).
///
/// [`Cause`]: super::Cause
macro_rules! cause {
    (
        $(#[$attribute:meta])*
        $severity:ident $code:literal $name:ident {
            $($(#[$about:meta])* $field:ident : $kind:ty),* $(,)?
        }
    ) => {
        #[doc = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics/", $code, ".md"
        ))]
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$about])* pub $field: $kind),*
        }

        impl $name {
            pub(super) const INFO: $crate::diagnostics::catalogue::CodeInfo =
                $crate::diagnostics::catalogue::CodeInfo {
                    code: $crate::diagnostics::Code($code),
                    severity: $crate::diagnostics::Severity::$severity,
                    name: stringify!($name),
                    page: include_str!(concat!(
                        env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics/", $code, ".md"
                    )),
                };
        }

        impl $crate::diagnostics::Cause for $name {
            fn code(&self) -> $crate::diagnostics::Code {
                Self::INFO.code
            }

            fn severity(&self) -> $crate::diagnostics::Severity {
                Self::INFO.severity
            }

            fn describe(&self) -> $crate::diagnostics::Diagnostic {
                self.words()
            }
        }
    };
}
pub(crate) use cause;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_in_any_case() {
        assert!(page("fw0101").is_some_and(|page| page.starts_with("# FW0101: ")));
        assert_eq!(page("FW9999"), None);
        assert_eq!(
            info("FW0103").map(|info| info.severity),
            Some(Severity::Warning)
        );
    }

    #[test]
    fn a_code_that_is_none_is_met_with_the_nearest() {
        let cases = [
            ("107", Some("FW0107")),
            ("fw107", Some("FW0107")),
            ("FW-0107", Some("FW0107")),
            ("E0107", Some("FW0107")),
            ("UnknownName", Some("FW0107")),
            ("hello", None),
            ("", None),
        ];
        for (code, expected) in cases {
            assert_eq!(nearest(code), expected, "{code}");
        }
        assert!(nearest("FW0199").is_some());
    }
}
