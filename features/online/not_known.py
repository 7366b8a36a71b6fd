"""What cannot be told of a claim that has just come, and why. In a snapshot of the evening these have a value."""

from __future__ import annotations

from features.registers.declaration import Text

TIES = Text(
    en="the claim names what other persons name too; who is tied to whom is reckoned over all claims in the night",
    zh="该申领填写的信息与他人相同；人员关联关系每晚按全部申领统一计算",
)
FADES = Text(
    en="the claim keeps a tie in use; how near reviews' findings are is reckoned over all claims in the night",
    zh="该申领使用了已有关联信息；与认定欺诈者的接近程度每晚按全部申领统一计算",
)
NOT_KNOWN_ONLINE: dict[str, Text] = {
    "tied_persons": TIES,
    "ring_persons": TIES,
    "ring_claims": TIES,
    "ring_amount": TIES,
    "ring_claims_together": TIES,
    "tied_confirmed": TIES,
    "tied_confirmed_fading": FADES,
    "steps_to_confirmed": TIES,
    "nearness_to_confirmed": FADES,
}
