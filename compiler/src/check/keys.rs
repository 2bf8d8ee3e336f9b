//! What the panel's keys are called.
//!
//! In: the panel's head and what `--map` says. Out: for each key the columns of data that it may be
//! read from, and the names under which it may stand in results: results keep the name that the data
//! have for a key, which among several files may be the name in the rules.

use forewarn_grammar::ast;

use super::context::Checker;
use crate::checked::KeyColumns;
use crate::framework::at;

impl Checker<'_, '_> {
    pub(super) fn keys(&self) -> Vec<KeyColumns> {
        let Some((file, panel)) = self.framework.panel else {
            return Vec::new();
        };
        let key = |name: &ast::Name, declared: [Option<&ast::Text>; 2]| {
            let mapped = self
                .framework
                .given
                .and_then(|given| given.column_of(&name.text));
            let declared = declared.into_iter().flatten();
            let declared: Vec<&str> = declared.map(|text| text.value.as_str()).collect();
            // A period that is made of two columns is called by its own name.
            let named: Vec<&str> = match mapped {
                Some(columns) => columns.split(',').map(str::trim).collect(),
                None => declared,
            };
            let own = name.text.as_str();
            let is_one = named.len() < 2;
            let mut read: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
            read.push(own.to_owned());
            let mut shown = read.clone();
            if !is_one {
                shown = vec![own.to_owned()];
            }
            for names in [&mut read, &mut shown] {
                names.sort();
                names.dedup();
            }
            KeyColumns {
                name: own.to_owned(),
                span: at(file, name.span),
                read,
                shown,
            }
        };
        let keys = panel.keys.iter();
        let keys = keys.map(|one| key(&one.name, [one.column.as_ref(), None]));
        let period = panel.period.as_ref();
        let period = period.map(|period| {
            key(
                &period.kind,
                [period.column.as_ref(), period.within.as_ref()],
            )
        });
        keys.chain(period).collect()
    }
}
