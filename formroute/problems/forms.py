"""F2: forms."""

from formroute.problems.entry import error, warning

ENTRIES = {
    "F201": error(
        "Bounds reversed",
        "`{least}: {low}` lies above `{most}: {high}`.",
        "Exchange them, `{least}: {high}` and `{most}: {low}`, or correct the one that is wrong.",
    ),
    "F202": error(
        "Choices missing",
        "The choices are a list of words, or `value:` lines with a text each.",
        "Write one line for each choice.",
    ),
    "F203": error(
        "Choices from nowhere", "A choice needs either `choices` or `choices_from`.", "Write one of the two."
    ),
    "F204": error(
        "Not a day", "A day is expected here.", "Write `2026-03-01`, `today`, `60 days ago` or `in 2 weeks`."
    ),
    "F205": error("Not a time", "A time of day is expected here.", "Write hours and minutes, such as `18:30`."),
    "F207": error("Unknown question", "There is no question `{field}` here.", "{hint}"),
    "F208": error(
        "Lookup misses",
        "The file has no row for `{value}`, which `{field}` can be.",
        "Add the row, or write `otherwise:`.",
    ),
    "F209": error(
        "Keywords by language",
        "Keywords are a list for each language.",
        "Write a line such as `en: [word, another word]` for each.",
    ),
    "F210": error(
        "Neither page nor block",
        "A page needs `page`, `title` and `fields`; a block stands alone as `use: name`.",
        "Write `page: name` with `title:` and `fields:` below it, or `use: name` alone.",
    ),
    "F211": error(
        "Question written twice", "There is another question `{name}`, at {first}.", "Give one of the two another name."
    ),
    "F212": error("Reserved name", "`{name}` has a meaning of its own in conditions.", "Choose another name."),
    "F213": error("Unknown type", "There is no type of question `{kind}`.", "{hint}"),
    "F214": error("Not a distance", "How exactly a place is published is a distance.", "Write `within 500 m`."),
    "F215": error("Unknown block", "There is no block `{block}`.", "{hint}"),
    "F216": error("Test of a form fails", "The test “{test}” expects {expected}, but {found}.", "{because}"),
    "F217": error(
        "Calculated in no one way",
        "Something calculated has either `lookup`, or `value` with `gives`, or `points`.",
        "Write one of the three.",
    ),
    "F218": error(
        "Calculated as something else",
        "This gives a {type}, and `gives: {gives}` wants a {expected}.",
        "Write under `gives` what it is, or a `value` that gives a {expected}.",
    ),
    "F219": error("Neither must nor may", "A check has either `require` or `warn`.", "Write one of the two."),
    "F220": error(
        "No first answer", "A question of the type `{kind}` is answered by the resident alone.", "Leave `{key}` out."
    ),
    "F221": error("Default refused", "The form itself would refuse this answer. {reason}", "Write another one."),
    "F222": error(
        "Not in a group",
        "A question of the type `{kind}` cannot stand among others as one of them.",
        "Put it on the page itself.",
    ),
    "F223": error("Scale by conditions", "Every row of a matrix has the same scale.", "Leave `show_when` out of it."),
    "F226": error(
        "Questions in a circle",
        "`{field}` depends on {path}.",
        "Let one of them depend on earlier questions only.",
    ),
    "F227": error(
        "Too many sums",
        "More than {most} different sums can come of these points.",
        "Give whole points, or give the same points more often.",
    ),
    "F228": error(
        "Pattern without answers",
        "No answer of at most {length} characters can be made for the pattern `{pattern}`.",
        "Raise `max_length` or mend the pattern; blanks at either end of an answer never count.",
    ),
    "F230": error("No address to write to", "`{name}` is not a question of the type `email`.", "{hint}"),
    "F231": error("Old name is the name", "`{name}` is called so now.", "Leave it out of `was`."),
    "F232": error(
        "Old name still in use",
        "`{name}` is still there, at {first}, and keeps its own answers.",
        "Leave it out of `was`, or remove the other.",
    ),
    "F233": error(
        "Old name claimed twice",
        "`{name}` stands under `was` already, at {first}.",
        "Leave it with the one that took its place.",
    ),
    "F234": error(
        "Old name handed on",
        "`{name}` is the new name of something else, at {first}, so its answers cannot be told apart.",
        "Give one of the two a name that was never used.",
    ),
    "F235": error(
        "Stops in a row",
        "A notice in a row cannot stop the form.",
        "Put a notice after the rows that shows, with `some`, when one of them is so.",
    ),
    "F236": error(
        "Type that cannot be loaded",
        "The type `{kind}` comes with `{package}`, which cannot be loaded: {reason}.",
        "Install it again, or tell whoever made it.",
    ),
    "F238": error(
        "Rows in rows",
        "A `repeat` cannot stand in a group or in the rows of another: conditions could not say which row they mean.",
        "Put it on the page itself, with a question that says what each of its rows belongs to.",
    ),
    "F239": error(
        "Page written twice", "The page `{name}` stands already at {first}.", "Give one of the two another name."
    ),
    "F240": error(
        "Block used twice",
        "The block `{block}` is used already on line {first}.",
        "Keep one of the two.",
    ),
    "F241": warning(
        "Page that never shows",
        "No answers show the page `{page}`.",
        "Mend its `show_when` or those of the questions that it tests: no answers meet them together. Or delete it.",
    ),
    "F242": warning(
        "Question that never shows",
        "No answers show `{field}`.",
        "Mend its `show_when` or those of the questions that it tests: no answers meet them together. Or delete it.",
    ),
    "F243": warning(
        "Question that always shows",
        "`{field}` shows whatever is answered before it.",
        "Delete the `show_when`: it decides nothing.",
    ),
    "F244": warning(
        "Notice that stops everybody",
        "Nobody gets past `{field}`, so that nothing can be sent.",
        "Narrow its `show_when`, or delete `stops`.",
    ),
    "F245": warning(
        "Choice that is never offered",
        "No answers offer the choice `{choice}` of `{field}`.",
        "Mend its `show_when` or those of the questions that it tests: no answers meet them together. Or delete it.",
    ),
    "F246": warning(
        "Choice that is always offered",
        "The choice `{choice}` of `{field}` is offered whatever is answered before it.",
        "Delete the `show_when`: it decides nothing.",
    ),
    "F247": warning(
        "Condition that never holds",
        "No answers that the form takes meet this.",
        "Write answers that can be given together, or delete it.",
    ),
    "F248": warning(
        "Condition that always holds",
        "All answers that the form takes meet this.",
        "Delete it: it decides nothing.",
    ),
    "F251": warning(
        "Label twice on one page",
        "`{field}` on the same page has the label `{label}` too.",
        "Say in each label what is meant.",
    ),
    "F252": warning("Text in capitals", "Whole sentences in capitals are hard to read.", "Write it in small letters."),
    "F253": warning(
        "Question in the hint",
        "The hint asks `{hint}`, and the label does not ask.",
        "Write the question as the label; a hint helps to answer it.",
    ),
    "F254": warning(
        "Label too long",
        "The label has {length} characters; one that is read at a glance has at most {most}.",
        "Ask in one short sentence, and put the rest into `hint` or a notice.",
    ),
    "F255": warning(
        "Pattern without a hint",
        "Nothing says what this answer looks like before it is refused.",
        "Add a `hint` with an example, such as `{example}`.",
    ),
    "F257": error(
        "Unknown postal codes",
        "How postal codes of `{country}` look is not known.",
        "Write `type: text` with a `pattern`, or another `country`.",
    ),
}
