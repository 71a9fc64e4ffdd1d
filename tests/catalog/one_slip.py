"""What a tired clerk does to a part of Winnipeg's schemas, one slip at a time, and all that is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

CATALOG, DEPARTMENTS = "catalog.yaml", "routes/departments.yaml"
STREETS, EVERYWHERE, BASIN = "routes/streets.yaml", "routes/everywhere.yaml", "forms/frozen_catch_basin.yaml"
POTHOLE, CONTACT, SAFETY = "forms/pothole.yaml", "blocks/contact.yaml", "blocks/safety.yaml"
SNOW, PLACE = "forms/snow_roads.yaml", "blocks/place.yaml"
RIGHT = "as it was"
WINNIPEG = Path(__file__).parent.parent.parent / "schemas"


def _between(text: str, start: str, end: str) -> str:
    """From the line that begins with `start` up to that which begins with `end`."""
    return text[text.index(f"\n{start}") : text.index(f"\n{end}")]


def part_of_winnipeg() -> dict[str, str]:
    """The streets department's forms with all that they need: a fifth of the time that the whole city takes."""
    names = (CATALOG, DEPARTMENTS, STREETS, EVERYWHERE, POTHOLE, SNOW, BASIN, CONTACT, SAFETY, PLACE)
    files = {name: (WINNIPEG / name).read_text("utf-8") for name in (*names, "lookups/neighbourhoods.csv")}
    catalog, everywhere = files[CATALOG], files[EVERYWHERE]
    files[CATALOG] = catalog.replace(_between(catalog, "# The headings", "# Business days"), "")
    everywhere = everywhere.replace("[no_water, sewer_backup]", "[snow_roads, frozen_catch_basin]")
    everywhere = everywhere.replace(_between(everywhere, "  - route: bite", "tests:"), "")
    everywhere = everywhere.replace(_between(everywhere, "  - test: a frozen", "  - test: a French"), "")
    files[EVERYWHERE] = everywhere[: everywhere.index("  - test: a bite")]
    return files


class Slip(NamedTuple):
    """One edit, and what is told: codes, each of the first line that is another one then unless it says where.

    `Y107+1` is a line further down, `C303@forms/pothole.yaml:40` is elsewhere. `corrected` stands in the corrected
    line of the first finding, which is otherwise the line as it was; None where there is no corrected line.
    """

    file: str
    right: str
    wrong: str
    told: str
    corrected: str | None = RIGHT


def _moved(text: str, by: int) -> str:
    """All of its lines by so many spaces to the right, or to the left."""
    return "".join(line[-by:] if by < 0 else " " * by + line for line in text.splitlines(keepends=True))


def _block(file: str, start: str, end: str) -> str:
    """The lines of a file from the one that is `start` up to that which is `end`."""
    text = (WINNIPEG / file).read_text("utf-8")
    return text[text.index(f"\n{start}\n") + 1 : text.index(f"\n{end}\n") + 1]


_TRIP = """\
        label:
          en: Could someone trip on it, or a wheelchair get stuck?
          fr: Quelqu’un pourrait-il trébucher, ou un fauteuil roulant y rester pris?
"""
_ASKED = _block(POTHOLE, "      trip_hazard:", "      seen_on:")
_ENDED = _block(SNOW, "      snow_ended:", "      still_plowing:")
_CITY = _block(CATALOG, "  city:", "  no_collection:")
_MERGED = "<<<<<<< HEAD\n    priority: high\n=======\n    priority: low\n>>>>>>> other\n"

SLIPS = [
    # catalog.yaml: names and values
    Slip(CATALOG, "calendar: city\n", "calendar: citty\n", "G503"),
    Slip(CATALOG, "acknowledge: email", "acknowledge: emial", "G520"),
    Slip(CATALOG, "11-11, 12-25]", "11-11, 25-12]", "R452"),
    Slip(CATALOG, "subdivision: MB", "subdivision: MX", "R453 N611", None),
    Slip(CATALOG, "country: CA", "country: Canada", "R453"),
    Slip(CATALOG, "holidays: [public, optional]", "holidays: [public, optionall]", "R453"),
    Slip(CATALOG, "working_hours: 08:30..16:30", "working_hours: 16:30..08:30", "R451"),
    Slip(CATALOG, "time_zone: America/Winnipeg", "time_zone: Winnipeg", "G506"),
    Slip(CATALOG, "[en, fr]", "[English, fr]", "G507"),
    Slip(CATALOG, "languages: [en, fr]", "languages: en, fr", "D130"),
    # catalog.yaml: signs and indents
    Slip(CATALOG, "calendar: city\n", "calendar city\n", "Y106"),
    Slip(CATALOG, "calendars:\n", "calendar:\n", "Y107 N611", None),
    # a name that is misspelt where it is given: told there, and not at its uses
    Slip(CATALOG, "high, normal, low]", "high, norml, low]", "G550"),
    Slip(CATALOG, "languages: [en, fr]", "languages: [en, fe]", "G550"),
    Slip(CATALOG, "  city:\n    country", "  ctiy:\n    country", "G503@catalog.yaml:19", "calendar: ctiy"),
    Slip(DEPARTMENTS, "  street-maintenance:\n", "  street-maintenence:\n", "G550"),
    Slip(POTHOLE, "form: pothole", "form: potholes", "G550"),
    Slip(CONTACT, "block: contact", "block: contacts", "G550"),
    Slip(POTHOLE, "      surface:\n", "      surfce:\n", "G550"),
    Slip(POTHOLE, "          lane:\n", "          lan:\n", "G550"),
    Slip(STREETS, "  - route: snow-access\n", "  - route: snow-acess\n", "G550"),
    Slip(SAFETY, "      danger:\n", "      dangr:\n", "G550"),
    Slip(CONTACT, "      email:\n", "      e-mail:\n", "G550"),
    Slip(PLACE, "      where:\n", "      xhere:\n", "G550"),
    # a route file: what a route or a test names
    Slip(STREETS, "  - route: snow\n", "  - route: pothole\n", "R415 N611", None),
    Slip(STREETS, "    send_to: street-maintenance", "    send_to: [street-maintenance, parks]", "D131 N611", None),
    Slip(STREETS, "    send_to: street-maintenance", "    send_to:", "D131 N611", None),
    Slip(
        STREETS,
        "    send_to: street-maintenance",
        "    send_to: [street-maintenance]",
        "D131 N611",
    ),
    Slip(STREETS, "forms: [pothole, snow_roads, frozen_catch_basin]", "forms: pothole", "R465"),
    Slip(
        STREETS,
        "forms: [pothole, snow_roads, ",
        "forms: [pothole, ",
        "R465",
        "[pothole, frozen_catch_basin, snow_roads]",
    ),
    Slip(STREETS, "forms: [pothole", "form: [pothole", "D101 N611"),
    Slip(STREETS, "snow_roads, frozen_catch_basin]", "snow_roads, frozen_catch_basins]", "R411 N611"),
    Slip(
        EVERYWHERE,
        "    copy_to: [contact-centre]",
        "    copy_to: contact-centre, parks",
        "D130 N611",
        "[contact-centre, parks]",
    ),
    Slip(
        EVERYWHERE,
        "    copy_to: [contact-centre]",
        "    copy_by: {from: lookups/neighbourhoods.csv, match: {}, take: ward}",
        "D103 N611",
        None,
    ),
    Slip(STREETS, "routes:\n", "route:\n", "D101 N611"),
    Slip(STREETS, "{at_least: 10}", "{atleast: 10}", "C310 N611"),
    Slip(STREETS, "street-maintenance, priority: urgent}", "street-maintenance, priority: urgnt}", "R413 N611"),
    Slip(DEPARTMENTS, "email: {to: 311@example.org}", "email: 311@example.org", "D113 N611"),
    Slip(DEPARTMENTS, "    deliver:\n", "    deliver\n", "Y106"),
    Slip(STREETS, "policy: first", "policy: collect", "R466", "policy: first"),
    Slip(EVERYWHERE, "policy: collect\n", "", "R466@routes/everywhere.yaml:1", "table: everywhere\npolicy: collect"),
    Slip(STREETS, "depth_cm: {at_least: 10}", "depth_cm: >= 10", "Y106"),
    Slip(STREETS, "depth_cm: {at_least: 10}", "depth_cm: {at_least: 10 cm}", "C306 N611"),
    Slip(STREETS, "surface: [road, lane]", "surface: road or lane", "C303 N611"),
    Slip(STREETS, "    when: {form: pothole}", "    when: form: pothole", "Y106"),
    Slip(STREETS, "    when: {form: pothole}", "    when: {form=pothole}", "C331 N611"),
    Slip(EVERYWHERE, "[reply-in-french]", "[Reply in French]", "D118 N611"),
    Slip(EVERYWHERE, "received: after_hours", "received: after-hours", "C310 N611"),
    Slip(DEPARTMENTS, "      - email: {to: 311@", "      email: {to: 311@", "Y106"),
    Slip(DEPARTMENTS, "      - desk: {}\n", "      - desk:\n", "D113 N611", None),
    Slip(DEPARTMENTS, "departments:\n", "departements:\n", "D104"),
    Slip(CATALOG, "reference: WPG-YYYY-NNNNNN", "reference: WPG-2026-000001", "G508"),
    Slip(CATALOG, "[mon, tue, wed, thu, fri]", "mon-fri", "D130"),
    Slip(CATALOG, "keep_for: 2 years", "keep_for: two years", "D125"),
    # a form: its pages, fields and tests
    Slip(POTHOLE, "  - use: contact\n", "  - use: contact\n  - use: contact\n", "F240 N611", ""),
    Slip(POTHOLE, "min: 1\n", "min: 300\n", "F201 N611", "min: 200"),
    Slip(POTHOLE, "max: today", "max: todday", "F204 N611"),
    Slip(POTHOLE, "max: today", "max: yesterday", "F204 N611", "max: 1 day ago"),
    Slip(POTHOLE, "{surface: private}", "{surfce: private}", "C301 N611"),
    Slip(POTHOLE, "answers: {danger: yes}", "answers: {dangr: yes}", "F207"),
    Slip(POTHOLE, "link: https://www.mpi", "link: www.mpi", "D128 N611"),
    Slip(POTHOLE, "    answers: {danger: yes}", "    answer: {danger: yes}", "D101 N611"),
    Slip(POTHOLE, "expect: {stops: call_911}", "expect: call_911", "D113 N611"),
    Slip(CONTACT, "max_length: 100", "max_length: abc", "D115 N611", None),
    # lines of a list or a mapping that stand elsewhere
    Slip(STREETS, "  - route: snow\n", "  route: snow\n", "Y106"),
    Slip(STREETS, "  - route: snow\n", "    route: snow\n", "Y107"),
    Slip(STREETS, "  - route: pothole-hazard\n", "    route: pothole-hazard\n", "Y106"),
    Slip(STREETS, "tests:\n", "  tests:\n", "Y106"),
    Slip(STREETS, "tests:\n", "    tests:\n", "Y118"),
    Slip(POTHOLE, "tests:\n", "    tests:\n", "Y106"),
    Slip(POTHOLE, "pages:\n", "  pages:\n", "Y118"),
    Slip(POTHOLE, "    fields:\n", "   fields:\n", "Y106"),
    Slip(POTHOLE, "max_files: 3", "max_files 3", "Y106"),
    # a line that is indented too far, or not far enough: told there, and not on the right line after it
    Slip(POTHOLE, "          en: What is the hole", "            en: What is the hole", "Y106"),
    Slip(POTHOLE, "          en: What is the hole", "           en: What is the hole", "Y106"),
    Slip(POTHOLE, "  en: Report a", "    en: Report a", "Y106"),
    Slip(POTHOLE, "          fr: Où se", "        fr: Où se", "Y120"),
    Slip(POTHOLE, "          road:\n", "        road:\n", "Y120"),
    Slip(POTHOLE, "          road:\n", "         road:\n", "Y106"),
    Slip(DEPARTMENTS, "    name:\n", "   name:\n", "Y106"),
    Slip(STREETS, "  - route: snow-access\n", "   - route: snow-access\n", "Y106"),
    Slip(STREETS, "  - route: snow-access\n", " - route: snow-access\n", "Y106"),
    Slip(POTHOLE, "        choices:\n", "      choices:\n", "Y120"),
    Slip(STREETS, "      surface: [road, lane]\n", "    surface: [road, lane]\n", "Y120"),
    Slip(STREETS, "    send_to: street", "      send_to: street", "Y118"),
    Slip(STREETS, "    respond_within: 2 days", "    - respond_within: 2 days", "Y106"),
    Slip(DEPARTMENTS, "  parks:\n", "    parks:\n", "Y118"),
    Slip(DEPARTMENTS, "  parks:\n", "parks:\n", "Y120"),
    Slip(DEPARTMENTS, "      - desk: {}", "    - desk: {}", "Y106"),
    # a line that is missing: two items run together, or something has no heading
    Slip(STREETS, "  - route: pothole-hazard\n", "", "Y121", "  - route: pothole-hazard\n    when:"),
    Slip(STREETS, "  - route: deep-snow\n", "", "Y121", "  - route: deep-snow\n    when:"),
    Slip(STREETS, "  - route: everything-else\n", "", "Y121", "  - route: everything-else\n    send_to:"),
    Slip(STREETS, "  - test: a hole one can trip in is a sidewalk hazard\n", "", "Y121", "  - test: …\n"),
    Slip(CATALOG, "calendars:\n", "", "Y121", "calendars:\n  city:"),
    Slip(POTHOLE, "      depth_cm:\n", "", "Y121", "      depth_cm:\n        type: integer"),
    Slip(POTHOLE, "  - page: hole\n", "", "Y121", "  - page: …\n    title:"),
    Slip(POTHOLE, "        label:\n", "", "Y121", "        label:\n          en: What is"),
    Slip(POTHOLE, "    fields:\n", "", "Y121", "    fields:\n      surface:"),
    Slip(POTHOLE, "title:\n", "", "Y121", "title:\n  en: Report"),
    Slip(STREETS, "    when:\n", "", "Y121", "    when:\n      form:"),
    Slip(STREETS, "tests:\n", "", "Y121", "tests:\n  - test:"),
    Slip(DEPARTMENTS, "    deliver:\n", "", "Y121", "    deliver:\n      - email:"),
    Slip(DEPARTMENTS, "  street-maintenance:\n", "", "Y121", "  street-maintenance:\n    name:"),
    # several lines that were moved together: told once, with all of them
    Slip(SNOW, _ENDED, _moved(_ENDED, 2), "Y118", _ENDED.rstrip()),
    Slip(CATALOG, _CITY, _moved(_CITY, -2), "Y120", _CITY.rstrip()),
    Slip(CATALOG, _CITY, _moved(_CITY, 2), "Y106", _CITY.rstrip()),
    Slip(POTHOLE, _ASKED, _moved(_ASKED, -6), "Y120", _ASKED.rstrip()),
    # a brace that is read as a part of the key
    Slip(POTHOLE, "show_when: {surface: sidewalk}", "show_when:{surface: sidewalk}", "Y106"),
    Slip(DEPARTMENTS, "- email: {to: 311@", "- email:{to: 311@", "Y106"),
    Slip(STREETS, "answers: {danger: no, surface: lane", "answers {danger: no, surface: lane", "Y106"),
    # what stands twice
    Slip(STREETS, "    priority: urgent\n", "    priority: high\n    priority: urgent\n", "Y107+1 N611+1", None),
    Slip(POTHOLE, "        max: 200\n", "        max: 200\n        max: 100\n", "Y107 N611", None),
    Slip(POTHOLE, "      details:\n", "      surface:\n", "Y107"),
    Slip(POTHOLE, "          lane:\n", "          road:\n", "Y107"),
    Slip(POTHOLE, "          fr: Où se", "          en: Où se", "Y107 N611", None),
    Slip(POTHOLE, "        label:\n", "        label:\n        label:\n", "Y107", ""),
    Slip(STREETS, "    when:\n", "    when:\n    when:\n", "Y107", ""),
    Slip(POTHOLE, "  - page: hole\n", "  - page: hole\n  - page: hole\n", "Y107", ""),
    Slip(POTHOLE, "  - test: a hole on", "tests:\n  - test: a hole on", "Y119", None),
    # a copy that was not renamed
    Slip(POTHOLE, "form: pothole", "form: snow_roads", "G502 N611"),
    Slip(SNOW, "form: snow_roads", "form: pothole", "G502 N611"),
    Slip(CONTACT, "block: contact", "block: place", "G502 N611"),
    Slip(STREETS, "table: streets", "table: everywhere", "R414", None),
    # a file that cannot be read makes nothing wrong in others
    Slip(POTHOLE, "form: pothole", "form: pothole\n  bad: [x\n: {", "Y106", None),
    # signs and words
    Slip(STREETS, "[road, lane]", "[road lane]", "C303 N611"),
    Slip(EVERYWHERE, "forms: all", "forms: al", "R411 N611"),
    Slip(POTHOLE, "            fr: Dans la rue", "            fr: {x: y}", "D111 N611", None),
    Slip(POTHOLE, "          en: What is the hole", "          en What is the hole", "Y106"),
    Slip(POTHOLE, "          lane:\n", "          - lane:\n", "Y106"),
    Slip(POTHOLE, "          lane:\n", "          back lane:\n", "G550"),
    Slip(STREETS, "{danger: no, surface: lane", "{danger: no surface: lane", "Y106"),
    Slip(POTHOLE, "  - use: contact", "  - use contact", "D113 N611"),
    Slip(POTHOLE, "min: 1\n", "min: “1”\n", "D115 N611"),
    Slip(SAFETY, 'phone: "911"', "phone: “911”", "D129 N611", "phone: 911"),
    # a comma, a line or a text that went wrong in passing
    Slip(CATALOG, "[urgent, high", "[urgent high", "G551"),
    Slip(DEPARTMENTS, "      - desk: {}\n", "      - desk: {}\n      - desk: {}\n", "R410 N611", ""),
    Slip(POTHOLE, "en: Report a pothole", "en: #1 pothole", "Y111 N611", '  en: "#1 pothole"'),
    Slip(STREETS, "form: pothole\n      surf", "form: potholl\n      surf", "R411 N611"),
    Slip(CATALOG, "city:\n  en", "  city:\n  en", "Y106"),
    Slip(STREETS, "snow_roads, frozen_catch", "snow_roads frozen_catch", "G551"),
    # tabs: as deep as the file reads best
    Slip(STREETS, "    send_to: street", "\tsend_to: street", "Y105"),
    Slip(POTHOLE, "      depth_cm:\n", "\tdepth_cm:\n", "Y105"),
    Slip(POTHOLE, _TRIP, _TRIP.replace("    ", "\t"), "Y105", _TRIP.rstrip()),
    # what word processors, phones and e-mails make of signs, and lines of prose
    Slip(POTHOLE, "        type: choice", "\u00a0" * 8 + "type: choice", "Y106"),
    Slip(STREETS, "  - route: snow-access", "  — route: snow-access", "Y106"),
    Slip(DEPARTMENTS, "      - desk: {}", "      • desk: {}", "Y106"),
    Slip(STREETS, "    priority: urgent", "    priority\uff1aurgent", "Y106"),
    Slip(STREETS, "[road, lane]", "[road\uff0clane]", "C303 N611"),
    Slip(STREETS, "[road, lane]", "(road, lane)", "C303 N611"),
    Slip(STREETS, "{at_least: 10}", "{at_least: 10]", "Y106"),
    Slip(DEPARTMENTS, 'intake", secret_env', "intake, secret_env", "Y106"),
    Slip(POTHOLE, "      trip_hazard:\n", "      TODO ask Marie\n      trip_hazard:\n", "Y106", "      # TODO ask"),
    Slip(POTHOLE, "A guess is fine. A hand is", "A guess is fine. A hand\nis", "Y106+1", "              is about 10"),
    Slip(STREETS, "answers: {danger: no, s", "answers: &a {danger: no, s", "Y109"),
    # what git leaves where it cannot merge
    Slip(STREETS, "    priority: high\n", _MERGED, "Y122 N611", None),
    Slip(STREETS, "tests:\n", "=======\ntests:\n", "Y122 N611", ""),
]
