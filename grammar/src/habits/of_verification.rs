//! Verified evidence in other words: `incitement verified is present`, `pests is verified`, `confirmed attacks`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_verification(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| t.kind.is_name())?;
        let says = self.slice(word).to_ascii_lowercase();
        let verified = matches!(says.as_str(), "verified" | "confirmed");
        if !stand.formula
            || !(verified || matches!(says.as_str(), "unverified" | "unconfirmed"))
            || self.declared.contains(says.as_str())
            || self.known.categories.contains(says.as_str())
            || self.known.levels.contains(says.as_str())
            || self.is_put(word)
            // A call of the function, which any other value may be compared with.
            || kind(tokens, at + 1) == Some(Token::OpenParen)
        {
            return None;
        }
        let is_asked = |name: Tok| {
            let name = self.slice(name);
            self.known.yes.contains(name) || self.known.values.contains(name)
        };
        // `verified incitement is present`
        if verified
            && let Some(name) = tokens.get(at + 1).copied().filter(|t| t.kind.is_name())
            && is_asked(name)
            && !self.fresh(tokens, at + 1)
        {
            let instead = format!("verified({})", self.slice(name));
            return self.anew(tokens, (at, at + 2), &instead);
        }
        let before = kind(tokens, at.checked_sub(1)?)?;
        // `pests is verified`, `pests is not verified`
        let negated = before == Token::Not && kind(tokens, at.checked_sub(2)?)? == Token::Is;
        if before == Token::Is || negated {
            let from = at.checked_sub(2 + usize::from(negated))?;
            let name = *tokens.get(from).filter(|t| is_asked(**t))?;
            let not = if negated == verified { "not " } else { "" };
            let instead = format!("{not}{}.verified", self.slice(name));
            return self.anew(tokens, (from, at + 1), &instead);
        }
        // `incitement verified is present`, and `incitement verified` alone
        let name = *tokens.get(at - 1).filter(|t| is_asked(**t))?;
        let dotted = at
            .checked_sub(2)
            .is_some_and(|place| kind(tokens, place) == Some(Token::Dot));
        if dotted || !verified || self.fresh(tokens, at) {
            return None;
        }
        let own = self.slice(name).to_owned();
        let compared = matches!(
            kind(tokens, at + 1),
            Some(
                Token::Is
                    | Token::In
                    | Token::Less
                    | Token::LessOrEqual
                    | Token::Greater
                    | Token::GreaterOrEqual
            )
        );
        if compared {
            return self.anew(tokens, (at - 1, at + 1), &format!("verified({own})"));
        }
        let whole = span(name.start, word.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::said(
            (at - 1, at + 1),
            vec![Tok {
                kind: Token::Hole,
                start: whole.start,
                end: whole.end,
            }],
            whole,
            &found,
            format!(
                "`{own}.verified` asks whether the report is verified; `verified({own})` is what verified reports \
                 say, such as `verified({own}) is present`"
            ),
        ))
    }
}
