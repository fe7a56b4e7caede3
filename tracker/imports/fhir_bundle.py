"""The resources of a FHIR file: EOBs with their place, everything else by the names it is called by.

A file is a resource, a Bundle of any type (bundles may hold bundles), a list, lines of NDJSON, or some
server's wrapping around one of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tracker.imports.fhir_fields import Json, obj, objs, text

EOB = "ExplanationOfBenefit"

_NAMED = frozenset(
    (
        "Claim",
        "Coverage",
        "Location",
        "Organization",
        "Patient",
        "Practitioner",
        "PractitionerRole",
        "RelatedPerson",
        EOB,
    )
)
"""What an EOB may refer to."""

_END_OF_ADDRESS = re.compile(r"([A-Za-z]+/[^/?#]+?)(?:/_history/[^/]+)?$")
_BY_IDENTIFIER = re.compile(r"([A-Za-z]+)\?identifier=(.+)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One EOB and its place in the file."""

    where: str
    resource: Json


@dataclass(slots=True)
class Resources:
    """Everything in a file. `pages` says where a list goes on in another file: held, all there are."""

    eobs: list[Entry] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    containers: Counter[str] = field(default_factory=Counter)
    outcomes: list[Json] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)
    _named: dict[str, Json] = field(default_factory=dict)

    def add(self, value: Any, where: str) -> None:
        """Take in a JSON value. Its nesting is bounded by the text reader."""
        for place, resource in self._within(value, where):
            kind = text(resource.get("resourceType"))
            if kind == EOB:
                self.eobs.append(Entry(_place(place, resource), resource))
            else:
                self.kinds[kind] += 1
            if kind == "OperationOutcome":
                self.outcomes.append(resource)

    def resolve(self, reference: object, within: Json) -> Json:
        """What a Reference points to: contained in `within`, in the file, by identifier; else empty."""
        told = obj(reference)
        address = text(told.get("reference"))
        if address.startswith("#"):
            wanted = address[1:]
            return next((one for one in objs(within.get("contained")) if text(one.get("id")) == wanted), {})
        if address:
            return self._by_address(address)
        kind, identifier = text(told.get("type")), obj(told.get("identifier"))
        return self._named.get(
            f"{kind}?{text(identifier.get('system'))}|{text(identifier.get('value'))}", {}
        )

    def _by_address(self, address: str) -> Json:
        if found := self._named.get(address):
            return found
        if asked := _BY_IDENTIFIER.search(address):
            return self._named.get(f"{asked[1]}?{unquote(asked[2])}", {})
        end = _END_OF_ADDRESS.search(address)
        return self._named.get(end[1], {}) if end else {}

    def _within(self, value: Any, where: str) -> Iterator[tuple[str, Json]]:
        if isinstance(value, list):
            for number, one in enumerate(value, start=1):
                yield from self._within(one, _joined(where, f"item {number:,}"))
        elif isinstance(value, dict):
            kind = value.get("resourceType")
            if kind == "Bundle":
                yield from self._of_bundle(value, where)
            elif isinstance(kind, str) and kind:
                self._name(value)
                yield where, value
            else:
                for key, one in value.items():
                    if isinstance(one, dict | list):
                        yield from self._within(one, _joined(where, text(key)[:40]))

    def _of_bundle(self, bundle: Json, where: str) -> Iterator[tuple[str, Json]]:
        entries = objs(bundle.get("entry"))
        self.containers["Bundle"] += 1
        total = bundle.get("total")
        if any(text(link.get("relation")) == "next" for link in objs(bundle.get("link"))):
            self.pages.append((len(entries), total if isinstance(total, int) else 0))
        for number, entry in enumerate(entries, start=1):
            place = _joined(where, f"entry {number:,}")
            resource = entry.get("resource", entry if "resourceType" in entry else None)
            if isinstance(resource, dict) and (address := text(entry.get("fullUrl"))):
                self._named.setdefault(address, resource)
            yield from self._within(resource, place)

    def _name(self, resource: Json) -> None:
        kind = resource["resourceType"]
        if kind not in _NAMED:
            return
        if name := text(resource.get("id")):
            self._named[f"{kind}/{name}"] = resource
            self._named.setdefault(f"urn:uuid:{name}", resource)
        if kind != EOB:
            for identifier in objs(resource.get("identifier")):
                if value := text(identifier.get("value")):
                    self._named.setdefault(f"{kind}?{text(identifier.get('system'))}|{value}", resource)


def _joined(where: str, step: str) -> str:
    return f"{where}, {step}" if where else step


def _place(where: str, resource: Json) -> str:
    name = text(resource.get("id"))[:80]
    return _joined(where, f"{EOB} {name}" if name else EOB)
