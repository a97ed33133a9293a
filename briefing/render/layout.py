"""layout.yaml in, a Layout out: which sections a style shows, in what order and how many lines, and its themes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Colour = Annotated[str, Field(pattern=r"^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Settings(BaseModel):
    """Base of the layout's models: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(Settings):
    """One section of a style: the template ``sections/<use>.html.j2`` and how it is shown."""

    use: Name = Field(description="Name of the section: sections/<use>.html.j2.")
    title: str = Field("", description="Heading.")
    limit: int | None = Field(None, ge=1, description="Most lines shown; brief.json has all.")
    show: bool = Field(True, description="false leaves the section out.")
    intro: str = Field("", description="A line below the heading.")
    empty: str = Field(
        "", description="What is said where there is nothing to list; without it the section is left out."
    )
    new_page: bool = Field(False, description="true starts the section on a new page.")
    figure: bool = Field(True, description="false leaves the section's figure out.")


class Palette(Settings):
    """Colours of a theme, as #RRGGBB."""

    ink: Colour = Field("#16202c", description="Text.")
    muted: Colour = Field("#56616d", description="Captions, notes; at least 4.5:1 on paper.")
    accent: Colour = Field("#123a63", description="Headings and rules.")
    mark: Colour = Field("#2367a0", description="Citations, figures.")
    alert: Colour = Field("#a8322a", description="Bottom line, what is denied or disputed.")
    rule: Colour = Field("#c6ced6", description="Thin lines.")
    wash: Colour = Field("#f1f4f7", description="Ground of boxes.")
    paper: Colour = Field("#ffffff", description="Page.")


class Type(Settings):
    """Typefaces of a theme: families of the shipped fonts or of the style's own ``fonts/`` folder."""

    text: str = Field("Source Serif 4", description="Running text.")
    head: str = Field("IBM Plex Sans", description="Headings, tables.")
    narrow: str = Field("IBM Plex Sans Condensed", description="Figures, source list.")
    size: float = Field(9.6, ge=7, le=14, description="Running text in points.")


class Theme(Settings):
    """One look of a style."""

    colours: Palette = Palette()
    type: Type = Type()
    logo: str | None = Field(None, description="PNG, JPEG or SVG beside layout.yaml, shown in the title block.")
    paper: Literal["A4", "Letter"] | None = Field(None, description="Paper, where config.yaml says nothing.")
    marking: Literal["auto", "text", "none"] = Field(
        "auto", description="auto draws TLP 2.0 labels as TLP asks and other markings as text; none hides them."
    )
    direction: Literal["ltr", "rtl"] = Field("ltr", description="Reading direction of the page.")


class Layout(Settings):
    """One house style."""

    extends: Name | None = Field(None, description="The style whose files and themes fill what this one lacks.")
    name: str = Field(description="What the style is called.")
    kicker: str = Field("", description="Line above the title, instead of the one in config.yaml.")
    focus: Literal["actor"] | None = Field(None, description="actor shows one actor only: render.actor in config.yaml.")
    max_pages: int | None = Field(None, ge=1, description="Lists are shortened until the PDF has so many pages.")
    sections: tuple[Section, ...] = Field(min_length=1)
    themes: dict[Name, Theme] = {}
