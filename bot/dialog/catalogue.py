"""The catalogue, walked by buttons: all areas, one area, one ydelsesområde; all packages, one package."""

from __future__ import annotations

from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library
from bot.knowledge.schema.omraade import Omraade, Ydelsesomraade
from bot.knowledge.schema.servicepakke import Servicepakke


def all_areas(library: Library) -> Reply:
    """The seven areas as buttons."""
    buttons = tuple(Button(area.navn, {"intent": "omraade", "id": area.id}) for _, area in sorted(library.omraader.items()))
    return Reply(library.text("katalog", "omraader"), buttons, {"type": "omraade", "id": None})


def area(omraade: Omraade, library: Library) -> Reply:
    """One area and what it is made up of."""
    lines = [f"- {part.navn}: {part.kort}" for part in omraade.ydelsesomraader]
    text = "\n".join([library.text("katalog", "omraade", navn=omraade.navn, kort=omraade.kort), "", *lines])
    buttons = tuple(Button(part.navn, {"intent": "omraade", "id": part.id}) for part in omraade.ydelsesomraader)
    all_button = Button(library.text("katalog", "knap_omraader"), {"intent": "omraader"})
    return Reply(text, (*buttons, all_button), {"type": "omraade", "id": omraade.id})


def part_of_area(part: Ydelsesomraade, library: Library) -> Reply:
    """One ydelsesområde and its services as buttons."""
    services = [ydelse for ydelse in library.ydelser.values() if ydelse.ydelsesomraade == part.id]
    text = library.text("katalog", "ydelsesomraade", navn=part.navn, kort=part.kort)
    buttons = [Button(ydelse.navn, {"intent": "ydelse", "id": ydelse.id}) for ydelse in services]
    whole = library.omraader.get(part.id.split(".")[0])
    if whole is not None:
        buttons.append(Button(library.text("katalog", "knap_tilbage", navn=whole.navn), {"intent": "omraade", "id": whole.id}))
    return Reply(text, tuple(buttons), {"type": "omraade", "id": part.id.split(".")[0]})


def area_or_part(ident: str, library: Library) -> Reply | None:
    """The overview of ``3`` or ``3.2``; None where there is no such area."""
    if ident in library.omraader:
        return area(library.omraader[ident], library)
    whole = library.omraader.get(ident.split(".")[0])
    found = next((part for part in whole.ydelsesomraader if part.id == ident), None) if whole else None
    return part_of_area(found, library) if found else None


def all_packages(library: Library) -> Reply:
    """The packages, each with a line on whom it is for."""
    packages = list(library.servicepakker.values())
    lines = [library.text("katalog", "pakke_linje", navn=pakke.navn, maalgruppe=pakke.maalgruppe) for pakke in packages]
    buttons = tuple(Button(pakke.navn, {"intent": "pakke", "id": pakke.id}) for pakke in packages)
    return Reply("\n".join([library.text("katalog", "pakker"), "", *lines]), buttons, {"type": "pakke", "id": None})


def compare(packages: list[Servicepakke], library: Library) -> Reply:
    """Two or more packages side by side: what each is, and for whom."""
    lines = [library.text("katalog", "pakke", navn=p.navn, kort=p.kort, maalgruppe=p.maalgruppe) for p in packages]
    buttons = tuple(Button(pakke.navn, {"intent": "pakke", "id": pakke.id}) for pakke in packages)
    return Reply("\n\n".join([library.text("katalog", "forskel"), *lines]), buttons, {"type": "pakke", "id": None})


def package(pakke: Servicepakke, library: Library, *, running: str | None = None) -> Reply:
    """What a package is, what is in it, and the offer to begin; ``running`` is the package being screened now."""
    held = [library.ydelser[item.id] for item in pakke.ydelser if item.id in library.ydelser]
    parts = [
        library.text("katalog", "pakke", navn=pakke.navn, kort=pakke.kort, maalgruppe=pakke.maalgruppe),
        library.text("katalog", "pakke_start", antal=len(pakke.spoergsmaal)),
    ]
    buttons = []
    if running != pakke.id:
        key = "knap_start" if running is None else "knap_skift"
        buttons.append(Button(library.text("katalog", key, navn=pakke.navn), {"intent": "start_pakke", "id": pakke.id}))
    if held:
        buttons.append(Button(library.text("katalog", "knap_indhold"), {"intent": "pakke", "id": pakke.id, "indhold": True}))
    buttons.append(Button(library.text("katalog", "knap_menneske"), {"intent": "menneske"}))
    return Reply("\n\n".join(parts), tuple(buttons), {"type": "pakke", "id": pakke.id})


def package_content(pakke: Servicepakke, library: Library) -> Reply:
    """The services of a package, each with what it gives, walkable by buttons."""
    held = [item for item in pakke.ydelser if item.id in library.ydelser]
    lines = [f"- {library.ydelser[item.id].navn}: {item.giver}" for item in held]
    text = "\n".join([library.text("katalog", "pakke_indhold", navn=pakke.navn), "", *lines])
    start = Button(library.text("katalog", "knap_start", navn=pakke.navn), {"intent": "start_pakke", "id": pakke.id})
    services = tuple(Button(library.ydelser[item.id].navn, {"intent": "ydelse", "id": item.id}) for item in held[:8])
    return Reply(text, (start, *services), {"type": "pakke", "id": pakke.id})
