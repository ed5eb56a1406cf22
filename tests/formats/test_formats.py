"""Every format: what of a file becomes an article's id, text, title, date, publisher, address and language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from aifund.errors import UsageError
from aifund.model import Article, Unreadable
from aifund.sources import Fields, Item, Reading, Skipped, read
from formats import files

TEXT = "Zorblat raised $30 million in a Series A round led by Quillon Capital."
MORE = "The money goes into a second factory in Leeds, the company said on Friday."
DAY = date(2025, 3, 7)

Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


def items(path: Path, *named: str) -> list[Item]:
    return list(read([path], Reading(fields=Fields.of(named))))


def article(path: Path, *named: str) -> Article:
    (item,) = items(path, *named)
    assert isinstance(item, Article), item
    return item


def texts(path: Path) -> dict[str, str]:
    return {item.id: item.text for item in items(path) if isinstance(item, Article)}


class TestPages:
    BLOG = f"""<!DOCTYPE html><html lang="en"><head><title>Zorblat raises $30m | The Ledger</title>
        <meta property="og:site_name" content="The Ledger"><meta property="og:title" content="Zorblat raises $30m">
        <meta property="article:published_time" content="2025-03-07T09:30:00+00:00">
        <link rel="canonical" href="https://ledger.example/zorblat"></head>
        <body><nav><ul><li><a href="/">Home</a></li><li><a href="/deals">Deals</a></li></ul></nav>
        <article><h1>Zorblat raises $30m</h1><p>{TEXT}</p><p>{MORE}</p></article>
        <aside><p>Subscribe to our newsletter</p></aside><footer>All rights reserved</footer></body></html>"""
    PORTAL = f"""<html><head><script type="application/ld+json">{{"@context": "https://schema.org",
        "@type": "NewsArticle", "headline": "Zorblat raises $30m", "datePublished": "2025-03-07",
        "publisher": {{"@type": "Organization", "name": "The Ledger"}}}}</script></head><body>
        <div id="menu"><a href="/1">One</a><a href="/2">Two</a></div><div class="article-body"><p>{TEXT}</p>
        <figure><img src="a.jpg"><figcaption>The factory in Leeds.</figcaption></figure><p>{MORE}</p>
        <h2>Who else invested</h2><ul><li>Brindle Fund</li><li>Oakrest</li></ul></div></body></html>"""
    OLD = f"""<HTML><HEAD><TITLE>Zorblat raises $30m</TITLE></HEAD><BODY BGCOLOR=white><TABLE><TR><TD>{TEXT}<BR><BR>
        {MORE}</TD></TR></TABLE></BODY></HTML>"""

    @pytest.mark.parametrize("page", [BLOG, PORTAL, OLD], ids=["blog", "portal", "old"])
    def test_the_main_text_is_read(self, put: Put, page: str) -> None:
        text = article(put("a.html", page.encode())).text
        assert TEXT in text
        assert MORE in text
        assert "Subscribe" not in text
        assert "Home" not in text

    def test_title_publisher_date_address_and_language(self, put: Put) -> None:
        found = article(put("deep/a.html", self.BLOG.encode()))
        assert (found.id, found.title, found.publisher) == ("a", "Zorblat raises $30m", "The Ledger")
        assert (found.published, found.url, found.language) == (DAY, "https://ledger.example/zorblat", "en")

    def test_headings_items_and_paragraphs_keep_their_breaks(self, put: Put) -> None:
        lines = [line.lstrip("- ") for line in article(put("a.html", self.PORTAL.encode())).text.splitlines()]
        assert {TEXT, MORE, "Who else invested", "Brindle Fund", "Oakrest"} <= set(lines)

    def test_a_page_without_text_is_unreadable(self, put: Put) -> None:
        (item,) = items(put("a.html", b"<html><body><script>x()</script></body></html>"))
        assert isinstance(item, Unreadable)
        assert item.reason == "no text in the page"

    def test_the_declared_encoding_counts(self, put: Put) -> None:
        page = f'<html><head><meta charset="windows-1251"></head><body><p>Зорблат: {TEXT}</p></body></html>'
        assert "Зорблат" in article(put("a.html", page.encode("cp1251"))).text

    def test_a_page_is_known_by_its_content_under_any_ending(self, put: Put) -> None:
        assert TEXT in article(put("story.php", self.BLOG.encode())).text


class TestJson:
    ROW = {"id": 7, "title": "Deal", "text": TEXT, "published": "2025-03-07"}
    EXPECTED = Article("7", TEXT, "Deal", DAY)

    @pytest.mark.parametrize(
        "content",
        [
            [ROW],
            {"status": "ok", "totalResults": 1, "articles": [ROW]},
            {"response": {"status": "ok", "results": [ROW]}},
            {"description": "A feed", "items": [ROW]},
            ROW,
            ROW | {"authors": [{"name": "J. Smith"}]},
        ],
        ids=["list", "object with a list", "deeper", "described", "one article", "one with a list of its own"],
    )
    def test_lists_and_objects_with_one(self, put: Put, content: object) -> None:
        assert article(put("a.json", json.dumps(content).encode())) == self.EXPECTED

    @pytest.mark.parametrize(
        "row",
        [
            {"headline": "Deal", "body": TEXT, "publishedAt": "2025-03-07T09:30:00Z", "source": "The Ledger"},
            {"title": "Deal", "content": TEXT, "publishedAt": "2025-03-07", "source": {"id": 1, "name": "The Ledger"}},
            {"title": "Deal", "maintext": TEXT, "date_publish": "2025-03-07 09:30:00", "source_domain": "The Ledger"},
            {
                "Title": "Deal",
                "Full Text": TEXT,
                "Publication date": "Fri, 07 Mar 2025 09:30:00 GMT",
                "Publisher": "The Ledger",
            },
            {
                "headline": {"main": "Deal"},
                "content": f"<p>{TEXT}</p>",
                "pub_date": "2025-03-07",
                "outlet": "The Ledger",
            },
        ],
    )
    def test_fields_of_common_news_interfaces(self, put: Put, row: dict[str, object]) -> None:
        assert article(put("a.json", json.dumps([row]).encode())) == Article("a", TEXT, "Deal", DAY, "The Ledger")

    def test_other_fields_are_mapped(self, put: Put) -> None:
        row = {"KEY": "k", "STORY": {"BODY": TEXT}, "text": "Log in to read"}
        assert article(put("a.json", json.dumps([row]).encode()), "text=story.body", "id=key") == Article("k", TEXT)

    @pytest.mark.parametrize("wrong", ["body=x", "text=", "text"])
    def test_a_wrong_mapping_is_told(self, wrong: str) -> None:
        with pytest.raises(UsageError, match="give PART=NAME"):
            Fields.of([wrong])

    def test_a_fault_costs_what_follows_it(self, put: Put) -> None:
        first, second = items(put("a.json", json.dumps([self.ROW]).encode()[:-1] + b', {"id": 8, "te'))
        assert first == self.EXPECTED
        assert isinstance(second, Unreadable)
        assert second.reason.startswith("after item 1: no JSON: ")

    def test_lines_under_the_name_of_json(self, put: Put) -> None:
        assert texts(put("a.json", files.lines(self.ROW, self.ROW | {"id": 8}))) == {"7": TEXT, "8": TEXT}

    def test_utf16(self, put: Put) -> None:
        assert article(put("a.json", json.dumps([self.ROW]).encode("utf-16"))) == self.EXPECTED


class TestTables:
    ROWS = [
        {
            "id": "1",
            "title": "Deal, big",
            "text": f"{TEXT}\n\n{MORE}",
            "published": "2025-03-07",
            "source": "The Ledger",
        },
        {"id": "2", "title": "", "text": "None", "published": "", "source": ""},
    ]

    @pytest.mark.parametrize(("name", "dialect"), [("a.csv", "excel"), ("a.tsv", "excel-tab"), ("a.csv", "semicolon")])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_csv(self, put: Put, name: str, dialect: str, encoding: str) -> None:
        out = io.StringIO()
        options = {"delimiter": ";"} if dialect == "semicolon" else {"dialect": dialect}
        writer = csv.DictWriter(out, list(self.ROWS[0]), **options)
        writer.writeheader()
        writer.writerows([*self.ROWS, self.ROWS[1] | {"id": "3", "text": "café"}])
        first, _, last = items(put(name, out.getvalue().encode(encoding)))
        assert first == Article("1", f"{TEXT}\n\n{MORE}", "Deal, big", DAY, "The Ledger")
        assert last == Article("3", "café")

    def test_parquet(self, put: Put) -> None:
        rows = [row | {"published": datetime(2025, 3, 7, 9), "embedding": [0.5] * 9} for row in self.ROWS]
        first, second = items(put("a.parquet", files.parquet(rows)))
        assert first == Article("1", f"{TEXT}\n\n{MORE}", "Deal, big", DAY, "The Ledger")
        assert second.id == "2"

    def test_a_row_without_text_costs_only_itself(self, put: Put) -> None:
        bad, good = items(put("a.csv", f'id,heading,text\n1,Deal,\n2,Deal,"{TEXT}"\n'.encode()))
        assert bad == Unreadable("1", "line 2: empty", bad.path)
        assert good == Article("2", TEXT)

    def test_a_table_without_a_text_tells_how_to_name_it(self, put: Put) -> None:
        (bad,) = items(put("a.csv", b"key,story\n1,words\n"))
        assert isinstance(bad, Unreadable)
        assert bad.reason == "line 2: no text (say which field holds it: --field text=NAME); it has key, story"

    def test_empty_rows_are_counted(self, put: Put) -> None:
        path = put("a.csv", b"id,text\n" + b",\n" * 1000 + b"1,words\n")
        assert items(path) == [Article("1", "words"), Skipped("a", "1,000 of 1,001 rows are empty", str(path))]


class TestFeeds:
    ENTRY = {
        "title": "Deal &amp; money",
        "description": f"<p>{TEXT}</p><p>{MORE}</p>",
        "unique_id": "https://l.example/1",
    }

    @pytest.mark.parametrize("kind", ["Rss201rev2Feed", "RssUserland091Feed", "Atom1Feed"])
    @pytest.mark.parametrize("name", ["a.rss", "a.xml", "feed"])
    def test_entries(self, put: Put, kind: str, name: str) -> None:
        (found,) = items(put(name, files.rss([self.ENTRY], kind)))
        assert isinstance(found, Article)
        assert found.text.split("\n\n") == [TEXT, MORE]
        assert (found.publisher, found.url) == ("The Ledger", "https://l.example/1")
        if kind != "RssUserland091Feed":  # which has neither dates nor ids
            assert (found.id, found.published) == ("https://l.example/1", DAY)

    def test_the_full_text_counts_where_the_feed_carries_it(self, put: Put) -> None:
        module = b'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        feed = files.rss([self.ENTRY | {"description": "A teaser."}]).replace(b'version="2.0"', module)
        full = f"<content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item>".encode()
        assert article(put("a.rss", feed.replace(b"</item>", full))).text == TEXT

    def test_xml_that_is_no_feed_is_unreadable(self, put: Put) -> None:
        (item,) = items(put("a.xml", b"<?xml version='1.0'?><invoice><sum>5</sum></invoice>"))
        assert isinstance(item, Unreadable)
        assert item.reason.startswith("no RSS or Atom")


class TestArchivesOfTheWeb:
    PAGES = {
        "https://ledger.example/1": ("text/html; charset=utf-8", TestPages.BLOG.replace("zorblat", "1").encode()),
        "https://ledger.example/a.png": ("image/png", b"\x89PNG"),
        "https://ledger.example/2": ("text/html", TestPages.OLD.encode()),
    }

    @pytest.mark.parametrize(("name", "gzipped"), [("a.warc", False), ("a.warc.gz", True), ("crawl", True)])
    def test_the_pages_are_read_and_the_rest_is_counted(self, put: Put, name: str, gzipped: bool) -> None:
        one, two, rest = items(put(name, files.warc(self.PAGES, gzipped)))
        assert isinstance(one, Article)
        assert (one.id, one.publisher, one.published) == ("https://ledger.example/1", "The Ledger", DAY)
        assert isinstance(two, Article)
        assert (two.id, two.url) == ("https://ledger.example/2", "https://ledger.example/2")
        assert isinstance(rest, Skipped)
        assert rest.reason == "1 records are no HTML pages"


class TestMail:
    def test_a_newsletter_is_read_from_its_html_part(self, put: Put) -> None:
        data = files.mail("See it in your browser", f"<h1>Deals</h1><p>{TEXT}</p><ul><li>{MORE}</li></ul>")
        found = article(put("a.eml", data))
        assert found == Article("1@ledger.example", f"Deals\n\n{TEXT}\n\n{MORE}", "Deal of the day", DAY, "The Ledger")

    def test_plain_lines_broken_to_a_width_are_joined(self, put: Put) -> None:
        broken = "Zorblat raised $30 million in a Series A round\nled by Quillon Capital.\n\nIt makes robots."
        assert article(put("a.eml", files.mail(broken))).text == f"{TEXT}\n\nIt makes robots."

    @pytest.mark.parametrize("name", ["a.mbox", "Inbox"])
    def test_a_mailbox(self, put: Put, name: str) -> None:
        messages = [files.mail(f"{TEXT}\n\nFrom here on it grows.", id=f"<{n}@l>") for n in range(3)]
        assert texts(put(name, files.mbox(messages))) == dict.fromkeys(
            ("0@l", "1@l", "2@l"), f"{TEXT}\n\nFrom here on it grows."
        )


class TestPdf:
    def test_the_text_layer_in_paragraphs(self, put: Put) -> None:
        found = article(put("a.pdf", files.pdf([f"{TEXT} {MORE}", MORE])))
        assert found.title == "Deal of the day"
        assert found.text.splitlines()[0] == f"{TEXT} {MORE}"

    def test_a_scan_is_told(self, put: Put) -> None:
        (item,) = items(put("a.pdf", files.pdf([])))
        assert isinstance(item, Unreadable)
        assert item.reason == "no text layer (a scan?)"


class TestPacked:
    LINES = files.lines({"id": "1", "text": TEXT}, {"id": "2", "text": MORE})
    MEMBERS = {"news/a.html": TestPages.BLOG.encode(), "b.txt": MORE.encode(), ".hidden": b"x", "c.png": b"\x89PNG"}

    @pytest.mark.parametrize("ending", files.PACKED)
    @pytest.mark.parametrize("name", ["a.jsonl", "a"])
    def test_packed_files(self, put: Put, ending: str, name: str) -> None:
        assert texts(put(name + ending, files.PACKED[ending](self.LINES))) == {"1": TEXT, "2": MORE}

    def test_the_id_is_the_name_without_all_endings(self, put: Put) -> None:
        assert list(texts(put("day/a.txt.gz", files.PACKED[".gz"](b"words")).parent.parent)) == ["day/a"]

    @pytest.mark.parametrize(
        ("name", "pack"),
        [
            ("a.zip", files.zipped),
            ("a.tar", files.tarred),
            ("a.tar.gz", lambda members: files.tarred(members, "w:gz")),
            ("a.tgz", lambda members: files.tarred(members, "w:gz")),
            ("a.tar.zst", lambda members: files.PACKED[".zst"](files.tarred(members))),
        ],
    )
    def test_archives(self, put: Put, name: str, pack: Callable[[dict[str, bytes]], bytes]) -> None:
        found = items(put(name, pack(self.MEMBERS)))
        assert {item.id: type(item) for item in found} == {"a/news/a": Article, "a/b": Article, "a/c.png": Skipped}

    def test_every_format_in_an_archive(self, put: Put) -> None:
        members = {
            "1.parquet": files.parquet([{"id": "p", "text": TEXT}]),
            "2.warc.gz": files.warc(TestArchivesOfTheWeb.PAGES, gzipped=True),
            "3.zip": files.zipped({"x.eml": files.mail(TEXT)}),
            "4.pdf": files.pdf([TEXT]),
        }
        ids = ["p", "https://ledger.example/1", "https://ledger.example/2", "1@ledger.example", "a/4"]
        assert list(texts(put("a.zip", files.zipped(members)))) == ids


def test_patterns(put: Put) -> None:
    for name in ("a/1.txt", "a/b/2.txt", "a/3.md"):
        put(name, b"words")
    folder = put("x.txt", b"words").parent
    assert [item.id for item in read([folder / "a/*.txt"])] == ["1"]
    assert [item.id for item in read([folder / "a/**/*.txt"])] == ["1", "2"]
    with pytest.raises(UsageError, match="does not exist"):
        read([folder / "a/*.html"])
