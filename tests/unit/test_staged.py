"""A file that is replaced as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from aifund.errors import OutputError
from aifund.output.staged import staged


def test_a_place_that_the_system_refuses_to_look_at_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"), staged(tmp_path / ("x" * 300), "text"):
        pass


def test_nothing_is_replaced_before_the_writer_says_so(tmp_path: Path) -> None:
    path = tmp_path / "changes"
    path.write_text("old", encoding="utf-8")
    with staged(path, "new") as replace:
        assert path.read_text(encoding="utf-8") == "old"
        replace()
    assert path.read_text(encoding="utf-8") == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["changes"]
