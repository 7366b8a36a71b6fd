"""A deployment's parts are opened once a process, as its settings say."""

from __future__ import annotations

from pathlib import Path

from features.claims import CLAIM_FEATURES
from features.engine import connect
from features.lake.lake import Lake
from features.rules.read import read_rules
from features.settings import Settings
from serving.api.deployment import Deployment
from serving.dossier.registers import Registers
from serving.levels import read_levels
from serving.online.opened import Online
from serving.people.provider_sign_in import provider_of
from serving.shelf import Shelf
from serving.store.opened import open_store
from training.artefact import RiskModel

BUNDLED = Path(__file__).parents[1] / "bundle"  # where a Bento has its models; elsewhere there is no such folder


def open_deployment(settings: Settings) -> Deployment:
    """The parts of the deployment. Errors say what to do where one cannot be opened."""
    engine = connect("duckdb", settings.memory_limit, settings.threads)  # one subject at a time: no Spark
    registers = Registers(Lake(settings.lake), engine)
    shelf, provider = Shelf(bundle_folder(settings)), provider_of(settings)
    store = open_store(settings.store_url)
    return Deployment(settings, store, shelf, registers, _online(settings, shelf), provider)


def _online(settings: Settings, shelf: Shelf) -> Online:
    def models() -> dict[tuple[str, str], RiskModel]:
        return {key: served.model for key, served in shelf.models().items()}

    return Online(settings.home, models, read_rules(CLAIM_FEATURES, settings.rules), read_levels(settings.levels))


def bundle_folder(settings: Settings) -> Path:
    """Where the models to serve are: the folder that is set, else the Bento's own, else the home folder's."""
    if settings.bundle is not None:
        return settings.bundle
    return BUNDLED if BUNDLED.is_dir() else settings.home / "bundle"
