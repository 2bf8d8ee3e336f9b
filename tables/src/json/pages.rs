//! What a document says of pages: services hand over many rows a page at a time.
//!
//! In: what stands around the list of rows. Out: how many pages and rows there are, and whether another page
//! follows, with the words in which it is said.

use serde_json::{Map, Value};

/// What a document says of its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pages {
    /// How many there are.
    pub(crate) pages: Option<u64>,
    /// How many rows there are on all of them.
    pub(crate) total: Option<u64>,
    /// It says how to come by another one.
    pub(crate) next: bool,
    /// `page = 1`, `pages = 7`
    pub(crate) said: Vec<String>,
}

/// Its page is counted.
const PAGE: [&str; 3] = ["page", "pagenumber", "currentpage"];
const PAGES: [&str; 6] = [
    "pages",
    "totalpages",
    "pagecount",
    "lastpage",
    "numpages",
    "pagestotal",
];
const TOTAL: [&str; 11] = [
    "total",
    "count",
    "totalcount",
    "totalresults",
    "totalrecords",
    "totalitems",
    "totalelements",
    "recordstotal",
    "numfound",
    "numbermatched",
    "odatacount",
];
const NEXT: [&str; 8] = [
    "next",
    "nextlink",
    "nextpage",
    "nexturl",
    "nextpageurl",
    "nextpagetoken",
    "odatanextlink",
    "exceededtransferlimit",
];

impl Pages {
    /// Those that a document tells of.
    pub(super) fn of(document: &Value) -> Self {
        let mut found = Self::default();
        let around = match document {
            Value::Array(parts) => match parts.as_slice() {
                [Value::Object(around), Value::Array(_)] => Some(around),
                _ => None,
            },
            Value::Object(around) => Some(around),
            _ => None,
        };
        if let Some(around) = around {
            found.read(around);
        }
        found
    }

    fn read(&mut self, around: &Map<String, Value>) {
        for (name, value) in around {
            let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            let plain = plain.to_lowercase();
            let is = |words: &[&str]| words.contains(&plain.as_str());
            let number = whole(value);
            if is(&NEXT) && leads_on(value) {
                self.next = true;
                self.said.push(format!("`{name}`"));
            } else if let Some(number) = number.filter(|_| is(&PAGE) || is(&PAGES) || is(&TOTAL)) {
                if is(&PAGES) {
                    self.pages.get_or_insert(number);
                } else if is(&TOTAL) {
                    self.total.get_or_insert(number);
                }
                self.said.push(format!("`{name}` = {number}"));
            }
            if let Value::Object(inner) = value {
                self.read(inner);
            }
        }
    }

    /// Does it say that so many files with so many rows together are not all there is?
    pub(crate) fn is_part(&self, files: u64, rows: u64) -> bool {
        self.total.is_some_and(|total| total > rows)
            || self.pages.map_or(self.next, |pages| pages > files)
    }

    /// Does it count rows or pages, so that a page is known by itself?
    pub(crate) fn counts(&self) -> bool {
        self.total.is_some() || self.pages.is_some()
    }
}

/// Some services write their numbers as text.
fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn leads_on(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(parts) => !parts.is_empty(),
        Value::Object(parts) => parts.values().any(leads_on),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Pages {
        Pages::of(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn documents_that_are_one_page_of_several() {
        for (text, rows) in [
            (
                r#"[{"page":1,"pages":7,"per_page":"50","total":332},[{}]]"#,
                50,
            ),
            (
                r#"{"count":1234,"next":"https://x/?page=2","results":[{}]}"#,
                50,
            ),
            (
                r#"{"count":50,"next":"https://x/?page=2","results":[{}]}"#,
                50,
            ),
            (r#"{"@odata.nextLink":"https://x","value":[{}]}"#, 50),
            (
                r#"{"meta":{"pagination":{"total_pages":3}},"data":[{}]}"#,
                50,
            ),
            (r#"{"links":{"next":{"href":"https://x"}},"data":[{}]}"#, 50),
            (r#"{"exceededTransferLimit":true,"features":[{}]}"#, 50),
            (
                r#"{"success":true,"result":{"total":"60","records":[{}]}}"#,
                50,
            ),
        ] {
            let pages = of(text);
            assert!(pages.is_part(1, rows), "{text}");
            assert!(!pages.said.is_empty(), "{text}");
        }
    }

    #[test]
    fn documents_that_are_whole() {
        for text in [
            r#"[{"page":1,"pages":1,"total":50},[{}]]"#,
            r#"{"count":50,"next":null,"results":[{}]}"#,
            r#"{"total":0,"data":[{}]}"#,
            r#"{"links":{"next":null},"data":[{}]}"#,
            r#"{"exceededTransferLimit":false,"features":[{}]}"#,
            r#"[{"page":1,"total":900}]"#,
            r#"{"units":{"fled":"people"},"rows":[{"total":7}]}"#,
        ] {
            assert!(!of(text).is_part(1, 50), "{text}");
        }
        // The other pages stand beside it.
        let page = of(r#"[{"page":1,"pages":7},[{}]]"#);
        assert!(page.is_part(6, 300));
        assert!(!page.is_part(7, 332));
    }
}
