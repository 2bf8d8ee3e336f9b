//! Words of the language in French, Spanish, Portuguese, German, Italian and Arabic in Latin letters: `wenn c dann 1 sonst
//! 0`, `au moins 2 de (…)`, `no vino`, `peso 4`, `12 mois`, `calm sinon`, `fuente x "X" { … }`.
//!
//! In: one place in the tokens. Out: the word that was meant, where it stands in the place of that word alone; a name that
//! the file declares is never taken for one.

use super::Habits;
use super::letters::plain_letters;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token, declaration_word};

/// The longest condition whose other words are looked for, in tokens.
const FAR: usize = 200;

/// A word of this language, and the words of others in small letters without accents.
type Row = (&'static str, &'static [&'static str]);

const WORDS: &[Row] = &[
    ("if", &["wenn", "falls", "si", "se", "als", "idha", "lau"]),
    (
        "then",
        &[
            "dann", "alors", "entonces", "entao", "allora", "dan", "fa", "idhan",
        ],
    ),
    (
        "else",
        &[
            "sonst",
            "andernfalls",
            "sinon",
            "autrement",
            "sino",
            "senao",
            "altrimenti",
            "anders",
            "illa",
        ],
    ),
    (
        "not",
        &[
            "nicht", "kein", "keine", "pas", "non", "nao", "niet", "laysa", "ghayr", "la",
        ],
    ),
    (
        "is",
        &[
            "ist", "sind", "est", "sont", "es", "son", "esta", "e", "sao", "sono", "huwa",
        ],
    ),
    (
        "missing",
        &[
            "fehlt",
            "fehlen",
            "fehlend",
            "manque",
            "manquant",
            "manquante",
            "absent_",
            "falta",
            "faltan",
            "faltante",
            "ausente",
            "manca",
            "mancante",
            "mafqud",
            "unbekannt",
            "inconnu",
            "inconnue",
            "desconocido",
            "desconhecido",
            "sconosciuto",
        ],
    ),
    (
        "known",
        &[
            "bekannt",
            "connu",
            "connue",
            "conocido",
            "conocida",
            "conhecido",
            "conhecida",
            "noto",
            "nota",
        ],
    ),
    (
        "when",
        &[
            "wenn", "falls", "sobald", "quand", "lorsque", "si", "cuando", "quando", "se",
            "indama", "als",
        ],
    ),
    (
        "otherwise",
        &[
            "sonst",
            "andernfalls",
            "ansonsten",
            "sinon",
            "autrement",
            "sino",
            "senao",
            "altrimenti",
            "anders",
            "resto",
            "reste",
            "rest",
            "demas",
            "illa",
        ],
    ),
    (
        "because",
        &[
            "weil", "denn", "car", "parce", "porque", "pues", "pois", "perche", "poiche", "lianna",
            "omdat",
        ],
    ),
    (
        "weight",
        &[
            "gewicht",
            "poids",
            "peso",
            "ponderacion",
            "ponderation",
            "ponderacao",
            "wazn",
        ],
    ),
    ("members", &["mitglieder", "miembros", "membros", "membri"]),
    (
        "combine",
        &[
            "kombiniere",
            "verbinde",
            "combiner",
            "combinez",
            "combinar",
            "combina",
        ],
    ),
    (
        "require",
        &[
            "verlange", "benotige", "exiger", "exigez", "exige", "requiere", "requer", "richiede",
        ],
    ),
    (
        "for",
        &[
            "fur", "fuer", "pendant", "durante", "por", "depuis", "seit", "li",
        ],
    ),
    (
        "of",
        &[
            "von", "der", "aus", "de", "des", "du", "del", "di", "dei", "do", "da", "dos", "das",
            "min", "van",
        ],
    ),
    (
        "at least",
        &["mindestens", "wenigstens", "almeno", "minimo", "minstens"],
    ),
    (
        "at most",
        &["hochstens", "hoechstens", "maximal", "hooguit"],
    ),
];

/// Two words that are one here.
const PAIRS: &[(&str, &str, &str)] = &[
    ("au", "moins", "at least"),
    ("al", "menos", "at least"),
    ("pelo", "menos", "at least"),
    ("ao", "menos", "at least"),
    ("au", "plus", "at most"),
    ("como", "maximo", "at most"),
    ("no", "maximo", "at most"),
    ("al", "massimo", "at most"),
    ("al", "maximo", "at most"),
];

/// Small numbers in words.
const NUMBERS: &[Row] = &[
    (
        "1",
        &[
            "ein", "eine", "einem", "un", "une", "uno", "una", "um", "uma",
        ],
    ),
    (
        "2",
        &[
            "zwei", "deux", "dos", "dois", "duas", "due", "twee", "ithnan",
        ],
    ),
    ("3", &["drei", "trois", "tres", "tre", "drie", "thalatha"]),
    (
        "4",
        &["vier", "quatre", "cuatro", "quatro", "quattro", "arbaa"],
    ),
    (
        "5",
        &["funf", "fuenf", "cinq", "cinco", "cinque", "vijf", "khamsa"],
    ),
];

/// What holds otherwise, in several words.
const OTHERWISE: [&[&str]; 5] = [
    &["en", "otro", "caso"],
    &["caso", "contrario"],
    &["in", "caso", "contrario"],
    &["de", "lo", "contrario"],
    &["dans", "les", "autres", "cas"],
];

/// Periods, singular and plural.
const PERIODS: &[Row] = &[
    (
        "day",
        &[
            "tag", "tage", "tagen", "jour", "jours", "dia", "dias", "giorno", "giorni", "dag",
            "dagen", "yawm", "ayyam",
        ],
    ),
    (
        "week",
        &[
            "woche",
            "wochen",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "settimana",
            "settimane",
            "week",
            "weken",
            "usbu",
            "asabi",
        ],
    ),
    (
        "month",
        &[
            "monat", "monate", "monaten", "mois", "mes", "meses", "mese", "mesi", "maand",
            "maanden", "shahr", "ashhur", "shuhur",
        ],
    ),
    (
        "quarter",
        &[
            "quartal",
            "quartale",
            "quartalen",
            "trimestre",
            "trimestres",
            "trimestri",
            "kwartaal",
            "kwartalen",
        ],
    ),
    (
        "year",
        &[
            "jahr", "jahre", "jahren", "an", "ans", "annee", "annees", "ano", "anos", "anio",
            "anios", "anno", "anni", "jaar", "jaren", "sana", "sanawat", "aam",
        ],
    ),
];

/// What declares.
const DECLARED: &[Row] = &[
    (
        "framework",
        &["rahmen", "rahmenwerk", "cadre", "marco", "quadro", "itar"],
    ),
    ("source", &["quelle", "fuente", "fonte", "masdar"]),
    (
        "unit",
        &["einheit", "unite", "unidad", "unidade", "unita", "wahda"],
    ),
    (
        "indicator",
        &[
            "indikator",
            "indicateur",
            "indicador",
            "indicatore",
            "muashir",
        ],
    ),
    (
        "param",
        &[
            "schwelle",
            "seuil",
            "umbral",
            "limiar",
            "soglia",
            "parametre",
            "parametro",
        ],
    ),
    ("let", &["sei", "soit", "sea", "seja", "sia"]),
    (
        "score",
        &[
            "punktzahl",
            "punktwert",
            "puntuacion",
            "puntaje",
            "pontuacao",
            "punteggio",
        ],
    ),
    ("signal", &["senal", "sinal", "segnale", "ishara"]),
    ("factor", &["faktor", "facteur", "fator", "fattore", "amil"]),
    ("scale", &["skala", "echelle", "escala", "scala"]),
    ("level", &["stufe", "niveau", "nivel", "livello", "mustawa"]),
    (
        "table",
        &["tabelle", "tableau", "tabla", "tabela", "tabella"],
    ),
    (
        "alert",
        &["alarm", "alarme", "alerte", "alerta", "allerta", "indhar"],
    ),
    ("test", &["prufung", "essai", "prueba", "teste", "prova"]),
    ("panel", &["panneau", "painel", "pannello"]),
    ("category", &["kategorie", "categorie", "categoria"]),
];

/// Is the word one of those that others have for a word of the language?
fn stands_for(word: &str, own: &str) -> bool {
    let rows = WORDS.iter().chain(PERIODS).chain(DECLARED);
    rows.filter(|(known, _)| *known == own)
        .any(|(_, others)| others.contains(&word))
}

fn token_of(own: &str) -> Option<Token> {
    Some(match own {
        "if" => Token::If,
        "then" => Token::Then,
        "else" => Token::Else,
        "not" => Token::Not,
        "when" => Token::When,
        "otherwise" => Token::Otherwise,
        "because" => Token::Because,
        "weight" => Token::Weight,
        "members" => Token::Members,
        "combine" => Token::Combine,
        "require" => Token::Require,
        "for" => Token::For,
        _ => return None,
    })
}

impl Habits<'_> {
    pub(super) fn in_languages(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) && !self.without_accents(token) {
            return None;
        }
        if token.kind == Token::If && stand.formula {
            return self.choice(tokens, at);
        }
        if !matches!(token.kind, Token::Ident | Token::No | Token::By) {
            return None;
        }
        self.declares_in_language(tokens, at)
            .or_else(|| self.period_in_language(tokens, at))
            .or_else(|| self.count_in_language(tokens, at))
            .or_else(|| self.clause_in_language(tokens, at, stand))
            .or_else(|| self.choice(tokens, at).filter(|_| stand.formula))
            .or_else(|| self.negation(tokens, at).filter(|_| stand.formula))
            .or_else(|| self.said_to_be(tokens, at).filter(|_| stand.formula))
    }

    /// The word in small letters without accents, where the file declares nothing of that name.
    fn foreign_word(&self, tokens: &[Tok], at: usize) -> Option<String> {
        let token = tokens
            .get(at)
            .filter(|t| matches!(t.kind, Token::Ident | Token::No))?;
        let word = self.slice(*token);
        let own = self.declared.contains(word) || self.known.units.contains(word);
        if own || (self.is_put(*token) && !self.without_accents(*token)) {
            return None;
        }
        match word.is_ascii() {
            true => Some(word.to_ascii_lowercase()),
            false => plain_letters(&word.to_lowercase()),
        }
    }

    /// Is it read as the same word without its accents, as any name would be?
    fn without_accents(&self, token: Tok) -> bool {
        let word = self.slice(token);
        let read = self.read_as.get(token.start, token.end);
        !word.is_ascii()
            && read.is_some_and(|read| plain_letters(&word.to_lowercase()).as_deref() == Some(read))
    }

    fn means(&self, tokens: &[Tok], at: usize, own: &str) -> bool {
        self.foreign_word(tokens, at)
            .is_some_and(|word| stands_for(&word, own))
    }

    /// One word in the place of another.
    fn exchanged(&mut self, tokens: &[Tok], at: usize, own: &str) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let read = token_of(own)?;
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, read)],
            word.span(),
            (&found, own),
            vec![(word.span(), own.to_owned())],
        ))
    }

    /// `fuente poll "Poll" { … }`
    fn declares_in_language(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        if !self.fresh(tokens, at) || self.written(0, word.start).ends_with([' ', '\t']) {
            return None;
        }
        let small = self.foreign_word(tokens, at)?;
        let (own, _) = DECLARED
            .iter()
            .find(|(_, others)| others.contains(&small.as_str()))?;
        let read =
            declaration_word(own).or((*own == "category").then_some(Token::DeclareCategory))?;
        let next = kind(tokens, at + 1)?;
        let names = match read {
            Token::DeclareTest => next == Token::Text,
            Token::DeclarePanel => next.is_name(),
            Token::DeclareUnit => next.is_name() && !self.fresh(tokens, at + 1),
            _ => {
                next.is_name()
                    && kind(tokens, at + 2).is_some_and(|kind| {
                        matches!(
                            kind,
                            Token::Text | Token::Colon | Token::Equals | Token::OpenBrace
                        )
                    })
            }
        };
        if !names || self.fresh(tokens, at + 1) {
            return None;
        }
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, read)],
            word.span(),
            (&found, own),
            vec![(word.span(), (*own).to_owned())],
        ))
    }

    /// `12 mois`, `by mois`
    fn period_in_language(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = *tokens.get(at.checked_sub(1)?)?;
        let panel = before.kind == Token::By
            && (0..at)
                .rev()
                .find(|place| self.fresh(tokens, *place))
                .is_some_and(|first| tokens.get(first).is_some_and(|t| self.slice(*t) == "panel"));
        // Units of such names may be declared in another file.
        let whole = !self.known.panel.is_empty();
        if !whole || !(before.kind == Token::Number || panel) || self.fresh(tokens, at) {
            return None;
        }
        let small = self.foreign_word(tokens, at)?;
        if period_word(&small).is_some() {
            return None;
        }
        let (own, _) = PERIODS
            .iter()
            .find(|(_, others)| others.contains(&small.as_str()))?;
        let word = *tokens.get(at)?;
        let plural = match self.words_of(&[before]).as_str() {
            "1" => "",
            _ if panel => "",
            _ => "s",
        };
        let instead = format!("{own}{plural}");
        let found = self.slice(word).to_owned();
        let named = self.named(word.start, word.end, &instead);
        Some(Rewriting::written(
            (at, at + 1),
            vec![named],
            word.span(),
            (&found, &instead),
            vec![(word.span(), instead.clone())],
        ))
    }

    /// `mindestens 2 von (a, b, c)`, `au moins 2 de (a, b, c)`
    fn count_in_language(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let small = match tokens.get(at)?.kind {
            Token::No => "no".to_owned(),
            _ => self.foreign_word(tokens, at)?,
        };
        let (own, number) = match ["at least", "at most"]
            .into_iter()
            .find(|own| stands_for(&small, own))
        {
            Some(own) => (own, at + 1),
            None if small == "por" && self.foreign_word(tokens, at + 1)? == "lo" => {
                let menos = self.foreign_word(tokens, at + 2)? == "menos";
                (menos.then_some("at least")?, at + 3)
            }
            None => {
                let second = self.foreign_word(tokens, at + 1)?;
                let (_, _, own) = PAIRS
                    .iter()
                    .find(|(one, two, _)| *one == small && *two == second)?;
                (*own, at + 2)
            }
        };
        let count = *tokens.get(number)?;
        let count = match count.kind {
            Token::Number => self.words_of(&[count]),
            _ => {
                let word = self.foreign_word(tokens, number)?;
                let (digits, _) = NUMBERS
                    .iter()
                    .find(|(_, others)| others.contains(&word.as_str()))?;
                (*digits).to_owned()
            }
        };
        if kind(tokens, number + 1)? != Token::Of && !self.means(tokens, number + 1, "of") {
            return None;
        }
        let mut end = number + 2;
        // `au moins 2 de ces (…)`
        if self.means(tokens, end, "of") {
            end += 1;
        }
        let of = kind(tokens, end)?;
        if !(of == Token::OpenParen || of.is_name()) {
            return None;
        }
        let instead = format!("{own} {count} of");
        self.anew(tokens, (at, end), &instead)
    }

    /// `calm sinon`, `raise quand c`, `peso 4`, `weil "…"`, `pendant 3 months`
    fn clause_in_language(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let small = self.foreign_word(tokens, at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = kind(tokens, at + 1)?;
        let behind_name = (before.is_name() || before == Token::Text) && !self.fresh(tokens, at);
        let says = |own: &str| stands_for(&small, own);
        let begins = |kind: Token| {
            kind.is_name()
                || matches!(
                    kind,
                    Token::Number | Token::OpenParen | Token::Not | Token::At | Token::Minus
                )
        };
        if stand.within() == Some(Within::Level) && behind_name {
            let several = OTHERWISE.iter().find(|words| {
                let all = words.iter().enumerate();
                let mut all = all.map(|(more, word)| {
                    self.foreign_word(tokens, at + more)
                        .is_some_and(|own| own == *word)
                });
                all.all(|same| same)
            });
            if let Some(words) = several {
                return self.anew(tokens, (at, at + words.len()), "otherwise");
            }
        }
        let own = match stand.within() {
            Some(Within::Level)
                if behind_name
                    && says("otherwise")
                    && (matches!(next, Token::Comma | Token::CloseBrace)
                        || self.fresh(tokens, at + 1)) =>
            {
                "otherwise"
            }
            Some(Within::Level)
                if behind_name && !stand.in_brackets() && says("when") && begins(next) =>
            {
                // The level stands first in its line.
                let first = at.checked_sub(if before == Token::Text { 3 } else { 2 })?;
                matches!(kind(tokens, first)?, Token::OpenBrace | Token::Comma).then_some("when")?
            }
            Some(Within::Members) if behind_name && says("weight") && next == Token::Number => {
                "weight"
            }
            Some(Within::Factor) if self.fresh(tokens, at) => ["combine", "require", "members"]
                .into_iter()
                .find(|own| says(own))?,
            _ if before.begins_clause() && says("when") && begins(next) => "when",
            _ if says("because")
                && next == Token::Text
                && before.ends_operand()
                && !stand.declares(Token::DeclareOverride) =>
            {
                "because"
            }
            _ if stand.within().is_some()
                && says("for")
                && before.ends_operand()
                && next == Token::Number
                && (self.means(tokens, at + 2, "month") || self.is_period(tokens, at + 2)) =>
            {
                "for"
            }
            _ => return None,
        };
        self.exchanged(tokens, at, own)
    }

    fn is_period(&self, tokens: &[Tok], at: usize) -> bool {
        let small = self.foreign_word(tokens, at);
        small.is_some_and(|word| {
            period_word(&word).is_some()
                || PERIODS
                    .iter()
                    .any(|(_, others)| others.contains(&word.as_str()))
        })
    }

    /// `wenn c dann 1 sonst 0`, `si c alors 1 sinon 0`, `if c dann 1 sonst 0`
    fn choice(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let begins = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let foreign = begins.kind != Token::If;
        if before.ends_operand() || (foreign && !self.means(tokens, at, "if")) {
            return None;
        }
        let (mut then, mut otherwise, mut depth, mut inner) = (None, None, 0_usize, 0_usize);
        for place in at + 1..tokens.len().min(at + FAR) {
            let token = *tokens.get(place)?;
            let ends = self.fresh(tokens, place)
                && !self.written(0, token.start).ends_with([' ', '\t'])
                && declaration_word(self.slice(token)).is_some();
            if ends {
                break;
            }
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => break,
                }
            }
            if depth > 0 {
                continue;
            }
            if then.is_none() {
                let is_then = token.kind == Token::Then || self.means(tokens, place, "then");
                if is_then && place > at + 1 {
                    then = Some(place);
                }
                continue;
            }
            // `si no` is one word here.
            let parted =
                self.means(tokens, place, "if") && kind(tokens, place + 1) == Some(Token::No);
            if parted && inner == 0 {
                otherwise = Some(place);
                break;
            }
            if token.kind == Token::If || self.means(tokens, place, "if") {
                let opens = kind(tokens, place - 1).is_some_and(|kind| !kind.ends_operand())
                    || self.means(tokens, place - 1, "else")
                    || self.means(tokens, place - 1, "then");
                inner += usize::from(opens);
                continue;
            }
            if token.kind == Token::Else || self.means(tokens, place, "else") {
                if inner == 0 {
                    otherwise = Some(place);
                    break;
                }
                inner -= 1;
            }
        }
        let then = then?;
        let parted = otherwise.is_some_and(|place| kind(tokens, place + 1) == Some(Token::No))
            && otherwise.is_some_and(|place| self.means(tokens, place, "if"));
        let mut out = tokens.get(at..=otherwise.unwrap_or(then))?.to_vec();
        let mut edits = Vec::new();
        let mut found = Vec::new();
        for (place, own) in [(Some(at), "if"), (Some(then), "then"), (otherwise, "else")] {
            let Some(place) = place else { continue };
            let word = *tokens.get(place)?;
            let read = token_of(own)?;
            found.push(self.slice(word).to_owned());
            // That a name has no such letters is said by this too.
            super::take_back(&mut self.problems, word.span());
            if word.kind != read {
                let end = match parted && own == "else" {
                    true => tokens.get(place + 1)?.end,
                    false => word.end,
                };
                edits.push((span(word.start, end), own.to_owned()));
                if let Some(one) = out.get_mut(place - at) {
                    one.kind = read;
                }
            }
        }
        if edits.is_empty() {
            return None;
        }
        let whole = edits.first().map(|(span, _)| *span)?;
        let end = otherwise.unwrap_or(then) + 1 + usize::from(parted);
        let instead = match otherwise {
            Some(_) => "if … then … else …",
            None => "if … then …",
        };
        let found = format!("{} …", found.join(" … "));
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (&found, instead),
            edits,
        ))
    }

    /// `nicht x`, `non (x or y)`
    fn negation(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let of = next.kind == Token::OpenParen && next.start > tokens.get(at)?.end
            || (next.kind.is_name() && self.declared.contains(self.slice(next)));
        let fits = !before.ends_operand() && of && !self.fresh(tokens, at + 1);
        (fits && self.means(tokens, at, "not"))
            .then(|| self.exchanged(tokens, at, "not"))
            .flatten()
    }

    /// `x ist y`, `x est manquant`, `x fehlt`, `x ist nicht bekannt`
    fn said_to_be(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = *tokens.get(at.checked_sub(1)?)?;
        let named = before.kind == Token::CloseParen
            || (before.kind.is_name() && self.declared.contains(self.slice(before)));
        if !named || self.fresh(tokens, at) {
            return None;
        }
        if self.means(tokens, at, "missing") {
            return self.anew(tokens, (at, at + 1), "is missing");
        }
        if !self.means(tokens, at, "is") {
            return None;
        }
        let negated = kind(tokens, at + 1)? == Token::Not || self.means(tokens, at + 1, "not");
        let what = at + 1 + usize::from(negated);
        let is = if negated { "is not" } else { "is" };
        for own in ["missing", "known"] {
            if self.means(tokens, what, own) {
                return self.anew(tokens, (at, what + 1), &format!("{is} {own}"));
            }
        }
        let value = *tokens.get(what)?;
        let fits = matches!(
            value.kind,
            Token::Missing | Token::Yes | Token::No | Token::Unknown
        ) || self.known.levels.contains(self.slice(value))
            || self.known.categories.contains(self.slice(value))
            || matches!(
                self.slice(value),
                "known" | "present" | "absent" | "emerging"
            );
        if !fits {
            return None;
        }
        let first = *tokens.get(at)?;
        let whole = span(first.start, tokens.get(what - 1)?.end);
        let mut out = vec![Tok {
            kind: Token::Is,
            ..first
        }];
        if negated {
            out.push(as_kind(*tokens.get(at + 1)?, Token::Not));
        }
        Some(self.told_as((at, what), out, whole, is))
    }
}
