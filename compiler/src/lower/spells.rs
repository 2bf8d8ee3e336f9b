//! Whole spells as nodes: when the spell began in which a row lies, and what is made of it.
//!
//! In: an alert, or a truth, and a value. Out: for each row the number of the period in which its spell began,
//! [`OUTSIDE`] where it lies in none, missing where nobody knows; and the value over all rows of that spell. An
//! alert's spell begins where it is raised, a truth's where it is yes after it was no: what was before an entity's
//! first row is unknown, unless the alert knows it.

use super::Lowerer;
use super::along_time::Back;
use super::value::{Bounds, Lowered};
use crate::checked::Body;
use crate::plan::alerts::{AlertEvent, AlertPart};
use crate::plan::along::{Along, OUTSIDE, OfSpell, Window};
use crate::plan::peers::{PeerInfo, Peers};
use crate::plan::{Binary, Compare, NodeId};
use crate::typed::{Typed, TypedKind};

impl Lowerer<'_> {
    /// When the spell began in which a row lies.
    pub fn spell(&mut self, of: &Typed) -> NodeId {
        let lowered = self.expr(of);
        let inside = match &lowered {
            Lowered::Truth(truth) => *truth,
            Lowered::Level(bounds) => {
                let one = self.builder.number(1.0);
                self.not_below(*bounds, Bounds::one(one))
            }
            Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => self.builder.truth(false, false),
        };
        let begins = match self.alert_of(of) {
            Some(alert) => self.is_raised_now(alert),
            None => self.was_not(inside),
        };
        let missing = self.builder.missing();
        let surely = self.builder.surely(inside);
        // 1 where it begins, 0 where it goes on; else it is cut.
        let begins = self.builder.select(surely, begins, missing);
        let now = self.builder.period(true);
        let ago = self.builder.along(Along::Since, begins);
        let began = self.builder.binary(Binary::Subtract, now, ago);
        let outside = self.builder.not(inside);
        let outside = self.builder.surely(outside);
        let none = self.builder.number(OUTSIDE);
        let otherwise = self.builder.select(outside, none, missing);
        self.builder.select(surely, began, otherwise)
    }

    /// The alert that is named, where it is worked out here.
    fn alert_of(&self, of: &Typed) -> Option<u32> {
        let TypedKind::Value(id) = of.kind else {
            return None;
        };
        let value = self.framework.value(id)?;
        let is_alert = matches!(value.body, Body::Alert(_)) && self.verified.on.is_none();
        let place = self.alerts.iter().position(|one| one.name == value.name);
        place
            .filter(|_| is_alert)
            .and_then(|at| u32::try_from(at).ok())
    }

    /// 1 in the period in which an alert is raised from quiet, else 0.
    fn is_raised_now(&mut self, alert: u32) -> NodeId {
        let event = self.read(alert, AlertPart::Event);
        let raised = self.builder.number(f64::from(AlertEvent::Raised as u8));
        let raised = self.builder.compare(Compare::Equal, event, raised);
        let raised = self.builder.surely(raised);
        self.builder.indicate(raised)
    }

    /// 1 where a truth was no a period ago, 0 where it was yes; missing before the first period.
    fn was_not(&mut self, truth: NodeId) -> NodeId {
        let answers = self.builder.indicate(truth);
        let before = self.builder.along(Along::Lag(1), answers);
        let one = self.builder.number(1.0);
        self.builder.binary(Binary::Subtract, one, before)
    }

    /// A value over the whole spell.
    pub fn of_spell(&mut self, what: OfSpell, x: NodeId, spell: NodeId, require: u32) -> NodeId {
        let info = spell_info(what, require);
        self.builder.peers(info, x, Some(spell))
    }

    /// A value over all periods of the entity.
    pub fn of_whole(&mut self, what: Window, x: NodeId) -> NodeId {
        let info = spell_info(OfSpell::Window(what), 1);
        self.builder.peers(info, x, None)
    }

    /// Is no value of the spell beyond the row's own: surely not where a known one is, surely where enough are
    /// known.
    pub fn record_of_spell(&mut self, extreme: Window, x: NodeId, back: Back) -> NodeId {
        let mut reached = |require: u32| {
            let most = self.window(extreme, x, back.requiring(require));
            let (a, b) = if extreme == Window::Max {
                (most, x)
            } else {
                (x, most)
            };
            self.builder.compare(Compare::LessOrEqual, a, b)
        };
        let enough = reached(back.require());
        let any = reached(1);
        let yes = self.builder.surely(enough);
        let not = self.builder.not(any);
        let no = self.builder.surely(not);
        self.builder.verdict(yes, no)
    }
}

/// It compares with nobody, so that there is nothing to tell of groups and goalposts.
fn spell_info(what: OfSpell, require: u32) -> PeerInfo {
    PeerInfo {
        dated: Vec::new(),
        what: Peers::Spell { what, require },
        baseline: None,
        recorded: false,
        groups: Vec::new(),
        by_key: None,
        declaration: String::new(),
        text: String::new(),
        unit: String::new(),
    }
}
