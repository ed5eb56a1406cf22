"""Golden cases: what a careful reader finds in a short article, one readable file per behaviour in tests/cases/.

`pytest tests/test_cases.py --update-cases` rewrites what failing cases expect and still fails: review the diff.
How a case is written: tests/cases/README.md.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import yaml

import aifund
from aifund.entities.catalogue import Catalogue
from aifund.entities.resolve import resolve
from aifund.events.reports import reports
from aifund.language.datelines import article_date
from aifund.language.mentions import Reader
from aifund.model import Article, Compute, Money, Party, Report, Valuation
from aifund.rules import Rules

CASES = Path(__file__).parent / "cases"
FIELDS = ("target", "investors", "round", "status", "amount", "valuation", "compute", "date")
BLOCK = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
WRAP = re.compile(r"(?<=[^\n])\n(?![\n•*-])")  # a line break inside a paragraph; items of a list keep theirs
CHEQUE = re.compile(r"\((?:lead, )?(?:[<>=\d. ]+ [A-Z]{3}|compute [\d.]+)")
HEADING = re.compile(r"^#{2,3} (?P<text>.+)$", re.MULTILINE)
BOUNDS = re.compile(r"(?P<sign>[<>]=|) ?(?P<min>\d[\d.]*?)(?:\.\.(?P<max>\d[\d.]*))?(?: (?P<currency>[A-Z]{3}))?$")

Value = str | None | list[str]
Told = dict[str, Value]


@dataclass(frozen=True)
class Case:
    """One article and the reports that it must give; `gap` says why the program does not give them yet."""

    path: Path
    heading: str
    article: Article
    expected: list[Told]
    block: str
    gap: str

    @property
    def id(self) -> str:
        return f"{self.path.stem} > {self.heading}"


class Line:
    """The real line from an article to its resolved reports."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._catalogue = Catalogue.load(rules.entities)
        self._reader = Reader(rules, self._catalogue)

    def reports(self, article: Article) -> list[Report]:
        if article.published is None:
            dateline = article_date(article.text, self._rules)
            article = replace(article, published=dateline.value.max if dateline else None)
        told = reports(article, self._reader.read(article))
        return resolve(told, {article.id: article}, self._catalogue)[0]


# reading case files ------------------------------------------------------------------------------------------------


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.md")):
        if path.name != "README.md":
            yield from cases_of(path)


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file. Raises ValueError with file and heading for what is not a case."""
    text = path.read_text(encoding="utf-8")
    headings = [*HEADING.finditer(text)]
    for index, heading in enumerate(headings):
        end = headings[index + 1].start() if index + 1 < len(headings) else len(text)
        blocks = [*BLOCK.finditer(text, heading.end(), end)]
        try:
            yield _case(path, heading["text"], *blocks)
        except (TypeError, ValueError, yaml.YAMLError) as problem:
            raise ValueError(f"{path.name} > {heading['text']}: {problem}") from problem


def _case(path: Path, heading: str, told: re.Match[str], wanted: re.Match[str]) -> Case:
    kind, _, published = told["info"].partition(" ")
    if (kind, wanted["info"]) != ("article", "yaml"):
        raise ValueError("a case is an `article` block and a `yaml` block")
    first, _, rest = told["body"].partition("\n")
    title, text = (first.removeprefix("# "), rest.lstrip("\n")) if first.startswith("# ") else ("", told["body"])
    day = date.fromisoformat(published) if published else None
    article = Article(id="case", title=title, text=WRAP.sub(" ", text.rstrip("\n")), published=day)
    wants = yaml.load(wanted["body"], Loader=yaml.BaseLoader)  # every scalar is the string that is written
    gap, wants = (wants.get("gap", ""), wants["reports"]) if isinstance(wants, dict) else ("", wants)
    return Case(path, heading, article, [_wanted(report) for report in wants], wanted["body"], gap)


def _wanted(report: Mapping[str, str | list[str]]) -> Told:
    if unknown := report.keys() - set(FIELDS):
        raise ValueError(f"unknown {sorted(unknown)}; the fields are {', '.join(FIELDS)}")
    if "target" not in report:
        raise ValueError("a report needs a target")
    wants: Told = {key: None if value in ("null", "") else value for key, value in report.items()}
    investors = wants.get("investors", [])
    wants |= {"investors": sorted(investors or [])} if "investors" in wants else {}
    for field, unit in (("amount", True), ("valuation", True), ("compute", False)):
        value = wants.get(field)
        bounds = value.removesuffix(_basis(value)) if isinstance(value, str) else "0 USD"
        if not (found := BOUNDS.match(bounds.rstrip())) or bool(found["currency"]) != (unit or value is None):
            raise ValueError(f"{field}: cannot read {value!r}")
    return wants


def _basis(value: str) -> str:
    found = re.search(r" (pre|post|unspecified)$", value)
    return found[0] if found else ""


# what the program says, in the words of the case files ----------------------------------------------------------------


def _told(report: Report, cheques: bool) -> Told:
    return {
        "target": report.target.name,
        "investors": sorted(_investor(party, cheques) for party in report.investors),
        "round": report.round,
        "status": report.status,
        "amount": _money(report.amount),
        "valuation": _valuation(report.valuation),
        "compute": _compute(report.compute),
        "date": report.date.edtf if report.date else None,
    }


def _investor(party: Party, cheques: bool) -> str:
    notes = ["lead" if party.role == "lead" else None]
    if cheques:
        notes += [_money(party.amount), f"compute {_compute(party.compute)}" if party.compute else None]
    noted = ", ".join(note for note in notes if note)
    return f"{party.name} ({noted})" if noted else party.name


def _money(money: Money | None) -> str | None:
    return f"{_bounds(money.min, money.max)} {money.currency}" if money else None


def _valuation(valuation: Valuation | None) -> str | None:
    return f"{_money(valuation.money)} {valuation.basis}" if valuation else None


def _compute(compute: Compute | None) -> str | None:
    """The share; presence without a share is a part, so between nothing and all."""
    if compute is None:
        return None
    low, high = compute.share_min, compute.share_max
    return "0..1" if low is None and high is None else _bounds(low, high)


def _bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"<= {_number(high)}" if low is None else f">= {_number(low)}"
    return _number(low) if low == high else f"{_number(low)}..{_number(high)}"


def _number(number: float | None) -> str:
    number = round(number or 0, 4)
    return str(int(number)) if number == int(number) else str(number)


# comparing ---------------------------------------------------------------------------------------------------------


def compared(expected: Sequence[Told], found: Sequence[Told]) -> list[Told]:
    """`found` in the order of `expected`, each cut to the fields that its counterpart states; the others behind."""
    left = list(found)
    out: list[Told] = []
    for wants in expected:
        if left:
            best = max(left, key=lambda told: _likeness(wants, told))
            left.remove(best)
            out.append({field: best[field] for field in wants})
    return out + left


def _likeness(wants: Told, told: Told) -> int:
    return sum((3 if field == "target" else 1) * (wants[field] == told[field]) for field in wants)


class _Plain(yaml.SafeDumper):
    """Writes strings as they are, without quotes for those that look like numbers or dates."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def written(told: Sequence[Told]) -> str:
    """Reports as the expected block of a case."""
    shown = [{field: value if value is not None else "null" for field, value in report.items()} for report in told]
    return yaml.dump(shown, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120) if shown else "[]\n"


# the tests ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def line() -> Line:
    return Line(aifund.load_rules())


def _param(case: Case) -> object:
    gap = pytest.mark.xfail(reason=case.gap, strict=True, raises=pytest.fail.Exception)
    return pytest.param(case, id=case.id, marks=[gap] if case.gap else [])


@pytest.mark.parametrize("case", [_param(case) for case in cases()])
def test_case(case: Case, line: Line, pytestconfig: pytest.Config) -> None:
    expected = written(case.expected)
    told = [_told(report, cheques=bool(CHEQUE.search(case.block))) for report in line.reports(case.article)]
    found = written(compared(case.expected, told))
    if found == expected:
        return
    if pytestconfig.getoption("--update-cases") and not case.gap:
        text = case.path.read_text(encoding="utf-8")
        start = text.index(f"```yaml\n{case.block}", text.index(f"# {case.heading}\n"))
        old = f"```yaml\n{case.block}"
        case.path.write_text(text[:start] + f"```yaml\n{found}" + text[start + len(old) :], encoding="utf-8")
    pytest.fail(f"{case.id}\n\n{case.article.title}\n{case.article.text}\n\n{diff(expected, found)}", pytrace=False)


def diff(expected: str, found: str) -> str:
    lines = difflib.ndiff(expected.splitlines(), found.splitlines())
    return "\n".join(["- expected, + found", *(line for line in lines if not line.startswith("?"))])


def test_a_case_that_states_an_unknown_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "typo.md"
    path.write_text("## A\n```article\nText.\n```\n```yaml\n- {target: A, ammount: 5 USD}\n```\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"typo.md > A: unknown .'ammount'"):
        list(cases_of(path))


def test_ids_are_unique() -> None:
    ids = [case.id for case in cases()]
    assert len(ids) == len(set(ids))
