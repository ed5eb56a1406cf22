"""The catalogue of organisations: keys of names, who is meant by a name, names in running text, faults in the files.

Most tests write a small catalogue of invented names with `catalogue`; the last part looks at the one that is shipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from aifund.entities.catalogue import Catalogue
from aifund.entities.claims import spellings
from aifund.entities.names import fold, name_key, slug
from aifund.errors import RulesError

Write = Callable[[str], Catalogue]

TAILS = """
legal_suffixes: [co, gmbh, inc, llc, ltd, plc, private, pvt, sa, spa]
generic_tails: [ai, capital, labs]
"""
LEGAL = frozenset(["as", "co", "gmbh", "inc", "llc", "ltd", "plc", "private", "pvt", "sa", "spa"])


@pytest.fixture
def catalogue(tmp_path: Path) -> Write:
    """`catalogue(yaml)` loads a catalogue of one file besides the words at the end of names."""

    def load(text: str) -> Catalogue:
        (tmp_path / "tails.yaml").write_text(TAILS, encoding="utf-8")
        (tmp_path / "some.yaml").write_text(dedent(text), encoding="utf-8")
        return Catalogue.load(tmp_path)

    return load


def faults(catalogue: Write, text: str) -> list[str]:
    """The problems of a catalogue that does not load, each with its line in the file."""
    with pytest.raises(RulesError) as error:
        catalogue(text)
    assert all(problem.path.endswith("some.yaml") for problem in error.value.problems)
    return [f"{problem.line}: {problem.rule}: {problem.message}" for problem in error.value.problems]


# Keys of names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zorblat", "ZORBLAT"),
        ("Zorblat", "Zorblat's"),
        ("Zorblat", "Zorblat’s"),
        ("Oakmoss Motors", "Oakmoss Motors'"),
        ("Zorblat", "the Zorblat"),
        ("Zorblat Inc.", "Zorblat"),
        ("Zorblat Co., Ltd.", "Zorblat"),
        ("Zorblat Pvt. Ltd.", "Zorblat Private Ltd"),
        ("Zorblat GmbH & Co.", "Zorblat GmbH"),
        ("Birchline S.p.A.", "Birchline SpA"),
        ("Birchline A/S", "Birchline"),
        ("Q.R. Holm", "QR Holm"),
        ("Zorblat.ai", "Zorblat AI"),
        ("Oakmoss & Sons", "Oakmoss and Sons"),
        ("Crème Zürich Øst", "Creme Zurich Ost"),
        ("Ｚｏｒｂｌａｔ", "Zorblat"),
        ("O’Quillet", "O'Quillet"),
        ("Zorblat-Oakmoss", "Zorblat Oakmoss"),
        ("智谱 ＡＩ", "智谱 AI"),
    ],
)
def test_spellings_with_one_key(one: str, other: str) -> None:
    assert name_key(one, LEGAL) == name_key(other, LEGAL) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cohere", "Coherent"),
        ("Zorblat", "Zorblat Capital"),
        ("Zorblat", "Zorblat AI"),
        ("Zorblat Labs", "Zorblat Ventures"),
        ("Zorblat", "Zorblat+"),
        ("Zorblat Holdings", "Zorblat"),
        ("ZorBlat", "Zor Blat"),
        ("アガ", "アカ"),
    ],
)
def test_spellings_with_different_keys(one: str, other: str) -> None:
    assert name_key(one, LEGAL) != name_key(other, LEGAL)


def test_a_name_is_never_all_legal_form() -> None:
    assert name_key("The Company Inc", frozenset({"company", "inc"})) == "company"


def test_fold_keeps_the_legal_form_and_slug_makes_an_id() -> None:
    assert fold("The Zorblat Co., Ltd.") == "zorblat co ltd"
    assert slug(name_key("Zorblat & Søn Inc.", LEGAL)) == "zorblat-and-son"
    assert slug("月之暗面") == "月之暗面"
    assert slug("!") == "unnamed"


# Who is meant

TWO = """
    organisations:
      - id: zorblat
        name: Zorblat AI
        aliases: [the grey side of the hill, 灰山, Zorblat Inc]
        aliases_if:
          - aliases: [Zor, ten thousand hills]
            needs: [Quillet, large hill model]
      - id: oakmoss
        name: Oakmoss
        aliases_if:
          - aliases: [Oakmoss]
            needs: [moss grower, Fernwick]
    names:
      - Birchline Ventures
    """


def meant(known: Catalogue, name: str, article: str = "") -> str | None:
    match = known.match(name, article)
    return match.entity if match else None


@pytest.mark.parametrize(
    "name",
    ["Zorblat AI", "ZORBLAT.AI", "Zorblat AI's", "Zorblat AI, Inc.", "The Grey Side of the Hill", "灰山", "Zorblat"],
)
def test_a_declared_spelling_decides(catalogue: Write, name: str) -> None:
    assert meant(catalogue(TWO), name) == "zorblat"


@pytest.mark.parametrize("name", ["Zorblat Capital", "Zorblatt AI", "grey side", "Zor Quillet"])
def test_a_similar_spelling_does_not(catalogue: Write, name: str) -> None:
    assert meant(catalogue(TWO), name, "Quillet") is None


def test_a_conditional_alias_needs_what_the_article_holds(catalogue: Write) -> None:
    known = catalogue(TWO)
    assert meant(known, "Zor", "Zor raised money") is None
    assert meant(known, "Zor", "Zor, Quilletson and McQuillet raised money") is None
    assert meant(known, "Zor", "Zor raised money, QUILLET said") == "zorblat"
    match = known.match("ten thousand hills", "a large hill model")
    assert match is not None
    assert (match.claim.spelling, match.need) == ("ten thousand hills", "large hill model")


def test_a_name_under_a_condition_is_conditional_itself(catalogue: Write) -> None:
    known = catalogue(TWO)
    assert meant(known, "Oakmoss", "Oakmoss raised money") is None
    assert meant(known, "Oakmoss", "the moss grower Oakmoss raised money") == "oakmoss"


def test_homographs_stay_apart_unless_exactly_one_condition_is_met(catalogue: Write) -> None:
    known = catalogue("""
        organisations:
          - id: figment-robots
            name: Figment Robots
            aliases_if: [{aliases: [Figment], needs: [humanoid]}]
          - id: figment-loans
            name: Figment Loans
            aliases_if: [{aliases: [Figment], needs: [mortgage]}]
        """)
    assert meant(known, "Figment", "the humanoid of Figment") == "figment-robots"
    assert meant(known, "Figment", "Figment gives a mortgage") == "figment-loans"
    assert meant(known, "Figment", "a mortgage for a humanoid") is None
    assert meant(known, "Figment", "") is None


def test_an_alias_with_a_legal_form_does_not_lift_the_condition_of_its_key(catalogue: Write) -> None:
    known = catalogue("""
        organisations:
          - id: crate
            name: Crate
            aliases: [Crate Inc]
            aliases_if: [{aliases: [Crate], needs: [storage]}]
        """)
    assert meant(known, "Crate, Inc.", "") == "crate"
    assert meant(known, "Crate", "") is None
    assert meant(known, "Crate Ltd", "cloud storage") == "crate"


def test_a_plain_name_is_an_investor_of_its_own(catalogue: Write) -> None:
    known = catalogue(TWO)
    assert meant(known, "birchline ventures llc") == "birchline-ventures"
    assert known.entry("birchline-ventures").kind == "investor"
    assert known.name("birchline-ventures") == "Birchline Ventures"
    assert "birchline-ventures" in known
    assert "birchline" not in known


# Names in running text


def found(known: Catalogue, text: str, article: str | None = None) -> list[tuple[str, str]]:
    return [
        (text[start:end], entity) for start, end, entity in known.names_in(text, text if article is None else article)
    ]


def test_the_longest_spelling_is_found_with_its_offsets(catalogue: Write) -> None:
    known = catalogue("""
        organisations:
          - {id: zorblat, name: Zorblat}
          - {id: zorblat-cloud, name: Zorblat Cloud, parent: zorblat}
        """)
    text = "“Zorblat” sold Zorblat Cloud's shares to Zorblat"
    assert known.names_in(text, text) == [(1, 8, "zorblat"), (15, 28, "zorblat-cloud"), (41, 48, "zorblat")]
    assert found(known, "Zorblats, Zorblat2 and xZorblat") == []
    assert found(known, "") == []


def test_what_is_part_of_one_name_begins_no_other(catalogue: Write) -> None:
    known = catalogue("organisations: [{id: one, name: Zor Blat}, {id: two, name: Blat Labs}]")
    assert found(known, "Zor Blat Labs and Blat Labs") == [("Zor Blat", "one"), ("Blat Labs", "two")]


def test_capitals_count_unless_the_spelling_has_none(catalogue: Write) -> None:
    known = catalogue("""
        organisations:
          - {id: growth, name: Growth Engine, aliases: [Zorblat, grey side of the hill]}
        """)
    assert found(known, "our growth engine and the Growth engine, zorblat and ZORBLAT") == []
    assert found(known, "Growth Engine, GROWTH ENGINE, Zorblat") == [
        ("Growth Engine", "growth"),
        ("GROWTH ENGINE", "growth"),
        ("Zorblat", "growth"),
    ]
    assert found(known, "the Grey Side of the Hill") == [("Grey Side of the Hill", "growth")]
    lower = catalogue("organisations: [{id: zorblat, name: ZorBlat, aliases: [zorblat]}]")
    assert [spelling for spelling, _ in found(lower, "zorblat, ZORBLAT")] == ["zorblat", "ZORBLAT"]


def test_white_space_hyphens_and_apostrophes_are_forgiving(catalogue: Write) -> None:
    known = catalogue("organisations: [{id: zor, name: Zor Blat, aliases: [\"Hill's Grey Side\", '10,000 hills']}]")
    assert [
        spelling for spelling, _ in found(known, "Zor-Blat, Zor\nBlat, Zor  Blat, Hill’s Grey Side, 10,000 Hills")
    ] == [
        "Zor-Blat",
        "Zor\nBlat",
        "Zor  Blat",
        "Hill’s Grey Side",
        "10,000 Hills",
    ]
    assert found(known, "Zor. Blat and Zor\n\nBlat, Zor - Blat, ZorBlat") == []


def test_signs_at_the_end_tell_names_apart(catalogue: Write) -> None:
    known = catalogue("organisations: [{id: fund, name: Fund+}, {id: jr, name: Quill Jr.}]")
    assert found(known, "Fund raised Fund+ and Quill Jr. or Quill Jr") == [
        ("Fund+", "fund"),
        ("Quill Jr.", "jr"),
        ("Quill Jr", "jr"),
    ]


def test_chinese_names_need_no_spaces(catalogue: Write) -> None:
    known = catalogue("organisations: [{id: grey-hill, name: Zorblat, aliases: [灰山, 灰山智能]}]")
    assert found(known, "投资了灰山智能和Zorblat，灰山") == [
        ("灰山智能", "grey-hill"),
        ("Zorblat", "grey-hill"),
        ("灰山", "grey-hill"),
    ]


def test_conditions_look_at_the_whole_article(catalogue: Write) -> None:
    known = catalogue(TWO)
    assert found(known, "Zor leads the round", "Zor leads the round. Quillet agrees.") == [("Zor", "zorblat")]
    assert found(known, "Zor leads the round") == []
    assert found(known, "Zor Fernwick said", "Zor Fernwick said to Quillet") == []


# Faults


def test_two_entities_cannot_claim_one_spelling(catalogue: Write) -> None:
    problems = faults(
        catalogue,
        """
        organisations:
          - id: zorblat
            name: Zorblat
          - id: oakmoss
            name: Oakmoss
            aliases:
              - Oak
              - ZORBLAT Inc
        """,
    )
    assert len(problems) == 1
    assert re.fullmatch(r"9: oakmoss: 'ZORBLAT Inc' is also 'Zorblat' of zorblat \(.*some\.yaml:3\)", problems[0])


def test_a_condition_of_one_does_not_share_with_the_unconditional_spelling_of_another(catalogue: Write) -> None:
    problems = faults(
        catalogue,
        """
        organisations:
          - {id: zorblat, name: Zorblat}
          - id: oakmoss
            name: Oakmoss
            aliases_if:
              - aliases: [Zorblat]
                needs: [moss]
        """,
    )
    assert [problem.split(" is also")[0] for problem in problems] == ["7: oakmoss: 'Zorblat'"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("organisations: [{id: a, name: Zor}, {id: a, name: Oak}]", "duplicate id, first in"),
        ("organisations: [{id: a, name: Zor, parent: b}]", "unknown parent 'b'"),
        ("organisations: [{id: a, name: Zor, parent: a}]", "a cycle of parents: a → a"),
        (
            "organisations: [{id: a, name: Zor, aliases: [Oak], not: [oak inc]}]",
            "'oak inc' contradicts 'Oak' of the same",
        ),
        ("organisations: [{id: a, name: Zor, not: [a]}]", "'a' contradicts"),
        ("organisations: [{id: a, name: Zor, aliases: ['!']}]", "'!' holds neither letters nor digits"),
        (
            "organisations: [{id: a, name: Zor, aliases_if: [{aliases: [Oak Hill], needs: [oak]}]}]",
            "'Oak Hill' itself holds 'oak'",
        ),
        ("organisations: [{id: a, name: Zor}]\nnames: [Zor Ltd]", "'Zor Ltd' is already a ("),
        ("names: [Zor, Oak, Zor Ltd]", "'Zor Ltd' is already in"),
        ("organisations: [{id: a, name: Zor, alias: [Oak]}]", "unknown key 'alias'"),
        ("organisations: [{id: A b, name: Zor}]", "organisations.id"),
        ("organisations: [{id: a, name: Zor, ai: perhaps}]", "organisations.ai"),
        ("organisations: [{id: a, name: Zor, aliases_if: [{aliases: [Oak], needs: []}]}]", "aliases_if.needs"),
        ("organisations: [{id: a}]", "'name' is missing"),
    ],
)
def test_a_fault_is_named(catalogue: Write, text: str, fault: str) -> None:
    problems = faults(catalogue, text)
    assert len(problems) == 1
    assert fault in problems[0]


def test_a_cycle_is_told_of_each_that_is_in_it_at_its_line(catalogue: Write) -> None:
    assert faults(
        catalogue,
        """
        organisations:
          - id: a
            name: Zor
            parent: b
          - id: b
            name: Oak
            parent: c
          - id: c
            name: Fern
            parent: b
        """,
    ) == ["8: b: a cycle of parents: b → c → b", "11: c: a cycle of parents: c → b → c"]


def test_all_files_with_faults_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("organisations: [{id: a}]", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("names: {}", encoding="utf-8")
    with pytest.raises(RulesError) as error:
        Catalogue.load(tmp_path)
    assert [Path(problem.path).name for problem in error.value.problems] == ["one.yaml", "two.yaml"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no such folder"):
        Catalogue.load(tmp_path / "nowhere")


# The catalogue that is shipped


@pytest.fixture(scope="module")
def shipped(root: Path) -> Catalogue:
    return Catalogue.load(root / "rules" / "entities")


def test_the_shipped_catalogue_is_large_and_well_formed(shipped: Catalogue) -> None:
    assert len(shipped.organisations) >= 500
    assert len(shipped.names) >= 2000
    assert sum(one.ai == "yes" for one in shipped.organisations.values()) >= 300
    assert sum(one.parent is not None for one in shipped.organisations.values()) >= 100
    for one in shipped.organisations.values():
        assert re.fullmatch(r"[a-z_]+", one.kind), one.id
        for claim in spellings(one):
            assert claim.spelling == " ".join(claim.spelling.split()), claim


def test_wikidata_items_are_not_used_twice(shipped: Catalogue) -> None:
    items = [one.wikidata for one in shipped.organisations.values() if one.wikidata]
    assert len(items) == len(set(items)) >= 30


def test_a_short_single_word_in_lower_case_is_never_unconditional(shipped: Catalogue) -> None:
    """A spelling in lower case is found in any case: "ali" would be found in every "Ali"."""
    for one in shipped.organisations.values():
        for claim in spellings(one):
            if claim.spelling.isalpha() and claim.spelling.islower() and claim.spelling.isascii():
                assert claim.needs or len(claim.spelling) >= 6, claim


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("alibaba-cloud", "alibaba"),
        ("tencent-cloud", "tencent"),
        ("gv", "alphabet"),
        ("capitalg", "alphabet"),
        ("google", "alphabet"),
        ("m12", "microsoft"),
        ("amazon-web-services", "amazon"),
        ("nventures", "nvidia"),
        ("intel-capital", "intel"),
        ("salesforce-ventures", "salesforce"),
    ],
)
def test_parents(shipped: Catalogue, child: str, parent: str) -> None:
    assert shipped.entry(child).parent == parent


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("the dark side of the moon", "moonshot-ai"),
        ("Moon's Dark Side", "moonshot-ai"),
        ("Moonshot AI", "moonshot-ai"),
        ("月之暗面", "moonshot-ai"),
        ("Minimax", "minimax"),
        ("Zhipu", "zhipu-ai"),
        ("Zero One Everything", "01-ai"),
        ("10,000 things", "01-ai"),
        ("zero and one thousand things", "01-ai"),
        ("Zero One Thousand Things", "01-ai"),
        ("零一万物", "01-ai"),
        ("Baichuan Intelligent", "baichuan-ai"),
        ("Baichuan Intelligence", "baichuan-ai"),
        ("Ali", "alibaba"),
        ("Ali Group", "alibaba"),
        ("Alibaba Cloud", "alibaba-cloud"),
        ("Byte", "bytedance"),
        ("Bytes", "bytedance"),
        ("StepLeap Star", "stepfun"),
        ("Lightyear Away", "light-years-beyond"),
        ("Light Years Beyond", "light-years-beyond"),
        ("Lisi Capital", "monolith-management"),
        ("Truss", "elon-musk"),
        ("XAI", "xai"),
        ("Little Red Book", "xiaohongshu"),
        ("Sequoia China", "hongshan"),
        ("HSG", "hongshan"),
        ("Shunwei", "shunwei-capital"),
        ("A16Z", "andreessen-horowitz"),
        ("Yunqi Capital", "yunqi-partners"),
        ("Yuanjing Capital", "vision-plus-capital"),
        ("Jinshajiang Venture Capital", "gsr-ventures"),
        ("Cambrian", "cambricon"),
        ("Face Wall Intelligence", "modelbest"),
        ("Fourth Paradigm", "4paradigm"),
    ],
)
def test_the_spellings_of_translated_news_resolve(shipped: Catalogue, name: str, entity: str) -> None:
    article = "The large model makers MiniMax and xAI of Alibaba, Xiaohongshu of China; chips; TikTok; HongShan."
    assert meant(shipped, name, article) == entity


@pytest.mark.parametrize(
    "name", ["Ali", "Byte", "10,000 things", "Truss", "Figure", "the dark side of the moon", "Horizon"]
)
def test_common_words_mean_nobody_without_company(shipped: Catalogue, name: str) -> None:
    assert meant(shipped, name, "A bridge-building story without any company in it.") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cohere", "Coherent"),
        ("Moonshot AI", "Moonvalley"),
        ("Scale AI", "Scale Venture Partners"),
        ("Sierra AI", "Sierra Space"),
        ("Redpoint Ventures", "Redpoint China"),
        ("Lightspeed Venture Partners", "Lightspeed China Partners"),
        ("Aleph", "Aleph Alpha"),
        ("Matrix Partners", "Matrix Partners China"),
        ("Sequoia Capital", "HongShan"),
    ],
)
def test_look_alikes_stay_apart(shipped: Catalogue, one: str, other: str) -> None:
    assert meant(shipped, one, "the Israeli venture firm of China") != meant(shipped, other, "venture, China")
