"""Names found by their signs and counted in one pass, as if each were compared with each."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from aifund.events.alike import Alike
from aifund.events.cast import _times
from aifund.events.draft import Source, same
from aifund.language.units import Sentence, Unit

WORDS = st.sampled_from(
    ["The", "Ostermoor", "ostermoor", "Tarn", "Tar", "Venture", "Capital", "OVC", "TVC", "A.I.", "-", "é"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
MENTIONS = st.builds(
    lambda name, known: Source(
        Sentence("text", 0, 0, 0, False, True, []), Unit("name", name, 0, len(name), "known" if known else "")
    ),
    NAMES,
    st.integers(0, 9).map(lambda number: not number),
)


@given(st.lists(st.lists(MENTIONS, min_size=1, max_size=3), max_size=8), MENTIONS)
def test_found_is_what_same_holds_for_one(filed: list[list[Source]], sought: Source) -> None:
    alike: Alike[int] = Alike()
    for number, mentions in enumerate(filed):
        alike.add(number, mentions)
    compared = [number for number, mentions in enumerate(filed) if any(same(sought, old) for old in mentions)]
    assert alike.find(sought) == compared


@given(st.sets(NAMES, min_size=1), st.lists(st.sampled_from("aé _.-") | WORDS, max_size=20).map("".join))
def test_names_are_counted_as_if_one_by_one(names: set[str], text: str) -> None:
    counted = _times(names, text)
    assert all(counted[name] == len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) for name in names)
