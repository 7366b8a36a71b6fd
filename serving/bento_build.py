"""A Bento: our code, the locked list of what it needs, and the models, in one folder that starts by itself."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from features.errors import BadInput
from serving.bento_rules import refuse_bentoml_config, track_nothing
from serving.bundle import write_bundle
from serving.opening import BUNDLED
from training.artefact import RiskModel

ROOT = Path(__file__).parents[1]
PACKAGES = ("features", "training", "serving", "commands")
FILES = ("plumbline.py", "LICENSE", "requirements.lock")
SERVICE = "serving.service:Plumbline"


def build_bento(models: Iterable[RiskModel], out: Path) -> str:
    """Make a Bento with `models` in the folder `out`, which is made; its tag. BadInput: our own source is not whole."""
    refuse_bentoml_config()
    with tempfile.TemporaryDirectory(prefix="plumbline-bento-") as folder:
        source = Path(folder) / "source"
        _gather(source)
        write_bundle(models, source / BUNDLED.name)
        # the service is imported to be described: with a home of its own, so that none of this one's is opened
        os.environ |= {"BENTOML_HOME": f"{folder}/bentoml", "PLUMBLINE_HOME": f"{folder}/home"}
        track_nothing()
        return _build(source, out)


def _gather(source: Path) -> None:
    missing = [name for name in (*PACKAGES, *FILES) if not (ROOT / name).exists()]
    if missing:
        raise BadInput(
            "a Bento is built from Plumbline's own folder",
            found=f"no {', '.join(missing)} in {ROOT}",
            expected="the source as it was cloned or unpacked",
            do="run the command from there",
        )
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, source / name)


def _build(source: Path, out: Path) -> str:
    import bentoml

    bento = bentoml.build(
        SERVICE,
        build_ctx=str(source),
        include=[*(f"{name}/**" for name in (*PACKAGES, BUNDLED.name)), *FILES],
        # the lock is whole and hashed already: nothing is resolved, so nothing is asked of a registry
        python={"requirements_txt": "requirements.lock", "lock_packages": False},
        description="Wage-arrears watchlists and payout-fraud alerts, as a service.",
    )
    shutil.copytree(bento.path, out)
    return str(bento.tag)
