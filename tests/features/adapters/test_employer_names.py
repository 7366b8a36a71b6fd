"""What spellings of one employer share, and what must never be shared."""

import pytest

from features.adapters.names import Named, company_key, names_nobody, take_apart


def key(text: str) -> str:
    return company_key(take_apart(text).name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Widgets, Inc.", "ACME WIDGETS INC., a California corporation"),
        ("Acme Widgets LLC", "Acme Widgets L.L.C., a Delaware limited liability compa"),
        ("Acme Widgets", "The Acme Widget Co."),
        ("Wal-Mart Stores", "WALMART STORES, INC."),
        ("U.S. Guard Svcs", "US Guard Services"),
        ("J.C. Dunmore Corp", "J. C. Dunmore Corporation"),
        ("Home & Hearth", "Home and Hearth, LP"),
        ("Café Olé Inc", "CAFE OLE"),
        ("Acme Widgets, Inc.", "Acme Widgets, Inc. c/o Some Agent"),
        ("Acme Widgets, Inc.", "Acme Widgets, Inc. dba Widget World"),
        ("Acme Widgets, Inc.", "\xa0Acme  Widgets, Inc., et al."),
        ("Joe\u2019s Autos", "Joe's Auto"),
    ],
)
def test_spellings_of_one_employer_share_a_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Widget Pizza, LLC", "Widget Pizza II, LLC"),
        ("M & C LLC", "M.C. Inc."),
        ("GK Construction", "JK Construction"),
        ("Sub Shop #12", "Sub Shop #13"),
        ("Desert Spa", "Desert"),
    ],
)
def test_a_small_difference_that_may_matter_is_kept(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Acme Inc. d/b/a Widget World", Named("Acme Inc", "Widget World")),
        (
            "Acme Inc., a California corporation doing business as Widget World",
            Named("Acme Inc", "Widget World"),
        ),
        ("dba Widget World", Named("Widget World")),
        ("Jo Ray, an individual", Named("Jo Ray")),
        ("", Named("")),
    ],
)
def test_a_name_is_taken_apart(text, named):
    assert take_apart(text) == named


@pytest.mark.parametrize("text", ["", "?", "Restaurant", "DOES 1-50", "John Doe", "Not available", "N/A", "LLC"])
def test_nobody_is_named(text):
    assert names_nobody(text)


@pytest.mark.parametrize("text", ["Restaurant Inc.", "Motel 6", "3M", "99 Ranch Market", "Doe Run Mining LLC"])
def test_somebody_is_named(text):
    assert not names_nobody(text)


@pytest.mark.parametrize("text", ["\x00", "((((", "李記", "\u202e Inc", "a" * 10_000, "dba dba dba", "& & &", "'s"])
def test_odd_strings_do_no_harm(text):
    assert isinstance(key(text), str)
    assert isinstance(names_nobody(text), bool)
