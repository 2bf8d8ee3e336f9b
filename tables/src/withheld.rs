//! What an audience may not see of files, and so has no say in how they are read.

use forewarn_plan::Plan;

/// What an audience may not see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// `public`
    pub audience: &'static str,
    /// Indicators, and the columns that the rules read them from.
    pub names: Vec<String>,
}

impl Withheld {
    /// Is this one of them, and read by nothing else?
    pub(crate) fn has(&self, plan: &Plan, name: &str) -> bool {
        self.names.iter().any(|known| known == name) && !is_read(plan, &[], name)
    }
}

/// Is a column read by the rules?
pub(crate) fn is_read(plan: &Plan, map: &[(String, String)], name: &str) -> bool {
    map.iter().any(|(_, column)| column == name)
        || plan
            .inputs
            .iter()
            .any(|input| input.name == name || input.column.as_deref() == Some(name))
}
