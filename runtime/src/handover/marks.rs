//! What nodes work out, as numbers.
//!
//! In: a Plan. Out: for each node a number made of its operation and of those that it reads: the same in every Plan
//! that works out the same, so that what an earlier version of the rules handed over is known again.

use forewarn_plan::along::Side;
use forewarn_plan::{InputInfo, InputKind, NodeId, Op, Plan};

/// The mark of what an operation reads of one of its operands.
pub(super) fn mark(marks: &[u64], id: NodeId, side: u8) -> Option<u64> {
    let own = marks.get(id.index())?;
    // Of the first operand alone it is the operation's own, as in files of earlier versions.
    Some(own.rotate_left(u32::from(side)))
}

/// What each node works out, as a number made of its operation and of those that it reads: the same
/// in every Plan that works out the same.
pub(super) fn marks(plan: &Plan) -> Vec<u64> {
    marks_of(plan, Take::WhatIsRead)
}

/// By the place of each operation over peers: what it works out, by what its numbers mean. Which of them are taken for
/// missing does not belong to that.
#[must_use]
pub fn meanings_of_peers(plan: &Plan) -> Vec<Option<u64>> {
    let marks = marks_of(plan, Take::Meaning);
    let mut found = vec![None; plan.peers.len()];
    for (node, mark) in plan.nodes.iter().zip(marks) {
        if let Op::Peers { peers, .. } = node.op
            && let Some(slot) = found.get_mut(peers as usize)
        {
            *slot = Some(mark);
        }
    }
    found
}

/// What of an input counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    /// What its numbers mean.
    Meaning,
    /// Which numbers it has, too: its range, and what stands for missing ones.
    WhatIsRead,
}

fn input_words(input: &InputInfo, take: Take) -> String {
    let name = &input.name;
    let mut words = match &input.kind {
        InputKind::Level { names, .. } | InputKind::Category { names } => {
            format!("input {name} {}", names.join(" "))
        }
        InputKind::Number
        | InputKind::Truth
        | InputKind::Verification { .. }
        | InputKind::Applies { .. }
        | InputKind::Age { .. }
        | InputKind::Key { .. } => format!("input {name}"),
    };
    if !input.unit.is_empty() {
        words.push_str(&format!(" in {}", input.unit));
    }
    if take == Take::Meaning {
        return words;
    }
    if matches!(input.kind, InputKind::Number) {
        words.push_str(&format!(
            " {:?} {:?} {} {:?}",
            input.low, input.high, input.high_excluded, input.on_violation
        ));
    }
    if let Some(instead) = input.missing_means {
        words.push_str(&format!(" missing means {instead:?}"));
    }
    if !input.inapplicable.is_empty() {
        words.push_str(&format!(" not applicable {:?}", input.inapplicable));
    }
    if input.carry_forward.is_some() {
        let (most, expires) = (input.carry_forward, input.expires);
        words.push_str(&format!(" carried {most:?} {expires:?}"));
    }
    words
}

fn marks_of(plan: &Plan, take: Take) -> Vec<u64> {
    let mut marks: Vec<u64> = Vec::with_capacity(plan.nodes.len());
    for node in &plan.nodes {
        let own = match node.op {
            Op::Input(input) => plan
                .inputs
                .get(input as usize)
                .map_or_else(String::new, |input| input_words(input, take)),
            Op::Alert { alert, part, .. } => {
                let alert = plan.alerts.get(alert as usize);
                format!("alert {} {part:?}", alert.map_or("", |alert| &alert.name))
            }
            Op::Peers { peers, .. } => {
                let peers = plan.peers.get(peers as usize);
                let told = peers.map(|one| (&one.what, &one.text, one.baseline, one.by_key));
                format!("peers {told:?}")
            }
            Op::Const(x) => format!("number {x:?}"),
            Op::Unary(op, _) => format!("{op:?}"),
            Op::Binary(op, ..) => format!("{op:?}"),
            Op::Compare(op, ..) => format!("{op:?}"),
            Op::Along(along, _) => format!("{along:?}"),
            Op::Paired(op, ..) => format!("{op:?}"),
            Op::Recall(recall, _) => {
                let recall = plan.recalls.get(recall as usize);
                let told = recall.map(|one| (&one.name, one.ago, one.gap));
                match recall.map(|one| one.side) {
                    None | Some(Side::Exact) => format!("recall {told:?}"),
                    Some(side) => format!("recall {told:?} {side:?}"),
                }
            }
            Op::Truth { yes, no } => format!("truth {yes} {no}"),
            Op::Period => "period".to_owned(),
            Op::Select { .. } => "select".to_owned(),
            Op::IsKnown(_) => "known".to_owned(),
            Op::Not(_) => "not".to_owned(),
            Op::And(..) => "and".to_owned(),
            Op::Or(..) => "or".to_owned(),
            Op::Surely(_) => "surely".to_owned(),
            Op::Possibly(_) => "possibly".to_owned(),
            Op::Verdict { .. } => "verdict".to_owned(),
            Op::Indicate(_) => "indicate".to_owned(),
        };
        let mut mark = Fnv::new();
        mark.take(own.as_bytes());
        // An alert is known by its name: what it asks for is its own.
        let operands = node.op.operands();
        for operand in operands.filter(|_| !matches!(node.op, Op::Alert { .. })) {
            let of = marks.get(operand.index()).copied().unwrap_or(0);
            mark.take(&of.to_le_bytes());
        }
        marks.push(mark.0);
    }
    // What is recalled may stand behind what recalls it.
    for (at, node) in plan.nodes.iter().enumerate() {
        let Op::Recall(recall, _) = node.op else {
            continue;
        };
        let recall = plan.recalls.get(recall as usize);
        let of = recall.and_then(|recall| marks.get(recall.of.index()).copied());
        if let Some((own, of)) = marks.get_mut(at).zip(of) {
            let mut mark = Fnv::new();
            mark.take(&own.to_le_bytes());
            mark.take(&of.to_le_bytes());
            *own = mark.0;
        }
    }
    marks
}

/// The hash of Fowler, Noll and Vo (FNV-1a, 64 bits): the same on every machine and in every version.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
