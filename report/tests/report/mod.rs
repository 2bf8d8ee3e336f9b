//! An invented framework and its data, compiled, bound and run as a report needs them.

use forewarn_compiler::translations::levels_in_words;
use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::classification::Classification;
use forewarn_report::{Document, Material, Options, report};
use forewarn_runtime::audience::{observed, seal, sealed_outputs};
use forewarn_runtime::run::{RunOptions, run};
use forewarn_tables::{ReadOptions, bind_text};
use std::path::Path;

/// Rules with everything that a report shows.
pub const RULES: &str = r#"
framework watch "Valley watch" version "1.2.0"
panel country by month
source field "Field reports" { classification confidential }
source press "Press review"
unit deaths
indicator killings "Conflict deaths" : deaths in 0..5000 from press
indicator prices "Food prices" : number in 0..10 from press
indicator hate "Hate speech" : assessment from press
indicator secret "Troop movements" : number in 0..9000 from field
param war "Deaths that count as war" : deaths = 1_000 deaths cite "the yearbook, page 7" because "it is the usual line"
signal at_war "War-level fighting" = killings >= war
signal scarce "Scarce food" = prices >= 7
factor fighting "Fighting" { combine mean require 50% coverage members { at_war, hate } cite "the handbook, 3.1" }
factor hunger "Hunger" { combine mean members { scarce } }
factor hidden "Hidden moves" { combine mean members { moving } }
signal moving "Moving" = secret >= 4000
scale concern { low "Low" < guarded "Guarded" < elevated "Elevated" < high "High" < critical "Critical" }
level overall "Concern" : concern {
  critical when at_war and scarce and hate is present,
  high     when at_war,
  elevated when scarce or hate is present,
  guarded  when hate >= emerging or prices >= 4,
  low      otherwise,
} cite "the handbook, 4"
level closed "Closed view" : concern {
  high when hidden >= 0.5, low otherwise,
}
alert warning "Warning" {
  raise when overall >= high
  escalate when overall is critical
  clear when overall <= guarded for 2 months
}
"#;

pub const DATA: &str = "\
country,month,killings,prices,hate,secret
AVA,2026-01,300,3,absent,7311
AVA,2026-02,640,3,absent,7312
AVA,2026-03,1130,3,absent,7313
BRU,2026-01,1500,8,present,12
BRU,2026-02,1400,8,present,13
BRU,2026-03,1300,2,present,14
CEL,2026-01,10,5,absent,6611
CEL,2026-02,10,5,absent,6612
CEL,2026-03,,5,,6613
DOR,2026-01,5,1,emerging,15
DOR,2026-02,5,1,emerging,16
ELB,2026-01,5,1,absent,17
ELB,2026-02,5,,absent,18
ELB,2026-03,5,1,absent,19
";

const FR: &str = r#"
[framework]
label = "Veille de la vallée"
[labels]
overall = "Niveau de préoccupation"
killings = "Morts liées au conflit"
prices = "Prix alimentaires"
fighting = "Combats"
hunger = "Faim"
warning = "Avertissement"
[levels.concern]
low = "faible"
guarded = "modéré"
elevated = "élevé"
high = "fort"
critical = "critique"
"#;

const AR: &str = r#"
[framework]
label = "رصد الوادي"
[labels]
overall = "مستوى القلق"
killings = "قتلى النزاع"
prices = "أسعار الغذاء"
fighting = "القتال"
hunger = "الجوع"
warning = "التحذير"
[levels.concern]
low = "منخفض"
guarded = "معتدل"
elevated = "ملحوظ"
high = "مرتفع"
critical = "حرج"
"#;

/// A report of some rules and data.
pub fn of(rules: &str, data: &str, settings: &Settings, options: &Options) -> Document {
    let mut files = MemoryFiles::default();
    files.insert("watch/watch.risk", rules);
    if rules.contains("framework watch") {
        files.insert(
            "watch/forewarn.toml",
            "[package]\nname = \"watch\"\nversion = \"1.2.0\"\nlanguage = \"en\"\n",
        );
    }
    files.insert("watch/translations/fr.toml", FR);
    files.insert("watch/translations/ar.toml", AR);
    let compilation = compile(Path::new("watch"), &files, settings);
    let told: Vec<_> = compilation
        .reports
        .iter()
        .map(|cause| cause.describe())
        .collect();
    let mut plan = compilation.plan.unwrap_or_else(|| panic!("{told:#?}"));
    let read = |plan: &forewarn_plan::Plan| {
        let sheltered = !plan.confidentiality.withheld.is_empty();
        let options = ReadOptions {
            sheltered,
            ..ReadOptions::default()
        };
        let bound = bind_text("data.csv", data.as_bytes().to_vec(), plan, &options);
        bound.unwrap_or_else(|reports| {
            let told: Vec<_> = reports.iter().map(|cause| cause.describe()).collect();
            panic!("{told:#?}")
        })
    };
    let mut bound = read(&observed(&plan));
    if let Some(sealing) = &compilation.sealing {
        let by = read(sealing);
        let options = RunOptions {
            wanted: Some(sealed_outputs(&plan, sealing)),
            ..RunOptions::default()
        };
        let results = run(sealing, &by.panel, &options).unwrap();
        seal(&mut bound.panel, &by.panel, results.columns);
    }
    let results = run(&plan, &bound.panel, &RunOptions::default()).unwrap();
    if let Some(words) = &compilation.words {
        levels_in_words(words, &mut plan);
    }
    let options = Options {
        lang: options.lang.clone().or(settings.lang.clone()),
        ..options.clone()
    };
    let material = Material {
        plan: &plan,
        panel: &bound.panel,
        summary: &bound.summary,
        results: &results,
        goalposts: None,
    };
    report(material, &options).unwrap()
}

pub fn watch(lang: Option<&str>, audience: Option<Classification>) -> Document {
    let settings = Settings {
        lang: lang.map(str::to_owned),
        audience,
        ..Settings::default()
    };
    of(RULES, DATA, &settings, &Options::default())
}
