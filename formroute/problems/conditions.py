"""C3: conditions."""

from formroute.problems.entry import error, warning

ENTRIES = {
    "C301": error("Unknown question", "There is no question `{name}` here.", "{hint}"),
    "C302": error(
        "Question comes later",
        "`{name}` is asked only after this.",
        "Test a question that comes earlier, or ask `{name}` before.",
    ),
    "C303": error("Unknown choice", "`{choice}` is not one of the choices of `{field}`.", "{hint}"),
    "C304": error("Test does not fit", "`{test}` does not fit `{field}`, which asks for {sort}.", "It knows {known}."),
    "C305": error(
        "Outside the answers",
        "`{value}` can never be the answer to `{field}`: {range}.",
        "Write a value that it can be, or let the question take this one.",
    ),
    "C306": error("Wrong kind of value", "`{value}` is not {expected}.", "Write it as `{example}`."),
    "C307": error(
        "Never met", "No answer to `{field}` can meet this test.", "Write one that an answer can meet, or delete it."
    ),
    "C308": error("Always met", "Every answer to `{field}` meets this test.", "Delete it: it decides nothing."),
    "C309": error("Count of none", "Nothing given is a blank answer, not a count of 0.", "Write `{field}: blank`."),
    "C310": error("Unknown test", "`{test}` is not a test that `{field}` knows.", "{hint}"),
    "C311": error(
        "Nothing to test", "There is nothing to test here.", "Write a test, such as `surface: road`, or delete the key."
    ),
    "C312": error(
        "Not a condition",
        "A condition is expected here.",
        "Write questions with their tests, `surface: road`; below `all`, `any` and `none` a list of these.",
    ),
    "C313": error(
        "Unknown pattern",
        "This pattern cannot be read: {reason}.",
        "Patterns know letters, `.`, `[…]`, `(…)`, `|`, `?`, `*`, `+`, `{{2,5}}`, `\\d`, `\\w` and `\\s`.",
    ),
    "C314": error("Empty range", "There is nothing between the ends of `{value}`.", "Write the lower end first."),
    "C315": error("Unknown calendar", "There is no calendar `{calendar}`.", "{hint}"),
    "C316": error("No working hours", "The catalogue has no working hours.", "Add `working_hours:` to `catalog.yaml`."),
    "C317": error("File of no use", "`{path}` cannot be used: {reason}.", "{fix}"),
    "C318": error(
        "Not a phrase",
        "`{phrase}` is no word or phrase to look for.",
        "Write words; a `*` stands only at the end of the last one.",
    ),
    "C319": warning(
        "Blank slips through",
        "`none` is also met when `{field}` has no answer{example}.",
        "Write `{field}: answered` beside it or, if blank is meant, `any:` with `{field}: blank` and what else is.",
    ),
    "C320": error(
        "Not FEEL",
        "This FEEL cannot be read: {reason}.",
        'Write it such as `depth_cm > 10 and surface = "road"`; `docs/reference/feel.md` has the language.',
    ),
    "C321": error("FEEL without meaning", "This FEEL has no meaning: {reason}.", "{fix}"),
    "C322": error(
        "Comparison with null",
        "Nothing here is ever `null`: this is looked at only when every question in it has an answer.",
        "Write a test beside it: `blank` or `answered`.",
    ),
    "C323": error(
        "Not true or false",
        "This gives a {type}, and a condition is true or false.",
        "Compare it, as in `depth_cm > 10`.",
    ),
    "C324": error(
        "FEEL about nothing",
        "This FEEL names no question and no fact, so it is always the same.",
        "Name one, or delete it.",
    ),
    "C325": error(
        "Calendar without hours",
        "The calendar `{calendar}` has no working hours.",
        "Add `working_hours:` to it in `catalog.yaml`.",
    ),
    "C326": error("Unknown day", "`{day}` is not a day of the week.", "{hint}"),
    "C327": warning("Met by every answer", "Every answer to `{field}` meets this test.", "Write `{field}: answered`."),
    "C328": error("Said twice", "`{value}` stands in this list already.", "Delete it here."),
    "C329": error(
        "Not a test of words",
        "`any_text` looks for words in every text that a resident writes.",
        "Write a test of texts behind it, such as `any_text: {{contains: [hydro, wire*]}}`.",
    ),
    "C330": error(
        "No text is asked for",
        "No question before this one is a text that a resident writes in own words.",
        "Leave `any_text` out.",
    ),
    "C331": error("Test in words", "This is no test that can be read: `{written}`.", "{hint}"),
    "C332": error(
        "Pattern in curly quotes",
        "The curly quotes would be part of the pattern, so no answer without them would fit.",
        "Write straight quotes.",
    ),
}
