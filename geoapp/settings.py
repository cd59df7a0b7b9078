"""The table of settings: read once from the environment, frozen, handed down."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

HOME = Path(__file__).resolve().parent.parent
"""The folder of the checkout: defaults (sources, styles, sample) are read from here."""


class Settings(BaseSettings):
    """Every setting with its default; each is read from ``GEOAPP_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="GEOAPP_", frozen=True, env_ignore_empty=True)

    var: Path = Field(
        HOME / "var", description="Folder for everything geoapp keeps: database, caches, the site folder."
    )
    assets: Path = Field(HOME / "var" / "assets", description="Folder of the built scripts and style sheets.")
    site: Path | None = Field(
        None, description="Folder whose definitions go before the repository's; default var/site."
    )
    database_url: str | None = Field(
        None,
        description="Any PostGIS 3.3 or newer, as postgresql://…; without it a private one lives in var/.",
    )
    public_database_url: str | None = Field(
        None,
        description="Where the public doors read, such as a replica; default: the same database, as geoapp_public.",
    )
    public_url: str | None = Field(
        None,
        description="Address under which visitors reach the site, such as https://peta.example.go.id.",
    )
    lang: Literal["id", "en"] | None = Field(None, description="Language of the command line; default from LANG.")
    tile_memory_mib: int = Field(64, ge=1, description="Memory one worker spends on finished tiles.")
    tile_cache_mib: int = Field(2048, ge=1, description="Disk that finished tiles may take on this host.")
    log_format: Literal["json", "text"] = Field("json", description="How the service writes its log.")

    @property
    def site_folder(self) -> Path:
        """The folder whose files go before those of the repository."""
        return self.site or self.var / "site"
