"""Which languages sentences are answered in: those asked for, else all there are."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Query

from features.languages import LANGUAGES

Language = Literal["en", "zh"]


async def languages(
    language: Annotated[list[Language] | None, Query(description="Languages of the answer's sentences")] = None,
    accept_language: Annotated[str | None, Header(max_length=200)] = None,
) -> tuple[str, ...]:
    """The languages of `?language=`, else of Accept-Language, else all; as a dependency."""
    if language:
        return tuple(dict.fromkeys(language))
    wanted = [part.partition(";")[0].strip().lower()[:2] for part in (accept_language or "").split(",")]
    return tuple(dict.fromkeys(one for one in wanted if one in LANGUAGES)) or tuple(LANGUAGES)


In = Annotated[tuple[str, ...], Depends(languages)]


def said_in(record: Any, chosen: tuple[str, ...]) -> Any:
    """Plain data with each sentence (`{"en": …, "zh": …}`) in the chosen languages alone."""
    if isinstance(record, dict):
        if record.keys() == set(LANGUAGES):
            return {language: record[language] for language in chosen}
        return {key: said_in(value, chosen) for key, value in record.items()}
    return [said_in(one, chosen) for one in record] if isinstance(record, list) else record
