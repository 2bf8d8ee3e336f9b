//! A period that the name of a file or of a sheet says of all its rows.
//!
//! In: the recipe's pattern, and what the file at hand is called. Out: a column of that period, behind those that the
//! file has, unless it has one itself.

use super::Pipe;
use crate::progress::only;
use forewarn_diagnostics::Reports;
use forewarn_plan::PeriodKind;
use forewarn_runtime::causes::data::RecipeColumn;
use std::rc::Rc;

impl Pipe<'_> {
    /// The columns of the file at hand, with the one that its name says.
    ///
    /// # Errors
    /// A name that is not like the pattern.
    pub(super) fn with_stated(&mut self, mut names: Vec<String>) -> Result<Vec<String>, Reports> {
        self.width = names.len();
        self.in_name = None;
        let Some(pattern) = self.recipe.named.clone() else {
            return Ok(names);
        };
        let panel = &self.plan.panel;
        let column = match panel.period {
            Some(kind) if pattern.year && kind != PeriodKind::Year => "year".to_owned(),
            Some(_) | None => self
                .names
                .period
                .first()
                .unwrap_or(&panel.period_name)
                .clone(),
        };
        if names.contains(&column) {
            return Ok(names);
        }
        let file = self.files.last().cloned().unwrap_or_default();
        let own = self.sheet.as_ref().unwrap_or(&file);
        let base = file.rsplit(['/', '\\']).next().unwrap_or(&file);
        let found = pattern
            .read(own, &self.ways)
            .or_else(|| pattern.read(base, &self.ways));
        let Some(text) = found else {
            return Err(only(RecipeColumn {
                file: self.bind.file.clone(),
                column: pattern.text().to_owned(),
                what: "named",
                suggestion: None,
                columns: Vec::new(),
                recipe: self.recipe.at("named"),
            }));
        };
        self.in_name = Some(Rc::from(text));
        names.push(column);
        Ok(names)
    }
}
