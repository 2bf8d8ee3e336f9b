//! One object of an NDJSON file: its values, without a copy of the whole.

use forewarn_runtime::bind::Cell;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;

/// The columns that the rules read, and which columns there were.
pub(super) struct Wanted {
    names: Vec<String>,
    places: HashMap<String, usize>,
    seen: Vec<bool>,
    /// Those that some line does not name.
    lacking: Vec<bool>,
    /// Names that the rules do not read, from the first lines: for messages.
    others: BTreeSet<String>,
    /// Lines mostly name their columns in one order: what followed each column the last time.
    after: Vec<usize>,
    last: usize,
    lines: u64,
}

/// From as many lines other names are kept.
const LINES_WITH_OTHERS: u64 = 1000;
/// As many of them are kept.
const MOST_OTHERS: usize = 1000;

impl Wanted {
    pub(super) fn new(names: Vec<String>) -> Self {
        let places = names.iter().cloned().zip(0..).collect();
        Self {
            seen: vec![false; names.len()],
            lacking: vec![false; names.len()],
            after: vec![0; names.len()],
            names,
            places,
            others: BTreeSet::new(),
            last: 0,
            lines: 0,
        }
    }

    pub(super) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The place of a column that the rules read.
    fn place(&mut self, name: &str) -> Option<usize> {
        let likely = self.after.get(self.last).copied().unwrap_or(0);
        let place = if self.name(likely) == name {
            likely
        } else {
            *self.places.get(name)?
        };
        if let Some(after) = self.after.get_mut(self.last) {
            *after = place;
        }
        self.last = place;
        Some(place)
    }

    fn keep_other(&mut self, name: &str) {
        let few = self.lines <= LINES_WITH_OTHERS && self.others.len() < MOST_OTHERS;
        if few && !self.others.contains(name) {
            self.others.insert(name.to_owned());
        }
    }

    pub(super) fn saw_any(&self) -> bool {
        !self.others.is_empty() || self.seen.contains(&true)
    }

    /// Names that are read, are on some lines and are not on others.
    pub(super) fn sometimes(&self) -> impl Iterator<Item = &str> {
        let often = self.seen.iter().zip(&self.lacking);
        let names = self.names.iter().zip(often);
        let names = names.filter(|(_, (seen, lacking))| **seen && **lacking);
        names.map(|(name, _)| name.as_str())
    }

    pub(super) fn seen(&self) -> &[bool] {
        &self.seen
    }

    pub(super) fn others(&self) -> Vec<String> {
        self.others.iter().cloned().collect()
    }
}

/// The values of one line, by the places of [`Wanted`].
#[derive(Default)]
pub(super) struct Cells {
    cells: Vec<Value>,
    texts: String,
}

#[derive(Clone, Debug, Default)]
enum Value {
    /// The line does not name it.
    #[default]
    Absent,
    Null,
    Text(Range<usize>),
    Number(f64),
    Integer(i64),
    Truth(bool),
    Other(&'static str),
}

impl Cells {
    pub(super) fn get(&self, column: usize) -> Cell<'_> {
        match self.cells.get(column) {
            None | Some(Value::Absent) => Cell::NoColumn,
            Some(Value::Null) => Cell::Missing,
            Some(Value::Text(range)) => self
                .texts
                .get(range.clone())
                .map_or(Cell::Missing, Cell::Text),
            Some(Value::Number(x)) => Cell::Number(*x),
            Some(Value::Integer(x)) => Cell::Integer(*x),
            Some(Value::Truth(x)) => Cell::Truth(*x),
            Some(Value::Other(words)) => Cell::Other(words),
        }
    }
}

/// Takes a line apart.
///
/// # Errors
/// In words, why it is not an object.
pub(super) fn take(text: &str, wanted: &mut Wanted, cells: &mut Cells) -> Result<(), String> {
    match text.as_bytes().first() {
        Some(b'[') => return Err("it is a list, not an object".to_owned()),
        Some(b'{') => {}
        _ => return Err("it does not begin with `{`".to_owned()),
    }
    wanted.lines += 1;
    cells.cells.clear();
    cells.cells.resize(wanted.names.len(), Value::Absent);
    cells.texts.clear();
    let mut reader = serde_json::Deserializer::from_str(text);
    let object = Object {
        wanted: &mut *wanted,
        cells: &mut *cells,
    };
    let result = reader.deserialize_map(object).and_then(|()| reader.end());
    for (lacking, value) in wanted.lacking.iter_mut().zip(&cells.cells) {
        *lacking |= matches!(value, Value::Absent);
    }
    result.map_err(|error| match error.classify() {
        Category::Eof => "the line ends before the object does".to_owned(),
        // Our own words, about a name given twice; serde adds the place behind them.
        Category::Data => {
            let words = error.to_string();
            words
                .split(" at line ")
                .next()
                .unwrap_or_default()
                .to_owned()
        }
        Category::Syntax | Category::Io => {
            format!("it cannot be read from character {} on", error.column())
        }
    })
}

/// Where a column's value stands in a line, for marking; the whole line if it is not found.
pub(super) fn place(text: &str, name: &str) -> Range<usize> {
    let whole = 0..text.len();
    let Some(at) = text.find(&format!("\"{name}\"")) else {
        return whole;
    };
    let behind = at + name.len() + 2;
    let Some(rest) = text.get(behind..) else {
        return whole;
    };
    let value = rest.trim_start().strip_prefix(':').map(str::trim_start);
    let Some(value) = value else { return whole };
    let start = text.len() - value.len();
    let mut values = serde_json::Deserializer::from_str(value).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => start..start + values.byte_offset(),
        _ => whole,
    }
}

struct Object<'a> {
    wanted: &'a mut Wanted,
    cells: &'a mut Cells,
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(column) = map.next_key_seed(Name(self.wanted))? {
            let Some(column) = column else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(Content(&mut self.cells.texts))?;
            if let Some(slot) = self.cells.cells.get_mut(column) {
                if !matches!(slot, Value::Absent) {
                    let name = self.wanted.name(column);
                    return Err(A::Error::custom(format!("it names `{name}` twice")));
                }
                *slot = value;
            }
        }
        Ok(())
    }
}

/// A column's name: its place, if the rules read it.
struct Name<'a>(&'a mut Wanted);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let place = self.0.place(name);
        match place.and_then(|place| self.0.seen.get_mut(place)) {
            Some(seen) => *seen = true,
            None => self.0.keep_other(name),
        }
        Ok(place)
    }
}

/// A value; texts go behind each other into one string.
struct Content<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Content<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Content<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Truth(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number).map_or(Value::Number(number as f64), Value::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        let start = self.0.len();
        self.0.push_str(text);
        Ok(Value::Text(start..self.0.len()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("an object"))
    }
}
