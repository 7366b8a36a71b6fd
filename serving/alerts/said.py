"""The parts of an alert as sentences: money, rules, the other record, companions, months at work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from features.limits import SUREST_MATCH
from serving.alerts.alert import Alert, Alerts, Companion, OtherRecord, RuleHit, WorkMonth
from serving.texts import Sentence, text, told_money

UNKNOWN = "–"
Share = tuple[str, str]  # what a ring has in common: kind of thing, the thing masked


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """Sentences in one line."""
    said = list(sentences)
    return Sentence("; ".join(one.en for one in said), "；".join(one.zh for one in said))


def chance(alert: Alert) -> Sentence:
    """The probability of the alert's kind, and what it is of."""
    what = text(f"probability_of_{alert.kind}")
    return what if alert.probability is None else text("chance_said", probability=alert.probability, what=what)


def money(alert: Alert) -> Sentence:
    """What is at stake, what of it was paid in the last year, what may still be saved."""
    return text(
        "money_at_stake_said",
        stake=told_money(alert.money_at_stake),
        paid=told_money(alert.paid),
        to_save=told_money(alert.to_save),
    )


def found_by_scores(alerts: Alerts) -> Sentence:
    """How many of the list's claims the scores expect to be found, and the loss, chosen and by lot."""
    sums = {name: told_money(said) if name.startswith("loss") else said for name, said in alerts.expected.items()}
    return text("alerts_found", **sums)


def rule(hit: RuleHit) -> Sentence:
    """A rule that holds, with its basis and what was decided of its hits."""
    return text(
        "rule_said", name=hit.name, severity=text(f"severity_{hit.severity}"), sentence=hit.sentence,
        basis=hit.legal_basis, decided=hit.decided, found=hit.found,
        by_lot=hit.by_lot, found_by_lot=hit.found_by_lot,
    )  # fmt: skip


def other(record: OtherRecord) -> list[Sentence]:
    """The other record in a line, and a line for each field of both side by side."""
    head = text(
        "other_said" if record.probability is not None else "other_same_number", claim_id=record.claim_id, scheme=text(f"scheme_{record.scheme}"), filed_on=record.filed_on,
        finding=_finding(record.finding), probability=min(record.probability or 0, SUREST_MATCH),
    )  # fmt: skip
    fields = [
        text("field_said", field=text(f"field_{f.field}"), this=f.this, other=f.other, agreement=f.agreement)
        for f in record.fields
    ]
    return [head, *fields]


def companions(alert: Alert) -> Sentence | None:
    """The other claims of the alert, what ties all of them said once; None where there are none."""
    if not alert.companions_in_all:
        return None
    common = [share for share in alert.companions[0].shares if all(share in one.shares for one in alert.companions)]
    listed = joined(_companion(one, common) for one in alert.companions)
    return text("companions_said", count=alert.companions_in_all, shares=_shares(common), listed=listed)


def work(months: tuple[WorkMonth, ...]) -> Sentence | None:
    """The months in which a register shows the person at work, employer by employer; None where there are none."""
    if not months:
        return None
    spells: dict[tuple[str, str], list[WorkMonth]] = {}
    for one in months:
        spells.setdefault((one.register, one.employer_id), []).append(one)
    named = [_spell(register, employer, own) for (register, employer), own in spells.items()]
    return text("work_said", count=len({one.month for one in months}), months=joined(named))


def _spell(register: str, employer: str, months: list[WorkMonth]) -> Sentence:
    days = sorted(one.month for one in months)
    key = "work_spell" if len(days) > 1 else "work_month"
    return text(
        key, register=text(f"register_{register}"), employer=employer, first=f"{days[0]:%Y-%m}", last=f"{days[-1]:%Y-%m}",
        count=len(days),
    )  # fmt: skip


def parts(alert: Alert) -> dict[str, list[Sentence]]:
    """The lines of each part by its column: rules, the other record, companions, work, news; empty where there is nothing."""
    whole: dict[str, Callable[[], list[Sentence | None]]] = {
        "news": lambda: [alert.news],
        "rules": lambda: [rule(hit) for hit in alert.rules],
        "other": lambda: [*other(alert.other)] if alert.other else [],
        "work": lambda: [work(alert.work)],
        "companions": lambda: [companions(alert)],
    }
    return {name: [line for line in lines() if line is not None] for name, lines in whole.items()}


def _companion(one: Companion, common: Sequence[Share]) -> Sentence:
    return text(
        "companion_said", claim_id=one.claim_id, tie=text(f"companion_{one.tie}"), person=one.person or UNKNOWN,
        scheme=text(f"scheme_{one.scheme}"), filed_on=one.filed_on, stake=told_money(one.money_at_stake),
        finding=_finding(one.finding), shares=_shares([share for share in one.shares if share not in common]),
    )  # fmt: skip


def _shares(shares: Sequence[Share]) -> Sentence:
    if not shares:
        return Sentence("", "")
    return text("companion_shares", things=joined(_thing(kind, thing) for kind, thing in shares))


def _thing(kind: str, thing: str) -> Sentence:
    return text(f"thing_{kind.replace(' ', '_')}", thing=thing)


def _finding(finding: str | None) -> Sentence:
    return text("other_finding", finding=text(f"finding_{finding}")) if finding else Sentence("", "")
