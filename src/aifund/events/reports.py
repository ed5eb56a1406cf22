"""What one article says of each event, as reports with the quotes that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aifund.events.compute import share
from aifund.events.draft import Backer, Draft, Source, money_of, round_of
from aifund.events.roles import Roles
from aifund.events.stage import Stage
from aifund.events.story import date_of, drafts
from aifund.events.verdict import is_deal
from aifund.events.weights import shipped
from aifund.events.worth import odds
from aifund.language.units import Cue, Sentence
from aifund.model import Ai, Article, Evidence, Mention, Money, Part, Party, Report, Valuation, When

_MOST_QUOTES = 3  # of the target's name


def reports(article: Article, sentences: Sequence[Sentence]) -> list[Report]:
    """The reports of `article`, whose `sentences` have been read, in the order in which it tells them."""
    if not sentences:
        return []
    roles = Roles(Stage(sentences), shipped())
    told = candidates(article, roles)
    return [write(d, article, told) for d in told if is_deal(d, sentences, odds(roles, d))]


def candidates(article: Article, roles: Roles) -> list[Draft]:
    """What `article` tells that may be deals."""
    told = drafts(article, roles.stage.sentences, roles.complete())
    givers = {source.unit.text for draft in told for backer in draft.investors for source in backer.mentions}
    return [d for d in told if d.money or d.round or not any(s.name in givers for s in d.target)]


def write(draft: Draft, article: Article, told: Sequence[Draft]) -> Report:
    """The draft, one of those that the article has `told`, as a report."""
    return _Writer(article, draft).report(date_of(draft, article, told))


class _Writer:
    """Writes one draft as a report, collecting evidence for each value that it takes over."""

    def __init__(self, article: Article, draft: Draft) -> None:
        self.article = article
        self.draft = draft
        self.evidence: list[Evidence] = []

    def report(self, when: When | None) -> Report:
        draft = self.draft
        for source in draft.target[:_MOST_QUOTES]:
            self._note("target", source, draft.rule)
        names = tuple(dict.fromkeys(source.name for source in draft.target))
        report = Report(
            article=self.article.id,
            target=Party(max(names, key=len), names),
            amount=self._money("amount", draft.money),
            valuation=self._valuation(),
            round=self._round(),
            date=self._date(when),
            investors=tuple(self._investor(backer) for backer in draft.investors),
        )
        report = replace(self._with_compute(report), ai=self._ai())
        if draft.status:
            cue, sentence = draft.status
            self._note_cue("status", sentence, cue)
            report = replace(report, status=cue.value)  # type: ignore[arg-type]
        return replace(report, evidence=tuple(self.evidence))

    def _money(self, field: str, source: Source | None) -> Money | None:
        if source is not None:
            self._note(field, source)
        return money_of(source)

    def _valuation(self) -> Valuation | None:
        money = self._money("valuation", self.draft.valuation)
        basis = self.draft.basis.value if self.draft.basis else "unspecified"
        return Valuation(money, basis) if money else None  # type: ignore[arg-type]

    def _round(self) -> str | None:
        if self.draft.round is not None:
            self._note("round", self.draft.round)
        return round_of(self.draft.round)

    def _date(self, when: When | None) -> When | None:
        if self.draft.date is not None:
            self._note("date", self.draft.date)
        elif when is not None:
            self.evidence.append(Evidence("date", "published", -1, -1, when.edtf, "date.fresh"))
        return when

    def _investor(self, backer: Backer) -> Party:
        name = backer.name
        self._note(f"investor.{name}", backer.mentions[0], backer.rule)
        if backer.lead_rule:
            self._note(f"lead.{name}", backer.mentions[0], backer.lead_rule)
        written = tuple(dict.fromkeys(source.name for source in backer.mentions))
        amount = self._money(f"amount.{name}", backer.cheque)
        return Party(name, written, role="lead" if backer.lead_rule else "participant", amount=amount)

    def _with_compute(self, report: Report) -> Report:
        if self.draft.claim is None:
            return report
        claim, sentence = self.draft.claim
        compute = share(claim, report.amount, None, sentence.units)
        if compute is None:
            return report
        first, last = sentence.units[claim.first], sentence.units[claim.last]
        quote = self._quote("compute", sentence.part, first.start, last.end, claim.rule)
        return replace(report, compute=replace(compute, text=quote))

    def _ai(self) -> Ai:
        """`yes` where the sentence that names the target calls it an AI company."""
        for source in self.draft.target:
            for cue in source.sentence.of("ai_company"):
                if any(unit is source.unit for unit in source.sentence.units[cue.first : cue.last + 1]):
                    self._note_cue("ai", source.sentence, cue)
                    return "yes"
        return "unknown"

    def _note(self, field: str, source: Source, rule: str = "") -> None:
        unit = source.unit
        found_by = unit.value.rule if isinstance(unit.value, Mention) else rule
        self._quote(field, source.sentence.part, unit.start, unit.end, found_by)

    def _note_cue(self, field: str, sentence: Sentence, cue: Cue) -> None:
        first, last = sentence.units[cue.first], sentence.units[cue.last]
        self._quote(field, sentence.part, first.start, last.end, cue.rule)

    def _quote(self, field: str, part: Part, start: int, end: int, rule: str) -> str:
        quote = self.article.part(part)[start:end]
        self.evidence.append(Evidence(field, part, start, end, quote, rule))
        return quote
