"""Each kind of field: what it accepts, what it becomes, and the sentence that refuses the rest."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from formroute.forms import KINDS
from formroute.records import Location, Upload
from tests.forms.made import check, one_field

PHOTO = Upload("a" * 22, "hole.jpg", "image/jpeg", 1_000)
PDF = Upload("b" * 22, "report.pdf", "application/pdf", 1_000)
EXE = Upload("e" * 22, "x.exe", "application/x-msdownload", 1_000)
EMPTY = Upload("c" * 22, "empty.jpg", "image/jpeg", 0)
HUGE = Upload("d" * 22, "huge.jpg", "image/jpeg", 9_000_000)
UNCLEAR = "A point or a comma before three digits can be read in two ways. Write thousands without it, such as 1200."

# The field's keys | what was posted | the canonical answer
ACCEPTED = [
    ("type: text", "  a hole  ", "a hole"),
    ("type: text", "Où? 🕳", "Où? 🕳"),
    ("type: text\nmax_length: 3", "abc   ", "abc"),
    ("type: text\npattern: '[A-Z]{2}-[0-9]{4}'", " AB-0123\n", "AB-0123"),
    ("type: text\npattern: 'été \\d+'", "été 12", "été 12"),
    ("type: long_text", "one\r\ntwo\rthree\tfour", "one\ntwo\nthree four"),
    ("type: address", "510 Main St", "510 Main St"),
    ("type: integer", "12", 12),
    ("type: integer", " -3 ", -3),
    ("type: integer", 12, 12),
    ("type: integer", 12.0, 12),
    ("type: integer\nmin: 1\nmax: 200", "200", 200),
    ("type: number", "2.50", Decimal("2.50")),
    ("type: number", "2,5", Decimal("2.5")),
    ("type: number", 2.5, Decimal("2.5")),
    ("type: number", "-0.0", Decimal("0.0")),
    ("type: money", "12.5", Decimal("12.50")),
    ("type: money", "$12.50", Decimal("12.50")),
    ("type: money", "12,50 $", Decimal("12.50")),
    ("type: money", "1\u202f200,50\u00a0$", Decimal("1200.50")),
    ("type: money", "CA$1,200", Decimal("1200.00")),
    ("type: money", 40, Decimal("40.00")),
    ("type: money\nmin: -5", "-0", Decimal("0.00")),
    ("type: money\ncurrency: EUR", "€3.20", Decimal("3.20")),
    ("type: money\ncurrency: JPY", "1,200", Decimal("1200")),
    ("type: rating\nlowest: bad\nhighest: good", "5", 5),
    ("type: declaration", "yes", True),
    ("type: declaration", True, True),
    ("type: declaration\nsign: yes", "  Ann Lee ", "Ann Lee"),
    ("type: url", "example.com/a?b#c", "https://example.com/a?b#c"),
    ("type: url", " http://Example.com ", "http://example.com/"),
    ("type: url", "https://été.ca/é", "https://xn--t-9fab.ca/%C3%A9"),
    ("type: date_time", "2026-03-09T18:30", datetime(2026, 3, 9, 18, 30)),
    ("type: date_time", "2026-03-09 18:30:15", datetime(2026, 3, 9, 18, 30, 15)),
    ("type: date_time", "2026-03-09T23:30:00Z", datetime(2026, 3, 9, 18, 30)),
    ("type: date\nas: boxes", {"year": "2026", "month": "3", "day": "9"}, date(2026, 3, 9)),
    ("type: yes_no", "yes", True),
    ("type: yes_no", False, False),
    ("type: choice\nchoices: [road, lane]", "lane", "lane"),
    ("type: choices\nchoices: [a, b, c]", ["c", "a", "c"], ("a", "c")),
    ("type: choices\nchoices: [a, b, c]", "b", ("b",)),
    ("type: date", "2026-03-09", date(2026, 3, 9)),
    ("type: date\nmin: 60 days ago\nmax: today", "2026-01-08", date(2026, 1, 8)),
    ("type: time", "23:59", time(23, 59)),
    ("type: email", " Ann@Example.com ", "Ann@example.com"),
    ("type: phone", "(204) 555-0123", "+12045550123"),
    ("type: phone", "204 986 6222 ext. 12", "+12049866222;ext=12"),
    ("type: phone", "+33 1 23 45 67 89", "+33123456789"),
    ("type: postal_code", "r3c1a5", "R3C 1A5"),
    ("type: plate", "abc-123", "ABC123"),
    ("type: location", "510 Main St", Location("510 Main St")),
    (
        "type: location",
        {"address": "", "latitude": "49.899444", "longitude": "-97.139"},
        Location("", Decimal("49.89944"), Decimal("-97.13900")),
    ),
    ("type: file", [PHOTO], (PHOTO,)),
    ("type: file\naccept: [photo, pdf]\nmax_files: 2", [PHOTO, PDF, PHOTO], (PHOTO, PDF)),
]

# The field's keys | what was posted | the sentence in English
REFUSED = [
    ("type: text\nmax_length: 3", "abcd", "Write at most 3 characters."),
    ("type: text\npattern: '[A-Z]{2}-[0-9]{4}'", "ab-0123", "Write it like this: AA-0000."),
    ("type: text\npattern: '[A-Z]{2}-[0-9]{4}'", "AB-01234", "Write it like this: AA-0000."),
    ("type: text\npattern: '\\d{3}'", "١٢٣", "Write it like this: 000."),
    ("type: text\npattern: '.*'", "a\nb", "There is a character here that cannot be used."),
    ("type: text\npattern: '[a-c]+'", "x", "Write it like this: a."),
    ("type: text", "a\nb", "There is a character here that cannot be used."),
    ("type: text", "a\x00b", "There is a character here that cannot be used."),
    ("type: text", "\ud800", "There is a character here that cannot be used."),
    ("type: text", "\u202eevil", "There is a character here that cannot be used."),
    ("type: text", "\u200b", "There is a character here that cannot be used."),
    ("type: text", 12, "Write the answer as text."),
    ("type: text", ["a"], "Write the answer as text."),
    ("type: text", "x" * 1_000_000, "Write at most 200 characters."),
    ("type: long_text", "x" * 2_001, "Write at most 2,000 characters."),
    ("type: integer", "1_000", "Write a whole number in digits, such as 12."),
    ("type: integer", "١٢٣", "Write a whole number in digits, such as 12."),
    ("type: integer", "3.0", "Write a whole number in digits, such as 12."),
    ("type: integer", "1e3", "Write a whole number in digits, such as 12."),
    ("type: integer", True, "Write a whole number in digits, such as 12."),
    ("type: integer", 2.5, "Write a whole number in digits, such as 12."),
    ("type: integer", float("nan"), "Write a whole number in digits, such as 12."),
    ("type: integer", "9" * 5_000, "Write a whole number in digits, such as 12."),
    ("type: integer\nmin: 1\nmax: 200", "201", "Enter a number from 1 to 200."),
    ("type: integer\nmin: 1", "0", "Enter 1 or more."),
    ("type: integer\nmax: 5", 6, "Enter 5 or less."),
    ("type: number", "1,200", UNCLEAR),
    ("type: number", "sNaN", "Write a number in digits, such as 2.5."),
    ("type: number", "Infinity", "Write a number in digits, such as 2.5."),
    ("type: number", 1e18, "Write a number in digits, such as 2.5."),
    ("type: number", 1e-275, "Write a number in digits, such as 2.5."),
    ("type: number", float("inf"), "Write a number in digits, such as 2.5."),
    ("type: money", "12.505", UNCLEAR),
    ("type: money", "12.5050", "Write an amount in digits, such as 12.50."),
    ("type: integer", "1,200", UNCLEAR),
    ("type: integer", "1.200", UNCLEAR),
    ("type: money", "1,20,0", "Write an amount in digits, such as 12.50."),
    ("type: money", "1,200,50", "Write an amount in digits, such as 12.50."),
    ("type: money", "$", "Write an amount in digits, such as 12.50."),
    ("type: money", "€5", "Write an amount in digits, such as 12.50."),
    ("type: money\ncurrency: EUR", "$5", "Write an amount in digits, such as 12.50."),
    ("type: money", "١٢", "Write an amount in digits, such as 12.50."),
    ("type: money", 0.001, "Write an amount in digits, such as 12.50."),
    ("type: money", True, "Write an amount in digits, such as 12.50."),
    ("type: money", "9" * 5_000, "Write an amount in digits, such as 12.50."),
    ("type: money\nmax: 20", "20.01", "Enter $20.00 or less."),
    ("type: money", "-1", "Enter $0.00 or more."),
    ("type: money\ncurrency: USD\nmin: 2", "1", "Enter $2.00 or more."),
    ("type: rating\nlowest: bad\nhighest: good", "6", "Enter a number from 1 to 5."),
    ("type: declaration", False, "Confirm this to go on."),
    ("type: declaration", "no", "Confirm this to go on."),
    ("type: declaration\nsign: yes", True, "Write the answer as text."),
    ("type: url", "javascript:alert(1)", "Write the address of a web page, such as https://www.example.com/page."),
    ("type: url", "ftp://example.com", "Write the address of a web page, such as https://www.example.com/page."),
    ("type: url", "https://a:b@example.com", "Write the address of a web page, such as https://www.example.com/page."),
    ("type: url", "not a page", "Write the address of a web page, such as https://www.example.com/page."),
    ("type: url", "x" * 3_000, "Write the address of a web page, such as https://www.example.com/page."),
    ("type: date_time", "2026-03-08T02:30", "This time does not exist: the clocks went forward."),
    ("type: date_time", "2026-03-09", "Choose a date and a time, such as 2026-03-09 18:30."),
    ("type: date_time", "0001-01-01T00:00Z", "Choose a date and a time, such as 2026-03-09 18:30."),
    ("type: date_time\nmax: today", "2026-03-10T00:00", "Enter March 9, 2026 or an earlier date."),
    (
        "type: date\nas: boxes",
        {"year": "2026", "month": "2", "day": "30"},
        "Write a date that exists, as year-month-day, such as 2026-03-09.",
    ),
    (
        "type: date\nas: boxes",
        {"year": "2026", "month": [], "day": "30"},
        "Write a date that exists, as year-month-day, such as 2026-03-09.",
    ),
    ("type: yes_no", "maybe", "Choose yes or no."),
    ("type: yes_no", 1, "Choose yes or no."),
    ("type: yes_no", ["yes"], "Choose yes or no."),
    ("type: choice\nchoices: [road, lane]", "raod", "Choose one of the answers."),
    ("type: choice\nchoices: [road, lane]", {"road": 1}, "Choose one of the answers."),
    ("type: choices\nchoices: [a, b]", ["a", "x"], "Choose one of the answers."),
    ("type: choices\nchoices: [a, b]", [["a"]], "Choose one of the answers."),
    (
        "type: date",
        "2026-02-30",
        "Write a date that exists, as year-month-day, such as 2026-03-09.",
    ),
    ("type: date", "1767225600", "Write a date that exists, as year-month-day, such as 2026-03-09."),
    ("type: date", 1767225600, "Write a date that exists, as year-month-day, such as 2026-03-09."),
    ("type: date\nmax: today", "2026-03-10", "Enter March 9, 2026 or an earlier date."),
    ("type: date\nmin: 60 days ago", "2026-01-07", "Enter January 8, 2026 or a later date."),
    ("type: time", "24:00", "Write a time from 00:00 to 23:59, such as 18:30."),
    ("type: email", "ann@", "Write an email address such as name@example.com."),
    ("type: email", "a@b.ca\nBcc: c@d.ca", "Write an email address such as name@example.com."),
    ("type: email", "a" * 300 + "@b.ca", "Write an email address such as name@example.com."),
    ("type: phone", "311", "Write a phone number with its area code, such as 204-555-0123."),
    ("type: postal_code", "R3C 1A5\n2", "Write a postal code such as R3C 1A5."),
    ("type: postal_code", "D3C 1A5", "Write a postal code such as R3C 1A5."),
    ("type: plate", "A$C", "Write the plate's letters and digits, such as ABC 123."),
    ("type: location", 5, "Write an address or the nearest intersection."),
    ("type: location", {"address": "x", "latitude": "91", "longitude": "0"}, "The point is not on the map."),
    ("type: location", {"address": "x", "latitude": "sNaN", "longitude": "0"}, "The point is not on the map."),
    ("type: location", {"latitude": Decimal("1e999999"), "longitude": 0}, "The point is not on the map."),
    ("type: location", {"address": "x", "latitude": "4_9", "longitude": "١٢"}, "The point is not on the map."),
    ("type: phone", "٢٠٤٥٥٥٠١٢٣", "Write a phone number with its area code, such as 204-555-0123."),
    ("type: location", {"address": "x", "latitude": "49"}, "Give both latitude and longitude, or neither."),
    ("type: location", {"address": "x" * 201}, "Write at most 200 characters."),
    ("type: location", {"address": ["x"]}, "Write an address or the nearest intersection."),
    ("type: file", [PDF], "The file report.pdf is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF."),
    ("type: file", [EMPTY], "The file empty.jpg is empty."),
    ("type: file\nmax_size: 8 MB", [HUGE], "The file huge.jpg is larger than 8 MB."),
    ("type: file\naccept: pdf", [PHOTO], "The file hole.jpg is not a PDF. Choose a PDF."),
    ("type: file\naccept: [photo, pdf]", [EXE], "The file x.exe is neither a photo nor a PDF. Choose one of these."),
    ("type: file\naccept: [photo, pdf]", [PHOTO, PDF], "Send one file only: remove the others."),
    ("type: file", [3], "Name each file by the token that its upload was given, as a text."),
]


@pytest.mark.parametrize(("keys", "posted", "answer"), ACCEPTED)
def test_an_answer_is_accepted_in_its_canonical_form(keys: str, posted: object, answer: object) -> None:
    checked = check(one_field(keys), answer=posted)
    assert checked.errors == ()
    assert checked.answers == {"answer": answer}
    assert type(checked.answers["answer"]) is type(answer)
    assert str(checked.answers["answer"]) == str(answer)  # equal numbers may be written otherwise: 0 and -0


@pytest.mark.parametrize(("keys", "posted", "sentence"), REFUSED)
def test_an_answer_is_refused_in_one_plain_sentence(keys: str, posted: object, sentence: str) -> None:
    checked = check(one_field(keys), answer=posted)
    assert [error.say("en") for error in checked.errors] == [sentence]
    assert checked.errors[0].say("fr") != sentence
    assert checked.answers == {}


@pytest.mark.parametrize(
    ("kind", "inside"),
    [("integer", None), ("number", None), ("money", None), ("date", "year"), ("location", "latitude")],
)
def test_a_whole_number_of_more_digits_than_python_writes_is_refused(kind: str, inside: str | None) -> None:
    beyond = 10**5_000
    checked = check(one_field(f"type: {kind}"), answer={inside: beyond, "longitude": 0} if inside else beyond)
    assert len(checked.errors) == 1


@pytest.mark.parametrize(("keys", "posted", "answer"), ACCEPTED)
def test_a_canonical_answer_as_json_is_read_back_to_itself(keys: str, posted: object, answer: object) -> None:
    form = one_field(keys)
    if isinstance(answer, tuple) and isinstance(answer[0], Upload):
        return  # files come back through the store, by their tokens
    assert check(form, **form.to_json({"answer": answer})).answers == {"answer": answer}


NEEDED = {
    "choice": "\nchoices: [a, b]",
    "choices": "\nchoices: [a, b]",
    "rating": "\nlowest: bad\nhighest: good",
    "repeat": "\nfields:\n  a: {type: text, label: A}",
}


@pytest.mark.parametrize("blank", [None, "", "   ", [], "\n"])
@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.asks])
def test_a_blank_answer_is_no_answer(kind: str, blank: object) -> None:
    choices = NEEDED.get(kind, "")
    checked = check(one_field(f"type: {kind}{choices}"), answer=blank)
    assert [(error.field, error.code) for error in checked.errors] == [("answer", "missing")]
    assert check(one_field(f"type: {kind}{choices}\nrequired: no"), answer=blank).ok


# The field's keys | the canonical answer | as a person reads it in English | and in French
SHOWN = [
    ("type: yes_no", True, "Yes", "Oui"),
    ("type: integer", 1200, "1,200", "1\u202f200"),
    ("type: date", date(2026, 3, 9), "March 9, 2026", "9 mars 2026"),
    ("type: money", Decimal("1200.50"), "$1,200.50", "1\u00a0200,50\u00a0$"),
    ("type: money\ncurrency: USD", Decimal("3.00"), "$3.00", "3,00\u00a0$US"),
    ("type: money\ncurrency: JPY", Decimal(300), "¥300", "300\u00a0JPY"),
    ("type: rating\nlowest: bad\nhighest: good", 4, "4 out of 5", "4 sur 5"),
    ("type: declaration", True, "Yes", "Oui"),
    ("type: declaration\nsign: yes", "Ann Lee", "Ann Lee", None),
    ("type: date_time", datetime(2026, 3, 9, 18, 30), "March 9, 2026, 6:30\u202fPM", "9 mars 2026 à 18\u00a0h\u00a030"),
    ("type: time", time(18, 30), "6:30\u202fPM", "18\u00a0h\u00a030"),
    ("type: phone", "+12045550123", "(204) 555-0123", "(204) 555-0123"),
    ("type: location", Location("Main St", Decimal("49.9"), Decimal("-97.1")), "Main St (49.9, -97.1)", None),
    ("type: file", (PHOTO, PDF), "hole.jpg; report.pdf", None),
    ("type: choice\nchoices:\n  road:\n    en: Road\n    fr: Chaussée", "road", "Road", "Chaussée"),
    ("type: choices\nchoices: [a, b]", ("a", "b"), "a; b", None),
]


@pytest.mark.parametrize(("keys", "answer", "english", "french"), SHOWN)
def test_an_answer_is_shown_as_a_person_reads_it(keys: str, answer: object, english: str, french: str | None) -> None:
    form = one_field(keys)
    assert [shown for _, _, shown in form.shown({"answer": answer}, "en")] == [english]
    assert [shown for _, _, shown in form.shown({"answer": answer}, "fr")] == [french or english]
