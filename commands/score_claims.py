"""`plumbline score claims`: how likely each claim is a duplicate, or fraudulent, as of a day."""

from __future__ import annotations

import datetime as dt

from commands.age import say_age
from commands.deployment import engine_of, err, lake_of, opened_store, progress, settings
from commands.keeping import keep_scores
from commands.options import AsOf, Home, Json, Keep, Version, day
from commands.rules import models_of
from commands.same_person import compared_claims
from commands.score import ReasonsShare, ScoresFile, say_scored, score_app, share_of


@score_app.command("claims")
def score_claims(
    as_of: AsOf,
    to: ScoresFile = None,
    reasons_share: ReasonsShare = None,
    keep: Keep = True,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Every claim known by a day, with the newest models trained as of that day or before: duplicate, fraud, cluster_id.

    Without a model its column is empty: who is likely the same person needs none.

    Example: plumbline score claims --as-of 2024-06-30
    """
    from features.claims import CLAIM_FEATURES
    from features.snapshots.claim_take import take_claim_snapshot
    from serving.claim_scores import KINDS
    from serving.claim_scores import score_claims as scores_of
    from serving.runs import Scored
    from serving.why import why_claims
    from training.age import refuse_days_to_come

    on = day(as_of)
    refuse_days_to_come(on, dt.datetime.now(dt.UTC).date())
    configured, share = settings(home), share_of(reasons_share)
    with opened_store(configured, keep) as store:
        models = models_of(configured, on)
        lake, engine = lake_of(configured), engine_of(configured)
        number = lake.version() if version is None else version
        wanted = {name for model in models.values() for name in model.card.features}
        with progress() as report_progress:
            compared = compared_claims(configured, lake, engine, on, number, report_progress)
            snapshot = take_claim_snapshot(
                lake, engine, [on], [f for f in CLAIM_FEATURES if f.name in wanted], number, compared.pairs,
                report_progress,
            )  # fmt: skip
        scores = scores_of(models, snapshot, compared.clusters)
        used = {kind: model.card.model_id for kind, model in models.items()}
        matcher = {"matcher": compared.matcher} if compared.matcher else {}
        run = Scored("claims", on, number, used, matcher, share)
        kept = keep_scores(
            store,
            run,
            scores,
            lambda: {
                "region": snapshot["region"],
                "scheme": snapshot["scheme"],
                "why": why_claims(models, snapshot, scores, share),
            },
        )
    say_age(models.values(), lake, engine, number, on)
    missing = [kind for kind in KINDS if kind not in models]
    for kind in missing:
        err.print(
            f"• No model of {kind} was trained as of {on} or before: its column is empty. To make one: "
            f"plumbline train claims --as-of {on}",
            markup=False,
            highlight=False,
        )
    said = {"models": used, "without": missing, "claims": scores.num_rows}
    sentence = f"{scores.num_rows:,} claims scored as of {on} with {', '.join(used.values()) or 'no model'}."
    say_scored(said, sentence, scores, to, run.run_id, kept, as_json)
