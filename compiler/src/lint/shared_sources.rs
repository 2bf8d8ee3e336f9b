//! Factors that count one source more than once.

use super::Linter;
use super::sources::Sources;
use crate::checked::Body;
use crate::diagnostics::method::SourceTwice;
use crate::framework::{Framework, ValueSource};
use crate::typed::ValueId;
use forewarn_grammar::ast::Attr;
use std::collections::BTreeMap;

impl Linter<'_, '_> {
    pub fn shared_sources(&mut self) {
        let (framework, checked) = (self.framework, self.checked);
        let ids = (0..).map(ValueId).take(checked.values.len());
        let sources = ids.filter_map(|id| Some((id, source(framework, id)?)));
        let sources: BTreeMap<ValueId, &str> = sources.collect();
        for (id, shared) in Sources::of(checked, &sources).shared() {
            let Some(value) = checked.value(*id) else {
                continue;
            };
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            for (source, members) in shared {
                let member = |at: usize| {
                    let member = factor.members.get(*members.get(at)?)?;
                    let own = checked.value(member.value)?;
                    Some((own.name.clone(), member.span))
                };
                if let (Some((first, first_span)), Some((second, second_span))) =
                    (member(0), member(1))
                {
                    self.reports.add(SourceTwice {
                        source: (*source).to_owned(),
                        factor: value.name.clone(),
                        first,
                        first_span,
                        second,
                        second_span,
                        more: members.len() - 2,
                    });
                }
            }
        }
    }
}

fn source<'f>(framework: &'f Framework<'_>, indicator: ValueId) -> Option<&'f str> {
    let declared = framework.values.get(indicator.0 as usize)?;
    let ValueSource::Indicator { attrs, .. } = declared.what else {
        return None;
    };
    let source = attrs.iter().find_map(Attr::source)?;
    Some(&source.text)
}
