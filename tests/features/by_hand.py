"""Which engines the worlds written by hand are asked on.

What both engines say is compared for every feature, of everybody in worlds drawn at random (tests/laws/test_parity.py);
Spark takes seconds to plan each small question anew. `PLUMBLINE_SPARK=every` asks it every question that is written by hand.
"""

import os

ENGINES = ["duckdb", "spark"] if os.environ.get("PLUMBLINE_SPARK") == "every" else ["duckdb"]
