//! What explanations say of other values: what would change a result, what would settle it, what changed it.

use crate::said::{never, says};
use std::path::Path;
use std::process::Command;

struct Place(tempfile::TempDir);

impl Place {
    fn new(rules: &str, data: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let rules = format!("framework demo \"Demo\" version \"1\"\n{rules}");
        std::fs::write(place.path().join("r.risk"), rules).unwrap();
        std::fs::write(place.path().join("d.csv"), data).unwrap();
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, args: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(args)
            .current_dir(self.path())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What `forewarn explain` says of a result, on one line.
    fn of(&self, result: &str, entity: &str) -> String {
        let args = [
            "explain", "r.risk", "--data", "d.csv", "--entity", entity, result,
        ];
        let text = self.run(&args);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn beyond_a_threshold_that_is_hit_exactly_is_above_or_below_it_as_it_is() {
    let place = Place::new(
        "panel country\nindicator x : number in 0..100\nindicator y : number in 0..100\n\
         signal a = x > 50\nsignal b = x <= 50\nsignal c = x >= 50\nsignal d = y > 0\n\
         scale k { low < high }\nlevel l : k { high when not (x <= 50), low otherwise }\n",
        "country,x,y\nA,50,0\n",
    );
    says(&place.of("a", "A"), &["x above 50 makes it yes"]);
    says(&place.of("b", "A"), &["x above 50 makes it no"]);
    says(&place.of("c", "A"), &["x below 50 makes it no"]);
    says(&place.of("l", "A"), &["x above 50 makes it high"]);
    says(&place.of("d", "A"), &["y above 0 makes it yes"]);
    let report = [
        "report", "r.risk", "--data", "d.csv", "--format", "markdown", "-o", "r.md", "--quiet",
    ];
    place.run(&report);
    let report = std::fs::read_to_string(place.path().join("r.md")).unwrap();
    says(&report, &["above 50"]);
}

#[test]
fn an_open_range_is_searched_beyond_what_the_data_show() {
    let place = Place::new(
        "panel country\nunit deaths\nindicator killed \"Killed\" : deaths in 0..\n\
         indicator other : number in 0..10\nindicator fled \"Fled\" : number in 0..\n\
         scale k { low < high }\nlevel l : k { high when killed >= 1_000 deaths, low otherwise }\n\
         signal both = killed >= 10 deaths and other >= 5\n\
         level m : k { high when fled >= 500, low otherwise }\n",
        "country,killed,other,fled\nA,1,2,\nB,4,3,7\n",
    );
    says(
        &place.of("l", "A"),
        &["Killed (killed) up to 1 000 deaths (now 1 deaths) makes it high"],
    );
    says(
        &place.of("both", "A"),
        &["Killed (killed) up to 10 deaths (now 1 deaths) and other up to 5 (now 2) makes it yes"],
    );
    says(
        &place.of("m", "A"),
        &["Fled (fled) at 0: low, at 10 000: high"],
    );
}

#[test]
fn that_nobody_would_know_is_a_change_of_a_truth_or_level() {
    let place = Place::new(
        "panel country\nindicator x : number in 0..100\nindicator b : number in 0..100\n\
         signal either = x >= 50 or b > 10\n\
         scale s { low < mid < high }\nlevel l : s { high when b > 10, mid when x >= 50, low otherwise }\n",
        "country,x,b\nA,60,\nB,1,3\n",
    );
    says(
        &place.of("either", "A"),
        &["x below 50 (now 60) makes it unknown"],
    );
    says(
        &place.of("l", "A"),
        &["x below 50 (now 60) makes it low to high"],
    );
}

#[test]
fn what_is_known_between_bounds_changes_only_where_its_bounds_do() {
    let place = Place::new(
        "panel country by month\nindicator a \"A\" : number in 0..100\nindicator h : assessment\n\
         factor f \"F\" { combine mean evidence bounds members { a / 100 \"A\", h } }\n",
        "country,month,a,h\nA,2031-01,60,present\nA,2031-02,60,\n",
    );
    let text = place.of("f", "A");
    never(
        &text,
        &["down to 60", "above 60", "was 60", "earlier values"],
    );
    says(&text, &["by h –, was present"]);
}

#[test]
fn what_is_compared_with_peers_is_not_said_to_settle_anything() {
    let place = Place::new(
        "panel country\nindicator raids \"Raids\" : number in 0..100\nscale c { low < high }\n\
         level overall : c { high when raids > 2 * mean(raids, among: all), low otherwise }\n\
         signal worst = top(raids, 1)\n",
        "country,raids\nA,\nB,10\n",
    );
    for result in ["overall", "worst"] {
        let text = place.of(result, "A");
        says(&text, &["not tried, since compared with peers: raids"]);
        never(
            &text,
            &[
                "at 100",
                "no missing indicator alone",
                "no indicator is missing",
            ],
        );
    }
}

#[test]
fn where_either_of_two_had_to_change_too_both_are_named() {
    let place = Place::new(
        "panel country by month\nindicator d \"D\" : number in 0..10\nindicator g \"G\" : number in 0..10\n\
         indicator e \"E\" : number in 0..10\nscale c { low < high }\n\
         level l : c { high when count([d >= 5, g >= 5, e >= 5]) >= 2, low otherwise }\n",
        "country,month,d,g,e\nA,2031-01,6,6,6\nA,2031-02,1,1,1\n",
    );
    let text = place.of("l", "A");
    says(&text, &["it was high", "to low by G (g) 1, was 6"]);
    let place = Place::new(
        "panel country by month\nindicator d \"D\" : number in 0..10\nindicator g \"G\" : number in 0..10\n\
         indicator e \"E\" : number in 0..10\nscale c { low < high }\n\
         level l : c { high when d >= 5 and g >= 5 or e >= 5, low otherwise }\n",
        "country,month,d,g,e\nA,2031-01,6,6,6\nA,2031-02,1,1,1\n",
    );
    let text = place.of("l", "A");
    says(
        &text,
        &["to low by E (e) 1, was 6; together with D (d) 1, was 6 or G (g) 1, was 6"],
    );
}

#[test]
fn the_newest_value_of_a_number_is_no_yes() {
    let place = Place::new(
        "panel country by year\nindicator x : number in 0..100\nscore newest = last(x, over: 3 years)\n\
         score rise = trend(x, over: 3 years, require: 2 years)\n",
        "country,year,x\nA,2030,20\nA,2031,40\nA,2032,60\n",
    );
    let text = place.of("newest", "A");
    says(&text, &["that of 2032"]);
    never(&text, &["last yes"]);
    never(&place.of("rise", "A"), &["20 1 /"]);
}
