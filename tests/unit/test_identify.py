"""Languages: what is English, what is not, and what cannot be told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aifund.language.identify import language_of
from aifund.model import Article

GERMAN = "Das Berliner Start-up Zorblat hat in einer Finanzierungsrunde dreißig Millionen Euro von Investoren erhalten."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Zorblat raised $30 million in a Series A round led by Quillon, the company said.", "en"),
        (GERMAN, "de"),
        (
            "La société Zorblat a levé trente millions d'euros auprès de plusieurs investisseurs, selon le journal.",
            "fr",
        ),
        ("人工智能公司月之暗面完成新一轮超过十亿美元融资,投资方包括阿里巴巴和红杉中国。", "zh"),
        ("Стартап в области искусственного интеллекта привлёк десять миллионов долларов.", "ru"),
        ("Zorblat: $30m, Quillon; Brindle: $5m, Oakrest", ""),
        ("Geld", ""),
        ("12345 $ 30", ""),
        ("", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(Article("a", text)) == language


def test_every_seed_is_english_without_a_look_at_the_detector(seeds: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from aifund.model import Article;"
        "from aifund.language.identify import language_of;"
        f"print({{language_of(Article('a', p.read_text())) for p in Path({str(seeds)!r}).iterdir()}},"
        "'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "{'en'} False\n"


def test_a_language_without_rules_is_an_outcome(tmp_path: Path) -> None:
    import aifund

    (tmp_path / "a.txt").write_text(GERMAN)
    (row,) = aifund.extract([tmp_path], aifund.load_rules()).articles
    assert (row.outcome, row.language, row.reason) == ("unsupported_language", "de", "no rules for the language 'de'")
