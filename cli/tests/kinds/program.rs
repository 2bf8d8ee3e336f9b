//! A folder of files, and the program run in it.

use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub struct Folder {
    folder: TempDir,
}

pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Default for Folder {
    fn default() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }
}

impl Folder {
    pub fn write(&self, name: &str, text: impl AsRef<str>) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text.as_ref()).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// What comes of a line of arguments without spaces inside.
    pub fn run(&self, line: &str) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.folder.path())
            .args(line.split(' '))
            .env("NO_COLOR", "1")
            .env("COLUMNS", "200")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ended {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The same, and it has to end well, or as a comparison that finds something.
    #[track_caller]
    pub fn does(&self, line: &str) -> String {
        let ended = self.run(line);
        assert!(ended.code == 0, "{line}: {}{}", ended.out, ended.err);
        ended.out
    }
}
