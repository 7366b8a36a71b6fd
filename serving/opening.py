"""A deployment's parts are opened once a process, as its settings say."""

from __future__ import annotations

from pathlib import Path

from features.engine import connect
from features.lake.lake import Lake
from features.settings import Settings
from serving.api.deployment import Deployment
from serving.dossier.registers import Registers
from serving.people.provider_sign_in import provider_of
from serving.shelf import Shelf
from serving.store.opened import open_store

BUNDLED = Path(__file__).parents[1] / "bundle"  # where a Bento has its models; elsewhere there is no such folder


def open_deployment(settings: Settings) -> Deployment:
    """The parts of the deployment. Errors say what to do where one cannot be opened."""
    engine = connect("duckdb", settings.memory_limit, settings.threads)  # one subject at a time: no Spark
    registers = Registers(Lake(settings.lake), engine)
    shelf, provider = Shelf(bundle_folder(settings)), provider_of(settings)
    return Deployment(settings, open_store(settings.store_url), shelf, registers, provider)


def bundle_folder(settings: Settings) -> Path:
    """Where the models to serve are: the folder that is set, else the Bento's own, else the home folder's."""
    if settings.bundle is not None:
        return settings.bundle
    return BUNDLED if BUNDLED.is_dir() else settings.home / "bundle"
