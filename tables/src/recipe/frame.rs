//! What of a file is header, what is data and what is neither.
//!
//! In: the rows of a file in their order, and what the recipe says of its frame. Out: for each row
//! whether it is data. Rows of nothing but delimiters are never data; a line `sep=;` and a row of HXL
//! tags under the header are known for what they are.

use crate::grid::Cells;
use forewarn_runtime::bind::is_unseen;

/// What a recipe says of lines that are no rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrameRecipe {
    /// Lines before the header.
    pub skip: usize,
    /// Words that the header has, where it is found by them.
    pub header: Vec<String>,
    /// Rows that the header is made of; 0 and 1 are one.
    pub header_rows: usize,
    /// The row under the header says units.
    pub units_row: bool,
    /// Rows that begin so are remarks.
    pub comment: Option<String>,
    /// From a row that begins so on, nothing is data.
    pub footer: Vec<String>,
}

impl FrameRecipe {
    /// What has to be found before there is a header, as a recipe says it.
    pub(crate) fn sought(&self) -> Option<String> {
        if !self.header.is_empty() {
            return Some(format!("header = \"{}\"", self.header.join(",")));
        }
        match (self.skip, &self.comment) {
            (0, None) => None,
            (0, Some(comment)) => Some(format!("comment = \"{comment}\"")),
            (lines, _) => Some(format!("skip = {lines}")),
        }
    }
}

/// Where a file's rows have come to.
#[derive(Debug)]
pub(crate) struct Frame {
    recipe: FrameRecipe,
    at: At,
    /// The upper rows of the header, with their names spread over empty cells.
    upper: Vec<Vec<String>>,
    /// The tags of an HXL row.
    pub(crate) tags: Vec<String>,
    /// The row where a footer began.
    pub(crate) footer_at: Option<u64>,
    /// How many rows the footer takes.
    pub(crate) behind_footer: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Start,
    Header,
    /// Directly under the header.
    Under,
    Body,
    Footer,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    NoData,
    /// The row under the header that is said to hold units.
    Units,
    Header(Vec<String>),
    Row,
}

impl Frame {
    pub(crate) fn new(recipe: &FrameRecipe) -> Self {
        Self {
            recipe: recipe.clone(),
            at: At::Start,
            upper: Vec::new(),
            tags: Vec::new(),
            footer_at: None,
            behind_footer: 0,
        }
    }

    /// Says what a row is, blank lines included where the reader gives them.
    pub(crate) fn take(&mut self, number: u64, row: &impl Cells) -> Is {
        match self.at {
            At::Footer => {
                self.behind_footer += u64::from(!row.is_blank());
                return Is::NoData;
            }
            // A line is a line, with something in it or not.
            At::Start if number <= self.recipe.skip as u64 => return Is::NoData,
            At::Start | At::Header | At::Under | At::Body => {}
        }
        if row.is_missing(0) && row.is_blank() {
            return Is::NoData;
        }
        let first = || row.text(0);
        if let Some(comment) = &self.recipe.comment
            && first().starts_with(comment.as_str())
        {
            return Is::NoData;
        }
        match self.at {
            At::Start => {
                if number == 1 && is_sep(&first()) {
                    return Is::NoData;
                }
                if !self.has_words(row) {
                    return Is::NoData;
                }
                self.at = At::Header;
                self.header(row)
            }
            At::Header => self.header(row),
            At::Under | At::Body => {
                if !self.recipe.footer.is_empty() {
                    let first = (0..row.width()).map(|column| row.text(column));
                    let first = first
                        .into_iter()
                        .find(|text| !text.is_empty())
                        .unwrap_or_default();
                    let mut footers = self.recipe.footer.iter();
                    if footers.any(|footer| first.starts_with(footer.as_str())) {
                        self.at = At::Footer;
                        self.footer_at = Some(number);
                        self.behind_footer += 1;
                        return Is::NoData;
                    }
                }
                if self.at == At::Under {
                    let tags = hxl_tags(row);
                    if !tags.is_empty() {
                        self.tags = tags;
                        return Is::NoData;
                    }
                    self.at = At::Body;
                    if self.recipe.units_row {
                        return Is::Units;
                    }
                }
                Is::Row
            }
            At::Footer => Is::NoData,
        }
    }

    /// Would the next row with something in it be the one that says units?
    pub(crate) fn awaits_units(&self) -> bool {
        self.at == At::Under && self.recipe.units_row
    }

    /// Has the footer begun?
    pub(crate) fn is_behind(&self) -> bool {
        self.at == At::Footer
    }

    /// The row of units is passed.
    pub(crate) fn pass_units(&mut self) {
        self.at = At::Body;
    }

    fn has_words(&self, row: &impl Cells) -> bool {
        let cells: Vec<String> = (0..row.width())
            .map(|column| row.text(column).to_lowercase())
            .collect();
        let mut words = self.recipe.header.iter();
        words.all(|word| cells.contains(&word.trim().to_lowercase()))
    }

    fn header(&mut self, row: &impl Cells) -> Is {
        // Signs that nobody sees around a name are no part of it.
        let around = |letter: char| is_unseen(letter) || letter.is_whitespace();
        let names = (0..row.width()).map(|column| row.text(column));
        let names: Vec<String> = names
            .map(|name| name.trim_matches(around).to_owned())
            .collect();
        if self.upper.len() + 1 < self.recipe.header_rows {
            self.upper.push(spread(&names));
            return Is::NoData;
        }
        self.at = At::Under;
        let names = names.iter().enumerate().map(|(column, name)| {
            let above = self.upper.iter().filter_map(|upper| upper.get(column));
            let parts = above.chain([name]).filter(|part| !part.is_empty());
            let mut parts: Vec<&str> = parts.map(String::as_str).collect();
            parts.dedup();
            parts.join(" ")
        });
        Is::Header(names.collect())
    }
}

/// A name over several columns stands in the first of them.
fn spread(names: &[String]) -> Vec<String> {
    let mut last = String::new();
    names
        .iter()
        .map(|name| {
            if !name.is_empty() {
                last.clone_from(name);
            }
            last.clone()
        })
        .collect()
}

/// `sep=;`, with which spreadsheets are told the delimiter.
pub(crate) fn is_sep(first: &str) -> bool {
    first
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("sep="))
        && first.len() <= 5
}

/// The tags of a row of the Humanitarian Exchange Language; empty for any other row.
pub(crate) fn hxl_tags(row: &impl Cells) -> Vec<String> {
    let texts: Vec<String> = (0..row.width()).map(|column| row.text(column)).collect();
    let filled = || texts.iter().filter(|text| !text.is_empty());
    let is_tag = |text: &String| {
        let word = text.strip_prefix('#').unwrap_or_default();
        word.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && word
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || " +_-".contains(letter))
    };
    let most = filled().filter(|text| is_tag(text)).count();
    if most > 0 && most == filled().count() {
        texts
    } else {
        Vec::new()
    }
}
