"""What claims give: a table of the office's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import BadInput
from serving.people.provider_grants import ProviderGrants, read_provider_grants

OWN = """
login = "email"
name = "display.zh"
language = "locale"
regions_are = ["https://example.org/areas"]
gives = [
  { claim = "realm_access.roles", value = "监察", role = "inspector" },
  { claim = "ou", value = "province", everywhere = true },
  { claim = "ou", value = "city", region = "qinglan" },
]
"""


@pytest.fixture
def table(tmp_path: Path) -> ProviderGrants:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return read_provider_grants(path)


def test_claims_give_what_the_table_says(table: ProviderGrants) -> None:
    assert table.granted(
        {"realm_access": {"roles": ["other", "监察"]}, "ou": "city", "https://example.org/areas": ["east", 3]}
    ) == [("role", "inspector"), ("region", "qinglan"), ("region", "east")]
    assert table.granted({"ou": ["province"]}) == [("everywhere", "")]
    assert table.granted({"realm_access": "监察", "ou": None}) == []


def test_claims_name_the_account(table: ProviderGrants) -> None:
    assert table.called({"email": "li@example.org", "display": {"zh": "李"}}) == ("li@example.org", "李")
    assert table.called({}) == ("", "")


@pytest.mark.parametrize(
    ("locale", "spoken"), [("zh_CN", "zh"), ("zh", "zh"), ("en-GB", "en"), ("fr", "en"), ("", "en")]
)
def test_the_language_is_one_of_ours(table: ProviderGrants, locale: str, spoken: str) -> None:
    assert table.spoken({"locale": locale}) == spoken


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('gives = [{ claim = "a", value = "b", role = "chief" }]', "no such role"),
        ('gives = [{ claim = "a", value = "b" }]', "exactly one"),
        ('gives = [{ claim = "a", value = "b", region = "c", everywhere = true }]', "exactly one"),
        ("gifts = []", "gifts"),
        ("login = ", "own.toml"),
    ],
)
def test_a_table_that_cannot_be_used_is_told(tmp_path: Path, wrong: str, told: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'login = "a"\nname = "b"\nlanguage = "c"\n{wrong}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        read_provider_grants(path)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.toml"):
        read_provider_grants(tmp_path / "none.toml")
