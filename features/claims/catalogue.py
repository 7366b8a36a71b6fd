"""The catalogue that the features of claims are declared in, and what several of them say alike."""

from features.feature import Catalogue, Reason, YesOrNo

CLAIM_FEATURES = Catalogue(
    "claim", told_by={"others": "features.snapshots.other_claims", "peers": "features.snapshots.claim_peers"}
)
feature = CLAIM_FEATURES.declare

SHARE: tuple[float, float] = (0, 1)
YES_OR_NO: tuple[float, float] = (0, 1)
NO_PERSON = Reason(en="the claim names no identity number", zh="申领书未填身份证号码")
NO_ACCOUNT = Reason(en="the claim names no account", zh="申领书未填收款账户")
NO_PHONE = Reason(en="the claim names no telephone number", zh="申领书未填联系电话")
NO_ADDRESS = Reason(en="the claim names no address", zh="申领书未填联系地址")
NO_AGENT = Reason(en="the claim names no agent", zh="申领书未填代办人")
NO_EMPLOYER = Reason(en="the claim names no employer", zh="申领书未填用人单位")
NO_REGION = Reason(en="the claim names no region", zh="申领书未填地区")
NO_AMOUNT = Reason(en="the claim names no amount", zh="申领书未填金额")
NOT_INSURED = Reason(en="no insured person with this identity number is known", zh="参保人员中未见该身份证号码")
NOT_DEAD = Reason(en="no death of the person named is known", zh="未获知该人员死亡")
NO_PAYOUTS = Reason(en="payments are not known", zh="待遇发放情况未知")


def flag(en: str, zh: str) -> Reason:
    """The reason of a feature that is 1 where the sentence holds and 0 where it does not."""
    return YesOrNo(en=f"{en}: {{value}}", zh=f"{zh}：{{value}}")
