"""Reading articles: what becomes an article, under which id, and what is told of everything else."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from aifund.errors import UsageError
from aifund.model import Article, Unreadable
from aifund.sources import Limits, Reading, Skipped, read
from aifund.sources import text as text_module
from aifund.sources.encoding import well_formed
from aifund.sources.registry import ENDINGS


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path, *items: object) -> Path:
    return write(path, "".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in items))


def ids(items: Iterable[Article | Unreadable | Skipped]) -> list[str]:
    return [item.id for item in items]


def only(path: Path, **limits: int) -> Article | Unreadable | Skipped:
    (item,) = read([path], Reading(Limits(**limits)))
    return item


class TestFolders:
    def test_a_folder_is_read_with_its_subfolders_in_path_order(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.txt", "a/b/c.md", "B.TXT"):
            write(tmp_path / name, "words")
        assert ids(read([tmp_path])) == ["B", "a/b/c", "a/z", "b"]

    def test_the_order_of_the_paths_does_not_matter(self, tmp_path: Path) -> None:
        one, two = write(tmp_path / "one/x.txt", "first"), write(tmp_path / "two/x.txt", "second")
        expected = [Article("x", "first"), Article("x-2", "second")]
        assert list(read([one.parent, two.parent])) == expected
        assert list(read([two.parent, one.parent])) == expected
        assert list(read([two, one])) == expected

    def test_a_file_reached_twice_is_read_once_under_its_longest_name(self, tmp_path: Path) -> None:
        file = write(tmp_path / "news/day/x.txt", "words")
        assert ids(read([file, tmp_path / "news", tmp_path / "news/day", tmp_path / "news/../news"])) == ["day/x"]

    def test_hidden_files_are_left_out_unless_named(self, tmp_path: Path) -> None:
        hidden = write(tmp_path / ".hidden.txt", "words")
        write(tmp_path / ".git/config.txt", "words")
        assert ids(read([tmp_path])) == []
        assert ids(read([hidden])) == [".hidden"]

    def test_links_in_a_folder_are_not_followed(self, tmp_path: Path) -> None:
        write(tmp_path / "outside/secret.txt", "words")
        write(tmp_path / "in/a.txt", "words")
        (tmp_path / "in/link.txt").symlink_to(tmp_path / "outside/secret.txt")
        (tmp_path / "in/loop").symlink_to(tmp_path / "in")
        articles, *skipped = list(read([tmp_path / "in"]))
        assert articles == Article("a", "words")
        assert [(type(item), item.id) for item in skipped] == [(Skipped, "link.txt"), (Skipped, "loop")]

    def test_a_special_file_is_skipped_and_not_opened(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        assert only(tmp_path) == Skipped("pipe.txt", "not a regular file", str(tmp_path / "pipe.txt"))

    def test_an_unknown_ending_is_skipped_in_a_folder_and_unreadable_when_named(self, tmp_path: Path) -> None:
        file = write(tmp_path / "photo.jpg", b"\xff\xd8")
        skipped, named = only(tmp_path), only(file)
        assert isinstance(skipped, Skipped)
        assert isinstance(named, Unreadable)
        assert skipped.reason == named.reason == f"no reader for .jpg (known: {', '.join(sorted(ENDINGS))})"

    def test_a_missing_path_is_told_before_anything_is_read(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="nowhere does not exist"):
            read([tmp_path, tmp_path / "nowhere"])

    def test_a_name_that_is_no_unicode_gives_an_id_that_every_file_can_hold(self, tmp_path: Path) -> None:
        write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")), "words")
        assert ids(read([tmp_path])) == ["caf\ufffd"]


class TestPlainText:
    def test_the_text_is_the_content_to_the_letter(self, tmp_path: Path) -> None:
        assert only(write(tmp_path / "x.txt", " 你好\r\nworld\n")) == Article("x", " 你好\r\nworld\n")

    def test_a_byte_order_mark_is_dropped(self, tmp_path: Path) -> None:
        assert only(write(tmp_path / "x.txt", b"\xef\xbb\xbfwords")) == Article("x", "words")

    def test_a_file_without_an_ending_is_plain_text(self, tmp_path: Path) -> None:
        assert only(write(tmp_path / "story", "words")) == Article("story", "words")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty"),
            (b" \n\t\n", "empty"),
            (b"MZ\0\0", "binary, not text (it holds NUL bytes)"),
            (bytes(range(1, 256)), "binary, not text (it holds control characters)"),
        ],
    )
    def test_what_is_no_text_costs_only_itself(self, tmp_path: Path, content: bytes, reason: str) -> None:
        bad = write(tmp_path / "a.txt", content)
        write(tmp_path / "b.txt", "words")
        assert list(read([tmp_path])) == [Unreadable("a", reason, str(bad)), Article("b", "words")]

    def test_a_file_beyond_the_limit_is_unreadable(self, tmp_path: Path) -> None:
        assert only(write(tmp_path / "x.txt", "1234"), article=4) == Article("x", "1234")
        long = write(tmp_path / "x.txt", "12345")
        assert only(long, article=4) == Unreadable("x", "larger than 4 bytes (--limit article)", str(long))


class TestJsonLines:
    def test_a_row_becomes_an_article(self, tmp_path: Path) -> None:
        row = {"id": "n-1", "title": "Title", "text": "Text.\r\n", "published": "2024-03-07"}
        more = {"publisher": "The Paper", "url": "https://example.org/1", "language": "en", "unknown": [1]}
        expected = Article("n-1", "Text.\r\n", "Title", date(2024, 3, 7), "The Paper", "https://example.org/1", "en")
        assert only(rows(tmp_path / "x.jsonl", row | more)) == expected

    @pytest.mark.parametrize(
        ("published", "day"),
        [
            ("2024-03-07", date(2024, 3, 7)),
            ("20240307", date(2024, 3, 7)),
            ("2024-03-07T23:59:59", date(2024, 3, 7)),
            ("2024-03-07 23:59", date(2024, 3, 7)),
            ("2024-03-07T23:30:00-08:00", date(2024, 3, 7)),  # the day as the row writes it
            ("2024-03-07T10:00:00.123456789Z", date(2024, 3, 7)),
            (None, None),
            ("", None),
        ],
    )
    def test_published_is_the_day_as_written(self, tmp_path: Path, published: str | None, day: date | None) -> None:
        item = only(rows(tmp_path / "x.jsonl", {"id": "a", "text": "words", "published": published}))
        assert isinstance(item, Article)
        assert item.published == day

    @pytest.mark.parametrize("published", ["last week", "2024-02-31", "06/18/2025", "2024-03", 1709800000])
    def test_a_date_that_is_not_iso_is_told_and_leaves_the_article_undated(
        self, tmp_path: Path, published: object, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = rows(tmp_path / "x.jsonl", {"id": "a", "text": "words", "published": published})
        with caplog.at_level(logging.WARNING):
            assert only(path) == Article("a", "words")
        assert f"{path}:1: `published` is no ISO date: {published!r}" in caplog.text

    def test_a_broken_line_costs_only_itself(self, tmp_path: Path) -> None:
        good = {"id": "good", "text": "words"}
        path = rows(tmp_path / "x.jsonl", "{oops", good, "", "[1]", {"id": "t", "text": 5}, {"id": "e", "text": " "})
        with path.open("ab") as file:
            file.write(b'{"id": "binary", "text": "\\u0000"}\r\n{"id": "last", "text": "words"}')
        found = {item.id: item.reason if isinstance(item, Unreadable) else "read" for item in read([path])}
        assert found == {
            "x": "line 1: no JSON: Expecting property name enclosed in double quotes: column 2",
            "good": "read",
            "x-2": "line 4: not a JSON object",
            "t": "line 5: `text` is not a string",
            "e": "line 6: empty",
            "binary": "line 7: `text` holds a NUL character",
            "last": "read",
        }

    def test_a_row_that_is_cut_off_is_told_with_one_line_number(self, tmp_path: Path) -> None:
        (tmp_path / "x.jsonl").write_text('\n{"id": "a", "text": "words"\n')
        (item,) = read([tmp_path / "x.jsonl"])
        assert isinstance(item, Unreadable)
        assert item.reason == "line 2: no JSON: Expecting ',' delimiter: column 28"

    def test_rows_without_an_id_take_the_name_of_the_file(self, tmp_path: Path) -> None:
        path = rows(tmp_path / "x.jsonl", {"text": "one"}, {"text": "two", "id": None}, {"text": "three", "id": 3})
        assert ids(read([path])) == ["x", "x-2", "3"]

    def test_a_second_claim_of_an_id_gets_a_number(self, tmp_path: Path) -> None:
        path = rows(tmp_path / "x.jsonl", *({"id": id, "text": "words"} for id in ("a", "a", "a", "a-2", "a")))
        assert ids(read([path])) == ["a", "a-2", "a-3", "a-2-2", "a-4"]

    def test_half_a_character_is_replaced_in_place(self, tmp_path: Path) -> None:
        path = write(tmp_path / "x.jsonl", '{"id": "a", "text": "x\\ud83dy \\ud83d\\ude00"}')
        assert only(path) == Article("a", "x\ufffdy 😀")

    def test_deep_nesting_costs_one_line(self, tmp_path: Path) -> None:
        path = rows(tmp_path / "x.jsonl", "[" * 200_000, {"id": "a", "text": "words"})
        assert ids(read([path])) == ["x", "a"]

    def test_a_binary_file_is_one_unreadable_input(self, tmp_path: Path) -> None:
        path = write(tmp_path / "x.jsonl", b"\x01\n\0\n" * 100)
        reason = "binary or UTF-16, not UTF-8 text (it holds NUL bytes)"
        assert only(path) == Unreadable("x", reason, str(path))

    def test_a_file_without_rows_is_skipped(self, tmp_path: Path) -> None:
        path = write(tmp_path / "x.jsonl", "\n")
        assert only(path) == Skipped("x", "no rows", str(path))

    def test_a_line_beyond_the_limit_is_passed_over(self, tmp_path: Path) -> None:
        path = rows(tmp_path / "x.jsonl", "x" * 200, {"id": "a", "text": "words"})
        reason = "line 1: longer than 40 bytes (--limit article)"
        expected = [Unreadable("x", reason, str(path)), Article("a", "words")]
        assert list(read([path], Reading(Limits(article=40)))) == expected


def test_a_file_that_cannot_be_read_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes, declared: str = "") -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(text_module, "decode", refuse)
    path = write(tmp_path / "a.txt", "words")
    write(tmp_path / "b.jsonl", '{"id": "b", "text": "words"}')
    assert list(read([tmp_path])) == [Unreadable("a", "Permission denied", str(path)), Article("b", "words")]


def test_well_formed_keeps_the_length() -> None:
    assert well_formed("a\ud800b") == "a\ufffdb"
