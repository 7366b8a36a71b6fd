"""The models that a service serves: a folder of text files, each known by its hash. Nothing in it can run.

`bundle.json` names the files; it is put in place last and whole, so that a reader sees the old models or the new ones.
A model that does not fit the code's features, or is not what its hash says, is refused, and nothing is changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from features.claims import CLAIM_FEATURES
from features.employers import EMPLOYER_FEATURES
from features.errors import Damaged, NotFound
from features.feature import Catalogue
from training.artefact import CARD, TREES, RiskModel, read

MANIFEST = "bundle.json"
CATALOGUES: Mapping[str, Catalogue] = {"employers": EMPLOYER_FEATURES, "claims": CLAIM_FEATURES}
BEGINS = "tree\n"  # LightGBM's own text begins so; a pickle, an archive or a program does not


@dataclass(frozen=True)
class Served:
    """A model with the hash that names what is served: of its trees and its card."""

    model: RiskModel
    sha256: str

    @property
    def key(self) -> tuple[str, str]:
        """Of whom it speaks and of what: ("claims", "fraud")."""
        return self.model.card.subject, self.model.card.label


def write_bundle(models: Iterable[RiskModel], folder: Path) -> None:
    """Put `models` into `folder` as what is served from now on."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = [_put(model, folder) for model in models]
    fresh = folder / f".{MANIFEST}.{os.getpid()}"
    fresh.write_text(json.dumps({"models": entries}, indent=2), encoding="utf-8")
    fresh.replace(folder / MANIFEST)


def open_bundle(folder: Path) -> dict[tuple[str, str], Served]:
    """The models of `folder` by subject and label. NotFound: no bundle; Damaged: not as its hash says; BadInput: unfit."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        raise NotFound(
            "there are no models to serve",
            found=f"no {MANIFEST}",
            expected="a bundle of models",
            do="train, then start the service with `plumbline serve`, or build a Bento",
        )
    served = [_open(entry, folder) for entry in json.loads(manifest.read_text(encoding="utf-8"))["models"]]
    return {one.key: one for one in served}


def _put(model: RiskModel, folder: Path) -> dict[str, object]:
    """The model under its hash, beside those that a running service may still be reading."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        model.save(Path(made))
        (Path(made) / "model.json").unlink()  # the same trees for other tools; nobody reads them here
        files = {name: _hash((Path(made) / name).read_bytes()) for name in (TREES, CARD)}
        named = _hash("".join(files.values()).encode())[:16]
        if not (folder / named).exists():
            shutil.copytree(made, folder / f".{named}")
            (folder / f".{named}").rename(folder / named)
    return {"folder": named, "sha256": files}


def _open(entry: Mapping[str, object], folder: Path) -> Served:
    hashes = entry["sha256"]
    assert isinstance(hashes, dict)
    texts = {name: _read(folder / str(entry["folder"]) / name, str(hashes[name])) for name in (TREES, CARD)}
    if not texts[TREES].startswith(BEGINS):
        raise _damaged("the trees are not LightGBM's own text")
    subject = json.loads(texts[CARD])["subject"]
    return Served(read(texts[CARD], texts[TREES], CATALOGUES[subject]), _hash("".join(texts.values()).encode()))


def _read(file: Path, sha256: str) -> str:
    """The text that was checked is the text that is used: the file is read once."""
    data = file.read_bytes()
    if _hash(data) != sha256:
        raise _damaged(f"{file.name} is not the file that was put there")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _damaged(f"{file.name} is no text") from error


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _damaged(found: str) -> Damaged:
    return Damaged(
        "a model to serve cannot be trusted",
        found=found,
        expected="the files that the bundle names, by their hashes",
        do="take the models from the registry again, or build the Bento again",
    )
