"""Our words and Zammad's: states, forms of an article, the values that stand for nothing (``docs/zammad.md``)."""

from __future__ import annotations

# Status to (id, name) of Zammad's own states as they are in a fresh installation.
TILSTANDE: dict[str, tuple[int, str]] = {
    "ny": (1, "new"),
    "i gang": (2, "open"),
    "afventer virksomheden": (3, "pending reminder"),
    "afsluttet": (4, "closed"),
}
STATUS_AF_NAVN = {navn: status for status, (_, navn) in TILSTANDE.items()}
STATUS_AF_ID = {nummer: status for status, (nummer, _) in TILSTANDE.items()}

# Zammad's user with id 1 is "-": a ticket that it owns has no owner.
INGEN_EJER = 1
PRIORITETER: dict[int, str] = {1: "1 low", 2: "2 normal", 3: "3 high"}
PRIORITET = 2

# Direction of an article to (id, name) of who sent it in Zammad.
AFSENDERE: dict[str, tuple[int, str]] = {"ud": (1, "Agent"), "intern": (1, "Agent"), "ind": (2, "Customer")}
# Form of an article to (id, name) of its type in Zammad; meetings are notes there.
TYPER: dict[str, tuple[int, str]] = {
    "mail": (1, "email"),
    "telefon": (5, "phone"),
    "note": (10, "note"),
    "moede": (10, "note"),
    "web": (11, "web"),
    "chat": (3, "chat"),
}
FORM_AF_TYPE = {"email": "mail", "phone": "telefon", "note": "note", "web": "web", "chat": "chat"}
# Type of a new ticket's first article to the case's kanal.
KANAL_AF_TYPE = {"email": "mail", "phone": "telefon", "note": "mail", "web": "mail", "chat": "chat"}
