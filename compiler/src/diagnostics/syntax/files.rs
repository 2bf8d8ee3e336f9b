//! Rule files that cannot be read as a whole.

use super::super::{Diagnostic, Place};
use forewarn_diagnostics::cause;

cause! {
    FW0010 NotText {
        file: String,
        /// The first byte that is no UTF-8, from 0.
        offset: u64,
        /// The line it stands in, from 1.
        row: usize,
    }
}

impl NotText {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` is not text in UTF-8", self.file),
            Place::File(self.file.clone()),
            format!(
                "line {} holds something else (byte {})",
                self.row,
                self.offset + 1
            ),
        )
        .help("open it in a text editor and save it with the encoding UTF-8")
    }
}

cause! {
    FW0011 FileTooLarge {
        file: String,
        limit: u64,
    }
}

impl FileTooLarge {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` is too large for a rule file", self.file),
            Place::File(self.file.clone()),
            format!(
                "more than the {} that a rule file may have",
                size(self.limit)
            ),
        )
        .help("give data with `--data`; long rules can be split into several files of one folder")
    }
}

fn size(bytes: u64) -> String {
    const MEGABYTE: u64 = 1024 * 1024;
    if bytes >= MEGABYTE {
        format!("{} MB", bytes.div_ceil(MEGABYTE))
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

cause! {
    FW0012 FileUnreadable {
        file: String,
        /// What the system says: `there is no such file or folder`.
        why: String,
        /// It is a table, which is given with `--data`.
        data: bool,
        /// The one file of rules beside it, or one that was likely meant.
        rules: Option<String>,
    }
}

impl FileUnreadable {
    fn words(&self) -> Diagnostic {
        if self.data {
            let rules = self.rules.as_deref().unwrap_or("RULES");
            return Diagnostic::at(
                self,
                format!("`{}` holds data, not rules", self.file),
                Place::File(self.file.clone()),
                "a ruleset is read here",
            )
            .help(format!(
                "name the ruleset first, and data with `--data`: `forewarn run {rules} --data {}`",
                self.file
            ));
        }
        Diagnostic::at(
            self,
            format!("`{}` cannot be read", self.file),
            Place::File(self.file.clone()),
            self.why.clone(),
        )
        .help(match &self.rules {
            Some(near) => format!("did you mean `{near}`?"),
            None => "check the spelling of the path and that you may read it".to_owned(),
        })
    }
}
