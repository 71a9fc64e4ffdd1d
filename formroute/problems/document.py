"""D1: the shape of a document."""

from formroute.problems.entry import error, warning

ENTRIES = {
    "D101": error("Unknown key", "`{key}` is not a key here.", "{hint}"),
    "D102": error("Missing key", "`{key}` is missing here.", "Add the line `{key}: …`."),
    "D103": error("Wrong kind of value", "{what}.", "{fix}"),
    "D104": error(
        "Unknown document",
        "The file does not say what it is.",
        "{hint}",
    ),
    "D105": error("Unknown language", "The catalogue has no language `{language}`.", "{hint}"),
    "D106": error(
        "Missing in first language",
        "The text has no `{language}`, the catalogue's first language.",
        "Add a line `{language}: …`.",
    ),
    "D107": warning(
        "Translation missing",
        "The text is missing in `{language}`.",
        "{hint}; until then `{first}` is shown.",
    ),
    "D108": error("File not found", "There is no file `{path}`.", "{hint}"),
    "D109": error("File in the wrong place", "`{path}` leads out of the schemas folder.", "Keep the file inside it."),
    "D110": error(
        "Languages in braces",
        "Languages stand on their own lines, not in braces.",
        "Write each as a line of its own: `en: …`.",
    ),
    "D111": error("Not a text", "A text is expected here.", "Write one line of text, or one line for each language."),
    "D112": error("Empty text", "The text is empty.", "Write it or delete the key."),
    "D113": error("Not a mapping", "Lines of `key: value` are expected here.", "{hint}"),
    "D114": error("Not yes or no", "Only `yes` or `no` can stand here.", "Write `yes` or `no`."),
    "D115": error("Not a whole number", "A whole number is expected here.", "Write digits only, such as `12`."),
    "D116": error("Not a number", "A number is expected here.", "Write digits with a point, such as `2.5`."),
    "D117": error(
        "Not a size", "A file size is expected here.", "Write a number and a unit, such as `8 MB` or `500 kB`."
    ),
    "D118": error(
        "Not a name", "`{name}` cannot be a name.", "Begin with a small letter; then small letters, digits and {signs}."
    ),
    "D119": error("Unknown word", "`{word}` is not one of the words that can stand here.", "{hint}"),
    "D120": error("Empty list", "The list is empty.", "Write at least one item or delete the key."),
    "D121": error(
        "Not a CSV table", "The CSV file cannot be read: {reason}.", "Save it as UTF-8 CSV with column names in line 1."
    ),
    "D122": error(
        "Uneven row",
        "This row has {cells} cells, the first row {columns}.",
        "Put a cell that holds a comma in double quotes.",
    ),
    "D123": error("Unknown column", "The file `{file}` has no column `{column}`.", "{hint}"),
    "D124": error(
        "Value listed twice",
        "The value `{value}` stands in an earlier row too, or is empty.",
        "Keep one row for each value.",
    ),
    "D125": error(
        "Not a period",
        "A period is expected here.",
        "Write a number and days, weeks, months or years, such as `2 years`.",
    ),
    "D126": error(
        "Not a moment", "A date and a time of the city's clock are expected here.", "Write `2026-03-07 23:15`."
    ),
    "D127": error("Number out of bounds", "This number is out of bounds.", "Write a number that is {bound}."),
    "D128": error("Not a web address", "`{word}` is not a web address.", "Write it as `https://example.org/page`."),
    "D129": error(
        "Not a phone number", "`{word}` is not a phone number.", "Write digits, such as `911` or `204-555-0123`."
    ),
    "D130": error("List without brackets", "A list in one line stands in square brackets.", "Write `[` and `]`."),
    "D131": error("Not one value", "One value is expected here, and here is {found}.", "{hint}"),
    "D141": error(
        "HTML in a text", "`{tag}` is HTML.", "Write Markdown: `**words**`, `*words*`, `[words](https://example.org)`."
    ),
    "D142": error(
        "Address that no link may have",
        "A link leads to a web page, an e-mail address or a phone number, and `{address}` is none.",
        "Write `https://example.org/page`, `mailto:name@example.org` or `tel:204-555-0123`.",
    ),
    "D143": error(
        "Not in a text for residents", "This is a {what}.", "Write paragraphs, lists, `**words**`, `*words*` and links."
    ),
    "D144": error("Picture in a text", "A text shows no pictures.", "Say it in words, or link to the picture."),
    "D145": error("Link without words", "Nobody sees the link to `{address}`.", "Write words between the brackets."),
    "D146": warning(
        "Link that does not say where it leads",
        "Whoever hears the links of a page one by one hears `{words}`.",
        "Write where the link leads: `[hours of the pool](https://example.org/pool)`.",
    ),
    "D147": warning(
        "Colour as the only cue",
        "Not everybody can tell `{words}` from the others.",
        "Name it by its words or its place.",
    ),
    "D148": error(
        "Text too long", "The text has {count} characters; {most} are the most.", "Say less, or link to a page."
    ),
    "D149": warning(
        "Text in curly quotes",
        "The curly quotes are part of the text, so residents read them.",
        "Write straight quotes, or none.",
    ),
}
