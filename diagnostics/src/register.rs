//! The register of all codes: severity, family, page, and what kind of finding each is.
//!
//! In: `docs/diagnostics/`. Out: the list behind `forewarn explain-code`, and everything that is to be
//! known of a code without its cause at hand. Causes stand beside what finds them, above this crate, and
//! take what is said of them from here.

use super::suggest::suggest;
use super::{Code, Severity};
use std::ops::BitOr;
use std::sync::LazyLock;

/// What kind of finding a code is, as far as anybody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits(u8);

impl Traits {
    pub const NONE: Self = Self(0);
    /// It says what a declaration lacks: not told where a part of that declaration cannot be read.
    pub const LACKING: Self = Self(1);
    /// Its words quote a line of data that could not be taken into cells.
    pub const QUOTES_LINES: Self = Self(2);
    /// A file cannot be read, is of no known format, or cannot be written: wrong use of the tool.
    pub const ABOUT_FILES: Self = Self(4);
    /// It compares a package with its lock.
    pub const ABOUT_LOCKS: Self = Self(8);
    /// Told only where somebody asks for judgements of the method.
    pub const LINT: Self = Self(16);
    /// A lint that the rules alone decide; others need data, or tests.
    pub const LINT_OF_RULES: Self = Self(16 | 32);
    /// Where its help has one edit, that is what was meant: `forewarn fix` makes it unasked.
    pub const CERTAIN: Self = Self(64);
    /// It is about what is taken of a package: which files that has is known all the same.
    pub const ABOUT_USE: Self = Self(128);

    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Traits {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What is known of a code without any rules at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    pub code: Code,
    pub severity: Severity,
    /// The cause's type, such as `DuplicateName`.
    pub name: &'static str,
    pub traits: Traits,
    /// Markdown; the first line is `# FW0101: a name is declared twice`.
    pub page: &'static str,
}

impl CodeInfo {
    /// `a name is declared twice`
    #[must_use]
    pub fn title(&self) -> &'static str {
        let line = self.page.lines().next().unwrap_or("");
        line.split_once(": ").map_or(line, |(_, title)| title)
    }
}

macro_rules! register {
    ($($family:literal { $($severity:ident $code:ident $name:ident $(: $($kind:ident)|+)?;)+ })+) => {
        $($(
            #[doc = concat!("`", stringify!($name), "`")]
            pub const $code: CodeInfo = CodeInfo {
                code: Code(stringify!($code)),
                severity: Severity::$severity,
                name: stringify!($name),
                traits: Traits(0 $($(| Traits::$kind.0)+)?),
                page: include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics/", stringify!($code), ".md"
                )),
            };
        )+)+

        /// The families in the order of their codes: a heading for people, and what belongs to it.
        pub const FAMILIES: &[(&str, &[CodeInfo])] = &[$(($family, &[$($code),+])),+];
    };
}

register! {
    "reading rule files" {
        Error FW0001 StrangeCharacters;
        Error FW0002 UnterminatedText;
        Error FW0003 Unexpected: CERTAIN;
        Error FW0004 UnexpectedEnd;
        Error FW0005 ForeignOperator: CERTAIN;
        Error FW0006 ReservedWord;
        Error FW0007 NestedTooDeeply;
        Error FW0008 BadNumber: CERTAIN;
        Error FW0009 BadEscape;
        Error FW0010 NotText;
        Error FW0011 FileTooLarge;
        Error FW0012 FileUnreadable: ABOUT_FILES;
        Error FW0013 NotAName: CERTAIN;
        Error FW0014 NoQuotes: CERTAIN;
        Error FW0015 NoElse;
        Error FW0016 Unclosed: CERTAIN;
        Error FW0017 OverridesWhole: CERTAIN;
    }
    "names" {
        Error FW0101 DuplicateName;
        Error FW0102 Cycle;
        Warning FW0103 Unused;
        Error FW0104 ShadowsBuiltin;
        Error FW0105 UnknownModule;
        Error FW0106 NoFramework;
        Error FW0107 UnknownName;
        Error FW0108 TwoFrameworks;
        Error FW0109 UnknownFunction;
        Error FW0110 UnknownArgument;
        Error FW0111 WrongArgumentCount;
        Error FW0112 RecursiveFunction;
        Error FW0113 UnknownField;
        Error FW0114 AttributeNotHere;
        Error FW0115 AttributeTwice;
        Error FW0116 UnknownWord;
        Error FW0117 NotAValue;
        Error FW0118 ArgumentTwice;
        Warning FW0119 UseTwice;
        Error FW0120 LeavesPackage;
        Error FW0121 UseCycle;
        Error FW0122 ReadsFromOutside;
        Error FW0123 OneColumn;
        Error FW0124 NothingToShow;
        Warning FW0125 TwoReadOne;
        Error FW0131 EmptyGroup;
        Error FW0132 GroupItemTwice;
        Error FW0133 GroupsDiffer;
        Error FW0134 BrokenPieces;
    }
    "kinds of values" {
        Error FW0201 WantedTruth;
        Error FW0202 WantedNumber;
        Error FW0203 CannotCompareKinds;
        Error FW0204 OtherScale;
        Error FW0205 UnknownLevel;
        Error FW0206 BranchesDiffer;
        Error FW0207 CategoriesHaveNoOrder;
        Error FW0208 WantedList;
        Error FW0209 ListNotHere;
        Error FW0210 NotConstant;
        Error FW0211 WrongType;
        Error FW0213 TypeNotHere;
        Error FW0215 LevelNeedsContext;
    }
    "units" {
        Error FW0301 UnitCycle;
        Error FW0302 CannotAdd;
        Error FW0303 ArgumentUnit;
        Error FW0304 WantsPlainNumber;
        Error FW0305 DeclaredUnit;
        Error FW0307 MonthsAndDays;
        Error FW0308 PowerOfUnit;
        Error FW0309 UnitTooLarge;
        Error FW0310 FallbackUnit;
        Error FW0312 CannotCompareUnits;
        Error FW0320 BareNumber;
        Error FW0321 ByHundred;
        Error FW0322 EdgeUnit;
        Warning FW0325 UnitUnwritten: LINT_OF_RULES;
        Warning FW0326 TimesByHand: CERTAIN;
        Warning FW0328 ShareInPercent;
        Warning FW0329 PercentInShare;
        Warning FW0330 PercentUpToOne;
        Warning FW0331 BesideQuotient;
        Warning FW0332 ConstantPlaced;
    }
    "ranges" {
        Error FW0401 EmptyRange;
        Error FW0402 OutsideRange;
        Warning FW0403 AlwaysFaults;
        Warning FW0404 EqualEnds;
        Error FW0405 DatedParam;
        Warning FW0406 DeclaredRange;
        Warning FW0407 PiecesDoNotReach;
        Warning FW0421 NeverYes;
        Warning FW0422 AlwaysYes;
        Warning FW0423 MoreThanThereAre;
        Warning FW0424 NeverBoth;
        Warning FW0425 SaysNothingMore;
    }
    "scales and levels" {
        Error FW0501 ScaleTooSmall;
        Error FW0502 LevelNotTotal: LACKING;
        Error FW0503 AfterOtherwise;
        Error FW0504 ClausesOutOfOrder;
        Warning FW0505 LevelNeverGiven: LACKING;
        Warning FW0506 UnreachableClause;
        Error FW0507 MixedArms;
        Error FW0508 BandsWithoutScore;
        Error FW0516 BandsOverlap;
        Error FW0517 BandsHole: LACKING;
        Warning FW0518 BandOutsideRange;
        Error FW0519 BandsOutOfOrder;
        Error FW0520 BandsDoNotReach: LACKING;
    }
    "decision tables" {
        Error FW0541 TableHasGap: LACKING;
        Warning FW0542 TableOpenWhereMissing: LACKING;
        Warning FW0543 RowNeverDecides;
        Error FW0544 CellDoesNotFit;
        Error FW0545 WrongNumberOfCells;
        Error FW0546 ColumnNotHere;
        Error FW0547 EdgesInNoOrder;
        Error FW0548 TableTooLarge;
    }
    "factors" {
        Error FW0601 EmptyFactor: LACKING;
        Error FW0602 MixedUnits;
        Error FW0604 WeightsAddToNothing;
        Error FW0605 CoverageImpossible: LACKING;
        Error FW0606 MemberTwice;
        Error FW0607 UnknownCombine;
        Warning FW0608 WeightsIgnored;
        Error FW0609 NotAMember;
        Error FW0610 NoCombine: LACKING;
        Warning FW0612 NegativeUnderGeometric;
        Warning FW0613 ZeroUnderGeometric;
        Error FW0616 NegativeWeight;
        Error FW0617 CombineNumber: LACKING;
        Warning FW0618 NoWeight;
        Error FW0619 WeightNoChance;
        Error FW0621 EstimateRequires: LACKING;
        Error FW0622 BoundsRequire;
        Warning FW0623 Mixed;
        Error FW0624 DecisiveNumber;
        Warning FW0625 OpenMember;
        Error FW0626 WeightNotHere;
        Warning FW0627 MemberNoChance;
    }
    "along time and across peers" {
        Error FW0701 MissingNamedArgument: CERTAIN;
        Error FW0702 NotInCrossSection;
        Error FW0703 RequireTooMuch;
        Error FW0704 WindowTooShort;
        Error FW0705 WrongSeries;
        Error FW0706 OneThreshold;
        Error FW0707 PeersNotCategory;
        Error FW0708 BaselineBackwards;
        Error FW0709 NeedsFixedNumber;
        Error FW0710 TwoWindows;
        Error FW0711 NoPeriod;
        Error FW0712 BeginsOtherwise;
        Error FW0713 PastOfPeers;
        Error FW0714 NoPeersInSeries;
        Error FW0715 UnmarkedHindsight;
    }
    "confidentiality" {
        Error FW0721 Leak;
        Error FW0722 NoReasonToDeclassify;
        Warning FW0723 DeclassifiesNothing;
        Error FW0724 DeclassifiedTwice;
        Error FW0725 CannotDeclassify;
        Error FW0726 NotForThisAudience;
        Error FW0727 ColumnIsClosed;
        Error FW0728 DeclassifiedBefore;
    }
    "durations" {
        Error FW0731 NotADuration;
        Error FW0732 DaysAndMonths;
        Error FW0733 NotWholePeriods;
        Error FW0734 PeriodsNotHere;
        Error FW0735 TwoWaysForAbsent;
        Error FW0736 CarriedBeyondExpiry;
    }
    "alerts" {
        Error FW0741 NoRaise: LACKING;
        Error FW0742 ClauseTwice;
        Error FW0743 TooManyClauses;
        Warning FW0744 AlertDecided;
        Warning FW0745 SameEscalation;
        Error FW0746 NothingToLower: LACKING;
        Warning FW0749 ClearsWhileRaised;
    }
    "verification and codes" {
        Error FW0751 NoLeastAlarming;
        Warning FW0752 NothingVerified;
        Error FW0753 VerifiedInFunction;
        Error FW0754 VerifiedAlert;
        Error FW0755 UnverifiedNotHere;
        Warning FW0756 CodeTwice;
        Error FW0757 SeenNotConfirmed;
        Error FW0758 CostNotAbove;
        Error FW0759 WordSaysElse;
        Error FW0760 NeverInapplicable;
    }
    "panel, params and allowances" {
        Error FW0801 NoPanel;
        Error FW0803 TwoPanels;
        Error FW0804 ParamNotSettable;
        Warning FW0805 AllowWithoutNeed;
        Error FW0806 AllowWithoutReason;
        Error FW0807 TooManyOperations;
        Error FW0808 NotWorkedOut;
        Error FW0809 NoWayOfWriting;
        Error FW0810 NoSecondColumn;
        Error FW0815 OneKeyTwice;
        Error FW0816 NobodyLeftOut;
        Error FW0817 NoFirstDay;
    }
    "data" {
        Error FW0901 CannotRead: ABOUT_FILES;
        Error FW0902 MissingColumn;
        Error FW0903 NotANumber;
        Error FW0904 WrongColumn;
        Error FW0905 NotOneOf;
        Error FW0906 NotYesOrNo;
        Error FW0907 DuplicateRows;
        Error FW0908 EmptyKey;
        Error FW0909 BadPeriod;
        Error FW0910 OutsideRange;
        Error FW0911 RaggedRow: QUOTES_LINES;
        Error FW0912 ColumnTwice;
        Error FW0913 EmptyFile;
        Warning FW0914 OnlyHeader;
        Error FW0915 NotUtf8: QUOTES_LINES;
        Error FW0916 Damaged: QUOTES_LINES;
        Error FW0917 RecordTooLong;
        Error FW0918 UnknownFormat: ABOUT_FILES;
        Error FW0919 MoreProblems;
        Error FW0920 UnknownMapping;
        Error FW0921 BadLine: QUOTES_LINES;
        Error FW0922 CannotWrite: ABOUT_FILES;
        Error FW0923 NoColumnFits;
        Error FW0924 WideHole;
        Error FW0925 ColumnInTwoFiles;
        Warning FW0926 NothingRead;
        Warning FW0927 OnlyFirstPeriod;
        Error FW0928 NothingInCommon;
        Warning FW0929 KeysNotMet;
        Error FW0930 NoPeriodKey;
        Error FW0931 NoFileByPeriod;
        Warning FW0932 SpeltInTwoWays;
        Warning FW0933 AllOutOfRange;
        Warning FW0934 AllMissing;
        Warning FW0935 AllTheSame;
        Warning FW0936 NearColumnsUnread;
        Warning FW0937 AggregatesAmongPeers;
        Warning FW0938 NotTakenOver;
        Warning FW0939 NothingLeftOut;
        Error FW0940 ShapeSeen;
        Error FW0941 RecipeSlip;
        Error FW0942 RecipeColumn;
        Warning FW0943 LeftOutSpeltOtherwise;
        Error FW0944 TwoDeliveries;
        Error FW0945 NotExpected;
        Warning FW0946 SummedMissing;
        Warning FW0947 DecimalsInThrees;
        Error FW0948 FormulaWithoutValue;
        Error FW0949 NoFiles;
        Warning FW0950 ColumnGone;
        Warning FW0951 NotInCrosswalk;
        Warning FW0952 TotalAmongEntities;
        Error FW0953 HeaderAgain;
        Error FW0955 NotForThisRecipe;
        Warning FW0956 SomePercentages;
        Error FW0957 NotAsAsked;
        Error FW0958 CrosswalkOfNoKey;
        Warning FW0959 UnitsRowOfData;
        Warning FW0960 OtherSheets;
        Error FW0961 DoesNotAddUp;
        Warning FW0962 FlagsOrMultiples;
        Error FW0963 NoWorkbook;
        Warning FW0964 UnitsOtherwise;
        Error FW0966 WordForNothing;
        Warning FW0967 LongReadPlain;
        Warning FW0969 BeyondReach;
        Warning FW0970 HeadingsRead;
        Error FW0971 WordForTwo;
        Error FW0972 SumOfSeveral;
        Warning FW0973 WinsOverOther;
        Warning FW0974 NoSuchMissingWord;
        Warning FW0975 SeveralInOne;
        Warning FW0976 NearLeftOut;
        Warning FW0977 OnePage;
        Warning FW0978 MarkedNoValue;
        Error FW0979 NearName;
        Warning FW0980 SameInTwoFiles;
        Warning FW0981 DataBehindEnd;
        Error FW0982 NothingOfData;
        Warning FW0983 PeriodsLeft;
        Warning FW0984 NameGone;
        Warning FW0985 NothingKept;
        Error FW0986 NearlyInCrosswalk;
        Warning FW0987 OrderByName;
        Warning FW0988 EventAgain;
        Warning FW0989 ChoosesNothing;
        Warning FW0990 LessThanKnown;
        Warning FW0991 NotDelivered;
        Warning FW0992 RemarksLeft;
        Warning FW0993 NearlySameEvent;
        Warning FW0994 DeletedRows;
        Warning FW0995 NumberForMissing;
        Warning FW0996 FewInTheFuture;
        Error FW0997 KeyColumnGone;
        Warning FW0998 FooterNowhere;
    }
    "tests" {
        Error FW1001 NothingExpected;
        Error FW1002 TestTwice;
        Error FW1003 GivenTwice;
        Error FW1004 SeriesLength;
        Error FW1005 NoSuchRow;
        Error FW1006 ParamInSeries;
        Error FW1007 ToleranceNotHere;
        Error FW1008 CannotBeGiven;
        Error FW1009 SayWhen;
        Error FW1010 NothingHappens;
        Error FW1011 RepeatNotHere;
        Error FW1012 TestFileOutside;
        Error FW1013 GivenOutside;
        Error FW1014 TestTooLong;
        Error FW1015 BadTimes;
        Error FW1016 GivenToNone;
        Error FW1020 ExpectsWithoutIs: CERTAIN;
        Error FW1090 TestFailed;
        Error FW1091 CaseFailed;
        Error FW1092 EnginesDiffer;
        Error FW1093 CannotRun;
    }
    "method" {
        Warning FW1101 NoDirection: LINT_OF_RULES;
        Warning FW1102 SourceTwice: LINT_OF_RULES;
        Warning FW1103 ThresholdUncited: LINT_OF_RULES;
        Warning FW1104 WeightsOff: LINT_OF_RULES;
        Warning FW1105 WeightsNotTotal: LINT_OF_RULES;
        Warning FW1106 AgainstPolarity: LINT_OF_RULES;
        Warning FW1107 MembersApart: LINT_OF_RULES;
        Warning FW1108 WeightAgainst: LINT_OF_RULES;
        Warning FW1109 SameAnswer: LINT_OF_RULES;
        Warning FW1111 LevelNeverReached: LINT;
        Warning FW1112 AlertOneWay: LINT;
        Warning FW1113 OneAnswer: LINT;
        Warning FW1114 ReviewDue: LINT;
        Warning FW1120 UnnoticedChange: LINT;
        Warning FW1141 LeftOut: LINT_OF_RULES;
        Warning FW1142 ShareInHundredths: LINT_OF_RULES;
    }
    "properties" {
        Error FW1201 NoSuchClaim;
        Error FW1202 ClaimOfNoOrder;
        Error FW1203 ClaimNeedsRange;
        Error FW1204 PropertyTwice;
        Warning FW1205 ClaimIdle;
        Error FW1210 ClaimNeverHolds;
        Error FW1290 PropertyRefuted;
        Error FW1291 PropertyNotShown;
    }
    "packages" {
        Error FW1301 NoDependency;
        Error FW1302 ManifestSlip;
        Error FW1303 ManifestDisagrees;
        Error FW1304 DependencyUnreadable;
        Error FW1305 DependencyIsOther;
        Error FW1306 VersionOutOfRange;
        Error FW1307 PackageCycle;
        Error FW1308 PackageTooLarge;
        Error FW1309 FileNameUnfit;
        Error FW1310 ArchiveUnreadable;
        Error FW1311 FileChanged: ABOUT_LOCKS;
        Error FW1312 NotLocked: ABOUT_LOCKS;
        Error FW1313 LockUnreadable: ABOUT_LOCKS;
        Warning FW1314 LockMissing: ABOUT_LOCKS;
        Error FW1315 TableOutside;
        Error FW1316 UsedExtends;
        Error FW1317 NotGiven: ABOUT_USE;
        Error FW1318 UseCollides;
        Error FW1319 TwoOfOneName;
        Error FW1320 FileOrPackage;
        Error FW1321 ChosenOfFile;
        Error FW1322 UseOfExtended;
    }
    "overlays" {
        Error FW1401 NoReason;
        Error FW1402 UnknownTarget;
        Error FW1403 OtherKind;
        Error FW1404 FinalTouched;
        Error FW1405 UnitChanged;
        Error FW1406 DroppedButNeeded;
        Error FW1407 ChangeWithoutBase;
        Error FW1408 PlainInOverlay;
        Error FW1409 AlreadyThere;
        Error FW1410 NotOverridable;
        Error FW1411 WantedOne;
        Error FW1412 NotAnExtension;
        Error FW1413 LowersClassification;
        Error FW1414 ChangedGives;
        Error FW1415 ChangedOtherwise;
        Error FW1416 ChangedTwice;
        Warning FW1417 ChangesNothing;
        Error FW1418 TwoMembers;
    }
    "translations" {
        Error FW1501 UnknownLanguage;
        Error FW1502 TranslationSlip;
        Error FW1503 OfNothing;
        Error FW1504 OfDropped;
        Warning FW1505 TranslationOutdated;
        Warning FW1506 TranslationsMissing;
    }
}

/// Every code, in ascending order.
#[must_use]
pub fn all() -> &'static [CodeInfo] {
    static ALL: LazyLock<Vec<CodeInfo>> = LazyLock::new(|| {
        let families = FAMILIES.iter();
        let mut all: Vec<CodeInfo> = families
            .flat_map(|(_, infos)| infos.iter().copied())
            .collect();
        all.sort_by_key(|info| info.code);
        all
    });
    &ALL
}

/// What is known of `code`, in upper or lower case.
#[must_use]
pub fn info(code: &str) -> Option<&'static CodeInfo> {
    let code = code.to_ascii_uppercase();
    let found = all().binary_search_by(|info| info.code.0.cmp(&code));
    found.ok().and_then(|at| all().get(at))
}

/// The page of `code`, in upper or lower case.
#[must_use]
pub fn page(code: &str) -> Option<&'static str> {
    info(code).map(|info| info.page)
}

/// The code that was probably meant by one that is none: `FW107`, `107`, `FW-0107`, `FW0170`.
#[must_use]
pub fn nearest(code: &str) -> Option<&'static str> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let padded = format!("FW{digits:0>4}");
    if !digits.is_empty()
        && let Some(info) = info(&padded)
    {
        return Some(info.code.0);
    }
    let by_name = all()
        .iter()
        .find(|info| info.name.eq_ignore_ascii_case(code));
    by_name
        .map(|info| info.code.0)
        .or_else(|| suggest(code, all().iter().map(|info| info.code.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_in_any_case() {
        assert!(page("fw0101").is_some_and(|page| page.starts_with("# FW0101: ")));
        assert_eq!(page("FW9999"), None);
        assert_eq!(
            info("FW0103").map(|info| info.severity),
            Some(Severity::Warning)
        );
    }

    #[test]
    fn a_code_that_is_none_is_met_with_the_nearest() {
        let cases = [
            ("107", Some("FW0107")),
            ("fw107", Some("FW0107")),
            ("FW-0107", Some("FW0107")),
            ("E0107", Some("FW0107")),
            ("UnknownName", Some("FW0107")),
            ("hello", None),
            ("", None),
        ];
        for (code, expected) in cases {
            assert_eq!(nearest(code), expected, "{code}");
        }
        assert!(nearest("FW0199").is_some());
    }
}
