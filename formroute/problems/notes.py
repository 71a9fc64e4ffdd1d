"""N6: notes, which are no mistakes."""

from formroute.problems.entry import note

UNKNOWN = frozenset({"N611"})
"""What mistakes hide."""

ENTRIES = {
    "N601": note(
        "Department without submissions",
        "From today on no submission is sent or copied to `{department}`.",
        "Nothing needs to be done; delete it if it is not needed any more.",
    ),
    "N602": note(
        "Fallback without use",
        "Every submission has a route, so that `{fallback}` gets nothing as the fallback.",
        "Nothing needs to be done; it is there for the day on which a route is forgotten.",
    ),
    "N603": note(
        "Question that nothing uses",
        "No condition, route or calculation looks at `{field}`; people alone read it.",
        "Nothing needs to be done if the department needs the answer.",
    ),
    "N604": note(
        "Choices that come out alike",
        "No condition or route tells {choices} of `{field}` apart.",
        "Nothing needs to be done if the department needs to know which it is.",
    ),
    "N605": note(
        "Private answer that nobody gets",
        "No department to which `{form}` goes gets the answer to `{field}`.",
        "Give one of them `private_answers: yes`, or do not ask.",
    ),
    "N606": note(
        "Stand-in without use",
        "From today on nothing comes to `{department}` on a day on which `{fallback}` stands in for it.",
        "Nothing needs to be done; it is there for the day on which a route is forgotten.",
    ),
    "N607": note(
        "Route of the past",
        "From today on no submission goes by the route `{route}`.",
        "Nothing needs to be done; delete it when it is not needed any more.",
    ),
    "N608": note(
        "Holidays that end",
        "Of {country} no holidays after {year} are known, so that `{calendar}` counts none then.",
        "Install a newer version of the package `holidays`, or write days of every year under `every_year`.",
    ),
    "N611": note(
        "Not known yet",
        "Not known before the errors are mended: {what}.",
        "Mend them and check again.",
    ),
}
