"""How liquid each employer is each month, and when it closes. Nobody sees it; everything else follows from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Flags, Floats, Ints
from experiments.province.chance import stream
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES, OWNERSHIPS, REGIONS
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.phoenixes import Succession


@dataclass(frozen=True)
class Fortunes:
    """By employer: what becomes of it."""

    cash: Floats  # by month too, in standard deviations of an ordinary employer's cash over time
    closing: Ints  # the month it closes in; the number of months where it does not
    predecessor: Ints  # row number of the employer it is the phoenix of; -1
    contractor: Ints  # row number of its main contractor; -1


def draw_fortunes(firms: Firms, contractor: Ints, months: Months, knobs: Knobs, seed: int) -> Fortunes:
    """Cash month after month; who closes, who opens again, whom an unpaid bill of the contractor's pulls along.

    A mean of the employer's own, a season of its industry, and an AR(1) process whose shocks are in part those of
    its industry and its region; now and then a blow; and a loss each month that the main contractor does not pay.
    Phoenixes become like their predecessors: `firms` is changed in place.
    """
    shock, closes = stream(seed, "cash"), stream(seed, "closing")
    shared = _shared_shocks(months.number, knobs, stream(seed, "shared shocks"))
    season, contractor = _season(months), contractor.copy()
    mean, swing = _mean(firms, knobs, shock), shock.normal(size=len(firms))
    succession = Succession(firms, months.number, knobs, stream(seed, "phoenixes"))
    cash = np.empty((len(firms), months.number), dtype=np.float32)
    closing, failed = np.full(len(firms), months.number), np.full(len(firms), -99)
    for month in range(months.number):
        succession.open(month, mean, swing, contractor)
        if month:
            unpaid = (contractor >= 0) & (failed[contractor] == month - 1)
            swing = knobs.persistence * swing + _step(shared[:, month], firms, knobs, shock) - knobs.contagion * unpaid
        cash[:, month] = mean + season[firms.industry, month] + swing
        in_need = (cash[:, month] < knobs.unpaid_below) & ~firms.ways.sound & (firms.opens <= month)
        closed = _closes(month, in_need, closing, firms, knobs, closes)
        closing[closed] = month
        succession.closed(closed & in_need, month)
        lasting = month - closing < knobs.contagion_after
        failed = np.where(lasting & (in_need | ((closing < month) & (failed == month - 1))), month, failed)
    return Fortunes(cash, closing, succession.predecessor, contractor)


def _closes(month: int, in_need: Flags, closing: Ints, firms: Firms, knobs: Knobs, rng: np.random.Generator) -> Flags:
    hazard = np.where(in_need, knobs.closures_in_need, knobs.closures)
    there = (firms.opens < month) & (closing > month)
    closes: Flags = there & (rng.random(len(firms)) < hazard)
    return closes


def _mean(firms: Firms, knobs: Knobs, rng: np.random.Generator) -> Floats:
    kinds = INDUSTRIES["cash"].to_numpy()[firms.industry] + REGIONS["cash"].to_numpy()[firms.region]
    own = knobs.quality * rng.normal(size=len(firms)) + knobs.spider_cash * (firms.spider >= 0)
    mean: Floats = kinds + OWNERSHIPS["cash"].to_numpy()[firms.ownership] + own
    return mean


def _season(months: Months) -> Floats:
    """By industry and month: lowest in the industry's trough."""
    away = months.of_year - INDUSTRIES["trough"].to_numpy()[:, None]
    season: Floats = -INDUSTRIES["season"].to_numpy()[:, None] * np.cos(2 * np.pi * away / 12)
    return season


def _shared_shocks(number: int, knobs: Knobs, rng: np.random.Generator) -> Floats:
    """By industry, then by region, and month: the part of a monthly shock that is theirs."""
    industry = np.sqrt(knobs.industry_shocks) * rng.normal(size=(len(INDUSTRIES), number))
    region = np.sqrt(knobs.region_shocks) * rng.normal(size=(len(REGIONS), number))
    return np.concatenate([industry, region])


def _step(shared: Floats, firms: Firms, knobs: Knobs, rng: np.random.Generator) -> Floats:
    """What a month adds to the swing: shocks of variance 1, shared and own, and blows."""
    left = 1 - knobs.industry_shocks - knobs.region_shocks
    shocks = shared[firms.industry] + shared[len(INDUSTRIES) + firms.region]
    shocks = shocks + np.sqrt(left) * rng.normal(size=len(firms))
    step: Floats = np.sqrt(1 - knobs.persistence**2) * shocks
    return step - knobs.blow * (rng.random(len(firms)) < knobs.blows)
