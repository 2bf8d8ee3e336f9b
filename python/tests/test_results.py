"""Results: one by one, explained, compared, shown."""

import pytest
from conftest import COLUMNS, REPOSITORY, RULES

import forewarn


def test_an_undetermined_level_has_bounds_and_no_word(rules):
    results = rules.run(COLUMNS)
    assert len(results) == 4
    assert results.number("AVA", "2024-03", "rise") == 2.5
    assert results.word("AVA", "2024-03", "overall") is None
    assert results.word("AVA", "2024-03", "overall.at_least") == "high"
    assert results.word("AVA", "2024-03", "overall.at_most") == "critical"
    # The entity's last period where none is named.
    assert results.word("BRU", None, "overall") == "low"


def test_columns_have_labels_units_and_scales(rules):
    columns = {column.name: column for column in rules.run(COLUMNS).columns}
    overall = columns["overall"]
    assert (overall.label, overall.kind) == ("Overall concern", "level")
    assert overall.names == ("low", "high", "critical")
    assert overall.labels == ("Low", "High", "Critical")
    assert columns["overall.at_least"].declaration == "overall"


def test_what_is_not_there_is_named_with_what_is(rules):
    results = rules.run(COLUMNS)
    with pytest.raises(forewarn.UnknownName, match="did you mean `rise`"):
        results.number("AVA", None, "rize")
    with pytest.raises(KeyError):
        results.explain("AVE")


def test_an_explanation_is_a_text_a_page_and_a_tree(rules):
    why = rules.run(COLUMNS).explain("AVA", "2024-03", "overall")
    assert str(why).startswith("AVA, 2024-03 · Watch 1.0")
    assert "high or critical" in str(why)
    assert why.markdown().startswith("# AVA, 2024-03")
    assert why.tree["entity"] == "AVA"
    assert why.tree["results"][0]["result"]["name"] == "overall"
    page = why._repr_html_()
    assert 'class="forewarn-why"' in page
    assert page.count("<ul>") == page.count("</ul>") and page.count("<li>") == page.count("</li>")


def test_the_command_line_explains_in_the_same_words(on_disk, tmp_path):
    from forewarn._command import ask

    lines = [",".join(COLUMNS), *(",".join("" if x is None else str(x) for x in row) for row in zip(*COLUMNS.values()))]
    data = tmp_path / "data.csv"
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    why = forewarn.load(on_disk).run(data).explain("AVA", "2024-03", "overall")
    told = ask("explain", on_disk, "overall", "--data", data, "--entity", "AVA", "--period", "2024-03")
    assert told.stdout == str(why)


def test_texts_are_shown_as_texts():
    rules = forewarn.loads(RULES.replace('"Watch"', '"<b>Watch</b>"'), "watch.risk")
    why = rules.run(COLUMNS).explain("BRU")
    assert "<b>Watch" not in why.html() and "&lt;b&gt;Watch" in why.html()


def test_runs_are_compared_with_what_makes_them_differ(rules):
    first = rules.run(COLUMNS)
    other = forewarn.loads(RULES.replace("alarm = 1.5", "alarm = 1.25"), "watch.risk")
    changed = first.compare(other.run(COLUMNS))
    (one,) = [each for each in changed if each.result == "overall"]
    assert (one.entity, one.period, one.before, one.after) == ("AVA", "2024-02", "low", "high")
    assert "alarm" in one.why
    revised = COLUMNS | {"hunger": [10.0, None, 60.0, 3.0]}
    changed = first.compare(rules.run(revised))
    (one,) = [each for each in changed if each.result == "overall"]
    assert (one.before, one.after, one.why) == ("high..critical", "critical", "the data")
    assert not first.compare(rules.run(COLUMNS))
    assert "critical" in changed._repr_html_()


def test_rows_that_only_one_has_are_told(rules):
    fewer = {name: column[:3] for name, column in COLUMNS.items()}
    changed = rules.run(COLUMNS).compare(rules.run(fewer))
    assert changed.gone == [("BRU", "2024-03")] and changed.new == []


def test_a_notebook_shows_levels_and_intervals(rules):
    page = rules.run(COLUMNS)._repr_html_()
    assert page.count('class="interval"') == 1
    assert "Overall concern" in page and "Critical" in page


def test_the_panel_of_the_un_framework_runs():
    rules = forewarn.load(REPOSITORY / "rules" / "un-framework")
    results = rules.run(REPOSITORY / "rules" / "un-framework" / "data" / "invented_countries.csv")
    assert len(results) == 2880
    assert results.explain("XAA", "2024-12", "overall").tree["results"]


def test_a_report_is_one_file_in_each_form(rules, tmp_path):
    results = rules.run(COLUMNS)
    page = results.report(tmp_path / "report.html")
    assert page.path.read_bytes() == page.content
    assert page.text.startswith("<!DOCTYPE html>") and "http" not in page.text.split("<body")[0]
    assert "<iframe" in page._repr_html_()
    lines = results.report(format="md", entities=["BRU"])
    assert lines.path is None and "BRU" in lines.text
    assert results.report(tmp_path / "report.xlsx").content[:2] == b"PK"
    with pytest.raises(ValueError, match="html, md or xlsx"):
        results.report(format="pdf")
    with pytest.raises(ValueError, match="tells no form"):
        results.report(tmp_path / "report.pdf")
    with pytest.raises(forewarn.UnknownName, match="BRU"):
        results.report(entities=["BRX"])
