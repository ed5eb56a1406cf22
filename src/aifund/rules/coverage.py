"""Which parts of a rule's pattern no example shows: an alternative with a slip in it would stay silent for ever.

Two kinds of parts are looked at: alternatives at the top of the pattern (each is a phrasing of its own) and named
groups (values and quotes come from them). Alternatives within parentheses are mostly lists of words and are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aifund.language.text import matching
from aifund.rules.models import PatternRule
from aifund.rules.patterns import Parts, cased, compile_pattern

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|.", re.DOTALL)  # a class holds | and ( as letters


def unshown(rule: PatternRule) -> Iterator[str]:
    """The parts of the rule's pattern, in words, that no quote of its examples shows; none for a rule of words."""
    if rule.pattern is None:
        return
    alternatives = top_alternatives(rule.pattern)
    for alternative in alternatives if len(alternatives) > 1 else ():
        if not any(True for _ in _quoted(rule, cased(alternative, rule.case))):
            yield f"alternative {alternative!r}"
    shown = list(_quoted(rule, rule.source))
    for name in rule.compiled.groupindex:
        if not any(parts.start_of(name.decode()) >= 0 for parts in shown):
            yield f"group {name.decode()!r}"


def top_alternatives(pattern: str) -> list[str]:
    """What stands between the `|` of a valid RE2 pattern that are within no parentheses."""
    depth = 0
    found = [""]
    for token in _TOKEN.findall(pattern):
        depth += (token == "(") - (token == ")")
        if token == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += token
    return found


def _quoted(rule: PatternRule, source: str) -> Iterator[Parts]:
    """The matches of a pattern on the rule's examples that quote what the example says."""
    pattern = compile_pattern(source)
    for example in rule.examples:
        content = matching(example.text).encode()
        for match in pattern.finditer(content):
            parts = Parts(match)
            start, end = parts.quote
            if content[start:end].decode() in map(matching, example.emits):
                yield parts
