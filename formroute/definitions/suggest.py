"""Did you mean: the known word nearest to one that is not known."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

_OTHERWISE = {
    "label": "etiquette libelle question name nom text prompt caption",
    "title": "titre heading nom",
    "summary": "sommaire resume description",
    "hint": "aide help help_text indice description",
    "required": "obligatoire requis mandatory",
    "choices": "choix options values",
    "fields": "champs questions",
    "show_when": "visible_when show_if visible_if condition si when if",
    "when": "quand condition si",
    "send_to": "to department envoyer_a destination service",
    "respond_within": "delai due deadline sla",
    "priority": "priorite urgency",
    "languages": "langues",
    "time_zone": "fuseau_horaire zone",
    "forms": "formulaires",
    "form": "formulaire",
    "routes": "rules regles",
    "departments": "services ministeres",
    "expect": "expected result attendu",
    "answers": "reponses inputs",
    "choice": "dropdown select radio radios list liste",
    "yes_no": "boolean bool oui_non yesno",
    "long_text": "textarea paragraph paragraphe multiline",
    "text": "string texte short_text",
    "integer": "int entier whole_number",
    "number": "nombre decimal float",
    "file": "upload photo photos image attachment fichier",
    "phone": "telephone tel",
    "email": "courriel e_mail mail",
    "money": "amount currency montant",
    "notice": "info heading message avis",
    "location": "map point lieu",
    "date_time": "datetime timestamp",
}
_MEANT = [(word, meant) for meant, words in _OTHERWISE.items() for word in words.split()]


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely stands for, or None when none is near."""
    by_folded = {_folded(name): name for name in known}
    typed = _folded(word)[:100]
    swapped = next((name for name in by_folded if sorted(name) == sorted(typed)), None)
    meant = next((meant for other, meant in _MEANT if other == typed and meant in by_folded), None)
    found = swapped or meant
    near = [found] if found else difflib.get_close_matches(typed, by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def hint(word: str, known: Iterable[str]) -> str:
    """The sentence that goes with an unknown word: the nearest known one, or all of them when they are few."""
    names = list(known)
    if (near := suggest(word, names)) is not None:
        return f"Did you mean `{near}`?"
    shown = ", ".join(f"`{name}`" for name in names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"Known here: {shown}{more}." if names else "There is none yet: write one, or delete this."


def without_accents(word: str) -> str:
    """`réponse` as `reponse`."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def _folded(word: str) -> str:
    return without_accents(word.casefold()).replace("-", "_").replace(" ", "_")
