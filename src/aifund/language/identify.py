"""Which language an article is in: English shows at once, for all else py3langid is asked."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from aifund.model import Article

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SUPPORTED = "en"
_HEAD = 3000  # code points that are looked at
_LEAST = 60  # letters below which nothing can be told
_SURE = 0.95
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|for|that|with|by|from|its|has|said|will|it|an?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 0.12  # of the words of English news are among these; of other languages' news hardly any


def language_of(article: Article) -> str:
    """The ISO 639-1 code of the article's language; "" where it is too short or too mixed to tell."""
    text = f"{article.title}\n{article.text}"[:_HEAD]
    words = _WORD.findall(text)
    if words and len(_ENGLISH.findall(text)) >= _SHARE * len(words):
        return SUPPORTED
    letters = "".join(words)
    if len(letters) < (_LEAST if letters.isascii() else _LEAST // 3):
        return ""
    code, probability = _identifier().classify(text)
    own_script = sum(letter.isascii() for letter in letters) < len(letters) / 2  # names in Latin letters mislead
    return str(code) if own_script or probability >= _SURE else ""


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
