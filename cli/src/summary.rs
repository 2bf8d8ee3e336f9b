//! What a run met, on standard error: one line of numbers, and below it only what there is to tell:
//! indicators with the most missing cells, values out of range, unreadable cells, and operations
//! without a result.

use crate::audience;
use crate::events::in_words;
use crate::language::lacking;
use crate::numbers::percent;
use crate::paint::{Paint, Style};
use crate::reliance;
use crate::render::{SourceRange, harmless};
use crate::select::spelled;
use crate::state::State;
use crate::words::{count, grouped, list};
use forewarn_compiler::translations::Words;
use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::{OnViolation, Plan};
use forewarn_runtime::bind::{DataSummary, InputSummary};
use forewarn_runtime::causes::data::typed;
use forewarn_runtime::events::{Events, STATES};
use forewarn_runtime::faults::FaultCount;
use forewarn_runtime::flags::in_words as in_flags;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::peers::{PeerRecord, Treated};
use forewarn_runtime::period;
use forewarn_runtime::reliance::{Reliance, TooFar};
use forewarn_runtime::silent::silence;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

/// How long each phase took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// Reading and checking the rules.
    pub rules: Duration,
    pub read: Duration,
    /// Making machine code.
    pub compile: Duration,
    pub evaluate: Duration,
    pub write: Duration,
}

impl Times {
    fn total(&self) -> Duration {
        self.rules + self.read + self.compile + self.evaluate + self.write
    }
}

/// Everything that the summary tells of.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'a> {
    pub plan: &'a Plan,
    pub sources: &'a SourceMap,
    pub panel: &'a Panel,
    pub data: &'a DataSummary,
    pub faults: &'a [FaultCount],
    /// What operations across peers left on record.
    pub peers: &'a PeerRecord,
    /// What happened to alerts, where there are any.
    pub events: Option<&'a Events>,
    /// From when on alerts can be relied on.
    pub reliance: &'a [Reliance],
    /// What looks further back than the data go.
    pub too_far: &'a [TooFar],
    /// What rests on its own past and begins anew.
    pub begun_anew: &'a [String],
    pub state: &'a State,
    /// Indices of [`Plan::outputs`], where columns were named.
    pub columns: Option<&'a [usize]>,
    /// Of the language that labels are in.
    pub words: Option<&'a Words>,
    /// Params that were given on the command line.
    pub set: &'a [(String, String)],
    pub times: Times,
}

/// A panel of fewer bytes is no matter.
const LARGE: usize = 128 << 20;

/// How many indicators or places are named.
const NAMED: usize = 5;

impl Summary<'_> {
    #[must_use]
    pub fn render(&self, paint: Paint) -> String {
        let mut out = self.numbers();
        out.push('\n');
        let remarks = [
            ("set", self.set()),
            ("missing most", self.missing()),
            ("not in the data", self.absent()),
            ("out of range", self.out_of_range()),
            ("unreadable", self.unreadable()),
            ("read as `missing means` says", self.worded()),
            ("read by label", self.labelled()),
            ("flagged", self.flagged()),
            ("not verified", self.unverified()),
            ("carried forward", self.carried()),
            ("out of date", self.expired()),
            ("not applicable", self.not_applicable()),
            ("left out", self.left_out()),
            ("strange", self.strange()),
            ("in the future", self.in_the_future()),
            ("no data", self.gaps()),
            ("stopped reporting", self.stopped()),
            ("only empty rows", self.never_reported()),
            ("goalposts", self.goalposts()),
            ("treated", self.treated()),
            ("language", self.words.map(lacking).unwrap_or_default()),
            (
                "alerts",
                self.events
                    .map_or_else(String::new, |events| self.happened(events)),
            ),
            (
                "before the data",
                self.state.in_words(self.plan, self.panel, self.data),
            ),
            (
                "alerts known",
                reliance::known_from(self.plan, self.panel, self.reliance),
            ),
            (
                "alerts unknown",
                reliance::unknown(self.plan, self.panel, self.reliance),
            ),
            (
                "alerts not settled yet",
                reliance::early(self.plan, self.panel, self.reliance),
            ),
            (
                "looks too far back",
                reliance::too_far(self.plan, self.too_far),
            ),
            (
                "own past",
                reliance::begun_anew(self.plan, self.panel, self.begun_anew),
            ),
            ("hindsight", self.hindsight()),
            ("withheld", audience::left_out(self.plan)),
            ("classified", audience::classified(self.plan, self.columns)),
        ];
        for (word, text) in remarks {
            if !text.is_empty() {
                let _ = writeln!(
                    out,
                    "  {} {text}",
                    paint.text(Style::Note, &format!("{word}:"))
                );
            }
        }
        for line in self.without_result() {
            let word = paint.text(Style::Warning, "without a result:");
            let _ = writeln!(out, "  {word} {line}");
        }
        out
    }

    /// `240 rows (5 countries × 48 months) · 143 indicators, 15.2 % missing · 0 faults · 31 ms (…)`
    fn numbers(&self) -> String {
        let faults: u64 = self.faults.iter().map(|fault| fault.count).sum();
        let faults = usize::try_from(faults).unwrap_or(usize::MAX);
        let times = &self.times;
        let phases = [
            ("rules", times.rules),
            ("read", times.read),
            ("compile", times.compile),
            ("evaluate", times.evaluate),
            ("write", times.write),
        ];
        let phases: Vec<String> = phases
            .iter()
            .map(|(word, time)| format!("{word} {}", milliseconds(*time)))
            .collect();
        let told = &self.plan.confidentiality;
        let sees_all = told.withheld.is_empty() && told.sealed.is_empty();
        let mut parts = vec![
            format!(
                "{} ({})",
                count(self.data.rows, "row"),
                shape(self.plan, self.panel, self.data)
            ),
            format!(
                "{}, {} missing",
                count(self.data.indicators().count(), "indicator"),
                missing_share(self.data)
            ),
            count(faults, "fault"),
        ];
        // How long it takes says how much there is, seen or not.
        if sees_all {
            let held: usize = self.panel.columns.iter().map(Vec::len).sum();
            let held = held * size_of::<f64>();
            if held >= LARGE {
                parts.push(format!("panel of {} MB held in memory", held / 1_000_000));
            }
            let total = milliseconds(times.total());
            parts.push(format!("{total} ms ({})", phases.join(", ")));
        }
        parts.join(" · ")
    }

    /// How params from the command line were read: `` `rate` 3 deaths / (100_000 people) ``
    fn set(&self) -> String {
        let params = self.plan.params.iter();
        let given = params.filter_map(|param| {
            let text = self.set.iter().rev().find(|(name, _)| *name == param.name);
            Some((param, text.map(|(_, text)| text)?))
        });
        // What changes with the period stands there as it was given.
        let read = given.map(|(param, text)| {
            let read = param.value.clone().unwrap_or_else(|| harmless(text));
            format!("`{}` {read}", param.name)
        });
        read.collect::<Vec<_>>().join(", ")
    }

    /// The indicators with the most missing cells, the worst first.
    fn missing(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.indicators().collect();
        inputs.retain(|input| input.missing > 0 && input.column.is_some());
        inputs.sort_by_key(|input| Reverse(input.missing));
        let rows = self.data.rows;
        named(&inputs, |input| {
            let missing = usize::try_from(input.missing).unwrap_or(rows);
            format!("`{}` {}", input.name, percent(missing, rows))
        })
    }

    /// Values that depart from everything before them.
    fn strange(&self) -> String {
        let mut all = crate::strange::of_panel(self.plan, self.panel);
        let more = all.len().saturating_sub(NAMED);
        all.truncate(NAMED);
        if more > 0 {
            all.push(format!("and {more} more"));
        }
        all.join("; ")
    }

    /// That the latest period is still to come.
    fn in_the_future(&self) -> String {
        let Some((kind, last)) = self.plan.panel.period.zip(self.data.last_period) else {
            return String::new();
        };
        let told = &self.plan.confidentiality;
        let is_seen = told.withheld.is_empty() && told.sealed.is_empty();
        let is_ahead = crate::strange::today(kind).is_some_and(|today| last > today);
        match is_seen && is_ahead {
            true => format!("{}, the latest period", period::Period::new(kind, last)),
            false => String::new(),
        }
    }

    /// Optional indicators without a column.
    fn absent(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.indicators().collect();
        inputs.retain(|input| input.column.is_none());
        named(&inputs, |input| format!("`{}`", input.name))
    }

    fn out_of_range(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| input.out_of_range > 0);
        inputs.sort_by_key(|input| Reverse(input.out_of_range));
        named(&inputs, |input| {
            let policy = self.plan.inputs.iter().find(|info| info.name == input.name);
            let done = match policy.map(|info| info.on_violation) {
                Some(OnViolation::Clamp) => "moved to the end of the range",
                Some(OnViolation::Missing | OnViolation::Reject) | None => "read as missing",
            };
            let first = match &input.first_out_of_range {
                Some((row, key, value)) => {
                    format!(
                        ", first {value} in row {} ({})",
                        grouped(*row),
                        harmless(key)
                    )
                }
                None => String::new(),
            };
            format!(
                "`{}` {} {done}{first}",
                input.name,
                count(input.out_of_range as usize, "cell")
            )
        })
    }

    fn unreadable(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| input.unreadable > 0);
        inputs.sort_by_key(|input| Reverse(input.unreadable));
        named(&inputs, |input| {
            let cells = count(input.unreadable as usize, "cell");
            format!("`{}` {cells} read as missing", input.name)
        })
    }

    /// `` `deaths` 3 cells with a word, such as `n/k` ``: what a word says is perhaps not what an empty cell says.
    fn worded(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| input.worded > 0);
        inputs.sort_by_key(|input| Reverse(input.worded));
        let all = named(&inputs, |input| {
            let cells = count(input.worded as usize, "cell");
            let word = input.first_worded.as_deref().unwrap_or_default();
            format!(
                "`{}` {cells} with a word, such as `{}`",
                input.name,
                harmless(word)
            )
        });
        match inputs
            .first()
            .and_then(|input| input.first_worded.as_deref())
        {
            Some(word) => format!(
                "{all}; where it says that nobody knows: `--word {}`",
                typed(&format!("unknown={}", harmless(word)))
            ),
            None => all,
        }
    }

    /// `` `zone` 12 cells, `Côte` as `cote` ``
    fn labelled(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| input.labelled > 0);
        inputs.sort_by_key(|input| Reverse(input.labelled));
        named(&inputs, |input| {
            let cells = count(input.labelled as usize, "cell");
            let first = match &input.first_labelled {
                Some((label, name)) => format!(", `{}` as `{name}`", harmless(label)),
                None => String::new(),
            };
            format!("`{}` {cells}{first}", input.name)
        })
    }

    /// `` `hdi` p 10, b 2 ``
    fn flagged(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| !input.flags.is_empty());
        let flags = |flags: &[(String, u64)]| harmless(&in_flags(flags));
        let own = named(&inputs, |input| {
            format!("`{}` {}", input.name, flags(&input.flags))
        });
        // Columns that say it of the values beside them.
        let beside = self.data.marked.iter();
        let beside =
            beside.map(|(column, words)| format!("by `{}` {}", harmless(column), flags(words)));
        let all: Vec<String> = std::iter::once(own)
            .chain(beside)
            .filter(|words| !words.is_empty())
            .collect();
        all.join("; ")
    }

    /// `` 28.8 % of 1,240 observations: `hate_speech` 40 %, … ``
    fn unverified(&self) -> String {
        let observed = |input: &InputSummary| {
            let missing = usize::try_from(input.missing).unwrap_or(usize::MAX);
            self.data.rows.saturating_sub(missing)
        };
        let unverified =
            |input: &InputSummary| usize::try_from(input.unverified.unwrap_or(0)).unwrap_or(0);
        let mut inputs: Vec<&InputSummary> = self.data.indicators().collect();
        inputs.retain(|input| input.unverified.is_some());
        let all: usize = inputs.iter().map(|input| observed(input)).sum();
        let of_all: usize = inputs.iter().map(|input| unverified(input)).sum();
        if of_all == 0 {
            return String::new();
        }
        inputs.retain(|input| unverified(input) > 0);
        inputs.sort_by_key(|input| Reverse(unverified(input)));
        let most = named(&inputs, |input| {
            format!(
                "`{}` {}",
                input.name,
                percent(unverified(input), observed(input))
            )
        });
        format!(
            "{} of {}: {most}",
            percent(of_all, all),
            count(all, "observation")
        )
    }

    /// `` `population` 230 cells, up to 11 months old ``
    fn carried(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| input.carried > 0);
        inputs.sort_by_key(|input| Reverse(input.carried));
        let kind = self.plan.panel.period.map_or("period", period::kind_name);
        named(&inputs, |input| {
            let cells = count(input.carried as usize, "cell");
            let age = count(input.oldest_carried as usize, kind);
            format!("`{}` {cells}, up to {age} old", input.name)
        })
    }

    /// `` `roads` 4 cells, last observed up to 9 months before ``
    fn expired(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| input.expired > 0);
        inputs.sort_by_key(|input| Reverse(input.expired));
        let kind = self.plan.panel.period.map_or("period", period::kind_name);
        named(&inputs, |input| {
            let cells = count(input.expired as usize, "cell");
            let age = count(input.oldest_expired as usize, kind);
            format!("`{}` {cells}, last observed up to {age} before", input.name)
        })
    }

    /// `` `piracy` 12 cells ``
    fn not_applicable(&self) -> String {
        let mut inputs: Vec<&InputSummary> = self.data.inputs.iter().collect();
        inputs.retain(|input| input.not_applicable > 0);
        inputs.sort_by_key(|input| Reverse(input.not_applicable));
        named(&inputs, |input| {
            let cells = count(input.not_applicable as usize, "cell");
            format!("`{}` {cells}", input.name)
        })
    }

    /// `WLD (12 rows)`
    fn left_out(&self) -> String {
        let rows = |rows: u64| count(usize::try_from(rows).unwrap_or(usize::MAX), "row");
        let words = self
            .data
            .left_out
            .iter()
            .map(|(name, own)| format!("{} ({})", harmless(name), rows(*own)));
        let named = list(&words.collect::<Vec<_>>(), NAMED);
        match (self.data.filtered, named.is_empty()) {
            (0, _) => named,
            (filtered, true) => format!("{} by `rows`", rows(filtered)),
            (filtered, false) => format!("{named}; {} by `rows`", rows(filtered)),
        }
    }

    /// `AVA after 2024-02 (`w` raised), while the panel goes on to 2024-04`
    fn stopped(&self) -> String {
        let (Some(kind), Some(silence)) = (self.plan.panel.period, silence(self.plan, self.panel))
        else {
            return String::new();
        };
        let (stopped, end) = (silence.stopped, silence.end);
        let word = |name: &str, state: Option<&str>| {
            let state = state.unwrap_or("unknown");
            format!("`{name}` {state}")
        };
        // By name: the last period, and the alerts that are not quiet.
        let mut all: Vec<(String, i64, Vec<String>)> = Vec::new();
        for one in &stopped {
            let left = self.events.and_then(|events| events.left.get(&one.entity));
            let alerts = left.into_iter().flatten();
            let mut said: Vec<String> = alerts.map(|(name, state)| word(name, *state)).collect();
            if one.goes_on_empty() {
                said.push("its rows go on, and are empty".to_owned());
            }
            all.push((harmless(&self.panel.entity(one.row)), one.last, said));
        }
        for one in self.state.away(self.plan, self.panel) {
            let alerts = one.alerts.iter().filter(|(_, tier)| *tier != Some(0));
            let alerts = alerts.filter_map(|(index, tier)| {
                let info = self.plan.alerts.get(*index)?;
                let state = match tier {
                    Some(1) if info.notice => Some("yes"),
                    Some(tier) => STATES.get(*tier.min(&2) as usize).copied(),
                    None => None,
                };
                Some(word(&info.name, state))
            });
            all.push((
                harmless(&forewarn_runtime::panel::shown(&one.entity)),
                one.last,
                alerts.collect(),
            ));
        }
        if all.is_empty() {
            return String::new();
        }
        // Those of whom an alert is out come first, then those who stopped last.
        all.sort_by(|(one, last, alerts), (other, later, others)| {
            let key = (alerts.is_empty(), Reverse(*last), one);
            key.cmp(&(others.is_empty(), Reverse(*later), other))
        });
        let told: Vec<String> = all
            .iter()
            .map(|(name, last, alerts)| {
                let after = format!("{name} after {}", spelled(self.panel, kind, *last));
                if alerts.is_empty() {
                    after
                } else {
                    format!("{after} ({})", list(alerts, NAMED))
                }
            })
            .collect();
        format!(
            "{}, while the panel goes on to {}",
            list(&told, NAMED),
            spelled(self.panel, kind, end)
        )
    }

    /// `CED, DOR`
    fn never_reported(&self) -> String {
        let silence = silence(self.plan, self.panel).unwrap_or_default();
        let names = silence.never.iter();
        let names = names.map(|(_, row)| harmless(&self.panel.entity(*row)));
        list(&names.collect::<Vec<_>>(), NAMED)
    }

    /// What rests on later periods than a row's own.
    fn hindsight(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for output in &self.plan.outputs {
            let name = output.declaration.as_str();
            if self.plan.is_hindsight(name) && !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            return String::new();
        }
        let shown: Vec<String> = names
            .iter()
            .take(NAMED)
            .map(|name| format!("`{name}`"))
            .collect();
        let more = names.len().saturating_sub(NAMED);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let look = if names.len() == 1 { "looks" } else { "look" };
        format!("{}{more} {look} at later periods", shown.join(", "))
    }

    /// What happened to alerts. Where the state of some is not known, that nothing happened is not known either.
    fn happened(&self, events: &Events) -> String {
        let open = reliance::unknown(self.plan, self.panel, self.reliance);
        in_words(events, open.is_empty())
    }

    /// How many goalposts were taken from the data although others were given, and the reverse.
    fn goalposts(&self) -> String {
        let mut parts = Vec::new();
        if self.peers.not_given > 0 {
            let number = count(self.peers.not_given, "goalpost");
            parts.push(format!(
                "{number} not among those given, taken from the data"
            ));
        }
        if self.peers.unused > 0 {
            let number = count(self.peers.unused, "goalpost");
            parts.push(format!("{number} given and not asked for"));
        }
        let known = self.peers.goalposts.iter().filter(|one| one.is_known());
        let unknown = self.peers.goalposts.len() - known.count();
        if unknown > 0 {
            let number = count(unknown, "goalpost");
            parts.push(format!("{number} without a value, not put on record"));
        }
        parts.join(", ")
    }

    /// `` `winsorise(income)` of `wealth` moved 3 values ``
    fn treated(&self) -> String {
        let treated = self.peers.treatments.iter().filter(|one| one.rows > 0);
        let words: Vec<String> = treated
            .map(|one| {
                let rows = usize::try_from(one.rows).unwrap_or(usize::MAX);
                let text = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let done = match one.what {
                    Treated::Winsorised => format!("moved {}", count(rows, "value")),
                    Treated::Imputed => format!("filled in {}", count(rows, "value")),
                };
                format!("`{}` of `{}` {done}", harmless(&text), one.declaration)
            })
            .collect();
        list(&words, NAMED)
    }

    /// `3 months in 2 countries, taken as missing: NER 2020-05 and MLI 2021-01 to 2021-02`
    fn gaps(&self) -> String {
        let gaps = &self.panel.gaps;
        let key = |row: &usize| {
            let entity = self.panel.entity_of.get(*row).copied();
            (entity, self.panel.periods.get(*row).copied())
        };
        // Gaps of the same entity that follow each other are one stretch.
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for row in gaps {
            match stretches.last_mut() {
                Some((_, last)) if *last + 1 == *row && key(last).0 == key(row).0 => *last = *row,
                _ => stretches.push((*row, *row)),
            }
        }
        let Some(kind) = self.plan.panel.period.filter(|_| !gaps.is_empty()) else {
            return String::new();
        };
        let entities: BTreeSet<_> = stretches.iter().map(|(first, _)| key(first).0).collect();
        let told: Vec<String> = stretches
            .iter()
            .map(|(first, last)| match self.panel.periods.get(*last) {
                Some(end) if first != last => {
                    format!(
                        "{} to {}",
                        self.key(*first),
                        spelled(self.panel, kind, *end)
                    )
                }
                _ => self.key(*first),
            })
            .collect();
        let who = if self.plan.panel.is_series() {
            String::new()
        } else {
            format!(" in {}", count(entities.len(), self.plan.panel.row_word()))
        };
        format!(
            "{}{who}, taken as missing: {}",
            count(gaps.len(), period::kind_name(kind)),
            list(&told, NAMED)
        )
    }

    /// Each place of the rules whose operation had no result in some row, the most frequent first.
    fn without_result(&self) -> Vec<String> {
        let mut faults: Vec<&FaultCount> = self.faults.iter().collect();
        faults.sort_by_key(|fault| Reverse(fault.count));
        let mut lines: Vec<String> = faults
            .iter()
            .take(NAMED)
            .filter_map(|fault| self.fault(fault))
            .collect();
        if faults.len() > NAMED {
            lines.push(format!("and {} more", count(faults.len() - NAMED, "place")));
        }
        lines
    }

    /// `` `gni / population` of `income` (rules/x.risk:12:9) in 3 rows: NER 2020, MLI 2021, … ``
    fn fault(&self, fault: &FaultCount) -> Option<String> {
        let site = self.plan.faults.get(fault.fault.0 as usize)?;
        let place = SourceRange::of(self.sources, site.span).map_or_else(String::new, |at| {
            format!(" ({}:{}:{})", at.file, at.line, at.column)
        });
        let rows: Vec<String> = fault.first_rows.iter().map(|row| self.key(*row)).collect();
        let more = if (rows.len() as u64) < fault.count {
            ", …"
        } else {
            ""
        };
        let words = site
            .text
            .as_str()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Some(format!(
            "`{}` of `{}`{place} in {}: {}{more}",
            harmless(&words),
            site.declaration,
            count(fault.count as usize, "row"),
            rows.join(", ")
        ))
    }

    /// `NER 2020`
    fn key(&self, row: usize) -> String {
        let period = self.plan.panel.period.zip(self.panel.periods.get(row));
        let period = period.map(|(kind, period)| spelled(self.panel, kind, *period));
        harmless(&self.panel.row_words(row, period.as_deref(), " "))
    }
}

fn named(inputs: &[&InputSummary], words: impl Fn(&InputSummary) -> String) -> String {
    let words: Vec<String> = inputs.iter().map(|input| words(input)).collect();
    list(&words, NAMED)
}

/// Whole milliseconds, or a decimal below ten.
fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1e3;
    if milliseconds < 9.95 {
        format!("{milliseconds:.1}")
    } else {
        grouped(milliseconds.round() as u64)
    }
}

/// `15.2 % missing` of all cells that the Plan reads.
fn missing_share(data: &DataSummary) -> String {
    let missing: u64 = data.indicators().map(|input| input.missing).sum();
    let missing = usize::try_from(missing).unwrap_or(usize::MAX);
    let apart: u64 = data.indicators().map(|input| input.not_applicable).sum();
    let all = data.rows * data.indicators().count();
    percent(
        missing,
        all.saturating_sub(usize::try_from(apart).unwrap_or(0)),
    )
}

/// `5 countries × 48 months`, where every entity has every period; else how many there are.
fn shape(plan: &Plan, panel: &Panel, data: &DataSummary) -> String {
    let entities = match plan.panel.keys.as_slice() {
        [] => String::new(),
        [only] => count(data.entities, &only.name),
        [first, .., last] => format!(
            "{} in {}",
            count(data.entities, &last.name),
            count(panel.distinct(1), &first.name)
        ),
    };
    let Some(kind) = plan.panel.period else {
        return entities;
    };
    if plan.panel.is_series() {
        return count(data.periods, period::kind_name(kind));
    }
    let full = data.entities * data.periods == data.rows;
    let words = count(data.periods, period::kind_name(kind));
    if full {
        format!("{entities} × {words}")
    } else {
        format!("{entities}, {words}")
    }
}
