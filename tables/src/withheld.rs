//! What an audience may not see of files, and so has no say in how they are read.
//!
//! A name stands for one of two things. As a *target* it is what the rules call an indicator; as a *source* it is a
//! column of a file, or a name among the cells of a long table. An indicator that the audience sees may bear the name of
//! a column that it may not see: the first is then shown, the second is not.

use forewarn_plan::{InputInfo, Plan};

/// What an audience may not see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// `public`
    pub audience: &'static str,
    pub indicators: Vec<String>,
    /// The columns that the rules read them from, and those that a framework below holds closed.
    pub columns: Vec<String>,
}

impl Withheld {
    pub(crate) fn is_nothing(&self) -> bool {
        self.indicators.is_empty() && self.columns.is_empty()
    }

    /// Is what would be read for this name one of them, and does nothing that is shown go by it?
    pub(crate) fn target(&self, plan: &Plan, name: &str) -> bool {
        (knows(&self.indicators, name) || knows(&self.columns, name)) && !is_read(plan, &[], name)
    }

    /// Is a column, or a name in a long table, one of them, and read by nothing that is shown?
    pub(crate) fn source(&self, plan: &Plan, name: &str) -> bool {
        let mut inputs = plan.inputs.iter();
        (knows(&self.columns, name) && !inputs.any(|input| column_of(input) == name))
            || (knows(&self.indicators, name) && !is_read(plan, &[], name))
    }

    /// Does a name stand for something that may not be seen, even where a declassified value is worked out of it?
    pub(crate) fn is_own(&self, plan: &Plan, name: &str) -> bool {
        let mut inputs = plan.inputs.iter();
        let mut is_shown = || inputs.any(|input| input.name == name && column_of(input) != name);
        knows(&self.indicators, name) || (knows(&self.columns, name) && !is_shown())
    }
}

fn knows(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known == name)
}

/// The column that an indicator is read from, where no map says another.
fn column_of(input: &InputInfo) -> &str {
    input.column.as_deref().unwrap_or(&input.name)
}

/// Is a column read by the rules?
pub(crate) fn is_read(plan: &Plan, map: &[(String, String)], name: &str) -> bool {
    map.iter().any(|(_, column)| column == name)
        || plan
            .inputs
            .iter()
            .any(|input| input.name == name || input.column.as_deref() == Some(name))
}
