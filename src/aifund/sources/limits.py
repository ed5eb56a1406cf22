"""How much of an input is read: every limit by name, with its default."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from aifund.errors import UsageError

_SIZE = re.compile(r"([0-9]+) ?(k|M|G|)i?B?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond a limit an input is recorded with a reason and costs only itself."""

    article: int = 64 * 1024**2  # bytes of one article (a file, a row, a member, a page); more is an accident or a bomb
    characters: int = 64_000  # of an article that are searched for events: more than the longest news has
    unpacked: int = 256 * 1024**2  # bytes that any packed file may unpack to, however small it is ...
    ratio: int = 200  # ... and beyond them, how many times its own size; news packs to a fifth, a bomb to a thousandth
    nesting: int = 3  # archives in archives
    depth: int = 100  # lists and objects in each other in JSON
    row_group: int = 1024**3  # bytes of a Parquet row group, which has to be in memory as a whole
    pages: int = 2_000  # of a PDF

    @classmethod
    def of(cls, settings: Iterable[str]) -> Limits:
        """The defaults changed by settings such as `article=200MB`; raises UsageError."""
        names = [field.name for field in fields(cls)]
        changed: dict[str, int] = {}
        for setting in settings:
            name, _, size = setting.partition("=")
            number = _SIZE.fullmatch(size.strip())
            if name.strip() not in names or number is None:
                raise UsageError(f"--limit {setting!r} is not known — give NAME=NUMBER, NAME out of {', '.join(names)}")
            changed[name.strip()] = int(number[1]) * _UNITS[number[2].lower()]
        return cls(**changed)
