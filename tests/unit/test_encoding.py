"""From bytes to text: the rungs of the ladder, and that no character is lost on it."""

from __future__ import annotations

import pytest

from aifund.sources.encoding import NotText, decode, well_formed

ENGLISH = "Zorblat raised €30 million – “a record” – from Crédit Métropole, café owners and the city of Besançon.\n" * 3
CHINESE = (
    "人工智能公司月之暗面完成新一轮超过十亿美元融资,投资方包括阿里巴巴和红杉中国,估值达二十五亿美元。据两位知情人士透露。"
    * 4
)
TRADITIONAL = (
    "人工智慧新創公司宣布完成新一輪募資,由創業投資基金領投,資金將用於擴大研發團隊與開拓海外市場,創辦人表示。" * 4
)
JAPANESE = (
    "人工知能のスタートアップが、シリーズAラウンドで十億円の資金調達を実施したと発表した。調達した資金は開発に使う。"
    * 4
)
RUSSIAN = "Стартап в области искусственного интеллекта привлёк десять миллионов долларов, сообщает газета.\n" * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_english(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
    ],
)
def test_by_evidence(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_mark_counts_before_what_is_declared_and_that_before_utf8() -> None:
    assert decode("é".encode("utf-8-sig"), "cp1252") == "é"
    assert decode("é".encode(), "cp1252") == "Ã©"
    assert decode("é".encode(), "no-such-encoding") == "é"
    assert decode(b"caf\xe9", "utf-8") == "café"  # a declaration that does not hold is none


def test_every_byte_has_a_character() -> None:
    data = b"a long enough line of prose with odd bytes " + bytes(range(0x80, 0x100))
    assert len(decode(data)) >= len(data) // 2
    assert "\ufffd" not in decode(data)


@pytest.mark.parametrize("data", [b"MZ\x90\0\3\0\0\0", b"\xff\xfea", bytes(range(1, 256)) * 4])
def test_what_is_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_well_formed_keeps_the_length() -> None:
    assert well_formed("a\ud800b") == "a\ufffdb"
