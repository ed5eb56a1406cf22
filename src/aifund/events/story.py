"""Joins the frames of an article into deals: which sentences speak of one deal, and of whose when they do not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aifund.events.alike import Alike
from aifund.events.cast import Cast
from aifund.events.compute import Claim, claims
from aifund.events.draft import Draft, Source, Told, money_of, near, period_of, round_of, same, same_money
from aifund.events.frame import COHORT, LEARNED, Frame
from aifund.events.keys import key_of
from aifund.language.units import Sentence
from aifund.model import Article, When

DIGEST_TARGETS = 5  # an article that tells of sums for that many companies lists news
FRESH_SENTENCES = 4  # how deep in a story a deal without a time word still counts as the news itself
_EACH = 25  # units between a sum and "each"
_LONGEST_LIST = 12  # lines
_BEHIND_NAMES = ("(", ":", "-")  # what follows a name that begins an entry of a list
_HEADED = 2  # lines that a heading speaks for
_NEXT = 1  # lines after a deal's own in which a sentence may add nothing but investors
_PAST = timedelta(days=100)  # a deal that lies farther back is not the news


def drafts(
    article: Article, sentences: Sequence[Sentence], who: Cast, frames: Sequence[Sequence[Frame]]
) -> list[Draft]:
    """The deals that `article` tells of by the frames of each sentence, in the order in which it tells them."""
    story = _Story(article, who)
    for number, sentence in enumerate(sentences):
        story.open(sentence)
        for frame in frames[number]:
            if not (frame.status and frame.status.kind == "no_deal"):
                story.add(Told(sentence, frame, number))
        for claim in claims(sentence):
            story.claim(sentence, claim)
    story.settle_cohort()
    story.settle_background()
    return story.drafts


def date_of(draft: Draft, article: Article, all_drafts: Sequence[Draft]) -> When | None:
    """When the deal was: as told; of fresh news without a time word the day of publication."""
    if draft.date is not None:
        return period_of(draft.date)
    if article.published is None or draft.background:
        return None
    if draft.number <= FRESH_SENTENCES or draft.item or _lists_news(all_drafts):
        return When(article.published.isoformat(), article.published, article.published)
    return None


def _lists_news(all_drafts: Sequence[Draft]) -> bool:
    keys: set[str] = set()
    for draft in all_drafts:
        if draft.money:
            keys.add(draft.key)
        if len(keys) >= DIGEST_TARGETS:  # no more need be asked: there may be thousands
            return True
    return False


class _Story:
    """The deals so far; `focus` is the one told last, `head` the name with which the current line begins, or its
    heading.
    """

    def __init__(self, article: Article, who: Cast) -> None:
        self.article = article
        self.people, self.employers = who.people, who.employers
        self.topic = Source(*who.topic) if who.topic else None
        self.drafts: list[Draft] = []
        self.named: Alike[Draft] = Alike()
        self.focus: Draft | None = None
        self.block = -1
        self.head: Source | None = None
        self.heading: Source | None = None
        self.listed: list[Source] = []  # names with which the lines of lists begin
        self.cohort: Told | None = None

    def open(self, sentence: Sentence) -> None:
        """Notes the name with which a line begins: an item or a paragraph about one company."""
        if sentence.block == self.block:
            return
        below = not (sentence.item or sentence.heading)
        headed = below and self.heading is not None and sentence.block - self.heading.sentence.block <= _HEADED
        self.block, self.head = sentence.block, self.heading if headed else None
        first = sentence.units[0] if sentence.units and sentence.first else None
        named = first is not None and first.kind == "name" and key_of(first.text) not in self.people
        if first is not None and named and self.head is None:
            self.head = Source(sentence, first)
        if self.head is not None and self.head.unit is first and _of_list(sentence):
            self.listed.append(self.head)
        if sentence.heading:
            names = [unit for unit in sentence.units if unit.kind == "name" and key_of(unit.text) not in self.people]
            self.heading = Source(sentence, names[0]) if len(names) == 1 else None

    def add(self, told: Told) -> None:
        if self.cohort is None and _of_cohort(told):
            self.cohort = told
        else:
            self._place(told)

    def _place(self, told: Told) -> None:
        before = told.frame.antecedent
        targets = [Source(*before)] if before else [told.source(u) for u in told.frame.targets]
        named = [target for target in targets if key_of(target.name) not in self.people]
        if not targets and any(told.sentence.of("speaker")):  # "we have raised $5m," said O, founder of N
            targets = [told.source(u) for u in told.sentence.names()]
        named = named or self._behind(targets, told)
        for target in named:
            self._join(self._of(target), [target], told)
        if not named:
            self._refer(told)

    def _behind(self, persons: Sequence[Source], told: Told) -> list[Source]:
        """The organisation that the first of `persons` stands for, if it is no investor."""
        keys = (key_of(person.name) for person in persons)
        firms = [Source(*self.employers[key]) for key in keys if key in self.employers]
        return [firm for firm in firms[:1] if firm.unit.tail != "investor" and not self._gives(told, firm)]

    def claim(self, sentence: Sentence, claim: Claim) -> None:
        """What is said of payment in computing power belongs to the deal told just before."""
        start = sentence.units[claim.first].start
        here = (d for d in self.drafts if d.block == sentence.block)
        told = [d for d in here if any(s.sentence is sentence and s.unit.start <= start for s in d.target)]
        draft = told[-1] if told else self.focus
        if draft is not None and (draft.claim is None or (_vague(draft.claim[0]) and not _vague(claim))):
            draft.claim = (claim, sentence)

    def settle_cohort(self) -> None:
        """What each company of a list gets, told before or behind it."""
        if self.cohort is None:
            return
        told = replace(self.cohort, frame=replace(self.cohort.frame, targets=[], rule=COHORT))
        near = sorted(self.listed, key=lambda s: abs(s.sentence.block - told.sentence.block))
        members = [s for s in self.listed if near and abs(s.sentence.block - near[0].sentence.block) <= _LONGEST_LIST]
        if len(members) < 2:
            self._place(self.cohort)
            return
        for member in members:
            if not self._gives(told, member):
                self._join(self._of(member), [member], told)

    def settle_background(self) -> None:
        """That somebody has invested in a company, told beside the deal in which he did, is that deal."""
        joined: set[Draft] = set()
        for draft in [d for d in self.drafts if not d.specific and not d.status]:
            hosts = [d for d in self._of(draft.target[0]) if d is not draft and d.specific]
            known = [d for d in hosts if not d.investors or all(d.backer(b.mentions[0]) for b in draft.investors)]
            if known:
                for backer in draft.investors:
                    for source in backer.mentions:
                        known[0].invest(source, backer.rule, bool(backer.lead_rule))
                known[0].claim = known[0].claim or draft.claim
                joined.add(draft)
        self.drafts = [d for d in self.drafts if d not in joined]

    # whose deal a sentence without a name speaks of ------------------------------------------------------------

    def _refer(self, told: Told) -> None:
        """A frame without a name for its target speaks of the deal told before in its line, of the company with which
        the line begins, of the deal told before, or of the article's topic: of the first of these that there is.
        """
        focus, item = self.focus, told.sentence.item
        if told.frame.rule == LEARNED and focus is not None and told.sentence.block - focus.block > _NEXT:
            return
        head = None if self.head and self._gives(told, self.head) else self.head
        said = told.frame.refers or bool(told.frame.targets)
        if focus is not None and (focus.block == told.sentence.block or not (head or item or focus.item)):
            back = any(told.sentence.of("this_round"))
            if said or back or told.frame.money is None or self._alone(told, focus.target[0]):
                self._join(self._of(focus.target[0]), focus.target, told)
        elif head is not None and (item or self._alone(told, head)):
            self._join(self._of(head), [head], told)
        elif focus is None and (not item or any(told.sentence.of("speaker"))):
            topic = Source(*told.frame.likely) if told.frame.likely else self.topic
            if topic is not None and not self._gives(told, topic) and (said or self._alone(told, topic)):
                self._join([], [topic], told)

    @staticmethod
    def _gives(told: Told, party: Source) -> bool:
        return any(same(backer, party) for backer in told.backers())

    def _alone(self, told: Told, target: Source) -> bool:
        """Whether no other organisation stands in the sentence whose deal it could be."""
        frame = told.frame
        if frame.round is None and frame.valuation is None and not frame.investors:
            return False
        backers = {role.unit for role in frame.investors}
        others = (i for i in told.sentence.names() if i not in backers)
        sources = [told.source(i) for i in others if key_of(told.sentence.units[i].text) not in self.people]
        return all(same(source, target) for source in sources)

    # which deal of the target it is ------------------------------------------------------------

    def _of(self, target: Source) -> list[Draft]:
        return self.named.find(target)

    def _join(self, candidates: Sequence[Draft], target: Sequence[Source], told: Told) -> None:
        focus = next((draft for draft in candidates if draft is self.focus), None)
        if focus is not None and not told.frame.targets and _is_cheque(told, focus):
            told = _as_cheque(told)
        fits = [draft for draft in candidates if self._fits(draft, told)]
        draft = max(fits, key=lambda d: self._rank(d, told), default=None)
        if draft is None:
            draft = self._open(target, told)
            if draft is None:
                return
            self.drafts.append(draft)
            self.named.add(draft, target)
        elif target[0].name not in {source.name for source in draft.target}:
            draft.target.extend(target)
            self.named.add(draft, target)
        draft.take(told)
        self.focus = draft

    @staticmethod
    def _open(target: Sequence[Source], told: Told) -> Draft | None:
        frame, sentence = told.frame, told.sentence
        figures = frame.money is not None or frame.round is not None
        if frame.rule == LEARNED or not (figures or frame.investors or frame.bare):
            return None
        portfolio = len(frame.targets) > 1 and not figures  # in whom somebody has invested is no news of the day
        past = frame.background or portfolio
        return Draft(list(target), frame.rule, told.number, sentence.block, sentence.item, past)

    def _fits(self, draft: Draft, told: Told) -> bool:
        """Whether the frame can speak of the draft's deal."""
        money, round_ = told.maybe(told.frame.money), told.maybe(told.frame.round)
        if money and draft.money and not same_money(money, draft.money, self.article.published):
            return False
        if round_ and draft.round and round_of(round_) != round_of(draft.round):
            return False
        agreed = bool((money and draft.money) or (round_ and draft.round))
        before = told.frame.background and told.frame.bare and bool(told.frame.investors)  # who put money in before
        if (money or round_ or before) and told.frame.background != draft.background and not agreed:
            return False
        when, known = period_of(told.maybe(told.frame.date)), date_of(draft, self.article, self.drafts)
        return agreed or not (when and known) or near(when, known)

    def _rank(self, draft: Draft, told: Told) -> tuple[int, bool, bool, int]:
        """Of several deals that fit, the one with most in common, then the news before the past, then the last told."""
        frame = told.frame
        common = 2 * (frame.money is not None and draft.money is not None)
        common += frame.round is not None and draft.round is not None
        common += any(draft.backer(source) for source in told.backers())
        past = frame.background or frame.date is not None
        return common, past or not self._lies_back(draft), draft is self.focus, -draft.number

    def _lies_back(self, draft: Draft) -> bool:
        when, published = period_of(draft.date), self.article.published
        return draft.background or bool(when and published and when.max < published - _PAST)


def _of_list(sentence: Sentence) -> bool:
    """Whether the line is one of a list, to judge by its mark or by what follows the name."""
    return sentence.item or (sentence.heading and any(unit.text in _BEHIND_NAMES for unit in sentence.units[1:2]))


def _of_cohort(told: Told) -> bool:
    """Whether each of several companies that are named elsewhere gets the sum."""
    frame = told.frame
    near = [c for c in told.sentence.of("cohort") if frame.money is not None and abs(c.first - frame.money) <= _EACH]
    open_ = not frame.targets or frame.rule.startswith(LEARNED)
    return not told.sentence.item and any(open_ or cue.value == "companies" for cue in near)


def _is_cheque(told: Told, draft: Draft) -> bool:
    """Whether one investor gives a part of the deal's sum: "raised $400 million from N and M. N put in $100m"."""
    frame = told.frame
    part, whole = money_of(told.maybe(frame.money)), money_of(draft.money)
    if part is None or whole is None or part.currency != whole.currency or frame.background != draft.background:
        return False
    smaller = max(part.min or 0, part.max or 0) < max(whole.min or 0, whole.max or 0)
    return smaller and len(frame.investors) == 1 and frame.round is None and frame.date is None


def _as_cheque(told: Told) -> Told:
    [role] = told.frame.investors
    frame = replace(told.frame, money=None, investors=[replace(role, cheque=told.frame.money)])
    return replace(told, frame=frame)


def _vague(claim: Claim) -> bool:
    """Whether it tells no more than that some of the money is computing power."""
    return claim.money is None and claim.cash is None and (claim.share_min, claim.share_max) in ((None, None), (0, 1))
