"""Y1: the text of a file."""

from formroute.problems.entry import error, warning

UNREADABLE = frozenset({"Y105", "Y106", "Y108", "Y109", "Y118", "Y120", "Y121"})
"""Lines that are read as they should stand."""

DOUBTFUL = frozenset({"Y107", "Y112", "Y122"})
"""Where nobody knows which of several ways to read a file is meant."""

ENTRIES = {
    "Y101": error("File cannot be read", "The file cannot be read: {reason}.", "Check its name and permissions."),
    "Y102": error(
        "File too large",
        "The file has {size} bytes; a definition has at most {most}.",
        "Split it, or let a CSV file hold what is long: `routes_from:` for routes, `choices_from:` for choices.",
    ),
    "Y103": error("Not UTF-8", "The text is not UTF-8 ({reason}).", "Save the file as UTF-8."),
    "Y104": error("Control character", "There is a control character here ({name}).", "Delete it."),
    "Y105": error("Tab", "There is a tab here; YAML counts spaces.", "Write spaces instead of the tab."),
    "Y106": error("YAML syntax", "This is not YAML: {reason}.", "{hint}"),
    "Y107": error(
        "Key written twice", "The key `{key}` stands twice; the first is on line {first}.", "Keep one of the two lines."
    ),
    "Y108": error("Tag", "`{tag}` is a YAML tag and would swallow a word.", "Put the text in double quotes."),
    "Y109": error(
        "Anchor or alias", "`{name}` is a YAML anchor or alias.", "Write the text out; quote a text that begins so."
    ),
    "Y110": error(
        "Nested too deeply",
        "This is nested more than {most} deep.",
        "No definition needs that; look for a stray bracket or indent.",
    ),
    "Y111": error(
        "Text cut short", "` #` begins a comment, so the text ends before it.", "Put the text in double quotes."
    ),
    "Y112": error(
        "Key is not a word", "A key must be a plain word, not a list or mapping.", "Write one word, then a colon."
    ),
    "Y113": error("Empty file", "The file says nothing.", "Write a definition in it or delete it."),
    "Y114": error(
        "Several documents",
        "A second YAML document begins here.",
        "Keep one document in a file: delete the `---` line.",
    ),
    "Y115": warning(
        "Windows line ends",
        "The file has Windows line ends; they are read as ordinary ones.",
        "Save it with Unix line ends (LF).",
    ),
    "Y116": warning(
        "Byte order mark", "The file begins with a byte order mark; it is skipped.", "Save it as UTF-8 without a mark."
    ),
    "Y117": error(
        "Too many values",
        "The file has more than {most} values.",
        "Split it, or let a CSV file hold what is long: `routes_from:` for routes, `choices_from:` for choices.",
    ),
    "Y118": error(
        "Indented too far",
        "`{key}` is indented so far that it stands below `{above}`, where it means nothing.",
        "Line it up with `{sibling}`.",
    ),
    "Y119": error(
        "Key begun again",
        "The key `{key}` stands twice; the first is on line {first}.",
        "Put what stands below it under the first.",
    ),
    "Y120": error(
        "Indented too little",
        "`{key}` is not indented far enough to stand below `{above}`.",
        "Line it up with `{sibling}`.",
    ),
    "Y121": error(
        "Line missing",
        "A line is missing above `{key}`, which does not belong to what stands before it.",
        "Write it: `{above}`.",
    ),
    "Y122": error(
        "Merge not finished",
        "Git could not merge two versions of this file, and left such lines in it.",
        "Keep the lines of one version, and delete the other and the lines of `<`, `=` and `>`.",
    ),
}
