"""What one article says of each event, as reports with the quotes that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from aifund.events.compute import Claim, cheque_share, share
from aifund.events.draft import Backer, Draft, Source, money_of, round_of
from aifund.events.frame import LEARNED
from aifund.events.roles import Roles
from aifund.events.stage import Stage
from aifund.events.story import date_of, drafts
from aifund.events.verdict import deals
from aifund.events.weights import shipped
from aifund.events.worth import odds
from aifund.language.units import Cue, Sentence
from aifund.model import Ai, Article, Evidence, Mention, Money, Part, Party, Report, Valuation, When

_MOST_QUOTES = 3  # of the target's name


def reports(article: Article, sentences: Sequence[Sentence]) -> list[Report]:
    """The reports of `article`, whose `sentences` have been read, in the order in which it tells them."""
    if not sentences:
        return []
    roles = Roles(Stage(article, sentences), shipped())
    told = candidates(article, roles)
    return [write(draft, article, told) for draft in deals(told, roles.stage.worlds, partial(odds, roles))]


def candidates(article: Article, roles: Roles) -> list[Draft]:
    """What `article` tells that may be deals."""
    told = drafts(article, roles.stage.sentences, roles.stage.who, roles.complete())
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
            self._note("target", source, draft.rule or "target.told")
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

    def _money(self, field: str, source: Source | None, learned: str = "") -> Money | None:
        if source is not None:
            self._note(field, source, learned)
        return money_of(source)

    def _valuation(self) -> Valuation | None:
        said = self.draft.basis
        learned = said.rule if said and said.rule.startswith(LEARNED) else ""
        money = self._money("valuation", self.draft.valuation, learned)
        basis = said.value if said else "unspecified"
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
        """The report with what the article says of computing power, of the round and of the one who pays in it."""
        if self.draft.claim is None:
            return report
        claim, sentence = self.draft.claim
        payer = self._payer(claim, sentence)
        cheque = money_of(payer.cheque) if payer else None
        compute = share(claim, report.amount, cheque, sentence.units)
        if compute is None:
            return report
        compute = replace(compute, text=self._note_claim("compute", claim, sentence))
        own = cheque_share(claim, cheque, sentence.units) if payer else None
        if payer is None or own is None:
            return replace(report, compute=compute)
        own = replace(own, text=self._note_claim(f"compute.{payer.name}", claim, sentence))
        parties = (replace(p, compute=own) if p.name == payer.name else p for p in report.investors)
        return replace(report, compute=compute, investors=tuple(parties))

    def _payer(self, claim: Claim, sentence: Sentence) -> Backer | None:
        """The investor of whose cheque `claim` speaks: whose sum it names, whom it names, who stands last before it,
        the only one that there is.
        """
        backers = self.draft.investors
        if claim.of is not None:
            whole = sentence.units[claim.of]
            if found := next((b for b in backers if b.cheque and b.cheque.unit is whole), None):
                return found
        if claim.whose != "investor":
            return None
        if claim.investor is not None:
            return self.draft.backer(Source(sentence, sentence.units[claim.investor]))
        named = [(s.unit.start, b) for b in backers for s in b.mentions if s.sentence is sentence]
        before = [(start, b) for start, b in named if start < sentence.units[claim.first].start]
        if before:
            return max(before, key=lambda x: x[0])[1]
        return backers[0] if len(backers) == 1 else None

    def _note_claim(self, field: str, claim: Claim, sentence: Sentence) -> str:
        first, last = sentence.units[claim.first], sentence.units[claim.last]
        return self._quote(field, sentence.part, first.start, last.end, claim.rule)

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
        found_by = unit.value.rule if isinstance(unit.value, Mention) and not rule else rule
        self._quote(field, source.sentence.part, unit.start, unit.end, found_by)

    def _note_cue(self, field: str, sentence: Sentence, cue: Cue) -> None:
        first, last = sentence.units[cue.first], sentence.units[cue.last]
        self._quote(field, sentence.part, first.start, last.end, cue.rule)

    def _quote(self, field: str, part: Part, start: int, end: int, rule: str) -> str:
        quote = self.article.part(part)[start:end]
        self.evidence.append(Evidence(field, part, start, end, quote, rule))
        return quote
