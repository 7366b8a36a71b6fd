"""Generated pages are what the code would make today."""

from pathlib import Path

from features.catalogue_page import catalogue_page
from features.catalogues import catalogues
from features.registers.contract import contract_yaml
from features.settings_page import settings_page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_features_is_not_stale() -> None:
    assert (DOCS / "features.md").read_text(encoding="utf-8") == catalogue_page(*catalogues()), "run: make generated"


def test_the_contract_is_not_stale() -> None:
    assert (DOCS / "registers.odcs.yaml").read_text(encoding="utf-8") == contract_yaml(), "run: make generated"


def test_the_page_of_settings_is_not_stale() -> None:
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == settings_page(), "run: make generated"
