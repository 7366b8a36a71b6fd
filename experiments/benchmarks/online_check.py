"""A new claim against ten million persons known: how long it takes, how large the store is, and what a hot block costs.

    python -m experiments.benchmarks.online_check --persons 10000000 --hot 50000 --checks 2000

Persons are residents (residents.py), of whom 50,000 more are paid to one account. The matcher learns from 100,000 of
them without labels. New claims are of persons known, with slips, and of persons new. Each step runs in a process of its
own (wall seconds, CPU seconds, peak resident memory); milliseconds are of whole checks: normalising, looking up,
comparing, judging. A bare look-up of one record by its identifier in the same file is measured beside it. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from experiments.benchmarks.measuring import measured, ran_as_step
from experiments.benchmarks.residents import Residents, account_numbers, draw_residents, phone_numbers
from experiments.benchmarks.written_claims import claims_of
from experiments.province.arrays import Floats
from experiments.province.chance import stream
