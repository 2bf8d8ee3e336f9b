//! A folder with a small framework `un` and one that extends it, `west`, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Three indicators, two factors, a level, an alert and a test.
pub const UN: &str = "\
framework un \"UN\" version \"1.2.0\"
panel country by month

source field \"Field missions\" { classification confidential }
unit deaths

indicator deaths_best \"Conflict deaths\" : deaths in 0.. from field
indicator hate_speech \"Hate speech\" : assessment
indicator piracy \"Piracy\" : assessment

final param emerging_from \"Emerging\" = 0.4
param war_threshold \"War\" : deaths = 1_000 deaths
signal at_war \"War-level fighting\" = deaths_best >= war_threshold

factor conflict \"Conflict\" {
  combine weighted mean
  require 50% coverage
  members { at_war weight 3, piracy weight 1 }
}
factor incitement \"Incitement\" {
  combine mean
  members { hate_speech }
}

scale concern { low \"Low\" < elevated \"Elevated\" < high \"High\" }
level overall \"Overall\" : concern {
  high     when all(factors >= emerging_from),
  elevated when any(factors >= emerging_from),
  low      otherwise,
}
test \"war alone elevates\" {
  given deaths_best = 2_000 deaths
  given hate_speech = absent
  given piracy = absent
  expect overall is elevated
}
";

pub const TOML: &str = "[dependencies]\nun = { path = \"../un\", version = \"1\" }\n";
pub const HEAD: &str = "framework west \"West\" version \"0.1.0\" extends un \"1\"\n";

pub struct Place {
    folder: TempDir,
}

pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// With `un`, and `west` that says these things of it; locked.
    pub fn new(changes: &str) -> Self {
        let place = Self::empty();
        place.write("un/un.risk", UN);
        place.write("west/forewarn.toml", TOML);
        place.write("west/west.risk", format!("{HEAD}{changes}"));
        place.run(&["lock", "west"]);
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    #[allow(dead_code, reason = "not every test reads files")]
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn run(&self, args: &[&str]) -> Ended {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.path())
            .args(args)
            .env_remove("NO_COLOR")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ended {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The same, and it has to end well.
    #[allow(dead_code, reason = "not every test wants it to")]
    #[track_caller]
    pub fn does(&self, args: &[&str]) -> String {
        let ended = self.run(args);
        assert_eq!(ended.code, 0, "{args:?}: {}{}", ended.out, ended.err);
        ended.out
    }
}
