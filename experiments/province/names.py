"""Names of employers: region, mark, trade and legal form, put together by chance."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Array, Ints
from experiments.province.kinds import INDUSTRIES, OWNERSHIPS, REGIONS

MARKS = np.array(list("恒达兴盛宏泰瑞丰嘉诚永信德安华宇顺通鑫源佳美金辉鸿博远东方正中联合力新创天成康利民生润"))


def employer_names(industry: Ints, region: Ints, ownership: Ints, rng: np.random.Generator) -> Array:
    """One name an employer; names may repeat, as they do."""
    marks = MARKS[rng.integers(0, len(MARKS), (3, len(industry)))]
    third = np.where(rng.random(len(industry)) < 0.3, marks[2], "")
    parts = [
        REGIONS["label"].to_numpy(dtype=str)[region],
        marks[0],
        marks[1],
        third,
        INDUSTRIES["label"].to_numpy(dtype=str)[industry],
        OWNERSHIPS["form"].to_numpy(dtype=str)[ownership],
    ]
    name: Array = parts[0]
    for part in parts[1:]:
        name = np.char.add(name, part)
    return name
