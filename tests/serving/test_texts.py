import string

import pytest

from features.errors import BadInput
from serving.columns import ABOUT, COLUMNS
from serving.texts import TEXTS, language_of, text


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_there_in_both_languages_with_the_same_numbers(key: str) -> None:
    said = TEXTS[key]
    assert set(said) == {"en", "zh"} and all(said.values())
    fields = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in said.values()]
    assert fields[0] == fields[1]


def test_every_column_has_a_title() -> None:
    assert all(f"column_{name}" in TEXTS for name in COLUMNS) and all(f"about_{name}" in TEXTS for name in ABOUT)


def test_both_languages_stand_side_by_side() -> None:
    assert text("level_red").say("both") == "red / 红色"
    with pytest.raises(BadInput, match="en, zh or both"):
        language_of("fr")
