//! What results carry along: `show region`.

use crate::applied;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use applied::apply;

const HEAD: &str = "framework f \"F\" version \"1\"\npanel area by month\nunit people\n\
                    indicator raids : number in 0..50\nindicator population : people in 1..\n\
                    category region { coast, inland }\nindicator zone : region\n\
                    indicator talk : assessment\n\
                    score many = if zone is coast then raids else raids / 2\n";

const DATA: &str = "area,month,raids,population,zone,talk
Tav,2024-01,9,1000,coast,present
Tav,2024-02,4,,inland,
";

#[test]
fn indicators_steps_and_items_stand_in_results_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    let rules = "show zone, population, half\nshow talk\nshow eased\n\
                 let half = raids / 2\ngroup pair { raids, half }\nlet eased = pair * 2\n";
    std::fs::write(&path, format!("{HEAD}{rules}")).expect("written");
    std::fs::write(&cells, DATA).expect("written");
    let found = apply(&path, &cells, &[]);
    let row = |key: &str| {
        let names = [
            "zone",
            "population",
            "half",
            "talk",
            "talk.at_least",
            "eased.raids",
            "eased.half",
        ];
        names.map(|name| found.cell(key, name).to_owned()).join(" ")
    };
    assert_eq!(row("Tav 2024-01"), "coast 1000 4.5 present present 18 9");
    assert_eq!(row("Tav 2024-02"), "inland  2  absent 8 4");
    assert!(!found.has("raids"));
}

#[test]
fn what_has_nothing_to_show_is_told_once() {
    let told = |rules: &str| -> Vec<String> {
        let head = "score both = population * raids + position(talk) * 1 people\n";
        let rules = format!("{HEAD}{head}{rules}\n");
        let files = MemoryFiles::of("f.risk", &rules);
        let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
        let causes = compilation.reports.iter();
        causes
            .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
            .collect()
    };
    assert_eq!(told("show zone"), Vec::<String>::new());
    let cases = [
        ("show many", "FW0124"),
        ("param k = 2\nscore more = k * raids\nshow k", "FW0124"),
        ("show zone, zone", "FW0124"),
        ("show zonne", "FW0107"),
        ("show \"Zone\"", "FW0"),
        ("show", "FW0"),
        ("show zone \"Zone\"", "FW0"),
    ];
    for (rules, wanted) in cases {
        let told = told(rules);
        assert!(
            told.len() == 1 && told[0].starts_with(wanted),
            "{rules}: {told:#?}"
        );
    }
}
