//! What is told of values that an audience may not see, and of declassified ones.
//!
//! In: the names of what flows into them, as the rules say. Out: reasons with names, kinds and labels
//! and without values, down to what the audience may see again. Nothing of this is read from data.

use forewarn_plan::{Declaration, DeclarationKind, Withheld};

use super::reason::{DEEPEST, Teller};
use super::tree::{How, Reason, Shown};

impl<'e> Teller<'e> {
    /// The reason for which a value is more open than what it rests on.
    pub(super) fn declassified(&self, name: &str) -> Option<String> {
        let standing = self.evidence.plan.confidentiality.declared.get(name)?;
        let declassified = standing.declassified.as_ref()?;
        Some(declassified.because.clone())
    }

    /// A declassified value: what it is, and the names of what it rests on.
    pub(super) fn sealed(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        reason.how = How::Declassified;
        if matches!(
            declaration.kind,
            DeclarationKind::Alert | DeclarationKind::Notice
        ) {
            self.alert(reason, declaration, depth);
            reason.because.clear();
        }
        reason.because = self.rests_on(&declaration.name, depth);
    }

    /// A value that is withheld, and the names of what it rests on.
    pub(super) fn withheld(&mut self, one: &'e Withheld, depth: usize) -> Reason {
        let above = !self.told.insert(one.name.clone()) || depth > DEEPEST;
        Reason {
            name: Some(one.name.clone()),
            kind: Some(one.kind),
            label: one.label.clone(),
            how: How::Withheld,
            because: if above {
                Vec::new()
            } else {
                self.rests_on(&one.name, depth)
            },
            above,
            ..Self::bare(one.name.clone(), Shown::Withheld(one.classification))
        }
    }

    /// Values that are no declarations, such as params, are passed over.
    fn rests_on(&mut self, name: &str, depth: usize) -> Vec<Reason> {
        let plan = self.evidence.plan;
        let names = plan.confidentiality.rests_on.get(name);
        let mut reasons = Vec::new();
        for name in names.into_iter().flatten() {
            if let Some(one) = plan.confidentiality.withheld(name) {
                reasons.push(self.withheld(one, depth + 1));
            } else if let Some(one) = self.names.find(name) {
                reasons.push(self.declared(one, depth + 1));
            }
        }
        reasons
    }
}
