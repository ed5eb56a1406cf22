"""Publishing: what the files hold byte by byte, and that a set is replaced as a whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from aifund.errors import CheckFailed, OutputError, UsageError
from aifund.model import ArticleRow, Compute
from aifund.output import replace as swap
from aifund.output.build import Articles, document
from aifund.output.publish import NAMES, publish, render
from aifund.output.read import read, read_events
from aifund.output.writers import document_pieces, model_bytes
from output_samples import ENTITIES, EVENT, RESULT, article, second, with_event

CSV = {"articles.csv", "entities.csv", "events.csv", "evidence.csv", "investments.csv", "reports.csv"}
OTHER = with_event(status="in_talks")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def cells(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode(), newline="")))


def refuse(*_: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def cannot(_left: Path, _right: Path) -> bool:
    """A file system on which two folders cannot be swapped in one step."""
    return False


@pytest.fixture(params=["in one step", "by two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of putting a new folder in place of an old one."""
    if request.param == "by two renames":
        monkeypatch.setattr(swap, "_exchange", cannot)


class TestFiles:
    def test_the_whole_set(self, tmp_path: Path) -> None:
        publish(RESULT, tmp_path / "output")
        assert set(contents(tmp_path / "output")) == NAMES
        assert {*CSV, "events.json", "datapackage.json", "manifest.json"} == NAMES

    def test_the_readme_lists_the_files_that_are_replaced_and_no_other(self, root: Path) -> None:
        readme = (root / "README.md").read_text(encoding="utf-8")
        section = readme.split("\n## Output\n")[1].split("\n## ")[0]
        assert set(re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)) == NAMES
        promise = "Only the files listed under [Output](#output) are replaced; whatever else lies in the folder stays."
        assert promise in " ".join(readme.split())

    @pytest.mark.parametrize(
        ("formats", "names"),
        [
            ({"json"}, {"events.json", "manifest.json"}),
            ({"csv"}, {*CSV, "datapackage.json", "manifest.json"}),
        ],
    )
    def test_one_format(self, formats: set[str], names: set[str]) -> None:
        assert set(render(RESULT, formats)) == names

    def test_the_order_of_the_results_members_does_not_show_in_any_byte(self) -> None:
        result = replace(RESULT, events=(EVENT, second()))
        backwards = replace(
            result,
            events=result.events[::-1],
            entities=result.entities[::-1],
            articles=result.articles[::-1],
            versions=dict(reversed(result.versions.items())),
        )
        assert render(backwards) == render(result)

    def test_files_are_utf_8_with_line_feeds_and_end_with_one(self) -> None:
        for name, content in render(RESULT).items():
            assert b"\r" not in content, name
            assert content.decode().endswith("\n"), name
        assert "€2.5 billion" in render(RESULT)["events.json"].decode()

    @pytest.mark.parametrize("articles", [RESULT.articles, (), (article("moonrise", title="\ud800\u2028\n[]"),)])
    def test_articles_that_are_written_one_by_one_make_the_same_document(
        self, articles: tuple[ArticleRow, ...]
    ) -> None:
        for events in ((), RESULT.events):
            result = replace(RESULT, events=events, articles=articles)
            whole, pieces = document(result), document_pieces(document(replace(result, articles=())), Articles(result))
            assert b"".join(pieces) == model_bytes(whole)

    def test_numbers_are_written_out(self) -> None:
        (event,) = cells(render(RESULT)["events.csv"])
        assert (event["amount"], event["amount_max"], event["compute_share"]) == ("1000000000", "", "0.8")
        assert b'"min": 1000000000,' in render(RESULT)["events.json"]
        (whole,) = cells(render(with_event(compute=Compute(1, 1, "all of it")))["events.csv"])
        assert whole["compute_share"] == "1.0"

    def test_quoting_is_minimal(self) -> None:
        named = replace(RESULT, articles=(article("moonrise", title='Rain, "sun"'), article("morning")))
        lines = render(named)["articles.csv"].decode().splitlines()
        assert lines[1].startswith('moonrise,"Rain, ""sun""",The Moonrise Post,2024-03-07,en,,events,')

    @pytest.mark.parametrize("text", ["two\nlines", "two\r\nlines", "old\rlines", "a, b", '"q"', "tail\r"])
    def test_any_text_survives_in_a_cell(self, text: str) -> None:
        changed = replace(RESULT, articles=(article("moonrise", title=text), article("morning")))
        assert cells(render(changed)["articles.csv"])[0]["title"] == text

    @pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
    def test_cells_that_a_spreadsheet_would_run_are_guarded_in_csv_only(self, formula: str) -> None:
        changed = replace(RESULT, articles=(article("moonrise", title=formula), article("morning")))
        files = render(changed)
        assert cells(files["articles.csv"])[0]["title"] == "'" + formula
        assert json.loads(files["events.json"])["articles"][0]["title"] == formula

    def test_harmless_cells_are_not_guarded(self) -> None:
        for row in [*cells(render(RESULT)["events.csv"]), *cells(render(RESULT)["evidence.csv"])]:
            assert not any(cell.startswith("'") for cell in row.values())

    def test_half_a_surrogate_pair_does_not_stop_a_run(self) -> None:
        changed = replace(RESULT, articles=(article("moonrise", title="odd \ud800"), article("morning")))
        files = render(changed)
        assert json.loads(files["events.json"])["articles"][0]["title"] == "odd \ud800"
        assert cells(files["articles.csv"])[0]["title"] == "odd \\ud800"

    def test_no_articles_make_empty_tables(self) -> None:
        files = render(replace(RESULT, events=(), entities=(), articles=()))
        assert files["investments.csv"].decode().count("\n") == 1
        assert json.loads(files["events.json"])["events"] == []

    def test_the_manifest_counts_and_hashes(self) -> None:
        files = render(RESULT)
        manifest = json.loads(files["manifest.json"])
        assert manifest["versions"] == RESULT.versions
        assert manifest["counts"]["events"] == 1
        assert manifest["counts"]["conflicts"] == 1
        assert manifest["counts"]["outcomes"] == {
            "events": 2,
            "no_event": 1,
            "duplicate": 0,
            "unreadable": 0,
            "unsupported_language": 0,
            "skipped": 0,
        }
        hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "manifest.json"}
        assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == hashes

    def test_a_result_that_breaks_the_contract_is_not_published(self, tmp_path: Path) -> None:
        publish(RESULT, tmp_path / "output")
        before = contents(tmp_path / "output")
        with pytest.raises(CheckFailed, match=r"events\.0\.round"):
            publish(with_event(round="series_z"), tmp_path / "output")
        with pytest.raises(CheckFailed, match="'birch-ventures' is not in entities"):
            publish(replace(RESULT, entities=ENTITIES[:2]), tmp_path / "output")
        assert contents(tmp_path / "output") == before


class TestDataPackage:
    @pytest.fixture
    def resources(self) -> dict[str, Any]:
        package = json.loads(render(RESULT)["datapackage.json"])
        assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
        return {resource["name"]: resource for resource in package["resources"]}

    def test_it_describes_the_columns_of_every_table(self, resources: dict[str, Any]) -> None:
        files = render(RESULT)
        assert {resource["path"] for resource in resources.values()} == CSV
        for resource in resources.values():
            header = files[resource["path"]].decode().splitlines()[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == header

    def test_types_and_constraints(self, resources: dict[str, Any]) -> None:
        fields = {field["name"]: field for field in resources["events"]["schema"]["fields"]}
        assert fields["event_id"] == {
            "name": "event_id",
            "type": "string",
            "constraints": {"required": True, "minLength": 1},
        }
        assert (fields["amount"]["type"], fields["publishers"]["type"]) == ("number", "integer")
        assert (fields["date"]["type"], fields["date_min"]["type"]) == ("string", "date")
        assert fields["compute_share_min"]["constraints"] == {"minimum": 0, "maximum": 1}
        assert fields["status"]["constraints"] == {
            "required": True,
            "enum": ["closed", "in_talks", "rumored", "denied"],
        }

    def test_keys_name_columns_that_exist_and_references_lead_to_primary_keys(self, resources: dict[str, Any]) -> None:
        columns = {name: [field["name"] for field in one["schema"]["fields"]] for name, one in resources.items()}
        for name, resource in resources.items():
            assert set(resource["schema"]["primaryKey"]) <= set(columns[name])
            for key in resource["schema"].get("foreignKeys", []):
                target = key["reference"].get("resource", name)
                assert set(key["fields"]) <= set(columns[name])
                assert key["reference"]["fields"] == resources[target]["schema"]["primaryKey"]

    def test_required_columns_are_filled(self, resources: dict[str, Any]) -> None:
        files = render(RESULT)
        for resource in resources.values():
            required = [
                field["name"] for field in resource["schema"]["fields"] if field.get("constraints", {}).get("required")
            ]
            for row in cells(files[resource["path"]]):
                assert all(row[name] for name in required)


@pytest.mark.usefixtures("way")
class TestReplacing:
    def test_a_folder_that_is_not_there_is_made(self, tmp_path: Path) -> None:
        publish(RESULT, tmp_path / "new" / "output")
        assert contents(tmp_path / "new" / "output") == render(RESULT)
        assert os.listdir(tmp_path / "new") == ["output"]

    def test_a_new_set_takes_the_place_of_the_old(self, tmp_path: Path) -> None:
        publish(RESULT, tmp_path / "output")
        publish(OTHER, tmp_path / "output")
        assert contents(tmp_path / "output") == render(OTHER)
        assert os.listdir(tmp_path) == ["output"]

    def test_files_that_the_new_set_lacks_go_and_foreign_ones_stay(self, tmp_path: Path) -> None:
        folder = tmp_path / "output"
        publish(RESULT, folder)
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
        (folder / "charts").mkdir()
        (folder / "charts" / "one.svg").write_text("also mine", encoding="utf-8")
        publish(RESULT, folder, {"json"})
        assert set(os.listdir(folder)) == {"events.json", "manifest.json", "notes.txt", "charts"}
        assert (folder / "charts" / "one.svg").read_text(encoding="utf-8") == "also mine"

    def test_access_rights_of_the_folder_stay(self, tmp_path: Path) -> None:
        folder = tmp_path / "output"
        publish(RESULT, folder)
        folder.chmod(0o750)
        publish(OTHER, folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o750

    def test_a_link_to_a_folder_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "output").symlink_to("real")
        publish(RESULT, tmp_path / "output")
        assert (tmp_path / "output").is_symlink()
        assert contents(tmp_path / "real") == render(RESULT)

    @pytest.mark.parametrize("call", ["mkdir", "fsync", "rename"])
    def test_a_failing_call_leaves_the_old_set(
        self, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if call == "rename":
            monkeypatch.setattr(swap, "_exchange", cannot)
        folder = tmp_path / "output"
        publish(RESULT, folder)
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
        before = contents(folder)
        with monkeypatch.context() as patch:
            patch.setattr(os, call, refuse)
            with pytest.raises(OutputError, match="No space left on device"):
                publish(OTHER, folder)
        assert contents(folder) == before
        assert os.listdir(tmp_path) == ["output"]

    @pytest.mark.parametrize("failing", range(1, 12))
    def test_a_disk_that_fills_up_at_any_file_leaves_the_old_set(
        self, failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "output"
        publish(RESULT, folder)
        real, calls = os.fsync, []

        def fsync(handle: int) -> None:
            calls.append(handle)
            if len(calls) == failing:
                refuse()
            real(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            with pytest.raises(OutputError, match="No space left"):
                publish(OTHER, folder)
        everything_was_written = failing == len(NAMES) + 2  # the folder's own entry is synced last
        assert contents(folder) == render(OTHER if everything_was_written else RESULT)
        assert [name for name in os.listdir(tmp_path) if name != "output"] == [] or everything_was_written
        publish(OTHER, folder)
        assert os.listdir(tmp_path) == ["output"]


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it is run, not even clean-up."""


class TestKilled:
    """Wherever a run ends, the folder holds one whole set (or comes back at the next run), and foreign files live."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "output"
        publish(RESULT, folder)
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
        return folder

    @pytest.fixture
    def kill_at(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
        def kill_at(call: str, number: int) -> None:
            real, calls = getattr(os, call), [0]

            def counted(*arguments: Any) -> Any:
                calls[0] += 1
                if calls[0] == number:
                    monkeypatch.setattr(swap, "_settle", lambda *_: None)  # the dead do not clean up
                    monkeypatch.setattr(os, call, die)
                if calls[0] >= number:
                    die()
                return real(*arguments)

            def die(*_: Any) -> NoReturn:
                raise Killed

            monkeypatch.setattr(os, call, counted)

        return kill_at

    @pytest.mark.usefixtures("way")
    @pytest.mark.parametrize("number", range(1, 12))
    def test_while_writing(
        self, number: int, folder: Path, kill_at: Callable[[str, int], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kill_at("fsync", number)
        with pytest.raises(Killed):
            publish(OTHER, folder)
        files = {name: content for name, content in contents(folder).items() if name != "notes.txt"}
        assert files in (render(RESULT), render(OTHER))
        monkeypatch.undo()
        self.recovers(folder)

    def test_between_the_two_renames(
        self, folder: Path, kill_at: Callable[[str, int], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(swap, "_exchange", cannot)
        kill_at("rename", 2)
        with pytest.raises(Killed):
            publish(OTHER, folder)
        assert not folder.exists()
        monkeypatch.undo()
        self.recovers(folder)

    @staticmethod
    def recovers(folder: Path) -> None:
        publish(RESULT, folder, {"json"})
        assert set(os.listdir(folder)) == {"events.json", "manifest.json", "notes.txt"}
        assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
        assert os.listdir(folder.parent) == ["output"]


class TestUnfitFolders:
    def test_a_file_in_the_place_of_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "output").write_text("mine", encoding="utf-8")
        with pytest.raises(OutputError, match="it is a file"):
            publish(RESULT, tmp_path / "output")
        assert (tmp_path / "output").read_text(encoding="utf-8") == "mine"

    def test_a_file_in_the_place_of_a_folder_above(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine", encoding="utf-8")
        with pytest.raises(OutputError, match="cannot write to"):
            publish(RESULT, tmp_path / "file" / "output")

    def test_a_folder_without_the_right_to_write(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        publish(RESULT, tmp_path / "output")
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
        with pytest.raises(OutputError, match="read-only"):
            publish(OTHER, tmp_path / "output")
        assert contents(tmp_path / "output") == render(RESULT)

    def test_the_current_folder_is_not_replaced(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "below").mkdir()
        monkeypatch.chdir(tmp_path / "below")
        for folder in (Path(), Path("..")):
            with pytest.raises(OutputError, match="the one you are in"):
                publish(RESULT, folder)

    def test_a_folder_named_as_a_file_of_the_set(self, tmp_path: Path) -> None:
        (tmp_path / "output" / "events.csv").mkdir(parents=True)
        with pytest.raises(OutputError, match=r"events\.csv: it is a folder"):
            publish(RESULT, tmp_path / "output")

    def test_a_name_with_signs_that_patterns_know(self, tmp_path: Path) -> None:
        publish(RESULT, tmp_path / "out[1]*")
        publish(OTHER, tmp_path / "out[1]*")
        assert contents(tmp_path / "out[1]*") == render(OTHER)


class TestReading:
    def test_a_set_reads_back_as_it_was(self, tmp_path: Path) -> None:
        publish(RESULT, tmp_path / "output")
        assert read(tmp_path / "output") == document(RESULT)
        assert read(tmp_path / "output" / "events.json") == document(RESULT)
        assert read_events(tmp_path / "output") == document(replace(RESULT, articles=()))

    def test_events_are_read_back_from_json_that_others_have_written(self, tmp_path: Path) -> None:
        for indent in (None, 4):
            (tmp_path / "events.json").write_text(json.dumps(document(RESULT).model_dump(mode="json"), indent=indent))
            assert read_events(tmp_path) == document(replace(RESULT, articles=()))

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"{", "is not JSON"),
            (b"\xff\xfe", "is not JSON"),
            (b"[]", "schema version None"),
            (b'{"schema_version": "9.0"}', "schema version '9.0'"),
            (b'{"schema_version": "1.0", "events": 5, "entities": [], "articles": []}', "at events: "),
        ],
    )
    def test_what_is_no_output(self, content: bytes, message: str, tmp_path: Path) -> None:
        (tmp_path / "events.json").write_bytes(content)
        with pytest.raises(UsageError, match=message):
            read(tmp_path)

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="does not exist"):
            read(tmp_path / "nowhere")
        with pytest.raises(UsageError, match=r"holds no events\.json"):
            read(tmp_path)
