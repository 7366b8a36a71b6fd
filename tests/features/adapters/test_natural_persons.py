"""Who is taken for a natural person by name alone."""

import pytest

from features.adapters.persons import is_natural_person, may_be_person, person_key


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lopez",
        "LOPEZ, Maria",
        "Maria de la Cruz Lopez",
        "Robert E. Smith Jr.",
        "Xq Zzyzx, an individual",
        "Maria & Jose Lopez",
        "Jason Park",
    ],
)
def test_persons(text):
    assert is_natural_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lopez, Inc.",
        "Lopez Trucking",
        "Maria's Kitchen",
        "Kelly Services",
        "Walmart",
        "Taco King",
        "Diocese of San Jose",
        "Mary 2 Go",
        "Elmer Wood Co",
        "",
    ],
)
def test_what_may_be_a_company_is_not_a_person(text):
    assert not is_natural_person(text)


def test_a_rare_name_is_a_person_only_beside_a_company():
    assert not is_natural_person("Zorvan Qeleshi")
    assert may_be_person("Zorvan Qeleshi")
    assert not may_be_person("Zorvan Trucking")


def test_spellings_of_a_person_share_a_key():
    assert person_key("Lopez, Maria J.") == person_key("MARIA LOPEZ") == person_key("María López")
