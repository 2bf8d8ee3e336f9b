//! A truth as a number, as files hold it.

use super::lanes::{LaneBuilder, Lanes};

/// 1 where surely, NaN where only possibly, else 0: an unknown's mask is itself a NaN.
pub(super) fn indicate(l: &mut LaneBuilder, surely: Lanes, possibly: Option<Lanes>) -> Lanes {
    match possibly {
        None => {
            let one = l.constant(1.0);
            l.keep(surely, one)
        }
        Some(possibly) => {
            let one = l.constant(1.0);
            let otherwise = l.as_number(possibly);
            l.choose(surely, one, otherwise)
        }
    }
}
