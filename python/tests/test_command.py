"""The command that the wheel carries."""

import subprocess
import sys

import forewarn


def command(*words):
    return subprocess.run([sys.executable, "-m", "forewarn", *words], capture_output=True, text=True)


def test_the_command_has_the_version_of_the_package():
    assert command("--version").stdout.splitlines()[0].split() == ["forewarn", forewarn.__version__]


def test_findings_give_their_exit_code(on_disk):
    assert command("check", str(on_disk)).returncode == 0
    on_disk.write_text("framework", encoding="utf-8")
    told = command("check", str(on_disk), "--format", "json")
    assert told.returncode == 1 and told.stdout.startswith("{")
    assert command("chek").returncode == 2
    assert "did you mean" in command("chek").stderr or "similar" in command("chek").stderr
