"""How things look in a notebook: on light and on dark grounds, without scripts."""

from __future__ import annotations

from html import escape as _escape

STYLE = """
.forewarn{font-size:90%;line-height:1.45}
.forewarn{overflow-x:auto}
.forewarn table{border-collapse:collapse}
.forewarn td{white-space:nowrap}
.forewarn th,.forewarn td{text-align:left;padding:.15em .6em;border-bottom:1px solid rgba(128,128,128,.3)}
.forewarn td.number{text-align:right;font-variant-numeric:tabular-nums}
.forewarn .chip{display:inline-block;padding:0 .55em;border-radius:.7em;color:#111;white-space:nowrap}
.forewarn .interval .chip+.chip::before{content:""}
.forewarn .missing{opacity:.5}
.forewarn pre{white-space:pre-wrap;font-size:95%}
.forewarn small{opacity:.7}
.forewarn ul{margin:.1em 0 .1em .4em;padding-left:1em}
.forewarn .yes{color:#2a8a3e}.forewarn .no{opacity:.55}.forewarn .open{color:#b7791f}
.forewarn .level{font-weight:600}
"""

# From cool to hot; dark letters can be read on all of them.
HEAT = ("#a9c7e8", "#a8d8c9", "#f1dc8f", "#f5b266", "#ee8a7d")


def escape(text: object) -> str:
    """Text as HTML shows it."""
    return _escape(str(text), quote=True)


def heat(position: int, of: int) -> str:
    """The colour of a place on a scale of so many levels."""
    if of <= 1:
        return HEAT[0]
    return HEAT[round(position * (len(HEAT) - 1) / (of - 1))]


def chip(label: str, position: int, of: int) -> str:
    """A level."""
    return f'<span class="chip" style="background:{heat(position, of)}">{escape(label)}</span>'


def pre(text: str) -> str:
    """Text as a terminal shows it."""
    return f"<pre>{escape(text)}</pre>"


def page(inside: str) -> str:
    """A part of a page that brings its looks along."""
    return f'<style>{STYLE}</style><div class="forewarn">{inside}</div>'
