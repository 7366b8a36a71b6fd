"""`plumbline score claims`: how likely each claim is a duplicate, or fraudulent, as of a day."""

from __future__ import annotations

import datetime as dt

from commands.deployment import engine_of, err, lake_of, out, print_json, progress, registry_of, settings
from commands.options import AsOf, Home, Json, Version, day
from commands.same_person import compared_claims
from commands.score import ScoresFile, score_app


@score_app.command("claims")
def score_claims(
    as_of: AsOf, to: ScoresFile, version: Version = None, home: Home = None, as_json: Json = False
) -> None:
    """Every claim known by a day, with the newest models trained as of that day or before: duplicate, fraud, cluster_id.

    Example: plumbline score claims --as-of 2024-06-30 --out scores.parquet
    """
    import pyarrow.parquet as pq

    from features.claims import CLAIM_FEATURES
    from features.snapshots.claim_take import take_claim_snapshot
    from serving.claim_scores import KINDS
    from serving.claim_scores import score_claims as scores_of
    from training.age import refuse_days_to_come

    on = day(as_of)
    refuse_days_to_come(on, dt.datetime.now(dt.UTC).date())
    configured = settings(home)
    models = registry_of(configured).find_each(on, KINDS, "claims")
    lake, engine = lake_of(configured), engine_of(configured)
    number = lake.version() if version is None else version
    wanted = {name for model in models.values() for name in model.card.features}
    with progress() as report_progress:
        compared = compared_claims(configured, lake, engine, on, number, report_progress)
        snapshot = take_claim_snapshot(
            lake, engine, [on], [f for f in CLAIM_FEATURES if f.name in wanted], number, compared.pairs, report_progress
        )
    scores = scores_of(models, snapshot, compared.clusters)
    pq.write_table(scores, to)
    used = {kind: model.card.model_id for kind, model in models.items()}
    missing = [kind for kind in KINDS if kind not in models]
    for kind in missing:
        err.print(
            f"• No model of {kind} was trained as of {on} or before: its column is empty.",
            markup=False,
            highlight=False,
        )
    if as_json:
        return print_json({"models": used, "without": missing, "claims": scores.num_rows, "out": str(to)})
    out.print(f"{scores.num_rows:,} claims scored as of {on} with {', '.join(used.values())}: {to}")
