"""`plumbline train claims`: the models of duplicate and fraudulent claims."""

from __future__ import annotations

from commands.deployment import engine_of, lake_of, out, print_json, progress, registry_of, settings
from commands.options import AsOf, Home, Json, Seed, Version, day
from commands.same_person import compared_claims
from commands.train import say_learned, say_model, train_app


@train_app.command("claims")
def train_claims(
    as_of: AsOf, seed: Seed = 1, version: Version = None, home: Home = None, as_json: Json = False
) -> None:
    """Train the models of claims, duplicate and fraud, that could have been trained on a day, and record them in MLflow.

    Example: plumbline train claims --as-of 2024-06-30
    """
    from training.claims.fit import train_claims as trained

    configured = settings(home)
    lake, engine = lake_of(configured), engine_of(configured)
    number = lake.version() if version is None else version
    with progress() as report_progress:
        compared = compared_claims(configured, lake, engine, day(as_of), number, report_progress)
        training = trained(
            lake, engine, day(as_of), seed=seed, version=number, matches=compared.pairs, matcher=compared.matcher,
            on_progress=report_progress,
        )  # fmt: skip
        registry = registry_of(configured)
        runs = {kind: registry.record(one.model, one.figures, one.report()) for kind, one in training.models.items()}
    said = {kind: {"run": runs[kind], **one.report()} for kind, one in training.models.items()}
    if as_json:
        return print_json({**said, "without": training.without})
    for kind, one in training.models.items():
        say_model(one.model.card, runs[kind])
        say_learned(one.model.card)
    for reason in training.without.values():
        out.print(f"• No model of {reason['en']}.", markup=False, highlight=False)
