"""Hostile inputs through the command line: each ends soon, in little memory, with an exit code and a reason."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from formats import files

if TYPE_CHECKING:
    from conftest import Aifund

TEXT = "Zorblat raised $30 million in a Series A round led by Quillon Capital."
SECONDS = 60  # far more than any of them takes
MEGABYTES = 3000  # of data; address space would be no bound, numpy maps much of it
Run = Callable[..., dict[str, tuple[str, str]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `aifund extract` over the folder `in`, beside a good article; gives each input's outcome and reason."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.txt").write_text(TEXT)

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))

    def extract(code: int, *more: object, stderr: str = "") -> dict[str, tuple[str, str]]:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "aifund",
                "extract",
                str(tmp_path / "in"),
                *map(str, more),
                "-o",
                str(tmp_path / "out"),
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            preexec_fn=bounded,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert stderr in done.stderr
        with (tmp_path / "out/articles.csv").open(encoding="utf-8", newline="") as file:
            rows = {row["article"]: (row["outcome"], row["reason"]) for row in csv.DictReader(file)}
        assert rows.pop("good")[0] == "events"
        return rows

    return extract


def put(folder: Path, name: str, data: bytes | str) -> None:
    (folder / "in" / name).write_bytes(data.encode() if isinstance(data, str) else data)


def test_what_is_no_text(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "empty.txt", b"")
    put(tmp_path, "byte.txt", b"\xff")
    put(tmp_path, "nul.txt", b"raised\0$5 million")
    put(tmp_path, "utf8.txt", b"Zorblat raised \xff\xfe\xc3( $5 million on Friday")
    put(tmp_path, "cut.txt.gz", gzip.compress(os.urandom(5000))[:-20])
    put(tmp_path, "cut.jsonl.gz", gzip.compress(files.lines(*({"id": str(n), "text": TEXT} for n in range(9))))[:-9])
    put(tmp_path, "cut.zip", files.zipped({"a.txt": b"words" * 1000})[:-30])
    put(tmp_path, "cut.parquet", files.parquet([{"text": TEXT}])[:-20])
    put(tmp_path, "cut.warc", files.warc({"https://l.example/": ("text/html", TEXT.encode())})[:-200])
    found = run(3)
    outcomes = {name: outcome for name, (outcome, _) in found.items()}
    expected = {"empty", "nul", "cut", "cut-2", "cut-3", "cut-4"}
    assert {name for name, outcome in outcomes.items() if outcome == "unreadable"} >= expected
    assert outcomes["byte"] == "no_event"  # ÿ in windows-1252
    assert outcomes["utf8"] in ("events", "no_event")
    assert found["empty"][1] == "empty"
    assert "NUL" in found["nul"][1]


def test_bombs(run: Run, tmp_path: Path) -> None:
    layer = gzip.compress(b"\0" * 1_000_000_000, 9)
    put(tmp_path, "text.txt.gz", layer)
    put(tmp_path, "twice.txt.gz.gz", gzip.compress(layer))
    put(tmp_path, "rows.jsonl.gz", gzip.compress((b" " * 999_999 + b"\n") * 1000))
    put(tmp_path, "many.zip", files.zipped({f"{n}.txt": b"\0" * 50_000_000 for n in range(12)}))
    nested = files.zipped({"a.txt": TEXT.encode()})
    for depth in range(6):
        nested = files.zipped({f"{depth}.zip": nested})
    put(tmp_path, "nested.zip", nested)
    found = run(3)
    assert {outcome for outcome, _ in found.values()} == {"unreadable"}
    assert found["text"][1] == "larger than 67108864 bytes (--limit article)"
    assert "a bomb?" in found["rows"][1]
    assert any("a bomb?" in reason for name, (_, reason) in found.items() if name.startswith("many/"))
    assert [reason for _, reason in found.values() if "nested deeper than 3" in reason] != []


def test_archives_lead_nowhere_outside(run: Run, tmp_path: Path) -> None:
    put(
        tmp_path,
        "slip.zip",
        files.zipped({"../../x.txt": TEXT.encode(), "/etc/y.txt": TEXT.encode(), "C:\\z.txt": b"w"}),
    )
    out = io.BytesIO()
    (tmp_path / "secret.txt").write_text(TEXT)
    with tarfile.open(fileobj=out, mode="w") as file:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "secret.txt")
        file.addfile(link)
    put(tmp_path, "links.tar", out.getvalue())
    before = sorted(str(path) for path in tmp_path.parent.rglob("*") if "out" not in path.parts)
    found = run(0)
    assert set(found) == {"slip/x", "slip/etc/y", "slip/C:/z", "links/link.txt"}
    assert found["links/link.txt"] == ("skipped", "not a regular file")
    assert sorted(str(path) for path in tmp_path.parent.rglob("*") if "out" not in path.parts) == before


def test_a_member_that_is_encrypted_costs_only_itself(run: Run, tmp_path: Path) -> None:
    data = bytearray(files.zipped({"a.txt": b"words", "b.txt": b"words"}))
    for magic, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(magic) + offset] |= 1  # says that it is encrypted
    put(tmp_path, "a.zip", bytes(data))
    found = run(3)
    assert found["a/b"][0] == "no_event"
    assert "encrypted" in found["a/a"][1]


def test_links_pipes_and_closed_doors(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/self.txt").symlink_to("self.txt")
    os.mkfifo(tmp_path / "in/pipe.txt")
    found = run(0)
    assert {outcome for outcome, _ in found.values()} == {"skipped"}
    assert set(found) == {"loop", "self.txt", "pipe.txt"}
    os.mkfifo(tmp_path / "named.txt")
    assert run(3, tmp_path / "named.txt")["named.txt"] == ("unreadable", "not a regular file")


def test_a_file_that_vanishes_or_turns_into_a_pipe(tmp_path: Path) -> None:
    from aifund.model import Article, Unreadable
    from aifund.sources import read

    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    items = read([tmp_path])
    assert isinstance(next(iter(items)), Article)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.txt").unlink()
    os.mkfifo(tmp_path / "c.txt")
    gone, pipe, last = items
    assert isinstance(gone, Unreadable)
    assert gone.reason == "No such file or directory"
    assert isinstance(pipe, Unreadable)
    assert pipe.reason == "not a regular file"
    assert isinstance(last, Article)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_no_permission(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from aifund.sources import read; os.setgroups([]);"
        "os.setgid(65534); os.setuid(65534);"
        "print([getattr(item, 'reason', 'read') for item in read([Path(sys.argv[1])])])"
    )
    tmp_path.chmod(0o755)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "c").mkdir(mode=0)
    for parent in tmp_path.parents:
        if parent.stat().st_mode & 0o5 != 0o5:
            parent.chmod(parent.stat().st_mode | 0o5)
    done = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=False)
    assert done.stdout == "['Permission denied', 'read', 'Permission denied']\n", done.stderr


def test_long_lines(run: Run, tmp_path: Path) -> None:
    long = b"x" * 200_000_000
    put(
        tmp_path,
        "a.jsonl",
        b'{"id": "long", "text": "' + long + b'"}\n' + files.lines({"id": "after", "text": "words"}),
    )
    put(tmp_path, "b.csv", b"id,text\nlong," + long + b"\nafter-b,other words\n")
    put(tmp_path, "c.txt", long)
    found = run(3)
    assert {name for name, (outcome, _) in found.items() if outcome == "unreadable"} == {"a", "b", "c"}
    assert found["after"][0] == found["after-b"][0] == "no_event"


def test_a_huge_paragraph_is_searched_as_far_as_the_limit(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", f"{TEXT} " + "Nobody said anything else about it on that day. " * 1_050_000)
    reason = "only the first 64,000 of 50,400,071 characters were searched"
    assert run(0)["a"] == ("events", reason)


def test_a_text_dense_with_deals_takes_time_in_proportion(run: Run, tmp_path: Path) -> None:
    deals = (
        f"Zor{letter}{n:03}ix raised ${n} million led by Quil{letter}{n:03}on Capital."
        for n in range(2, 302)
        for letter in "abc"
    )
    put(tmp_path, "a.txt", " ".join(deals))
    start = time.perf_counter()
    assert run(0)["a"][0] == "events"
    assert time.perf_counter() - start < 60  # 8 s; with every name weighed against every deal minutes


def test_deep_trees(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "tags.html", "<html><body>" + "<div>" * 100_000 + f"<p>{TEXT}</p>" + "</div>" * 100_000)
    put(tmp_path, "list.json", "[" * 10_000 + "]" * 10_000)
    put(tmp_path, "object.json", '{"a":' * 10_000 + "1" + "}" * 10_000)
    put(tmp_path, "line.jsonl", "[" * 10_000 + "\n" + json.dumps({"id": "after", "text": "words"}))
    mails = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5_000))
    put(tmp_path, "mail.eml", f"From: a@b\nSubject: x\n{mails}")
    found = run(3)
    assert found["tags"][0] in ("events", "duplicate")
    assert found["list"][1] == found["object"][1] == "lists and objects nested deeper than 100 (--limit depth)"
    assert found["line"][0] == found["mail"][0] == "unreadable"
    assert found["after"][0] == "no_event"


def test_xml_entities_are_not_multiplied(run: Run, aifund: Aifund, tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    item = f"<item><guid>g</guid><description>&l9; &f; {TEXT}</description></item>"
    feed = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'
    put(tmp_path, "a.xml", feed)
    put(tmp_path, "b.html", f"{doctype}<html><body><p>&l9; &f; {TEXT}</p></body></html>")
    assert {name: outcome for name, (outcome, _) in run(0).items()} == {"g": "duplicate", "b": "events"}
    printed = [aifund("text", tmp_path / "in" / name).stdout for name in ("a.xml", "b.html")]
    assert all(TEXT in text and "root:" not in text and len(text) < 1000 for text in printed)


def test_rows_without_anything(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", "{}\n" * 1_000_000)
    put(tmp_path, "b.csv", "id,text\n" + ",\n" * 1_000_000)
    put(
        tmp_path,
        "c.jsonl",
        files.lines({"id": "x", "title": "T"}, {"id": "x", "text": "one"}, {"id": "x", "text": "two"}),
    )
    found = run(3)
    assert found["a"] == found["b"] == ("skipped", "1,000,000 empty rows")
    assert [found[id][0] for id in ("x", "x-2", "x-3")] == ["unreadable", "no_event", "no_event"]


def test_many_faults_are_summarised_on_stderr(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", "{oops\n" * 1000)
    assert len(run(3, stderr="and 995 more unreadable, see articles.csv")) == 1000


ODD = {
    "one word": "a" * 5_000_000,
    "accents": "e" + "\u0301" * 500_000,
    "right to left": "\u202e" + "שלום raised $5 million " * 9_000,
    "dollars": "$" * 20_000 + " raised",
    "brackets": "raised (" * 8_000,
    "entities": "&amp;" * 100_000,
    "mojibake": "Ã©" * 100_000,
    "capitals": "Aa" * 300_000 + " raised $5m",
    "a hang that fuzzing found": "raised ten-figure$5 now",
    "bounds the wrong way round": "Zorblat raised $8-yuan level funding from Quillon",
}


def test_odd_text_is_processed(run: Run, tmp_path: Path) -> None:
    for name, text in ODD.items():
        put(tmp_path, f"{name}.txt", text)
    found = run(0)
    assert set(found) == set(ODD)
    assert {outcome for outcome, _ in found.values()} <= {"events", "no_event", "unsupported_language"}


def test_a_zip_whose_members_overlap(run: Run, tmp_path: Path) -> None:
    """Many names for one stretch of packed bytes: small on disk, endless in sum."""
    data = files.zipped({"a.txt": b"\0" * 60_000_000})
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.start_dir
    entry = data[size : data.index(b"PK\5\6")]
    entries = entry * 500
    end = bytearray(data[data.index(b"PK\5\6") :])
    end[8:12] = (500).to_bytes(2, "little") * 2
    end[12:16] = len(entries).to_bytes(4, "little")
    put(tmp_path, "a.zip", data[:size] + entries + bytes(end))
    assert {outcome for outcome, _ in run(3).values()} == {"unreadable"}
