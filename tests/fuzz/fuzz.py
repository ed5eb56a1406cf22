"""Coverage-guided fuzzing (atheris) of the loader, the money and the date grammar: nothing crashes, nothing hangs.

    pip install -e '.[dev,fuzz]'
    python tests/fuzz/fuzz.py loader CORPUS -max_total_time=600 -timeout=20      (or money, dates)

CORPUS is a folder that grows with what is found; it is first filled with the tests' files and the seeds. The options
are libFuzzer's. What breaks a promise ends the run and leaves its input as `crash-…` or `timeout-…`.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

with atheris.instrument_imports(include=["aifund"]):
    from aifund import load_rules
    from aifund.language.dates import find_dates
    from aifund.language.legible import mended
    from aifund.language.money import find_money
    from aifund.language.text import matching
    from aifund.model import Article
    from aifund.sources import Limits, Reading
    from aifund.sources.files import opened
    from aifund.sources.registry import ENDINGS

NAMES = ["a", *(f"a{ending}" for ending in sorted({*ENDINGS, ".gz", ".bz2", ".xz", ".zst", ".zip", ".tar"}))]
READING = Reading(Limits(article=1 << 20, unpacked=1 << 22))


def loader(data: bytes) -> None:
    """Any bytes under any name become articles with text, or reasons; the first byte chooses the name."""
    name = NAMES[data[0] % len(NAMES)] if data else "a"
    for item in opened(name, name, io.BytesIO(data[1:]), READING, size=len(data)):
        assert item.id
        if isinstance(item, Article):
            assert item.text.strip()
            (item.text + item.title).encode()
            whole = mended(item.text[:2000])
            assert len(matching(whole.text)) == len(whole.text)
        else:
            assert item.reason


def money(data: bytes) -> None:
    """Sums stand where they say, in order, with bounds the right way round."""
    text = matching(data.decode("utf-8", "replace"))
    for found in find_money(text, RULES):
        assert text[found.start : found.end] == found.text
        low, high = found.value.min, found.value.max
        assert low is None or high is None or 0 <= low <= high


def dates(data: bytes) -> None:
    """Dates stand where they say, and begin before they end."""
    text = matching(data.decode("utf-8", "replace"))
    for found in find_dates(text, date(2025, 3, 7), RULES):
        assert text[found.start : found.end] == found.text
        assert found.value.min <= found.value.max


def samples(target: str) -> Iterator[bytes]:
    """What the tests know: a file of every format, the seeds and the examples of the rules."""
    if target != "loader":
        for path in sorted((ROOT / "rules").glob(f"{'money' if target == 'money' else 'dates'}*.yaml")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if "text:" in line:
                    yield line.partition("text:")[2].strip(" '\"{}").encode()
        return
    from formats import files

    text = "Zorblat raised $30 million in a Series A round led by Quillon Capital."
    page = f"<html><head><title>T</title></head><body><article><p>{text}</p></article></body></html>"
    rows = [{"id": "1", "title": "T", "text": text, "published": "2025-03-07"}]
    made = {
        "a.html": page.encode(),
        "a.txt": text.encode(),
        "a.jsonl": files.lines(*rows),
        "a.json": b'{"articles": [' + files.lines(*rows) + b"]}",
        "a.csv": f'id,text\n1,"{text}"\n'.encode(),
        "a.parquet": files.parquet([dict(row) for row in rows]),
        "a.xml": files.rss([{"title": "T", "description": text, "unique_id": "https://l.example/1"}]),
        "a.warc": files.warc({"https://l.example/1": ("text/html", page.encode())}),
        "a.eml": files.mail(text, page),
        "a.mbox": files.mbox([files.mail(text)]),
        "a.pdf": files.pdf([text]),
        "a.zip": files.zipped({"a.txt": text.encode()}),
        "a.tar": files.tarred({"a.txt": text.encode()}),
        "a.gz": files.PACKED[".gz"](text.encode()),
        "a.xz": files.PACKED[".xz"](text.encode()),
        "a.zst": files.PACKED[".zst"](text.encode()),
    }
    for name, data in made.items():
        yield bytes([NAMES.index(name)]) + data
    for path in sorted((ROOT / "seeds").iterdir()):
        yield b"\0" + path.read_bytes()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    RULES = load_rules()
    TARGETS: dict[str, Callable[[bytes], None]] = {"loader": loader, "money": money, "dates": dates}
    target, corpus = sys.argv[1], Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    for number, sample in enumerate(samples(target)):
        (corpus / f"sample-{number}").write_bytes(sample)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[target])
    atheris.Fuzz()
