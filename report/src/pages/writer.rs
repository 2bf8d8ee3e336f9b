//! What pages are written with: facts, and the words that pages share.

use crate::document::ReportCell;
use crate::facts::{Entity, Facts, LevelFacts, Options};
use crate::rich::Rich;
use crate::say::Say;
use forewarn_charts::{Between, Graphic, Ladder, Look};
use forewarn_plan::{InputKind, Plan};

/// What pages are written with.
pub(crate) struct Writer<'a> {
    pub facts: &'a Facts<'a>,
    pub options: &'a Options,
    pub say: Say,
}

impl Writer<'_> {
    pub fn plan(&self) -> &Plan {
        self.facts.material.plan
    }

    pub fn look(&self) -> Look {
        Look {
            rtl: self.say.rtl(),
        }
    }

    pub fn framework(&self) -> String {
        let framework = &self.plan().framework;
        crate::facts::called(&framework.label, &framework.name)
    }

    pub fn title(&self) -> String {
        let with = [("framework", Rich::value(self.framework()))];
        self.say.line("title", &with)
    }

    /// The period of the report; nothing in a cross-section.
    pub fn period(&self, number: Option<i64>) -> Rich {
        let named = number.zip(self.plan().panel.period);
        named.map_or_else(Rich::default, |(number, kind)| {
            Rich::value(self.say.period(kind, number))
        })
    }

    /// For whom, of when, and eight digits of what it rests on.
    pub fn stamp(&self) -> String {
        let mut parts = vec![self.audience()];
        parts.push(self.period(self.facts.end));
        if let Some(provenance) = &self.options.provenance {
            parts.push(Rich::value(provenance.stamp.clone()));
        }
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(|part| part.plain(self.say.rtl())).collect();
        parts.join(" · ")
    }

    /// `for a public audience`. A report that is made for nobody in particular is as closed as what it shows.
    pub fn audience(&self) -> Rich {
        use forewarn_plan::classification::Classification;
        let told = &self.plan().confidentiality;
        self.say.word(match (told.audience, told.shown()) {
            (Classification::Public, _) => "audience_public",
            (Classification::Restricted, _)
            | (Classification::Confidential, Classification::Restricted) => "audience_restricted",
            (Classification::Confidential, Classification::Public) => "audience_any",
            (Classification::Confidential, Classification::Confidential) => "audience_confidential",
        })
    }

    /// What an entity's section is called by links.
    pub fn anchor(&self, entity: &Entity) -> String {
        let mut all = self.facts.entities.iter();
        let at = all.position(|one| one.row == entity.row).unwrap_or(0);
        format!("e-{}", at + 1)
    }

    /// An entity's name, which leads to its page where it has one.
    pub fn linked(&self, entity: &Entity) -> ReportCell {
        if entity.wanted {
            ReportCell::Link {
                text: entity.name.clone(),
                to: self.anchor(entity),
            }
        } else {
            ReportCell::from(entity.name.clone())
        }
    }

    /// Where something stands on a scale, and where it stood.
    pub fn ladder(
        &self,
        level: &LevelFacts<'_>,
        now: Option<Between>,
        before: Option<Between>,
    ) -> Graphic {
        let says = self.standing(level, now, before).plain(self.say.rtl());
        let ladder = Ladder {
            of: level.places.len(),
            now,
            before,
            says: &says,
        };
        ladder.draw(self.look())
    }

    /// `high (4th of 5), was guarded`
    pub fn standing(
        &self,
        level: &LevelFacts<'_>,
        now: Option<Between>,
        before: Option<Between>,
    ) -> Rich {
        let Some(now) = now else {
            return self.say.word("no_report");
        };
        let word = self.say.placed(&level.places, now);
        match before {
            Some(before) => {
                let with = [
                    ("now", word),
                    ("before", self.say.between(&level.places, before)),
                ];
                self.say.fill("now_was", &with)
            }
            None => word,
        }
    }

    /// The period of the row before an entity's last one, where that is not the period before.
    pub fn before_that(&self, entity: &Entity) -> Option<i64> {
        let periods = &self.facts.material.panel.periods;
        let (before, now) = (periods.get(entity.before?)?, periods.get(entity.row)?);
        (before + 1 != *now).then_some(*before)
    }

    /// What the period of that row is called: `last month`, or by its name where others lie between.
    pub fn last(&self, entity: &Entity) -> Rich {
        match self.before_that(entity) {
            Some(before) => self.period(Some(before)),
            None => self.say.last(self.plan().panel.period),
        }
    }

    /// What an input is called; what says that it was verified is called after it.
    pub fn input(&self, name: &str, label: &str) -> Rich {
        let mut inputs = self.plan().inputs.iter();
        let kind = inputs
            .find(|input| input.name == name)
            .map(|input| &input.kind);
        let label = Rich::value(crate::facts::called(label, name));
        match kind {
            Some(InputKind::Verification { .. }) => {
                self.say.fill("verified_of", &[("what", label)])
            }
            Some(InputKind::Applies { .. }) => self.say.fill("applies_of", &[("what", label)]),
            Some(
                InputKind::Number
                | InputKind::Truth
                | InputKind::Age { .. }
                | InputKind::Key { .. }
                | InputKind::Level { .. }
                | InputKind::Category { .. },
            )
            | None => label,
        }
    }

    /// The words of several, with commas.
    pub fn list(&self, parts: Vec<Rich>) -> Rich {
        crate::say::listed(&self.say, parts)
    }
}
