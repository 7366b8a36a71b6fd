"""Which model is to be served: an alias in MLflow's own registry of models, `champion` among them.

A name there is a subject and a label (`claims-fraud`), a version is a recorded model, an alias points to one version.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from features.errors import BadInput, NotFound
from training.artefact import RiskModel, load
from training.registry import CATALOGUES, PREFERRED, Registry

TAG = "model_id"


def by_alias(registry: Registry, subject: str, label: str | None, alias: str) -> RiskModel | None:
    """The model of `label` (None: of the main job) that carries `alias`; None where none does. BadInput: it does not fit."""
    runs = {run.info.run_id: run for run in registry.runs(subject)}
    if not runs:
        return None
    run_id = _run_of(registry.client(), f"{subject}-{label or PREFERRED}", alias)
    return load(registry.artefact(runs[run_id]), CATALOGUES[subject]) if run_id in runs else None


def give_alias(registry: Registry, model_id: str, alias: str) -> str:
    """Let `model_id`, or the one model whose identifier begins so, carry `alias`; whichever model of its label did carries
    it no more. Returns the whole identifier. NotFound: no such model; BadInput: several."""
    named = {run.data.tags[TAG]: (subject, run) for subject in CATALOGUES for run in registry.runs(subject)}
    meant = _meant(model_id, sorted(named))
    subject, run = named[meant]
    client, name = registry.client(), f"{subject}-{run.data.tags['label']}"
    if not client.search_registered_models(f"name = '{name}'"):
        client.create_registered_model(name)
    version = _version(client, name, run) or client.create_model_version(
        name, registry.artefact(run).resolve().as_uri(), run.info.run_id
    )
    client.set_registered_model_alias(name, alias, version.version)
    return meant


def models(registry: Registry) -> list[dict[str, Any]]:
    """All models recorded, newest first: model_id, subject, label, as_of, horizon, aliases."""
    found = []
    for subject in CATALOGUES:
        runs = registry.runs(subject)
        aliases = _aliases(registry.client(), subject) if runs else {}
        for run in sorted(runs, key=lambda run: int(run.info.start_time), reverse=True):
            tags = run.data.tags
            said = {key: tags.get(key) for key in (TAG, "label", "as_of", "horizon")}
            found.append({**said, "subject": subject, "aliases": aliases.get(run.info.run_id, [])})
    return found


def _meant(asked: str, recorded: Sequence[str]) -> str:
    meant = [asked] if asked in recorded else [one for one in recorded if one.startswith(f"{asked}-")]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise BadInput(
            f"several models are called {asked}",
            found=", ".join(meant),
            expected="the whole identifier of one of them",
            do="see: plumbline models list",
        )
    raise NotFound(
        f"there is no model {asked}",
        found=", ".join(recorded) or "no models at all",
        expected="one of the models recorded",
        do="see: plumbline models list",
    )


def _run_of(client: Any, name: str, alias: str) -> str | None:
    pointed = [m.aliases.get(alias) for m in client.search_registered_models(f"name = '{name}'")]
    return client.get_model_version(name, pointed[0]).run_id if pointed and pointed[0] else None


def _version(client: Any, name: str, run: Any) -> Any:
    """The version that was made of `run` before, if one was."""
    return next(iter(client.search_model_versions(f"name = '{name}' and run_id = '{run.info.run_id}'")), None)


def _aliases(client: Any, subject: str) -> dict[str, list[str]]:
    """By run the aliases its model carries."""
    carried: dict[str, list[str]] = {}
    for named in client.search_registered_models(f"name like '{subject}-%'"):
        for alias, version in named.aliases.items():
            carried.setdefault(client.get_model_version(named.name, version).run_id, []).append(alias)
    return carried
