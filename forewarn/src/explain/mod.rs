//! Explanations written down: as text, as a page of Markdown or HTML, as a document for programs.
//!
//! In: what the runtime tells of one result, the Plan that it tells it of, and messages in the language
//! asked for. Out: text. The command line and whoever embeds the library write the same words.

mod detail;
mod each;
mod how;
mod html;
mod json;
mod lines;
mod markdown;
mod outlook;
mod page;
mod terminal;
mod values;
mod windows;

use crate::paint::Paint;
use detail::{Detail, SCREEN};
use forewarn_compiler::translations::Messages;
use forewarn_plan::Plan;
use forewarn_runtime::explain::Explanation;
use lines::Firsts;
use page::Line;

pub use each::{
    markdown as markdown_of_each, markdown_of_options, text as text_of_each, text_of_options,
};
pub use json::{document, line};
pub use values::{in_words, shown};

/// Columns where nothing says how wide a line may be.
pub const WIDTH: usize = 80;

/// How much of an explanation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// As much as fits so many screens.
    Screens(usize),
    /// So many steps down from each result.
    Depth(usize),
    /// Everything, down to the last observation.
    Full,
}

/// What is written of one entity in one period.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What the explanation is told of.
    pub plan: &'a Plan,
    /// What is told.
    pub told: &'a Explanation,
    /// Words around it, in the language asked for.
    pub messages: &'a Messages,
    /// How much of it.
    pub extent: Extent,
    /// Columns of a screen.
    pub width: usize,
}

impl Page<'_> {
    /// A tree by indentation, lines wrapped below themselves. `apart`: what is written from right to left
    /// is set apart, as terminals need it.
    #[must_use]
    pub fn text(&self, paint: Paint, apart: bool) -> String {
        terminal::text(&self.lines(), self.width, paint, apart)
    }

    /// Headings for results, nested lists for reasons.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::page(&self.lines())
    }

    /// Nested lists, as a part of a page of HTML that says how its classes look.
    #[must_use]
    pub fn html(&self) -> String {
        html::page(&self.lines())
    }

    /// Is there room for what would settle and change results, and for what changed? Where even their
    /// values alone fill the page, nobody needs to work that out.
    #[must_use]
    pub fn has_room(&self) -> bool {
        let Extent::Screens(screens) = self.extent else {
            return true;
        };
        let first = lines::firsts(self.told);
        let most = SCREEN * screens.max(1);
        let shortest = Detail::ladder().last();
        let shortest = shortest.map(|detail| self.short(&first, detail, most));
        shortest.is_none_or(|page| terminal::height(&page, self.width) <= most)
    }

    fn lines(&self) -> Vec<Line> {
        let first = &lines::firsts(self.told);
        match self.extent {
            Extent::Full => self.in_detail(first, Detail::FULL, usize::MAX).0,
            Extent::Depth(depth) => told_short(
                self.in_detail(first, Detail::to_depth(depth), usize::MAX),
                &format!("cut at depth {depth}: a larger `--depth` or `--full` tells the rest"),
            ),
            Extent::Screens(screens) => self.fitting(first, SCREEN * screens.max(1)),
        }
    }

    /// The most that fits so many lines.
    fn fitting(&self, first: &Firsts<'_>, most: usize) -> Vec<Line> {
        let mut shortest = Detail::FULL;
        for detail in Detail::ladder() {
            let page = self.short(first, detail, most);
            if terminal::height(&page, self.width) <= most {
                return self.filled(first, detail, page, most);
            }
            shortest = detail;
        }
        self.cut_off(self.short(first, shortest, usize::MAX), most)
    }

    /// The first lines of a page of which even the shortest is too long: more results were asked for than a
    /// screen holds.
    fn cut_off(&self, mut page: Vec<Line>, most: usize) -> Vec<Line> {
        let all = page.len();
        loop {
            page.pop();
            let more = all - page.len();
            let rest = format!("({more} lines more: name a result, or `--full` tells everything)");
            let note = Line::new(1, None).note(rest);
            page.push(note);
            if page.len() <= 1 || terminal::height(&page, self.width) <= most {
                return page;
            }
            page.pop();
        }
    }

    fn short(&self, first: &Firsts<'_>, detail: Detail, most: usize) -> Vec<Line> {
        let rest = "cut to one screen: `--depth N` goes further down, `--full` tells everything";
        told_short(self.in_detail(first, detail, most), rest)
    }

    /// As much more as there is room for.
    fn filled(
        &self,
        first: &Firsts<'_>,
        mut detail: Detail,
        mut page: Vec<Line>,
        most: usize,
    ) -> Vec<Line> {
        let mut left = MORE;
        loop {
            let larger = detail.more().into_iter().find_map(|detail| {
                left = left.checked_sub(1)?;
                let larger = self.short(first, detail, most);
                let fits = terminal::height(&larger, self.width) <= most;
                (fits && larger.len() > page.len()).then_some((detail, larger))
            });
            match larger {
                Some(larger) => (detail, page) = larger,
                None => return page,
            }
        }
    }

    fn in_detail(&self, first: &Firsts<'_>, detail: Detail, most: usize) -> (Vec<Line>, bool) {
        lines::page(self.plan, self.told, first, self.messages, (detail, most))
    }
}

/// The most times that a page is begun anew to fill what is left of a screen.
const MORE: usize = 40;

/// A page that says so where something was left out.
fn told_short((mut lines, cut): (Vec<Line>, bool), rest: &str) -> Vec<Line> {
    if cut {
        lines.push(Line::new(1, None).note(format!("({rest})")));
    }
    lines
}
