"""The same-person pairs and clusters of a deployment's claims, kept beside the matcher that made them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq

from features.engine import Engine
from features.errors import BadInput
from features.lake.lake import Lake
from features.same_person.secret import read_secret
from training.same_person.match_claims import match_claims
from training.same_person.matcher import FILE, TREES_FILE, load_matcher
from training.same_person.settings import SETTINGS

FOLDER = "same-person"
PAIRS_FILE, CLUSTERS_FILE, SAID_FILE = "pairs.parquet", "clusters.parquet", "settings.json"


@dataclass(frozen=True)
class MatchedClaims:
    """`pairs`: Parquet (claim_id, other_claim_id, probability, known_on); `clusters`: (claim_id, cluster_id).

    `matcher`: what the one is called that made them.
    """

    pairs: Path
    clusters: pa.Table
    matcher: str


def matched_claims(
    lake: Lake, engine: Engine, home: Path, as_of: dt.date, version: int, seed: int = 1
) -> MatchedClaims | None:
    """The pairs and clusters of the claims known by `as_of`, made where they are not there yet.

    They are made again where limits, comparisons or the secret have changed. None where the lake has no claims, or
    nothing is known of whose they are.
    """
    secret = read_secret(home)
    folder = home / FOLDER / f"{as_of.isoformat()}-v{version}-s{seed}"
    if not _usable(folder, secret):
        if not lake.has("claims", version):
            return None
        found = match_claims(lake, engine, as_of, version, secret, seed)
        if found is None:
            return None
        new = _new_folder(folder)
        found.matcher.save(new)
        pq.write_table(found.pairs("claim_id"), new / PAIRS_FILE)
        pq.write_table(found.clusters("claim_id"), new / CLUSTERS_FILE)
        (new / SAID_FILE).write_text(json.dumps(SETTINGS), encoding="utf-8")
        _publish(new, folder)
    return MatchedClaims(folder / PAIRS_FILE, pq.read_table(folder / CLUSTERS_FILE), _called(folder))


def _usable(folder: Path, secret: bytes) -> bool:
    """Whether the folder is there and was made by what would make it now."""
    if not (folder / SAID_FILE).is_file():
        return False
    try:
        load_matcher(folder, secret)
    except BadInput:
        return False
    return bool(json.loads((folder / SAID_FILE).read_text(encoding="utf-8")) == SETTINGS)


def _called(folder: Path) -> str:
    made = (folder / FILE).read_bytes() + (folder / TREES_FILE).read_bytes()
    return f"same-person-{hashlib.sha256(made).hexdigest()[:12]}"


def _new_folder(folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Path(mkdtemp(prefix=".new-", dir=folder.parent))


def _publish(new: Path, folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    new.rename(folder)
