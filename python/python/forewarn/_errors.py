"""What can go wrong."""

from __future__ import annotations

from ._diagnostics import Diagnostics


class ForewarnError(Exception):
    """Whatever goes wrong here."""


class DiagnosticError(ForewarnError, ValueError):
    """Something is wrong with the rules, or with the data, or they do not fit each other.

    ``diagnostics`` says what: codes, places, and edits that mend it. As text it is what the command line
    writes.
    """

    diagnostics: Diagnostics

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__(str(diagnostics))
        self.diagnostics = diagnostics

    @classmethod
    def _of(cls, text: str, json: str) -> DiagnosticError:
        return cls(Diagnostics._of(text, json))

    def __str__(self) -> str:
        return str(self.diagnostics)

    def __reduce__(self):
        return type(self), (self.diagnostics,)

    def _repr_html_(self) -> str:
        return self.diagnostics._repr_html_()


class UnknownName(ForewarnError, KeyError):
    """There is no such entity, period, result or value."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class CannotRun(ForewarnError, RuntimeError):
    """The rules cannot be applied in this way, or a command was not given what it needs."""
