"""The settings of a deployment, read once from the environment (`PLUMBLINE_*`) and checked at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from features.errors import BadInput

PREFIX = "PLUMBLINE_"


class Settings(BaseSettings):
    """Where things are kept and what runs them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    home: Path = Field(Path("plumbline-data"), description="Folder with the lake, the folds and the models")
    engine: Literal["duckdb", "spark"] = Field("duckdb", description="What runs the features")
    memory_limit: str | None = Field(
        None, description="Most memory that DuckDB may take, such as 2GB", pattern=r"^\d+(\.\d+)?\s?[KMGT]i?B$"
    )
    threads: int | None = Field(None, description="Most threads that DuckDB may take", ge=1)
    tracking_uri: str | None = Field(None, description="MLflow's tracking address; empty: SQLite in the home folder")
    levels: Path | None = Field(None, description="The office's own file of levels; empty: serving/levels.toml")
    actions: Path | None = Field(None, description="The office's own file of actions; empty: serving/actions.toml")
    alert_actions: Path | None = Field(
        None, description="The office's own file of actions on claims; empty: serving/alerts/alert_actions.toml"
    )
    rules: Path | None = Field(
        None, description="The office's own file of policy rules; empty: features/rules/rules.yaml"
    )
    limits: Path | None = Field(
        None,
        description="Folder with the office's own limits.toml, minimum_wages.csv, ...; those shipped where it has none",
    )
    language: Literal["en", "zh"] = Field("en", description="Language of what is printed")

    @property
    def lake(self) -> Path:
        """Folder of the lake."""
        return self.home / "lake"

    @property
    def tracking(self) -> str:
        """MLflow's tracking address."""
        return self.tracking_uri or f"sqlite:///{(self.home / 'mlflow.db').resolve()}"

    @property
    def artefacts(self) -> Path:
        """Folder of the models' artefacts."""
        return self.home / "models"


def read_settings(**given: Any) -> Settings:
    """The settings of the environment, with what is `given` in their place; BadInput names those that cannot be used."""
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = error.errors()
        raise BadInput(
            "a setting cannot be used",
            found=", ".join(f"{PREFIX}{str(one['loc'][0]).upper()}={one['input']}" for one in wrong),
            expected="; ".join(one["msg"] for one in wrong),
            do="set the variable to one of these, or unset it",
        ) from error
