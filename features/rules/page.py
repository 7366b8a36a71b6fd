"""The page of policy rules, in English and Chinese: how one is written, and those there are; tested for staleness."""

from __future__ import annotations

from importlib.resources import files

from features.rules.rule import Rule, RuleBook
from features.rules.words import DESCRIPTIONS, OWN


def rules_page(book: RuleBook) -> str:
    """Markdown: how a rule is written, then a section a rule."""
    described = ", ".join(f"`{name}`" for name in (*OWN, *DESCRIPTIONS))
    head = files("features.rules").joinpath("page.md").read_text(encoding="utf-8").replace("{descriptions}", described)
    return head + "\n\n".join(_section(rule) for rule in book.rules) + "\n"


def _section(rule: Rule) -> str:
    schemes = ", ".join(rule.schemes) or "all schemes 全部险种"
    until = f" to {rule.valid_until}" if rule.valid_until else ""
    return "\n".join(
        [
            f"### {rule.name}",
            "",
            f"{rule.severity} · {schemes} · in force from {rule.valid_from}{until}",
            "",
            f"`{rule.when.text}`",
            "",
            f"- {rule.says.en}",
            f"- {rule.says.zh}",
            f"- {rule.legal_basis.en}",
            f"- {rule.legal_basis.zh}",
        ]
    )
