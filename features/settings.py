"""The settings of a deployment, read once from the environment (`PLUMBLINE_*`) and checked at the start.

docs/settings.md is made from them. Limits that are law or judgement are no settings: see the files limits.toml.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, IPvAnyAddress, IPvAnyNetwork, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from features.errors import BadInput

PREFIX = "PLUMBLINE_"


def _listed(given: Any) -> Any:
    """A text with commas as its parts."""
    return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given


Networks = Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(_listed)]


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

    store: str | None = Field(
        None,
        description="Address of the store, such as postgresql+psycopg://host/name; empty: SQLite in the home folder",
    )
    host: IPvAnyAddress = Field(
        ip_address("127.0.0.1"), description="Address the service listens at; 0.0.0.0 opens it to the network"
    )
    port: int = Field(8000, description="Port the service listens at", ge=1, le=65535)
    workers: int | None = Field(None, description="Processes that answer; empty: one a processor", ge=1)
    origin: str | None = Field(
        None,
        description="Where browsers find the service, such as https://plumbline.example; empty: where it listens",
        pattern=r"^https?://[^/]+$",
    )
    trusted_proxies: Networks = Field(
        (),
        description="Proxies in front of the service, such as 10.0.0.5, 10.1.0.0/24: of requests that come from these alone "
        "X-Forwarded-For says from whom they come; empty: it is never believed",
    )
    provider_issuer: str | None = Field(
        None,
        description="The office's own provider of sign-in (OpenID Connect), as it names itself; empty: passwords alone",
        pattern=r"^(https://|http://(127\.0\.0\.1|localhost)(:|/|$))",
    )
    provider_client: str | None = Field(None, description="What the provider calls this service")
    provider_secret: SecretStr | None = Field(None, description="The secret that the provider gave it; empty: none")
    provider_scope: str = Field("openid profile", description="What is asked of the provider", pattern=r"\bopenid\b")
    provider_grants: Path | None = Field(
        None, description="The office's own table of what claims give; empty: serving/people/provider.toml"
    )
    bundle: Path | None = Field(
        None, description="Folder with the models to serve; empty: taken from the registry into the home folder"
    )
    body_limit: int = Field(1 << 20, description="Most bytes of a request's body", ge=1)
    caller_rate: float = Field(60_000, description="Most requests a minute of one caller, in each process", gt=0)
    stranger_rate: float = Field(
        60, description="Most requests a minute that come from one address and are not signed in, in each process", gt=0
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least of what is logged")

    @property
    def lake(self) -> Path:
        """Folder of the lake."""
        return self.home / "lake"

    @property
    def store_url(self) -> str:
        """Address of the store, as SQLAlchemy takes it."""
        return self.store or f"sqlite:///{(self.home / 'store.db').resolve()}"

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
