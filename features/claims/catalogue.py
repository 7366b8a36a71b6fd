"""The catalogue that the features of claims are declared in, and what several of them say alike."""

from features.feature import Catalogue, Reason

CLAIM_FEATURES = Catalogue("claim")
feature = CLAIM_FEATURES.declare

SHARE: tuple[float, float] = (0, 1)
NO_PERSON = Reason(en="the claim names no identity number", zh="申领书未填身份证号码")
NO_ACCOUNT = Reason(en="the claim names no account", zh="申领书未填收款账户")
NO_PHONE = Reason(en="the claim names no telephone number", zh="申领书未填联系电话")
NO_ADDRESS = Reason(en="the claim names no address", zh="申领书未填联系地址")
NO_AGENT = Reason(en="the claim names no agent", zh="申领书未填代办人")
NO_EMPLOYER = Reason(en="the claim names no employer", zh="申领书未填用人单位")
NO_AMOUNT = Reason(en="the claim names no amount", zh="申领书未填金额")
