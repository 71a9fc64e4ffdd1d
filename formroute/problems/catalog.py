"""G5: the whole catalogue."""

from formroute.problems.entry import error, warning

ENTRIES = {
    "G501": error(
        "No catalogue file", "The folder has no `catalog.yaml`.", "Write one with `city`, `languages` and `time_zone`."
    ),
    "G502": error(
        "Name taken", "There is a second {sort} `{name}`; the first is at {first}.", "Give one of the two another name."
    ),
    "G503": error("Unknown calendar", "There is no calendar `{name}`.", "{hint}"),
    "G504": error("Unknown priority", "There is no priority `{name}`.", "{hint}"),
    "G505": error("Unknown department", "There is no department `{name}`.", "{hint}"),
    "G506": error("Unknown time zone", "There is no time zone `{zone}`.", "{hint}"),
    "G507": error(
        "Not a language", "`{language}` is not a language code.", "Write two small letters, such as `en`, `fr` or `de`."
    ),
    "G508": error(
        "Not a form of reference",
        "A reference is capitals, digits and `-`, with YYYY for the year and four N's or more for the number.",
        "Write it such as `WPG-YYYY-NNNNNN`, with letters of your own.",
    ),
    "G509": error(
        "Impossible answer in a test",
        "The form refuses this answer to `{field}`: {reason}",
        "Write an answer that a resident can give.",
    ),
    "G510": error(
        "Hidden question answered",
        "`{field}` is not asked after these answers.",
        "Delete it, or change the answer that hides it.",
    ),
    "G511": error(
        "Answered what nobody is asked",
        "`{field}` is of the type `{kind}`, which nobody answers.",
        "Delete it: what it shows or is comes from the other answers.",
    ),
    "G520": error("No address to write to", "No form has a question `{name}` of the type `email`.", "{hint}"),
    "G521": error(
        "No departments",
        "No file names the departments.",
        "Write one that begins with `departments:`, such as `routes/departments.yaml`.",
    ),
    "G522": error(
        "File with another ending",
        "`{name}` does not end as a file of forms and routes does.",
        "Rename it to `{right}`.",
    ),
    "G523": error(
        "Link that leads out",
        "`{name}` is a link that leads out of the schemas folder, and is not followed.",
        "Put the file itself there.",
    ),
    "G530": warning(
        "Translation older than its text",
        "The text was changed in `{first}` since its `{language}` was accepted.",
        "Read the two side by side, correct the `{language}`, then run `formroute translations --accept`.",
    ),
    "G531": warning(
        "Sentences of formroute in English",
        "{count} of {all} sentences that formroute itself says are not there in `{language}`, such as “{first}”.",
        "Run `formroute translations --sentences {language}` and translate what is empty in the file that it names.",
    ),
    "G532": error(
        "Sentences that cannot be read",
        "This file of translations cannot be read: {reason}.",
        "Correct it there, or move it away and run `formroute translations --sentences` for a new one.",
    ),
    "G533": error(
        "Value that a sentence does not have",
        "The translation of “{words}” fills in `{name}`, which that does not have.",
        "Write in braces only what stands so in the English sentence.",
    ),
    "G540": error("Unknown form in a group", "There is no form `{form}`.", "{hint}"),
    "G541": error("Form in two groups", "`{form}` stands in the group `{group}` already.", "Keep one of the two."),
    "G550": error(
        "Name given otherwise than it is used",
        "Nothing uses the name `{name}`, and `{meant}`, which is not there, is used {count} times.",
        "Write `{meant}` here, or correct the uses.",
    ),
    "G551": error(
        "Comma missing",
        "`{name}` is one name here, and there are {count} that are written so: {names}.",
        "Part them by commas.",
    ),
}
