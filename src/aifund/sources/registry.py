"""Which formats there are, and which of them a file is in."""

from __future__ import annotations

from aifund.sources import csv_table, feed, json_list, jsonl, mail, page, parquet, pdf, text, warc
from aifund.sources.form import Form

# In the order in which the content of a file without a known ending is asked; plain text takes what no other wants.
FORMS: tuple[Form, ...] = (
    warc.FORM, parquet.FORM, pdf.FORM, mail.BOX, mail.FORM, page.FORM, feed.FORM, jsonl.FORM, json_list.FORM,
    csv_table.FORM, text.FORM,
)  # fmt: skip
ENDINGS: dict[str, Form] = {ending: form for form in FORMS for ending in form.endings}
_BINARY = (warc.FORM, parquet.FORM, pdf.FORM)  # whose first bytes are no accident: they outweigh the name
_OF_ANY = (".json", ".xml")  # endings of files that hold more than one format


def form_of(name: str, head: bytes) -> tuple[Form | None, str]:
    """The form that reads a file with this name and these first bytes, and the name without the form's ending."""
    base = name.rpartition("/")[2].lower()
    ending = max((e for e in ENDINGS if base.endswith(e) and len(base) > len(e)), key=len, default="")
    stem = name[: len(name) - len(ending)]
    shown = next((form for form in FORMS if form.looks(head)), text.FORM)
    if shown in _BINARY:
        return shown, stem
    if ending:
        return shown if ending in _OF_ANY and shown is not text.FORM else ENDINGS[ending], stem
    unknown = shown is text.FORM and "." in base.lstrip(".")
    return (None if unknown else shown), name
