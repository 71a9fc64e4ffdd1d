"""YAML as editors read it: the core schema of YAML 1.2, in which `yes` is a text and `010` is ten."""

from __future__ import annotations

import re
from typing import Any

import yaml

_NULL, _BOOL, _INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float"))


class Core(yaml.SafeLoader):
    """PyYAML with the scalars of YAML 1.2 (chapter 10.3); keys stay the texts that they are."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}

    def whole(self, node: Any) -> int:
        text = node.value
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


for tag, pattern in (
    (_NULL, r"~|null|Null|NULL|"),
    (_BOOL, r"true|True|TRUE|false|False|FALSE"),
    (_INT, r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    (_FLOAT, r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
):
    Core.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), None)
Core.add_constructor(_INT, Core.whole)


def load(text: str) -> Any:
    """What an editor makes of a file."""
    return yaml.load(text, Core)
