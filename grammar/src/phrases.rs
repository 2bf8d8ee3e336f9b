//! The phrases for what was expected.
//!
//! In: the grammar's names of what would have fitted, and the place. Out: at most five phrases, most
//! helpful first, in the words of the field. Examples are from the domain, so that a phrase shows
//! what it asks for.

use crate::place::{Inside, Place};
use crate::token::Token;

const MOST: usize = 5;

const VALUE: &str = "a value, such as `deaths_best` or `25 deaths`";
pub(crate) const MEMBER: &str = "a member of the factor, such as `corruption weight 2`";
pub(crate) const CLAUSE: &str = "a line of the level, such as `high when conflict >= 0.7`";
pub(crate) const LEVEL_NAME: &str = "the name of a level, such as `elevated`";
const ALERT_CLAUSE: &str =
    "a clause of the alert, such as `raise when overall >= high for 2 months`";
const TEST_PART: &str =
    "a part of the test: `given deaths_best = 25 deaths` or `expect at_war is yes`";
const PART: &str = "a part of the factor: `combine …`, `require …`, `members { … }`, `cite \"…\"`";

pub(crate) fn after_colon(place: &Place) -> String {
    let phrase = match place.declares {
        Some(Token::DeclareProperty) => {
            "`:` and the claim, such as `: overall rises with every indicator`"
        }
        Some(Token::DeclareLevel) => "`:` and the scale, such as `: concern`",
        _ => "`:` and the type, such as `: deaths in 0..`",
    };
    phrase.to_owned()
}

/// What would have fitted, in words.
pub(crate) fn phrases(expected: &[String], place: &Place) -> Vec<String> {
    let has = |sign: &str| expected.iter().any(|e| e.trim_matches('"') == sign);
    let mut out: Vec<String> = Vec::new();
    let mut say = |phrase: &str| out.push(phrase.to_owned());

    let is_value = has("number literal") && (has("missing") && has("yes"));
    // Directly behind a number a name is its unit, which nobody forgets there.
    let is_name = has("name") && !is_value && place.before != Some(Token::Number);
    if is_value {
        say(VALUE);
    } else if is_name {
        let phrase = name(place, has("number literal"));
        say(phrase);
    } else if has("number literal") {
        say("a number, such as `100`");
    }
    if has("coverage") && !is_name && !is_value {
        say("`coverage` or `known`, such as `50% coverage` or `3 known`");
    }
    if has("..") && !is_value {
        say("`..` and the end of the range, such as `0..1`");
    }
    if has("otherwise") && !is_name && !is_value {
        say("`when` and a condition, `in` and a range, or `otherwise`");
    }
    if has("when") && place.declares == Some(Token::DeclareNotice) && !is_name && !is_value {
        say("`when` and the condition");
    }
    for (sign, phrase) in [
        ("then", "`then` and the value"),
        ("else", "`else` and the value that holds otherwise"),
        ("of", "`of` and what is counted, such as `of (a, b, c)`"),
        ("to", "`to` and where it goes, such as `to armed_conflict`"),
        ("by", "`by` and what the table looks at"),
        ("least", "`least`"),
        ("most", "`most`"),
        ("means", "`means`, such as `missing means 0 deaths`"),
        ("forward", "`forward at most` and a duration"),
        ("violation", "`violation`"),
    ] {
        if has(sign) && !is_name && !is_value {
            let of_panel = sign == "by" && place.declares == Some(Token::DeclarePanel);
            say(if of_panel {
                "`by` and the period, such as `by month`"
            } else {
                phrase
            });
        }
    }
    // A member that is no expression has its own label.
    if has("text") && !is_value && !has("+") {
        say(text(place));
    }
    if has("{") && !has("+") && !is_name {
        say("`{`");
    }
    if has(":") && !is_value && !matches!(place.inside, Inside::Values) {
        let phrase = after_colon(place);
        say(&phrase);
    }
    if has("=") {
        say("`=` and the value");
    }
    if has("weight") && !is_name && !is_value {
        say("`weight` and a number");
    }
    let close = [")", "]", "}"].into_iter().find(|sign| has(sign));
    match (has(","), close) {
        (true, Some(close)) => say(&format!("a comma or `{close}`")),
        (true, None) if matches!(place.inside, Inside::AlertBody | Inside::TestBody) => {}
        (true, None) => say(match place.inside {
            Inside::Members => "a comma and the next member",
            Inside::LevelBody => "a comma and the next line of the level",
            _ => "a comma and the next value",
        }),
        (false, Some(close)) => say(&format!("`{close}`")),
        (false, None) => {}
    }
    if has("+") {
        let phrase = match has("and") {
            true => "an operator, such as `+`, `>=` or `and`",
            false => "an operator, such as `+`",
        };
        say(phrase);
    }
    if has("<") && !has(">") {
        say("`<` and the next higher level");
    }
    if has("->") {
        say("`->` and the type of the result");
    }
    if has("(") && !has("+") && !is_value && !is_name {
        say("`(`");
    }
    if has("for") && !is_name && !is_value {
        say("`for` and a duration, such as `for 2 months`");
    }
    if has("unless") && !is_name && !is_value {
        say("`unless` and a condition");
    }
    if has("given") && !is_name && !is_value {
        say(TEST_PART);
    } else if has("raise") && !is_name && !is_value {
        say(ALERT_CLAUSE);
    } else if has("combine") && !is_name && !is_value {
        say(PART);
    } else if has("cite") && !is_name && !is_value {
        say(property(place));
        if place.inside == Inside::Nothing {
            say("the next declaration");
        }
    }
    if out.is_empty() && has("indicator") {
        out.push("a declaration, such as `indicator`, `score` or `factor`".to_owned());
    }
    if out.is_empty() {
        out.push("the next declaration".to_owned());
    }
    out.truncate(MOST);
    out
}

/// What a name would name here.
fn name(place: &Place, or_number: bool) -> &'static str {
    let before = place.before;
    match (place.inside, before) {
        (Inside::Members, Some(Token::OpenBrace | Token::Comma) | None) => return MEMBER,
        (Inside::LevelBody, Some(Token::OpenBrace | Token::Comma) | None) => return CLAUSE,
        (Inside::ScaleBody, _) => return LEVEL_NAME,
        (Inside::Parameters, Some(Token::OpenParen | Token::Comma)) => {
            return "a parameter and its type, such as `x: number`";
        }
        (Inside::Names, Some(Token::OpenBrace | Token::Comma)) => {
            return "a name, such as `west`";
        }
        _ => {}
    }
    match before {
        Some(Token::DeclareFramework) => "a name for the framework, such as `sahel_watch`",
        Some(Token::DeclareUse) => "what is used, such as `stdlib.scaling`",
        Some(Token::DeclarePanel) => "what a row is about, such as `country`",
        Some(Token::DeclareSource) => "a name for the source, such as `ucdp`",
        Some(Token::DeclareUnit) => "a name for the unit, such as `deaths`",
        Some(Token::DeclareIndicators) => "names of indicators, such as `fatalities, events`",
        Some(Token::DeclareIndicator) => "a name for the indicator, such as `deaths_best`",
        Some(Token::DeclareFactor) => "a name for the factor, such as `armed_conflict`",
        Some(Token::DeclareGroup) => "a name for the group, such as `economy`",
        Some(Token::DeclareScale) => "a name for the scale, such as `concern`",
        Some(Token::DeclareCategory) => "a name for the category, such as `region`",
        Some(Token::DeclareLevel) => "a name for the level, such as `overall`",
        Some(Token::DeclareTable) => "a name for the table, such as `response`",
        Some(Token::DeclareMember) => "the member to add, such as `at_war`",
        Some(Token::DeclareShow) => "what results carry along, such as `region`",
        Some(Token::DeclareDeclassify) => "what may be published, such as `preparation`",
        Some(Token::DeclareOverride) => {
            "what is overridden: `param`, `weight`, `label`, `source`, `column` or `classification`"
        }
        Some(Token::DeclareDrop) => "what is dropped, such as `indicator piracy`",
        Some(Token::To) if place.declares == Some(Token::DeclareMember) => {
            "the factor that gets the member"
        }
        Some(Token::To) => "`public` or `restricted`",
        Some(Token::Provenance) => "`confirmed`, `confirmed in part` or `recalled`",
        Some(Token::DeclareNotice) => "a name for the notice, such as `sight_lost`",
        Some(Token::DeclareAlert) => "a name for the alert, such as `early_warning`",
        Some(Token::Unknown) => "`hold`, `clear` or `raise`",
        Some(before) if before.declares() => "a name, such as `deaths_12m`",
        Some(Token::From) => "the name of a source, such as `ucdp`",
        Some(Token::By) => "a period: `day`, `week`, `month`, `quarter` or `year`",
        Some(Token::Classification) => "`public`, `restricted` or `confidential`",
        Some(Token::Polarity) => "a word such as `protective`",
        Some(Token::Nature) => "a word such as `dynamic`",
        Some(Token::Violation) => "`reject`, `missing` or `clamp`",
        Some(Token::Allow) => "the code of a finding, such as `FW0613`",
        Some(Token::Combine) => "how the members combine, such as `weighted mean`",
        Some(Token::Dot) => "a word such as `coverage`",
        Some(Token::Colon) if place.declares == Some(Token::DeclareLevel) => {
            "the name of a scale, such as `concern`"
        }
        Some(Token::Colon | Token::Of | Token::Arrow) if or_number => {
            "a type, such as `deaths in 0..` or `number in 0..1`"
        }
        _ if or_number => "a unit, such as `deaths`",
        _ => "a name, such as `armed_conflict`",
    }
}

/// What a text would say here.
fn text(place: &Place) -> &'static str {
    match place.before {
        Some(Token::Cite) => "the citation in quotes, such as `\"A/70/741\"`",
        Some(Token::Column) => "the name of the column in quotes, such as `\"iso3\"`",
        Some(Token::License) => "the licence in quotes, such as `\"CC BY 4.0\"`",
        Some(Token::Url) => "the address in quotes",
        Some(Token::Updated) => "how often in quotes, such as `\"yearly\"`",
        Some(Token::Except) => "an entity in quotes, as the data spell it, such as `\"WLD\"`",
        Some(Token::Written) => "the way in quotes, such as `\"YYYYMM\"`",
        Some(Token::Because) => "the reason in quotes",
        Some(Token::Version) => "the version in quotes, such as `\"1.2.0\"`",
        Some(Token::From | Token::Until) => "a year, or a period in quotes such as `\"2015-06\"`",
        Some(Token::Seen) => "where it was seen, in quotes",
        Some(Token::Code) => "the code in quotes, such as `\"7.1\"`",
        Some(Token::DeclareProperty) => "what is claimed, in quotes",
        Some(Token::DeclareTest) => "what the test shows, in quotes",
        _ => "a label in quotes",
    }
}

fn property(place: &Place) -> &'static str {
    match (place.inside, place.declares) {
        (Inside::SourceBody, _) | (_, Some(Token::DeclareSource)) => {
            "a property of the source, such as `license \"CC BY 4.0\"`"
        }
        (_, Some(Token::DeclareIndicator)) => {
            "a property of the indicator, such as `from ucdp` or `column \"best\"`"
        }
        _ => "a property, such as `cite \"…\"`",
    }
}
