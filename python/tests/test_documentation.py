"""The blocks of the page for Python, run one after another in an empty folder."""

import os
import re
import shutil
import stat
import subprocess
import sys

import pytest
from conftest import REPOSITORY


def test_the_page_does_what_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = (REPOSITORY / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) > 5
    names: dict = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    said = capsys.readouterr().out
    assert "high or critical" in said and "2024-13" in said


def test_a_year_of_monthly_work(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = (REPOSITORY / "docs" / "for-analysts.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(python|bash)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert [kind for kind, _ in blocks].count("bash") == 1
    bash = shutil.which("bash")
    names: dict = {}
    for kind, block in blocks:
        if kind == "python":
            exec(compile(block, "docs/for-analysts.md", "exec"), names)
        elif bash is None:
            pytest.skip("there is no bash")
        else:
            subprocess.run([bash, "-c", block], check=True, env=with_the_command(tmp_path))
    assert (tmp_path / "runs" / "2024-12" / "changes.md").exists()
    assert "AVA" in capsys.readouterr().out


def with_the_command(folder):
    """An environment in which `forewarn` is the command of this package, installed or not."""
    command = folder / "bin" / "forewarn"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m forewarn "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return os.environ | {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}"}
