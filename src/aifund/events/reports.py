"""What one article says of each event: its frames joined over sentences, with reference to "the round", "it", "we"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from aifund.events.cast import Cast, cast, key_of
from aifund.events.compute import Claim, claims, share
from aifund.events.frame import Frame
from aifund.events.frames import frames
from aifund.events.verdict import Signs, is_deal
from aifund.language.units import Cue, Sentence, Unit
from aifund.model import Article, Evidence, Mention, Money, Part, Party, Report, Role, Status, Valuation, When

COMPANY_TAILS = frozenset(("AI", "Labs", "Lab", "Robotics", "Technologies", "Systems", "Bio", "Health", "Therapeutics"))
FIRM_TAILS = frozenset(("Ventures", "Capital", "Partners", "Fund", "Angels", "Equity", "Investments", "VC"))
PAST = timedelta(days=100)
DIGEST_TARGETS = 5
FRESH_SENTENCES = 6  # how deep in a story a deal without a time word still counts as the news itself


@dataclass(slots=True)
class Source:
    """A unit with the sentence that holds it."""

    sentence: Sentence
    unit: Unit


@dataclass(slots=True)
class Backer:
    spellings: list[Source]
    lead: bool = False
    lead_rule: str = ""
    rule: str = ""
    cheque: Source | None = None


@dataclass(slots=True)
class Draft:
    """A report in the making."""

    target: list[Source]
    rule: str
    position: int
    item: bool
    investors: dict[str, Backer] = field(default_factory=dict)
    money: Source | None = None
    round: Source | None = None
    valuation: Source | None = None
    basis: Cue | None = None
    date: Source | None = None
    status: tuple[Cue, Source] | None = None
    block: int = 0
    background: bool = False
    claim: tuple[Claim, Sentence] | None = None


def reports(article: Article, sentences: Sequence[Sentence]) -> list[Report]:
    """The reports of `article`, in the order in which it tells them."""
    story = _Story(article, sentences, cast(sentences))
    for number, sentence in enumerate(sentences):
        story.open(sentence)
        for frame in frames(sentence):
            story.add(sentence, frame, number)
        for claim in claims(sentence):
            story.claim(sentence, claim)
    return story.finish()


class _Story:
    def __init__(self, article: Article, sentences: Sequence[Sentence], who: Cast) -> None:
        self.article = article
        self.sentences = sentences
        self.people = who.people
        self.drafts: list[Draft] = []
        self.focus: Draft | None = None
        self.head: tuple[int, list[Source]] = (-1, [])
        self.topic = [Source(*who.topic)] if who.topic else []

    def open(self, sentence: Sentence) -> None:
        """Notes the name with which a line begins: an item or a paragraph about one company."""
        if sentence.block != self.head[0]:
            first = sentence.units[0] if sentence.units and sentence.first else None
            named = first is not None and first.kind == "name" and key_of(first.text) not in self.people
            self.head = (sentence.block, [Source(sentence, first)] if named and first else [])

    # joining ---------------------------------------------------------------------------------------------------------

    def add(self, sentence: Sentence, frame: Frame, number: int) -> None:
        if frame.status and frame.status.kind == "no_deal":
            return
        named = [u for u in frame.targets if key_of(sentence.units[u].text) not in self.people]
        if named:
            for unit in named:
                target = Source(sentence, sentence.units[unit])
                self._join(self._same_target(target), [target], sentence, frame, number)
        else:
            self._refer(sentence, frame, number)

    def claim(self, sentence: Sentence, claim: Claim) -> None:
        """What is said of payment in computing power belongs to the deal told just before."""
        told = [d for d in self.drafts if d.block == sentence.block and any(s.sentence is sentence and s.unit.start <= sentence.units[claim.first].start for s in d.target)]
        draft = told[-1] if told else self.focus
        if draft is not None and (draft.claim is None or _vague(draft.claim[0]) and not _vague(claim)):
            draft.claim = (claim, sentence)

    def _refer(self, sentence: Sentence, frame: Frame, number: int) -> None:
        """A frame without a name for its target speaks of the deal told before in its line, of the company with which
        the line begins, of the deal told before, or of the article's topic: the first of these that there is.
        """
        focus = self.focus
        here = focus is not None and focus.block == sentence.block
        head = self.head[1] if self.head[0] == sentence.block else []
        head = [] if head and self._gives(sentence, frame, head) else head
        if focus is not None and (here or not (head or sentence.item or focus.item)):
            same = self._same_target(focus.target[0])
            if frame.refers or frame.targets or any(sentence.of("this_round")) or frame.money is None or self._alone(sentence, frame, focus.target):
                self._join(same, focus.target, sentence, frame, number)
        elif head and (sentence.item or self._alone(sentence, frame, head)):
            self._join(self._same_target(head[0]), head, sentence, frame, number)
        elif focus is None and self.topic and not sentence.item and not self._gives(sentence, frame, self.topic):
            if frame.refers or frame.targets or self._alone(sentence, frame, self.topic):
                self._join([], self.topic, sentence, frame, number)

    @staticmethod
    def _gives(sentence: Sentence, frame: Frame, party: list[Source]) -> bool:
        """Whether `party` is an investor of the frame."""
        return any(_same(Source(sentence, sentence.units[role.unit]), party[0]) for role in frame.investors)

    def _alone(self, sentence: Sentence, frame: Frame, target: list[Source]) -> bool:
        """Whether no other organisation stands in the sentence whose deal it could be."""
        backers = {role.unit for role in frame.investors}
        others = [
            u
            for i, u in enumerate(sentence.units)
            if u.kind == "name" and i not in backers and key_of(u.text) not in self.people
        ]
        told = frame.round is not None or frame.investors or frame.valuation is not None
        return bool(told) and all(_same(Source(sentence, u), target[0]) for u in others)

    def _same_target(self, target: Source) -> list[Draft]:
        return [d for d in self.drafts if any(_same(target, known) for known in d.target)]

    @staticmethod
    def _key(target: Sequence[Source]) -> str:
        return key_of(target[0].unit.text)

    def _join(self, drafts: Sequence[Draft], target: list[Source], sentence: Sentence, frame: Frame, number: int) -> None:
        fits = [d for d in drafts if self._fits(d, sentence, frame)]
        if fits:
            past = frame.background or frame.date is not None
            draft = max(fits, key=lambda d: (self._support(d, sentence, frame), past or not self._past(d), d is self.focus, -d.position))
            if target[0].unit.text not in {s.unit.text for s in draft.target}:
                draft.target.extend(target)
        else:
            if frame.money is None and frame.round is None and not frame.investors and not frame.bare:
                return
            draft = Draft(list(target), frame.rule, number, sentence.item, block=sentence.block, background=frame.background or self._portfolio(frame))
            self.drafts.append(draft)
        draft.block = sentence.block
        self._merge(draft, sentence, frame)
        self.focus = draft

    def _fits(self, draft: Draft, sentence: Sentence, frame: Frame) -> bool:
        units = sentence.units
        if frame.background != draft.background and (frame.money is not None or frame.round is not None):
            same = (frame.money is not None and draft.money is not None) or (frame.round is not None and draft.round is not None)
            if not same:
                return False
        if frame.money is not None and draft.money is not None and not _same_money(units[frame.money], draft.money.unit):
            return False
        if frame.round is not None and draft.round is not None and _value(units[frame.round]) != _value(draft.round.unit):
            return False
        if frame.date is not None and (draft.date is not None or self._fresh(draft)):
            new, old = _when(units[frame.date]), self._date(draft)
            if new and old and not _near(new, old):
                return (frame.money is not None and draft.money is not None) or (frame.round is not None and draft.round is not None)
        return True

    @staticmethod
    def _portfolio(frame: Frame) -> bool:
        """A list of those in whom somebody has invested is no news of the day."""
        return len(frame.targets) > 1 and frame.money is None and frame.round is None

    def _support(self, draft: Draft, sentence: Sentence, frame: Frame) -> int:
        shared = sum(
            any(_same(Source(sentence, sentence.units[role.unit]), s) for b in draft.investors.values() for s in b.spellings)
            for role in frame.investors
        )
        return (
            2 * (frame.money is not None and draft.money is not None)
            + (frame.round is not None and draft.round is not None)
            + min(shared, 1)
        )

    def _merge(self, draft: Draft, sentence: Sentence, frame: Frame) -> None:
        units = sentence.units
        if frame.money is not None and draft.money is None:
            draft.money = Source(sentence, units[frame.money])
        if frame.round is not None and draft.round is None:
            draft.round = Source(sentence, units[frame.round])
        if frame.valuation is not None and draft.valuation is None:
            draft.valuation, draft.basis = Source(sentence, units[frame.valuation]), frame.basis
        if frame.date is not None and draft.date is None:
            draft.date = Source(sentence, units[frame.date])
        if frame.status is not None and draft.status is None:
            draft.status = (frame.status, Source(sentence, units[frame.status.first]))
        for role in frame.investors:
            backer = self._invest(draft, Source(sentence, units[role.unit]), role.lead, role.rule)
            if backer and role.cheque is not None and backer.cheque is None:
                backer.cheque = Source(sentence, units[role.cheque])

    def _invest(self, draft: Draft, source: Source, lead: bool, rule: str) -> Backer | None:
        key = key_of(source.unit.text)
        if not key or any(_same(source, known) for known in draft.target):
            return None
        for old, known in draft.investors.items():
            if any(_same(source, spelling) for spelling in known.spellings):
                key = old
        backer = draft.investors.setdefault(key, Backer([], rule=rule))
        backer.spellings.append(source)
        if lead and not backer.lead:
            backer.lead, backer.lead_rule = True, rule
        return backer

    # dates -----------------------------------------------------------------------------------------------------------

    def _fresh(self, draft: Draft) -> bool:
        if draft.date is not None or draft.background:
            return False
        return draft.position <= FRESH_SENTENCES or draft.item or self._digest()

    def _past(self, draft: Draft) -> bool:
        """Whether the deal lies before the one that is the news."""
        when = _when(draft.date.unit) if draft.date else None
        published = self.article.published
        return draft.background or bool(when and published and when.max < published - PAST)

    def _digest(self) -> bool:
        """Whether the article lists the deals of many companies, each of them news."""
        return len({self._key(d.target) for d in self.drafts}) >= DIGEST_TARGETS

    def _date(self, draft: Draft) -> When | None:
        if draft.date is not None:
            return _when(draft.date.unit)
        if self._fresh(draft) and self.article.published:
            return _day(self.article.published)
        return None

    # out -------------------------------------------------------------------------------------------------------------

    def finish(self) -> list[Report]:
        self._settle_background()
        givers = {key for draft in self.drafts for key in draft.investors}
        kept = [d for d in self.drafts if d.money or d.round or self._key(d.target) not in givers]
        kept = [d for d in kept if not self._own_fund(d)]
        return [self._report(d) for d in kept if is_deal(self._signs(d))]

    @staticmethod
    def _own_fund(draft: Draft) -> bool:
        """What an investment firm raises is its own fund."""
        firm = all(s.unit.text.split()[-1] in FIRM_TAILS for s in draft.target)
        return firm and draft.round is None and not any(b.lead for b in draft.investors.values())

    def _signs(self, draft: Draft) -> Signs:
        backers = [s for b in draft.investors.values() for s in b.spellings]
        sources = [*draft.target, *backers, *(s for s in (draft.money, draft.round, draft.valuation) if s)]
        return Signs(
            own=list({id(s.sentence): s.sentence for s in sources}.values()),
            article=self.sentences,
            round=(_value(draft.round.unit) or "") if draft.round else "",
            investors=len(draft.investors),
            lead=any(b.lead for b in draft.investors.values()),
            money=draft.money is not None,
            valuation=draft.valuation is not None,
            item=draft.item or draft.rule == "target.entry",
            invested=draft.rule.startswith("invest"),
            raised=draft.rule in ("raise.strong", "raise.get"),
            firms=sum(any(_is_firm(s.unit) for s in b.spellings) for b in draft.investors.values()),
            known=bool(draft.target[0].unit.value),
            named=any(s.unit.text.split()[-1] in COMPANY_TAILS or "." in s.unit.text[1:-1] for s in draft.target),
        )

    def _settle_background(self) -> None:
        """That somebody has invested in a company, told beside the deal in which he did, is that deal."""
        for draft in [d for d in self.drafts if not (d.money or d.round or d.date or d.valuation or d.status)]:
            others = [d for d in self._same_target(draft.target[0]) if d is not draft and (d.money or d.round or d.date or d.valuation)]
            hosts = [d for d in others if not d.investors or all(self._knows(d, b) for b in draft.investors.values())]
            if hosts:
                for backer in draft.investors.values():
                    for source in backer.spellings:
                        self._invest(hosts[0], source, backer.lead, backer.rule)
                hosts[0].claim = hosts[0].claim or draft.claim
                hosts[0].status = hosts[0].status or draft.status
                self.drafts = [d for d in self.drafts if d is not draft]

    @staticmethod
    def _knows(draft: Draft, backer: Backer) -> bool:
        names = [s for b in draft.investors.values() for s in b.spellings]
        return any(_same(s, t) for s in names for t in backer.spellings)

    def _report(self, draft: Draft) -> Report:
        evidence: list[Evidence] = []
        for source in draft.target[:3]:
            evidence.append(self._evidence("target", source, draft.rule or "target"))
        money = _money(draft.money)
        if draft.money:
            evidence.append(self._evidence("amount", draft.money))
        valuation = None
        if draft.valuation:
            worth = _money(draft.valuation)
            basis = draft.basis.value if draft.basis else "unspecified"
            valuation = Valuation(worth, basis) if worth else None  # type: ignore[arg-type]
            evidence.append(self._evidence("valuation", draft.valuation))
        round_ = None
        if draft.round:
            round_ = _value(draft.round.unit)
            evidence.append(self._evidence("round", draft.round))
        when = self._date(draft)
        if draft.date:
            evidence.append(self._evidence("date", draft.date))
        elif when:
            evidence.append(Evidence("date", "published", -1, -1, when.edtf, "date.fresh"))
        status: Status = "closed"
        if draft.status:
            cue, source = draft.status
            status = cue.value  # type: ignore[assignment]
            evidence.append(self._span("status", source.sentence, cue))
        investors = []
        for backer in draft.investors.values():
            names = [s.unit.text for s in backer.spellings]
            name = max(names, key=len)
            role: Role = "lead" if backer.lead else "participant"
            investors.append(Party(name, tuple(dict.fromkeys(names)), role=role, amount=_money(backer.cheque)))
            if backer.cheque:
                evidence.append(self._evidence(f"amount.{name}", backer.cheque))
            evidence.append(self._evidence(f"investor.{name}", backer.spellings[0], backer.rule))
            if backer.lead:
                evidence.append(self._evidence(f"lead.{name}", backer.spellings[0], backer.lead_rule))
        compute = None
        if draft.claim:
            claim, sentence = draft.claim
            compute = share(claim, money, None, sentence.units)
            if compute:
                first, last = sentence.units[claim.first], sentence.units[claim.last]
                evidence.append(self._quote("compute", sentence.part, first.start, last.end, claim.rule))
                compute = replace(compute, text=evidence[-1].quote)
        described = next((d for s in draft.target if (d := _described_as_ai(s))), None)
        if described:
            evidence.append(self._span("ai", *described))
        names = list(dict.fromkeys(s.unit.text for s in draft.target))
        return Report(self.article.id, Party(max(names, key=len), tuple(names)), tuple(investors), round_, status, money, valuation, compute, when, "yes" if described else "unknown", tuple(evidence))

    def _evidence(self, field_: str, source: Source, rule: str = "") -> Evidence:
        unit = source.unit
        if isinstance(unit.value, Mention):
            rule = unit.value.rule
        return self._quote(field_, source.sentence.part, unit.start, unit.end, rule)

    def _span(self, field_: str, sentence: Sentence, cue: Cue) -> Evidence:
        return self._quote(field_, sentence.part, sentence.units[cue.first].start, sentence.units[cue.last].end, cue.rule)

    def _quote(self, field_: str, part: Part, start: int, end: int, rule: str) -> Evidence:
        return Evidence(field_, part, start, end, self.article.part(part)[start:end], rule)


def _described_as_ai(source: Source) -> tuple[Sentence, Cue] | None:
    """Where the sentence calls the name an AI company."""
    for cue in source.sentence.of("ai_company"):
        if any(unit is source.unit for unit in source.sentence.units[cue.first : cue.last + 1]):
            return source.sentence, cue
    return None


def _vague(claim: Claim) -> bool:
    """Whether it tells no more than that some of the money is computing power."""
    return claim.money is None and claim.cash is None and (claim.share_min, claim.share_max) in ((None, None), (0, 1))


def _is_firm(unit: Unit) -> bool:
    """Whether a name is that of an investment firm, by how it ends or because the catalogue knows it."""
    return bool(unit.value) or unit.text.split()[-1] in FIRM_TAILS


def _same(one: Source, other: Source) -> bool:
    """Whether two mentions name one organisation: by the catalogue, or by their spelling."""
    if one.unit.value and one.unit.value == other.unit.value:
        return True
    return _alike(key_of(one.unit.text), one.unit.text, key_of(other.unit.text), other.unit.text)


def _alike(a: str, a_text: str, b: str, b_text: str) -> bool:
    """One name, or a short form that opens the long one ("Quillon" for "Quillon Robotics")."""
    if a == b:
        return True
    short, long_ = sorted((a_text.casefold().split(), b_text.casefold().split()), key=len)
    return len("".join(short)) >= 4 and len(short) < len(long_) and long_[: len(short)] == short


def _value(unit: Unit) -> str | None:
    return str(unit.value.value) if isinstance(unit.value, Mention) else None


def _when(unit: Unit) -> When | None:
    return unit.value.value if isinstance(unit.value, Mention) else None


def _money(source: Source | None) -> Money | None:
    return source.unit.value.value if source and isinstance(source.unit.value, Mention) else None


def _same_money(a: Unit, b: Unit) -> bool:
    if not (isinstance(a.value, Mention) and isinstance(b.value, Mention)):
        return False
    x, y = a.value.value, b.value.value
    if x.currency != y.currency:
        return False
    left = {v for v in (x.min, x.max) if v}
    right = {v for v in (y.min, y.max) if v}
    return any(abs(p - q) <= 0.05 * max(p, q) for p in left for q in right)


def _near(a: When, b: When) -> bool:
    gap = timedelta(days=45)
    return a.min <= b.max + gap and b.min <= a.max + gap


def _day(day: date) -> When:
    return When(day.isoformat(), day, day)
