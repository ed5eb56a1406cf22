"""A user's own organisations over the shipped ones: what the user says wins, and what the user denies is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from aifund.entities.files import Conditional, EntityFile, Loaded, Organisation, organisations
from aifund.entities.names import name_key


def layered(shipped: tuple[Loaded, ...], own: tuple[Loaded, ...], legal: Collection[str]) -> tuple[Loaded, ...]:
    """The files of both; `legal` are the words of legal forms, folded.

    An own entry whose id is shipped adds to that entry, with its own name, kind, parent and so on where they are given.
    A spelling that an own entry claims is taken from all other shipped entries, one in its `not` from its own.
    """
    layers = _Layers(shipped, own, legal)
    return (*(layers.below(file) for file in shipped), *(layers.above(file) for file in own))


class _Layers:
    def __init__(self, shipped: tuple[Loaded, ...], own: tuple[Loaded, ...], legal: Collection[str]) -> None:
        self._legal = legal
        self._own = {entry.id: entry for _, _, entry in organisations(own)}
        self._shipped = {entry.id: entry for _, _, entry in organisations(shipped)}
        self._claimed = {self._key(name): "" for file in own for name in file.content.names}
        self._claimed |= {self._key(name): id_ for id_, entry in self._own.items() for name in _spellings(entry)}

    def below(self, file: Loaded) -> Loaded:
        """A shipped file without what is the user's now."""
        content = file.content
        entries = tuple(self._left(entry) for entry in content.organisations)
        names = tuple(name for name in content.names if self._key(name) not in self._claimed)
        replaced = frozenset(index for index, entry in enumerate(entries) if entry.id in self._own)
        return replace(file, content=_changed(content, organisations=entries, names=names), replaced=replaced)

    def above(self, file: Loaded) -> Loaded:
        """An own file, its entries with what the shipped ones of the same id know besides."""
        entries = tuple(
            _joined(entry, self._left(self._shipped[entry.id])) if entry.id in self._shipped else entry
            for entry in file.content.organisations
        )
        return replace(file, content=_changed(file.content, organisations=entries))

    def _left(self, entry: Organisation) -> Organisation:
        """A shipped entry without the spellings that are another's now or that the user denies."""
        groups = ((self._kept(entry, group.aliases), group.needs) for group in entry.aliases_if)
        return entry.model_copy(
            update={
                "aliases": self._kept(entry, entry.aliases),
                "aliases_if": tuple(Conditional(aliases=left, needs=needs) for left, needs in groups if left),
                "former": tuple(one for one in entry.former if self._kept(entry, (one.name,))),
            }
        )

    def _kept(self, entry: Organisation, names: tuple[str, ...]) -> tuple[str, ...]:
        denied = {self._key(name) for name in self._own[entry.id].never} if entry.id in self._own else set()
        keys = {name: self._key(name) for name in names}
        return tuple(
            name for name in names if self._claimed.get(keys[name], entry.id) == entry.id and keys[name] not in denied
        )

    def _key(self, name: str) -> str:
        return name_key(name, self._legal)


def _joined(own: Organisation, shipped: Organisation) -> Organisation:
    """The shipped entry with what the own one gives: lists grow, everything else is replaced. Own spellings first."""
    said = {key: getattr(own, key) for key in own.model_fields_set}
    bound = {name for group in own.aliases_if for name in group.aliases}
    aliases = dict.fromkeys((*own.aliases, *(name for name in shipped.aliases if name not in bound)))
    if shipped.name != own.name and shipped.name not in bound:
        aliases[shipped.name] = None
    lists = {
        "aliases": tuple(aliases),
        "aliases_if": (*own.aliases_if, *_still_bound(shipped, own)),
        "former": tuple(dict.fromkeys((*own.former, *shipped.former))),
        "never": tuple(dict.fromkeys((*own.never, *shipped.never))),
    }
    return shipped.model_copy(update=said | lists)


def _still_bound(shipped: Organisation, own: Organisation) -> Iterator[Conditional]:
    """The shipped conditions, without those of spellings to which the own entry gives none or others."""
    free = {*own.aliases, *(name for group in own.aliases_if for name in group.aliases)}
    for group in shipped.aliases_if:
        if left := tuple(name for name in group.aliases if name not in free):
            yield Conditional(aliases=left, needs=group.needs)


def _changed(content: EntityFile, **fields: object) -> EntityFile:
    return content.model_copy(update=fields)


def _spellings(entry: Organisation) -> tuple[str, ...]:
    conditional = tuple(name for group in entry.aliases_if for name in group.aliases)
    return (entry.name, *entry.aliases, *conditional, *(one.name for one in entry.former))
