"""Counts of rows are told in both languages, and what an older card keeps stays readable."""

from training.counts import card_rows, counts_line, told


def test_a_key_is_told_in_both_languages() -> None:
    assert told("fitted") == {"en": "rows the trees learned from", "zh": "决策树学习的行数"}
    assert list(card_rows({"closed": 3})) == ["dropped_closed"]
    assert told("dropped_closed") == {
        "en": "left out: closed by the day of the snapshot",
        "zh": "未计入：截至该日已注销或停业",
    }


def test_a_sentence_of_an_older_card_is_told_as_it_stands() -> None:
    old = "dropped: closed by the day of the snapshot"
    assert told(old) == {"en": old, "zh": old}


def test_a_line_names_each() -> None:
    assert (
        counts_line({"closed": 1200, "undecided": 1}, "zh")
        == "截至该日已注销或停业 1,200; 截至标签读取日尚未作出决定 1"
    )
    assert counts_line({}, "en") == "none"
