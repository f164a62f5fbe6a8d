"""What every sheet is given besides its result."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from cxkit.evidence.tables import Evidence
from cxkit.model.folder import ClientFolder
from cxkit.paths import inside
from cxkit.sheets.identity import Identity, identity
from cxkit.words import Words


@dataclass(frozen=True)
class SheetContext:
    """The client, the language and the folder that deliverables of this language go to."""

    folder: ClientFolder
    evidence: Evidence
    words: Words
    out: Path

    @property
    def as_of(self) -> dt.date:
        """The day that the study speaks from."""
        return self.folder.client.as_of

    @property
    def identity(self) -> Identity:
        """The client's colours and logo."""
        given = self.folder.client.identity
        return identity(given.colour, inside(self.folder.root, given.logo) if given.logo else None)

    def foreign(self, language: str | None) -> str:
        """Code of the language that a customer's words are in, where it is not this sheet's; None stands for the client's."""
        said = language or self.folder.client.language
        return "" if said == self.words.language else said

    def in_language(self, foreign: str) -> str:
        """``in French``: the note of what is quoted in another language; empty for :meth:`foreign`'s empty code."""
        return self.words("sheet.in_language", language=self.words.language_name(foreign)) if foreign else ""

    def path(self, kind: str, name: str) -> Path:
        """Path of a deliverable ``<out>/<kind>/<name>``; its folder is made."""
        target = self.out / kind / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def stage_name(self, stage: str) -> str:
        """The client's word for a stage, else the method's."""
        for item in self.folder.client.stages:
            if item.id == stage and item.name is not None:
                return self.words.text(item.name)
        key = f"stages.{stage}"
        return self.words(key) if self.words.has(key) else stage

    def touchpoint_name(self, touchpoint: str | None) -> str:
        """The inventory's name of a touchpoint, the outcome's name where it is the outcome's event, else its id."""
        outcome = self.folder.client.outcome
        if outcome is not None and outcome.event == touchpoint:
            return self.words.text(outcome.name)
        for item in self.folder.touchpoints:
            if item.id == touchpoint:
                return self.words.text(item.name)
        return touchpoint or ""

    def source_name(self, source: str) -> str:
        """The client's name of a source, else its id."""
        return next((self.words.text(mark.name) for mark in self.evidence.sources if mark.source == source), source)

    def cause_name(self, cause: str) -> str:
        """The client's label of a cause of complaint, else its code."""
        for source in self.folder.client.sources:
            if cause in source.causes:
                return self.words.text(source.causes[cause])
        return cause

    def theme_name(self, cause: str, touchpoint: str | None = None) -> str:
        """A theme in words: the client's name of its cause and touchpoint, else the method's."""
        own = next((item.name for item in self.folder.client.themes.causes if item.id == cause and item.name is not None), None)
        key = f"mining.causes.{cause}"
        told = self.words.text(own) if own is not None else self.words(key) if self.words.has(key) else cause
        if touchpoint is None:
            return told
        place, generic = self.touchpoint_name(touchpoint), f"mining.touchpoints.{touchpoint}"
        return self.words("voice.themes.at", cause=told, touchpoint=self.words(generic) if place == touchpoint and self.words.has(generic) else place)

    def feature_name(self, feature: str) -> str:
        """The client's name of a feature of its Kano questionnaire, else its code."""
        return next((self.words.text(source.features[feature]) for source in self.folder.client.sources if feature in source.features), feature)

    def owner_name(self, owner: str | None) -> str:
        """The name of an owner, else its id."""
        for item in self.folder.client.owners:
            if item.id == owner:
                return self.words.text(item.name)
        return owner or ""

    def persona_name(self, persona: str) -> str:
        """The declared name of a persona, else its id."""
        return next((item.name for item in self.folder.personas if item.id == persona), persona)
