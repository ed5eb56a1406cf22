"""Whether an article describes the organisation that gets the money as an AI company."""

from __future__ import annotations

import re

from aifund.language.lexicon import Lexicon
from aifund.language.text import matching
from aifund.model import Ai, Article, Report

_TARGET = "TARGET"  # what the rules of the kind `ai_company` call the organisation


def described(report: Report, article: Article, lexicon: Lexicon) -> Ai:
    """`yes` where the article calls the report's target an AI company in so many words, else what the report says."""
    if report.ai != "unknown":
        return report.ai
    names = sorted({report.target.name, *report.target.as_written}, key=len, reverse=True)
    spelled = "|".join(re.escape(matching(name)) for name in names)
    text = re.sub(rf"(?<!\w)(?:{spelled})(?!\w)", _TARGET, matching(f"{article.title}\n{article.text}"))
    return "yes" if lexicon.any(("ai_company",), text) else "unknown"
