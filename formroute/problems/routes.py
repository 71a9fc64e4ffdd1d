"""R4: routes, departments and calendars."""

from formroute.problems.entry import error, warning

ENTRIES = {
    "R401": error(
        "Not a duration",
        "A duration is expected here.",
        "Write a number and `hours`, `days`, `business days` or `weeks`, such as `5 business days`.",
    ),
    "R403": error(
        "Not one way to deliver", "This names {count} ways to deliver.", "Begin a new line with `-` for each way."
    ),
    "R404": error("Not an e-mail address", "`{word}` is not an e-mail address.", "Write it as `desk@example.org`."),
    "R405": error("Not a web address", "`{word}` is not a web address.", "Write it as `https://example.org/intake`."),
    "R406": error(
        "Not an environment variable",
        "`{word}` cannot name an environment variable.",
        "Write capital letters, digits and `_`; the secret itself never stands here.",
    ),
    "R407": error("Not a day", "A day of the calendar is expected here.", "Write it as `2027-01-31`."),
    "R408": error("Days without an end", "This names neither a first day nor a last one.", "Add `from:` or `until:`."),
    "R409": error(
        "Days the wrong way round",
        "{first} comes after {last}.",
        "Write the first day under `from`, the last under `until`.",
    ),
    "R410": error(
        "Delivered twice",
        "`{department}` gets each submission so already, as line {first} says.",
        "Keep one of the two lines.",
    ),
    "R411": error("Unknown form", "There is no form `{name}`.", "{hint}"),
    "R412": error("Unknown department", "There is no department `{name}`.", "{hint}"),
    "R413": error("Unknown priority", "There is no priority `{name}`.", "{hint}"),
    "R414": error(
        "Two tables of one name",
        "There is another table `{table}`, in {first}.",
        "Give each table a name of its own.",
    ),
    "R415": error(
        "Two routes of one name",
        "There is another route `{route}` in this table, on line {first}.",
        "Give each route of a table a name of its own.",
    ),
    "R416": error("Department written twice", "There is another department `{department}`.", "Keep one of them."),
    "R417": error(
        "Business time without working hours",
        "The calendar `{calendar}` has no working hours to count business days and hours by.",
        "Add `working_hours:` to the calendar in the catalogue.",
    ),
    "R418": error("Unknown calendar", "There is no calendar `{name}`.", "{hint}"),
    "R419": error(
        "Department that nobody stands in for",
        "`{department}` takes nothing on some days, and no `fallback:` says who does.",
        "Add `fallback:` with the department that gets it then, or delete `effective:`.",
    ),
    "R420": error(
        "Departments that hand over in a circle",
        "What is sent to `{department}` can come back to it: {chain}.",
        "Let the last of them have no `effective:`.",
    ),
    "R421": error(
        "Form without a table",
        "No table decides where the form `{form}` goes.",
        "Name it under `forms:` of a table that decides.",
    ),
    "R422": error(
        "Form with two tables",
        "The form `{form}` is already decided by the table `{table}`.",
        "Take it out of one of them, or give this table `policy: collect`.",
    ),
    "R423": error("Route to nowhere", "The route `{route}` does not say where it sends.", "Add a line `send_to: …`."),
    "R424": error(
        "Key of the other sort of table",
        "`{key}` cannot stand in a table with `policy: {policy}`.",
        "A table that adds has no `send_to`, `priority` and `respond_within`; one that decides has no `notice`.",
    ),
    "R425": error(
        "Two questions of one name",
        "`{question}` is a different question in `{form}` and in `{other_form}`.",
        "Add `form: {form}` to this `when`, or give one of the questions another name.",
    ),
    "R426": error(
        "One name, two values",
        "`{name}` is `{value}` here, `{other_value}` in `{other}`; this submission of `{form}` meets both: {answers}.",
        "Give one of them another name, or narrow one of the routes.",
    ),
    "R427": warning(
        "Fallback that is never used",
        "`{department}` takes what is sent to it on every day, so its fallback `{fallback}` gets nothing.",
        "Add `effective:` with the days on which it does, or delete `fallback:`.",
    ),
    "R428": error(
        "Copies by what is no choice",
        "`{question}` is not a question with one choice.",
        "Look departments up by such a question.",
    ),
    "R429": error(
        "Choices without a row",
        "`{file}` has no row for these choices of `{question}`: {choices}.",
        "Add a row for each; an empty cell copies to nobody.",
    ),
    "R430": error(
        "Choices with two rows", "`{file}` has more than one row for {choices}.", "Leave one row for each of them."
    ),
    "R431": error(
        "Submission without a route",
        "No route of `{table}` takes this submission of `{form}`: {answers}.",
        "Add a route for it, or a last route without `when`.{fractions}",
    ),
    "R432": warning(
        "Submission for the fallback",
        "No route of `{table}` takes this submission of `{form}`, so it goes to `{fallback}`: {answers}.",
        "Add a route for it, or a last route without `when`.{fractions}",
    ),
    "R433": warning(
        "Route behind others",
        "The route `{route}` never wins: what it could take goes to {others} before it{example}.",
        "Move it up, narrow a route before it, or delete it.",
    ),
    "R434": warning(
        "Route that nobody can reach",
        "No submission can meet the route `{route}`, whatever stands before it.",
        "Write tests of answers that can be given together, or delete it.",
    ),
    "R435": error(
        "Two routes for one submission",
        "`{route}` and `{other}` both take this submission of `{form}`: {answers}.",
        "Narrow one of them, or give the table `policy: first`.",
    ),
    "R436": error(
        "Route for everyone not shown",
        "It could not be shown that every submission of `{form}` has a route in `{table}`.",
        "Add a last route without `when`.",
    ),
    "R437": warning(
        "Route for everyone not shown, with a fallback",
        "It could not be shown that every submission of `{form}` has a route in `{table}`.",
        "Add a last route without `when`; until then `{fallback}` gets what no route takes.",
    ),
    "R438": warning(
        "Use of a route not shown",
        "It could not be shown that a submission can reach the route `{route}`.",
        "Write tests such as `{{at_least: 10}}` in place of FEEL and patterns, of which some give no example.",
    ),
    "R439": warning(
        "Search given up",
        "It was not found out in time whether a submission can reach {routes} of `{table}`.",
        "Go on with `formroute check --thorough`, let routes test fewer questions, or split the table.",
    ),
    "R440": warning(
        "Nothing left for routes",
        "The route `{route}` and {count} after it never win: everything goes to {others} before them.",
        "Move what takes everything to the end, or delete these.",
    ),
    "R441": error("Failed test", "Expected {expected}, but {happened}.", "{because}"),
    "R442": error(
        "Test without a form", "The test does not say which form it fills in.", "Add `form:` with one of {forms}."
    ),
    "R443": error("Test of another form", "The table `{table}` does not serve the form `{name}`.", "{hint}"),
    "R444": error("Unknown route", "There is no route `{name}` in this table.", "{hint}"),
    "R445": error(
        "Test leaves an answer out",
        "The answers that the test leaves out could change its result: {answers}.",
        "Add the answer that you mean.",
    ),
    "R446": error("Unknown channel", "There is no channel `{name}`.", "{hint}"),
    "R447": error(
        "Test that expects nothing", "The test expects nothing.", "Write what comes of it, such as `{{route: …}}`."
    ),
    "R448": error(
        "Very many overlaps",
        "{count} pairs of routes of `{table}` overlap for `{form}`; the first {told} routes that do are told.",
        "Narrow the routes that are told, or give the table `policy: first`.",
    ),
    "R449": error(
        "Route over many others",
        "`{route}` shares submissions of `{form}` with {count} routes before it: {others}. With `{other}`: {answers}.",
        "Narrow it, or give the table `policy: first`.",
    ),
    "R450": warning(
        "Overlap not ruled out",
        "It could not be shown that no submission of `{form}` has two routes, `{route}` and one of these: {others}.",
        "Look at their tests on texts and at their FEEL, or give the table `policy: first`.",
    ),
    "R451": error(
        "Not working hours", "Working hours are expected here.", "Write when work begins and ends: `08:30..16:30`."
    ),
    "R452": error(
        "Not a day of the year", "A day of the year is expected here.", "Write month and day, such as `12-25`."
    ),
    "R453": error(
        "Unknown holidays",
        "No holidays are known of `{word}`.",
        "{hint}",
    ),
    "R454": error(
        "One name, many other values",
        "`{name}` is `{value}` here and something else in {count} routes that can be met together with it: {others}. "
        "This submission of `{form}` meets it and `{other}`, where it is `{other_value}`: {answers}.",
        "Give it another name here, or narrow the route.",
    ),
    "R455": error(
        "Many contradictory routes",
        "{count} routes from here on set a name that routes met together with them on `{form}` set to something else; "
        "the first {told} such routes are told.",
        "Mend those that are told, and check again.",
    ),
    "R461": error("Column written twice", "There are two columns `{column}`.", "Keep one of them."),
    "R462": error(
        "No names of routes", "The first line names no column `route`.", "Add it: each row needs the name of its route."
    ),
    "R463": error("Cell cannot be read", "This cell cannot be read: {reason}", "Write it as in YAML, on one line."),
    "R464": error(
        "Routes in two places",
        "The routes stand in `{file}`, and under `routes` too.",
        "Delete one of the two keys.",
    ),
    "R465": error(
        "Form that the table leaves out",
        "`{table}` does not serve {forms}, and its routes and tests name that {count} times.",
        "Name here all forms that it serves.",
    ),
    "R466": error("Policy that does not fit", "`{table}` {what}.", "Write the line `{key}`."),
}

# Each says that something could be neither shown nor ruled out.
UNDECIDED = frozenset({"R436", "R437", "R438", "R439", "R450"})
