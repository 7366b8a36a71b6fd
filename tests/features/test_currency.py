"""Amounts are told in the currency that the office's data says, in every language."""

import os
import subprocess
import sys

import pytest

from features.claims import CLAIM_FEATURES
from features.currency import read_currency
from features.employers import EMPLOYER_FEATURES
from features.errors import BadInput
from features.feature import Reason

EURO = 'amount = { en = "EUR {amount}", zh = "{amount}欧元" }\nunit = { en = "EUR", zh = "欧元" }\n'
ASKED = """
from features.employers import EMPLOYER_FEATURES
from serving.texts import text
for language in ("en", "zh"):
    print(EMPLOYER_FEATURES["unpaid_amount_12m"].reason.say(language, 414144.09))
    print(text("column_expected_money").say(language))
print(EMPLOYER_FEATURES["unpaid_amount_12m"].fingerprint)
"""


def told(folder=None):
    own = {"PLUMBLINE_LIMITS": str(folder)} if folder else {}
    done = subprocess.run([sys.executable, "-c", ASKED], env={**os.environ, **own}, capture_output=True, text=True)
    return done.stdout.splitlines() or done.stderr


def test_an_office_s_currency_stands_in_sentences_and_heads_and_changes_no_feature(tmp_path):
    (tmp_path / "currency.toml").write_text(EURO, encoding="utf-8")
    shipped, own = told(), told(tmp_path)
    assert [line.rpartition(": ")[2] for line in shipped[:2]] == ["414,144 yuan", "expected money (yuan)"]
    assert shipped[2].endswith("414,144元") and shipped[3] == "预计涉及金额（元）"
    assert [line.rpartition(": ")[2] for line in own[:2]] == ["EUR 414,144", "expected money (EUR)"]
    assert own[2].endswith("414,144欧元") and own[3] == "预计涉及金额（欧元）"
    assert own[4] == shipped[4]


@pytest.mark.parametrize(
    "text",
    [
        "amount",
        'amount = { en = "EUR {amount}", zh = "{amount}欧元" }\n',
        EURO.replace("EUR {amount}", "EUR"),
        EURO.replace("{amount}欧元", "{sum}欧元"),
        EURO.replace(', zh = "欧元"', ""),
        EURO + 'sign = { en = "€", zh = "€" }\n',
        "amount = 1\nunit = 2\n",
    ],
)
def test_a_currency_that_cannot_be_told_is_refused(text):
    with pytest.raises(BadInput, match=r"currency\.toml cannot be used"):
        read_currency(text)


def test_every_amount_is_told_as_one():
    sentences = {
        feature.name: feature.reason
        for feature in (*EMPLOYER_FEATURES, *CLAIM_FEATURES)
        if feature.unit.startswith("currency")
    }
    assert len(sentences) > 20
    for name, reason in sentences.items():
        assert "1,234 yuan" in reason.say("en", 1234) and "1,234元" in reason.say("zh", 1234), name


def test_an_amount_below_one_is_an_amount_and_a_share_a_share():
    amount, share = Reason("{value:money}", "{value:money}"), Reason("{value:.0%}", "{value:.0%}")
    assert (amount.say("en", 0.4), share.say("en", 0.004), share.say("zh", 0.4)) == ("0 yuan", "0.4%", "40%")
