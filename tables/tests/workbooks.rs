//! Workbooks are read as they are shown: percentages, and days by either calendar.

use crate::common;

use common::{given, number, plan, render};
use forewarn_plan::PeriodKind;
use forewarn_runtime::bind::Bound;
use forewarn_tables::ReadOptions;
use forewarn_tables::recipe::{Recipe, Shape};

/// An archive of files that are not compressed.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let length = u32::try_from(text.len()).unwrap();
        let place = u32::try_from(bytes.len()).unwrap();
        let mut head: Vec<u8> = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        head.extend(crc.sum().to_le_bytes());
        head.extend(length.to_le_bytes());
        head.extend(length.to_le_bytes());
        head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        head.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&head);
        list.extend([0; 10]);
        list.extend(place.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let place = u32::try_from(bytes.len()).unwrap();
    let length = u32::try_from(list.len()).unwrap();
    let count = u16::try_from(files.len()).unwrap();
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(place.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A workbook with these rows of cells; `1904` where its days are counted from then. Formats: 1 is `0%`, 2 a
/// date, 3 `0.0\%`, 4 `0.00 %`.
fn workbook(from_1904: bool, rows: &str) -> Vec<u8> {
    let properties = if from_1904 {
        "<workbookPr date1904=\"1\"/>"
    } else {
        "<workbookPr/>"
    };
    archive(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" \
                 ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" \
                 Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{properties}<sheets><sheet name=\"Data\" \
                 sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" \
                 formatCode=\"0.0\\%\"/><numFmt numFmtId=\"165\" formatCode=\"0.00 %\"/></numFmts>\
                 <cellXfs count=\"5\"><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/>\
                 <xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// Rows of cells: a text, or a number and its format.
fn rows(rows: &[[(&str, u32); 3]]) -> String {
    let mut text = String::new();
    for (at, row) in (1..).zip(rows) {
        text.push_str(&format!("<row r=\"{at}\">"));
        for (column, (cell, format)) in ["A", "B", "C"].iter().zip(row) {
            let place = format!("{column}{at}");
            text.push_str(&match cell.parse::<f64>() {
                Ok(_) => format!("<c r=\"{place}\" s=\"{format}\"><v>{cell}</v></c>"),
                Err(_) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            });
        }
        text.push_str("</row>");
    }
    text
}

fn bound(bytes: Vec<u8>, plan: &forewarn_plan::Plan) -> Bound {
    given("a.xlsx", bytes)
        .read(plan, &ReadOptions::default())
        .unwrap_or_else(|reports| panic!("{}", render(&reports)))
}

const HEAD: [(&str, u32); 3] = [("country", 0), ("day", 0), ("share", 0)];

#[test]
fn what_is_shown_as_a_percentage_is_one() {
    let cells = rows(&[
        HEAD,
        [("AVA", 0), ("45292", 2), ("0.4", 1)],
        [("BRV", 0), ("45292", 2), ("0.07", 4)],
    ]);
    let mut of = plan(Some(PeriodKind::Day), vec![number("share")]);
    let read = bound(workbook(false, &cells), &of);
    assert_eq!(read.panel.columns, [[0.4, 0.07]]);
    assert!(read.warnings.is_empty(), "{}", render(&read.warnings));
    of.percentages = vec![0];
    let read = bound(workbook(false, &cells), &of);
    assert_eq!(read.panel.columns, [[40.0, 7.0]]);
    assert!(read.warnings.is_empty(), "{}", render(&read.warnings));
}

/// An ODS workbook with one sheet of these rows.
fn open_document(rows: &str) -> Vec<u8> {
    const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"{names}:office:1.0\" \
         xmlns:table=\"{names}:table:1.0\" xmlns:text=\"{names}:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Data\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    archive(&[
        ("mimetype", KIND),
        (
            "META-INF/manifest.xml",
            &format!(
                "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"{names}:manifest:1.0\">\
                 <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{KIND}\"/>\
                 </manifest:manifest>"
            ),
        ),
        ("content.xml", &content),
    ])
}

#[test]
fn percentages_of_open_documents_are_told_cell_by_cell() {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let number = |kind: &str, value: &str, times: u32| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{times}\" office:value-type=\"{kind}\" \
             office:value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&[text("country"), text("share"), text("other")]),
        row(&[text("AVA"), number("percentage", "0.45", 2)]),
        row(&[
            text("BRV"),
            number("float", "7", 1),
            number("percentage", "1.2", 1),
        ]),
    ];
    let mut of = plan(None, vec![common::number("share"), common::number("other")]);
    of.percentages = vec![0, 1];
    let read = given("a.ods", open_document(&rows.concat()))
        .read(&of, &ReadOptions::default())
        .unwrap_or_else(|reports| panic!("{}", render(&reports)));
    assert_eq!(read.panel.columns, [[45.0, 7.0], [45.0, 120.0]]);
    of.percentages = Vec::new();
    let read = given("a.ods", open_document(&rows.concat()))
        .read(&of, &ReadOptions::default())
        .unwrap_or_else(|reports| panic!("{}", render(&reports)));
    assert_eq!(read.panel.columns, [[0.45, 7.0], [0.45, 1.2]]);
}

#[test]
fn a_column_that_is_shown_in_two_ways_is_told() {
    let cells = rows(&[
        HEAD,
        [("AVA", 0), ("45292", 2), ("0.4", 1)],
        [("BRV", 0), ("45292", 2), ("0.58", 0)],
        // The sign is only written behind it.
        [("CEL", 0), ("45292", 2), ("58", 3)],
    ]);
    let mut of = plan(Some(PeriodKind::Day), vec![number("share")]);
    of.percentages = vec![0];
    let read = bound(workbook(false, &cells), &of);
    assert_eq!(read.panel.columns, [[40.0, 0.58, 58.0]]);
    let told = render(&read.warnings);
    assert!(
        told.contains("1 cell of column `share` is shown as percentages, and 2 as plain numbers"),
        "{told}"
    );
}

#[test]
fn days_are_those_that_are_shown() {
    for (from_1904, serial, shown) in [
        (false, "45292", "2024-01-01"),
        (false, "45292.75", "2024-01-01"),
        (true, "43830", "2024-01-01"),
        (true, "0", "1904-01-01"),
        // 1900 was no leap year, and spreadsheets count as if it had been one.
        (false, "59", "1900-02-28"),
        (false, "61", "1900-03-01"),
        (false, "1", "1900-01-01"),
    ] {
        let cells = rows(&[HEAD, [("AVA", 0), (serial, 2), ("5", 0)]]);
        let of = plan(Some(PeriodKind::Day), vec![number("share")]);
        let read = bound(workbook(from_1904, &cells), &of);
        let (_, day) = forewarn_runtime::period::any(shown).unwrap();
        assert_eq!(read.panel.periods, [day], "{serial} is {shown}");
    }
}

/// Cells at places of their own, as they are written.
fn cells_at(cells: &[(&str, u32, &str)]) -> String {
    let cells = cells.iter().map(|(column, row, cell)| {
        let place = format!("{column}{row}");
        let cell = match cell.strip_prefix('=') {
            Some(formula) => format!("<c r=\"{place}\"><f>{formula}</f><v></v></c>"),
            None if cell.parse::<f64>().is_ok() => format!("<c r=\"{place}\"><v>{cell}</v></c>"),
            None => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
        };
        format!("<row r=\"{row}\">{cell}</row>")
    });
    cells.collect()
}

const TABLE: [(&str, u32, &str); 8] = [
    ("A", 1, "country"),
    ("B", 1, "share"),
    ("C", 1, "remarks"),
    ("A", 2, "AVA"),
    ("B", 2, "0.5"),
    ("A", 3, "BRV"),
    ("B", 3, "0.25"),
    ("C", 3, "late"),
];

#[test]
fn a_formula_without_a_value_stops_where_its_column_is_read() {
    let of = plan(None, vec![number("share")]);
    let with = |cell: (&'static str, u32, &'static str)| {
        let cells: Vec<_> = TABLE.iter().copied().chain([cell]).collect();
        given("a.xlsx", workbook(false, &cells_at(&cells)))
    };
    // No rule reads what stands in `C`, nor is there a name above `D`.
    for cell in [("C", 2, "=A2"), ("D", 2, "=B2")] {
        let read = with(cell).read(&of, &ReadOptions::default());
        let read = read.unwrap_or_else(|reports| panic!("{}", render(&reports)));
        assert_eq!(read.panel.columns, [[0.5, 0.25]]);
        assert!(read.warnings.is_empty(), "{}", render(&read.warnings));
    }
    let told = with(("B", 4, "=B3*2")).told(&of, &ReadOptions::default());
    assert!(told.contains("a.xlsx, row 4, column `share`"), "{told}");
    assert!(told.contains("`=B3*2`"), "{told}");
    // An audience that may not see all is not told what it says.
    let sheltered = ReadOptions {
        sheltered: true,
        ..ReadOptions::default()
    };
    let told = with(("B", 4, "=B3*2")).told(&of, &sheltered);
    assert!(told.contains("a.xlsx, row 4, column `share`"), "{told}");
    assert!(!told.contains("B3"), "{told}");
}

#[test]
fn in_a_long_table_formulas_of_what_is_read_stop_alone() {
    let of = plan(None, vec![number("share")]);
    let options = ReadOptions {
        recipe: Recipe {
            shape: Shape::Long {
                name: "code".to_owned(),
                value: "value".to_owned(),
                keys: Vec::new(),
            },
            ..Recipe::default()
        },
        ..ReadOptions::default()
    };
    let with = |code: &'static str| {
        let cells = [
            ("A", 1, "country"),
            ("B", 1, "code"),
            ("C", 1, "value"),
            ("A", 2, "AVA"),
            ("B", 2, "share"),
            ("C", 2, "0.5"),
            ("A", 3, "AVA"),
            ("B", 3, code),
            ("C", 3, "=C2"),
        ];
        given("a.xlsx", workbook(false, &cells_at(&cells))).told(&of, &options)
    };
    assert!(with("share").contains("FW0948"), "{}", with("share"));
    assert!(!with("other").contains("FW0948"), "{}", with("other"));
}

#[test]
fn one_cell_far_away_makes_no_table_of_all_between() {
    let of = plan(None, vec![number("share")]);
    let cells = |more: &[(&'static str, u32, &'static str)]| {
        let cells: Vec<_> = TABLE.iter().chain(more).copied().collect();
        given("a.xlsx", workbook(false, &cells_at(&cells)))
    };
    let start = std::time::Instant::now();
    for far in [("C", 1_048_576, "end"), ("XFD", 1_048_576, "end")] {
        let read = cells(&[far]).read(&of, &ReadOptions::default());
        let told = match &read {
            Ok(read) => format!("{:?}", read.panel.columns),
            Err(reports) => render(reports),
        };
        // A row without a key is one, however far away it stands; between there is none.
        assert!(told.contains("row 1048576"), "{told}");
    }
    assert!(start.elapsed().as_secs() < 20);
    // What would be too large by far is refused, with the cell that makes it so.
    let mut rows: Vec<(&str, u32, &str)> = TABLE.to_vec();
    let keys: Vec<String> = (4..=1_100).map(|row| format!("K{row}")).collect();
    for (row, key) in (4..).zip(&keys) {
        rows.extend([("A", row, key.as_str()), ("B", row, "0.5")]);
    }
    rows.push(("XFD", 700, "end"));
    let told =
        given("a.xlsx", workbook(false, &cells_at(&rows))).told(&of, &ReadOptions::default());
    assert!(
        told.contains("reaches to the column XFD, in row 700"),
        "{told}"
    );
    let range = ReadOptions {
        recipe: Recipe {
            range: Some("A1:C1100".to_owned()),
            ..Recipe::default()
        },
        ..ReadOptions::default()
    };
    let read = given("a.xlsx", workbook(false, &cells_at(&rows))).read(&of, &range);
    let read = read.unwrap_or_else(|reports| panic!("{}", render(&reports)));
    assert_eq!(read.panel.rows(), 1_099);
}

#[test]
fn a_part_that_is_not_what_its_sum_is_of_is_damage() {
    let of = plan(None, vec![number("share")]);
    let mut bytes = workbook(false, &cells_at(&TABLE));
    let value = b"<v>0.25</v>";
    let at = bytes.windows(value.len()).position(|part| part == value);
    bytes[at.unwrap() + 5] = b'9';
    let told = given("a.xlsx", bytes).told(&of, &ReadOptions::default());
    assert!(
        told.contains("its part `xl/worksheets/sheet1.xml` is damaged"),
        "{told}"
    );
}
