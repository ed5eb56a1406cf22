"""Parquet: a table in columns (pyarrow), read in portions, and only its columns that are looked at."""

from __future__ import annotations

from collections.abc import Iterator

from aifund.sources.fields import KNOWN
from aifund.sources.form import Form, Item, Refused, Source
from aifund.sources.rows import Row, articles

_PORTION = 256  # rows


def read(source: Source) -> Iterator[Item]:
    """The rows of the table as articles, in file order."""
    yield from articles(_rows(source), source)


def _rows(source: Source) -> Iterator[Row]:
    from pyarrow.parquet import ParquetFile

    file = ParquetFile(source.seekable(), pre_buffer=False)
    groups = range(file.num_row_groups)
    if any(file.metadata.row_group(group).total_byte_size > source.limits.row_group for group in groups):
        raise Refused(f"a row group larger than {source.limits.row_group} bytes (--limit row_group)")
    number = 0
    for batch in file.iter_batches(_PORTION, columns=_columns(source, file.schema_arrow.names)):
        for row in batch.to_pylist():
            number += 1
            yield f"row {number}", row


def _columns(source: Source, names: list[str]) -> list[str]:
    wanted = {"".join(filter(str.isalnum, name.partition(".")[0].lower()))
              for part in KNOWN for name in source.reading.fields.names(part)}  # fmt: skip
    return [name for name in names if "".join(filter(str.isalnum, name.partition(".")[0].lower())) in wanted]


FORM = Form("parquet", "a table in columns", (".parquet",), lambda head: head.startswith(b"PAR1"), read)
