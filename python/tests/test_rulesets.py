"""Rulesets: loaded, checked, applied, sent."""

import pickle
import threading
from decimal import Decimal

import pytest
from conftest import COLUMNS, REPOSITORY, RULES

import forewarn
from forewarn._ruleset import _value


def test_a_ruleset_says_what_it_is(rules):
    assert rules.title == "Watch 1.0"
    assert (rules.name, rules.version) == ("watch", "1.0")
    assert rules.keys == ("country", "month")
    assert rules.indicators == ["deaths", "hunger"]
    assert not rules.check()


def test_what_is_wrong_is_told_with_code_place_and_edits():
    wrong = forewarn.loads(RULES.replace("rise >= 2 and", "ries >= 2 and"), "watch.risk")
    (found,) = wrong.check().errors
    assert found.code == "FW0107"
    assert (found.place.file, found.place.line, found.place.column) == ("watch.risk", 10, 17)
    assert any(edit.text == "rise" for help in found.help for edit in help.edits)
    with pytest.raises(forewarn.DiagnosticError) as raised:
        wrong.run(COLUMNS)
    assert raised.value.diagnostics[0].code == "FW0107"
    assert "watch.risk:10:17" in str(raised.value)
    assert "FW0107" in raised.value._repr_html_()
    again = pickle.loads(pickle.dumps(raised.value))
    assert str(again) == str(raised.value) and again.diagnostics[0].code == "FW0107"


def test_wrong_data_are_told_with_row_and_column(rules):
    with pytest.raises(forewarn.DiagnosticError) as raised:
        rules.run(COLUMNS | {"deaths": ["many", 1, 2, 3]})
    place = raised.value.diagnostics[0].place
    assert (place.row, place.column_name) == (1, "deaths")
    assert "`many` is not a number" in str(raised.value)


def test_a_path_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="no ruleset at"):
        forewarn.load(tmp_path / "nowhere")


def test_params_audiences_and_words_are_decided_outside(rules):
    run = lambda **more: rules.run(COLUMNS, **more).word("AVA", "2024-02", "overall")
    # 4 against a mean of 3.
    assert run() == "low"
    assert run(set={"alarm": 1.25}) == "high"
    with pytest.raises(forewarn.DiagnosticError, match="`alert`"):
        run(set={"alert": 1})
    with pytest.raises(ValueError, match="`press` is no audience"):
        run(audience="press")


def test_params_may_be_scalars_of_numpy(rules):
    numpy = pytest.importorskip("numpy")
    run = lambda value: rules.run(COLUMNS, set={"alarm": value}).word("AVA", "2024-02", "overall")
    for value in [numpy.float64(1.25), numpy.float32(1.25), numpy.int64(1), numpy.uint8(1), numpy.array(1.25)]:
        assert run(value) == "high", repr(value)
    assert run(numpy.float64(1e9)) == "low"
    assert _value(numpy.bool_(True)) == _value(True) == "yes"
    assert _value(numpy.float64(1e-7)) == _value(Decimal("1E-7")) == "0.0000001"


def test_a_ruleset_is_sent_with_its_texts(rules, on_disk):
    sent = pickle.dumps(forewarn.load(on_disk))
    on_disk.unlink()
    arrived = pickle.loads(sent)
    assert arrived.run(COLUMNS).word("AVA", "2024-01", "overall") == "low"
    assert arrived.fingerprint == pickle.loads(sent).fingerprint
    assert pickle.loads(pickle.dumps(rules)).title == rules.title


def test_an_overlay_is_sent_with_what_it_extends():
    rules = forewarn.load(REPOSITORY / "rules" / "ecowas-ecowarn")
    arrived = pickle.loads(pickle.dumps(rules))
    assert arrived.title == rules.title
    assert not arrived.check().errors


def test_tests_are_run(on_disk):
    rules = forewarn.load(on_disk)
    report = rules.test()
    assert report and [test.name for test in report] == ["a calm month is low"]
    on_disk.write_text(RULES.replace("is low\n}", "is high\n}"), encoding="utf-8")
    report = rules.test()
    assert not report and report.failures[0].name == "a calm month is low"
    assert "FW1090" in str(report)


def test_a_text_has_no_tests_to_run_on_disk(rules):
    with pytest.raises(ValueError, match="loaded from a path"):
        rules.test()


def test_many_threads_share_a_ruleset(rules):
    found = []
    work = lambda: found.append(rules.run(COLUMNS).number("AVA", "2024-03", "rise"))
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2.5] * 8
