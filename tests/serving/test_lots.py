import datetime as dt

from serving.lots import lots

DAY = dt.date(2024, 6, 30)


def test_a_lot_is_the_subjects_own_wherever_it_stands() -> None:
    assert lots(1, "arm", DAY, ["a", "b"]).tolist() == lots(1, "arm", DAY, ["b", "a"]).tolist()[::-1]


def test_another_seed_day_or_purpose_draws_other_lots() -> None:
    draws = [(1, "arm", DAY), (2, "arm", DAY), (1, "ties", DAY), (1, "arm", DAY + dt.timedelta(days=1))]
    assert len({lots(*draw, ["a"])[0] for draw in draws}) == len(draws)


def test_lots_stay_what_they_were() -> None:
    assert lots(1, "arm", DAY, ["a"]).tolist() == [9998451792837887600]
