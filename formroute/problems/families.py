"""Every code with its words, in families: one module each, whose codes begin with the same letter and digit."""

from formroute.problems import catalog, conditions, document, forms, notes, routes, text

FAMILIES = {
    "Y1: The text of a file": text.ENTRIES,
    "D1: The shape of a document": document.ENTRIES,
    "F2: Forms": forms.ENTRIES,
    "C3: Conditions": conditions.ENTRIES,
    "R4: Routes, departments and calendars": routes.ENTRIES,
    "G5: The whole catalogue": catalog.ENTRIES,
    "N6: Notes": notes.ENTRIES,
}
CATALOGUE = {code: entry for entries in FAMILIES.values() for code, entry in entries.items()}
