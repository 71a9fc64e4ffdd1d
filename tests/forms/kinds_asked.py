"""Every kind that asks, as forms with one question each: what the laws of agreement are shown on."""

from __future__ import annotations

from formroute.forms import KINDS

_MORE = {
    "choice": ["choices: [road, lane]", "choices: [a, b, c, d, e, f, g, h, i]", "as: select\nchoices: [road, lane]"],
    "choices": ["choices: [ramp, lift, door]"],
    "date": ["", "min: 60 days ago\nmax: today", "min: 2026-01-01\nmax: 2026-12-31", "as: boxes"],
    "date_time": ["", "max: today"],
    "declaration": ["", "sign: yes"],
    "file": ["", "accept: [photo, pdf]\nmax_files: 3\nmax_size: 1 MB"],
    "integer": ["", "min: 1\nmax: 200", "max: 5"],
    "long_text": ["", "max_length: 5"],
    "money": ["", "min: 2\nmax: 20.50", "currency: JPY", "min: -5\ncurrency: EUR"],
    "number": ["", "min: 0.5\nmax: 9.25"],
    "rating": ["lowest: bad\nhighest: good", "max: 3\nlowest: bad\nhighest: good"],
    "repeat": [
        "fields:\n  size:\n    type: integer\n    label: Size",
        "min_items: 2\nmax_items: 4\nfields:\n  kind:\n    type: choice\n    choices: [dog, other]\n    label: Kind\n"
        "  which:\n    type: text\n    show_when: {kind: other}\n    label: Which\n"
        "  age:\n    type: integer\n    min: 0\n    required: no\n    label: Age",
        "max_items: 3\nfields:\n  what:\n    type: choice\n    choices: [lamp, bench]\n    label: What\n"
        "  photos:\n    type: file\n    max_files: 2\n    label: Photos\n    required: no\n    show_when: {what: lamp}",
        "max_items: 3\nfields:\n  owner:\n    type: group\n    label: Owner\n    fields:\n"
        "      name:\n        type: text\n        required: no\n        label: Name\n"
        "      papers:\n        type: file\n        accept: [pdf]\n        label: Papers\n"
        "        show_when: {owner.name: answered}\n"
        "  service:\n    type: matrix\n    label: Service\n    required: no\n    rows: {speed: Speed, tone: Tone}\n"
        "    scale: [bad, good]",
    ],
    "text": ["", "max_length: 5", "pattern: '[A-Z]{2}-[0-9]{4}'", "pattern: '[^x]{2,}( .|\\d)?'\nmax_length: 6"],
    "time": ["", "min: 08:00\nmax: 17:30"],
}
"""Ways to write a kind beside its name; a kind that is not here needs nothing."""

ASKED: list[str] = [
    f"type: {name}{keys and chr(10)}{keys}{required}"
    for name, kind in KINDS.items()
    if kind.asks
    for keys in _MORE.get(name, [""])
    for required in ("", "\nrequired: no")
]
"""The keys of one question: every kind in the table, each way, required and not."""
