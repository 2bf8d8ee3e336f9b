//! Factors that count one source more than once.

use super::Linter;
use crate::checked::Body;
use crate::diagnostics::method::SourceTwice;
use crate::framework::ValueSource;
use crate::typed::ValueId;
use forewarn_grammar::ast::AttrKind;
use std::collections::BTreeMap;

impl Linter<'_, '_> {
    pub fn shared_sources(&mut self) {
        for value in &self.checked.values {
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            // By source, the members that rest on it.
            let mut members: BTreeMap<String, Vec<(String, crate::source::Span)>> = BTreeMap::new();
            for member in &factor.members {
                let name = self.checked.value(member.value).map(|own| own.name.clone());
                let indicators = self.reads.indicators(member.value);
                let mut sources: Vec<String> = indicators
                    .filter_map(|indicator| self.source(indicator))
                    .map(str::to_owned)
                    .collect();
                sources.sort_unstable();
                sources.dedup();
                for source in sources {
                    let name = name.clone().unwrap_or_default();
                    members.entry(source).or_default().push((name, member.span));
                }
            }
            // An index of one publisher throughout does not pretend to other evidence.
            let alone = members.len() == 1;
            if alone
                && members
                    .values()
                    .all(|own| own.len() == factor.members.len())
            {
                continue;
            }
            for (source, members) in members {
                if let [(first, first_span), (second, second_span), rest @ ..] = members.as_slice()
                {
                    self.reports.add(SourceTwice {
                        source,
                        factor: value.name.clone(),
                        first: first.clone(),
                        first_span: *first_span,
                        second: second.clone(),
                        second_span: *second_span,
                        more: rest.len(),
                    });
                }
            }
        }
    }

    fn source(&self, indicator: ValueId) -> Option<&str> {
        let declared = self.framework.values.get(indicator.0 as usize)?;
        let ValueSource::Indicator { attrs, .. } = declared.what else {
            return None;
        };
        attrs.iter().find_map(|attr| match &attr.kind {
            AttrKind::From(source) => Some(source.text.as_str()),
            _ => None,
        })
    }
}
