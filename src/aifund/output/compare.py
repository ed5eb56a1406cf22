"""Two output sets compared, told to people and to CI servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from aifund.output.changes import Change, Differences, Kind, changes
from aifund.output.read import read
from aifund.output.values import one_line

SIGNS: Mapping[Kind, str] = {"gained": "+", "lost": "-", "changed": "~", "follows": ">"}


def compare(old: Path, new: Path) -> Differences:
    """What changed from one output folder (or events.json) to another. Raises UsageError where one cannot be read."""
    return changes(read(old), read(new))


def render(differences: Differences) -> str:
    """The differences for people: a line for each event or article gained or lost, and for each cell that changed."""
    lines = [line for change in differences.events for line in _lines(change)]
    lines += [f"{line[0]} article{line[1:]}" for change in differences.articles for line in _lines(change)]
    if not differences:
        lines.append(f"equal: {len(differences.event_ids)} events, {len(differences.article_ids)} articles")
    else:
        lines.append(f"events: {_tally(differences.events)}; articles: {_tally(differences.articles)}")
    return "".join(f"{one_line(line)}\n" for line in lines)


def _lines(change: Change) -> Iterator[str]:
    sign = SIGNS[change.kind]
    if change.kind == "changed":
        yield from (f"{sign} {change.id} {cell}" for cell in change.cells)
    elif change.kind == "follows":
        yield f"{sign} {change.earlier} → {change.id} (the id follows)"
        yield from (f"{SIGNS['changed']} {change.id} {cell}" for cell in change.cells)
    else:
        yield f"{sign} {change.id} {change.about}"


def _tally(changes: Sequence[Change]) -> str:
    kinds = [change.kind for change in changes]
    names = {"follows": "under another id"}
    return ", ".join(f"{kinds.count(kind)} {names.get(kind, kind)}" for kind in SIGNS if kind in kinds) or "equal"


def junit_xml(differences: Differences) -> str:
    """The differences as JUnit XML: a test suite of events and one of articles; a change is a failure."""
    root = ElementTree.Element("testsuites", name="aifund diff")
    total = [
        _suite(root, "events", differences.event_ids, differences.events),
        _suite(root, "articles", differences.article_ids, differences.articles),
    ]
    root.set("tests", str(sum(tests for tests, _ in total)))
    root.set("failures", str(sum(failures for _, failures in total)))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: ElementTree.Element, name: str, ids: Sequence[str], changes: Sequence[Change]) -> tuple[int, int]:
    changed = {change.id: change for change in changes}
    counts = {"tests": str(len(ids)), "failures": str(len(changed)), "errors": "0", "skipped": "0", "time": "0"}
    suite = ElementTree.SubElement(root, "testsuite", {"name": f"aifund.{name}", **counts})
    for one in ids:
        attributes = {"classname": f"aifund.{name}", "name": one_line(one), "time": "0"}
        case = ElementTree.SubElement(suite, "testcase", attributes)
        if change := changed.get(one):
            failure = ElementTree.SubElement(case, "failure", message=_message(change), type=change.kind)
            failure.text = "\n".join(map(str, change.cells)) or change.about
    return len(ids), len(changed)


def _message(change: Change) -> str:
    if change.kind == "follows":
        return one_line(f"was {change.earlier}")
    if change.kind == "changed":
        return one_line("; ".join(map(str, change.cells)))
    return one_line(f"{change.kind}: {change.about}")
