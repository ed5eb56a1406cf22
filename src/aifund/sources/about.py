"""What the sources say of themselves, for people."""

from __future__ import annotations

from dataclasses import fields

from aifund.model import Article
from aifund.sources.fields import KNOWN
from aifund.sources.form import Item, Skipped
from aifund.sources.limits import Limits
from aifund.sources.registry import FORMS
from aifund.sources.unpack import ENDINGS


def about() -> str:
    """The formats with their endings, how files may be packed, the fields of rows and the limits."""
    forms = sorted(FORMS, key=lambda form: form.name)
    lines = [f"{form.name:<10}{' '.join(form.endings):<24}{form.about}" for form in forms]
    lines += ["", f"packed    {' '.join(sorted(ENDINGS))}, in each other too", ""]
    lines += [f"field     {part:<12}{', '.join(names)}" for part, names in KNOWN.items()]
    lines += ["", *(f"limit     {one.name:<12}{one.default}" for one in fields(Limits))]
    return "\n".join(lines)


def shown(item: Item, *, alone: bool) -> tuple[bool, str]:
    """Whether the item is an article or left out on purpose, and what there is to say of it: of one `alone` its text
    to the letter, else with a head of what else the input tells.
    """
    if isinstance(item, Skipped):
        return True, f"skipped: {item.id}: {item.reason}"
    if not isinstance(item, Article):
        return False, f"unreadable: {item.id}: {item.reason}"
    if alone:
        return True, item.text
    told = (
        ("article", item.id),
        ("title", item.title),
        ("publisher", item.publisher),
        ("published", item.published and item.published.isoformat()),
        ("url", item.url),
        ("language", item.language),
    )
    return True, "".join(f"{name}: {value}\n" for name, value in told if value) + f"\n{item.text}\n"
