"""Which spellings an organisation claims, and under which conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from aifund.entities.files import Organisation
from aifund.entities.names import fold, name_key

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))


@dataclass(frozen=True, slots=True)
class Claim:
    """An entity's right to a spelling, in articles that hold one of `needs` (none: in every article).

    `until` is when a former name was given up.
    """

    entity: str
    spelling: str
    needs: tuple[str, ...] = ()
    until: str = ""


Claims = dict[str, tuple[Claim, ...]]


def spellings(organisation: Organisation) -> Iterator[Claim]:
    """Every spelling of the organisation; one that is listed under a condition counts only there."""
    conditional = {alias for group in organisation.aliases_if for alias in group.aliases}
    for spelling in (organisation.name, *organisation.aliases):
        if spelling not in conditional:
            yield Claim(organisation.id, spelling)
    for former in organisation.former:
        if former.name not in conditional:
            yield Claim(organisation.id, former.name, until=former.until)
    until = {former.name: former.until for former in organisation.former}
    for group in organisation.aliases_if:
        for spelling in group.aliases:
            yield Claim(organisation.id, spelling, group.needs, until.get(spelling, ""))


def claims_by_form(organisations: Iterable[Organisation], legal: Collection[str]) -> Claims:
    """All claims of `organisations` by folded spelling and by key."""
    claims: Claims = {}
    for organisation in organisations:
        for form, its in _forms(organisation, legal).items():
            claims[form] = claims[form] + its if form in claims else its
    return claims


def add_names(claims: Claims, names: Mapping[str, str], legal: Collection[str]) -> Claims:
    """`claims` with those of plain names, given by the id of their entity: they know no conditions."""
    by_name: Claims = {}
    for entity, name in names.items():
        by_name[fold(name)] = by_name[name_key(name, legal)] = (Claim(entity, name),)
    return {**by_name, **claims}


def met(needs: tuple[str, ...], article: str) -> str:
    """The first of `needs` that stands in the text `article` as whole words, in any case; empty if none does."""
    text = _last_plain(article)
    return next((need for need in needs if _stands(_plain(need), text)), "")


def _forms(organisation: Organisation, legal: Collection[str]) -> Claims:
    """One organisation's claims by folded spelling and by key.

    A spelling without a condition also claims its key ("Box Inc" claims "box"), unless the organisation claims just
    that under a condition ("Box" among words about cloud storage).
    """
    forms: Claims = {}
    keys: dict[str, Claim] = {}
    bound: Claims = {}
    for claim in spellings(organisation):
        form, key = fold(claim.spelling), name_key(claim.spelling, legal)
        if not claim.needs:
            forms.setdefault(form, (claim,))
            keys.setdefault(key, claim)
        else:
            for each in {form, key} - forms.keys():
                bound[each] = (*bound.get(each, ()), claim)
    for key, claim in keys.items():
        if key not in bound:
            forms.setdefault(key, (claim,))
    return {**bound, **forms}


def _stands(phrase: str, text: str) -> bool:
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not (text[start - 1 : start].isalnum() and phrase[0].isalnum()) and not (
            text[end : end + 1].isalnum() and phrase[-1].isalnum()
        ):
            return True
        start = text.find(phrase, start + 1)
    return False


@lru_cache(maxsize=4096)
def _plain(phrase: str) -> str:
    return phrase.translate(_APOSTROPHES).casefold()


@lru_cache(maxsize=2)
def _last_plain(article: str) -> str:
    """As `_plain`, kept only for the articles in hand: they are asked about again and again, and may be long."""
    return article.translate(_APOSTROPHES).casefold()
