"""Every built-in function of DMN 1.5, chapter 10.3.4: names, parameters, types.

`?` after a parameter: may be left out. `?` after a type: may be null. `...`: one list, or its items as arguments.
`*`: any number of arguments. `T` stands for the type that its first use finds. A function that takes different
things stands on several lines.
"""

from formroute.feel.names import Names

SECTIONS: dict[str, str] = {
    "conversion": """
        date(from: string) -> date
        date(from: date and time) -> date
        date(year: number, month: number, day: number) -> date
        date and time(from: string) -> date and time
        date and time(date: date, time: time) -> date and time
        date and time(date: date and time, time: time) -> date and time
        time(from: string) -> time
        time(from: time) -> time
        time(from: date and time) -> time
        time(hour: number, minute: number, second: number, offset?: days and time duration?) -> time
        number(from: string, grouping separator?: string?, decimal separator?: string?) -> number
        string(from: Any) -> string
        duration(from: string) -> Any
        years and months duration(from: date and time, to: date and time) -> years and months duration
        context(entries: list<context<key: string, value: Any>>) -> context
        range(from: string) -> range<Any>
    """,
    "boolean": """
        not(negand: boolean) -> boolean
    """,
    "string": """
        substring(string: string, start position: number, length?: number) -> string
        string length(string: string) -> number
        upper case(string: string) -> string
        lower case(string: string) -> string
        substring before(string: string, match: string) -> string
        substring after(string: string, match: string) -> string
        replace(input: string, pattern: string, replacement: string, flags?: string?) -> string
        contains(string: string, match: string) -> boolean
        starts with(string: string, match: string) -> boolean
        ends with(string: string, match: string) -> boolean
        matches(input: string, pattern: string, flags?: string?) -> boolean
        split(string: string, delimiter: string) -> list<string>
        string join(list: list<string>, delimiter?: string?) -> string
    """,
    "list": """
        list contains(list: list<T>, element: T?) -> boolean
        count(list: list<Any>) -> number
        min(list...: list<T>) -> T
        max(list...: list<T>) -> T
        sum(list...: list<number>) -> number
        mean(list...: list<number>) -> number
        all(list...: list<boolean>) -> boolean
        any(list...: list<boolean>) -> boolean
        sublist(list: list<T>, start position: number, length?: number) -> list<T>
        append(list: list<T>, item*: T?) -> list<T>
        concatenate(list*: list<T>) -> list<T>
        insert before(list: list<T>, position: number, newItem: T?) -> list<T>
        remove(list: list<T>, position: number) -> list<T>
        list replace(list: list<T>, position: number, newItem: T?) -> list<T>
        list replace(list: list<T>, match: function<T, T>->boolean, newItem: T?) -> list<T>
        reverse(list: list<T>) -> list<T>
        index of(list: list<T>, match: T?) -> list<number>
        union(list*: list<T>) -> list<T>
        distinct values(list: list<T>) -> list<T>
        flatten(list: list<Any>) -> list<Any>
        product(list...: list<number>) -> number
        median(list...: list<number>) -> number
        stddev(list...: list<number>) -> number
        mode(list...: list<number>) -> list<number>
    """,
    "numeric": """
        decimal(n: number, scale: number) -> number
        floor(n: number, scale?: number) -> number
        ceiling(n: number, scale?: number) -> number
        round up(n: number, scale?: number) -> number
        round down(n: number, scale?: number) -> number
        round half up(n: number, scale?: number) -> number
        round half down(n: number, scale?: number) -> number
        abs(n: number) -> number
        abs(n: years and months duration) -> years and months duration
        abs(n: days and time duration) -> days and time duration
        modulo(dividend: number, divisor: number) -> number
        sqrt(number: number) -> number
        log(number: number) -> number
        exp(number: number) -> number
        odd(number: number) -> boolean
        even(number: number) -> boolean
    """,
    "date and time": """
        is(value1: Any?, value2: Any?) -> boolean
        today() -> date
        now() -> date and time
        day of year(date: date and time) -> number
        day of week(date: date and time) -> string
        month of year(date: date and time) -> string
        week of year(date: date and time) -> number
    """,
    "range": """
        before(point1: T, point2: T) -> boolean
        before(point: T, range: range<T>) -> boolean
        before(range: range<T>, point: T) -> boolean
        before(range1: range<T>, range2: range<T>) -> boolean
        after(point1: T, point2: T) -> boolean
        after(point: T, range: range<T>) -> boolean
        after(range: range<T>, point: T) -> boolean
        after(range1: range<T>, range2: range<T>) -> boolean
        meets(range1: range<T>, range2: range<T>) -> boolean
        met by(range1: range<T>, range2: range<T>) -> boolean
        overlaps(range1: range<T>, range2: range<T>) -> boolean
        overlaps before(range1: range<T>, range2: range<T>) -> boolean
        overlaps after(range1: range<T>, range2: range<T>) -> boolean
        finishes(point: T, range: range<T>) -> boolean
        finishes(range1: range<T>, range2: range<T>) -> boolean
        finished by(range: range<T>, point: T) -> boolean
        finished by(range1: range<T>, range2: range<T>) -> boolean
        includes(range: range<T>, point: T) -> boolean
        includes(range1: range<T>, range2: range<T>) -> boolean
        during(point: T, range: range<T>) -> boolean
        during(range1: range<T>, range2: range<T>) -> boolean
        starts(point: T, range: range<T>) -> boolean
        starts(range1: range<T>, range2: range<T>) -> boolean
        started by(range: range<T>, point: T) -> boolean
        started by(range1: range<T>, range2: range<T>) -> boolean
        coincides(point1: T, point2: T) -> boolean
        coincides(range1: range<T>, range2: range<T>) -> boolean
    """,
    "sort": """
        sort(list: list<T>, precedes?: function<T, T>->boolean) -> list<T>
    """,
    "context": """
        get value(m: context, key: string) -> Any
        get entries(m: context) -> list<context<key: string, value: Any>>
        context put(context: context, key: string, value: Any?) -> context
        context put(context: context, keys: list<string>, value: Any?) -> context
        context merge(contexts: list<context>) -> context
    """,
}

LINES = tuple(line.strip() for section in SECTIONS.values() for line in section.strip().splitlines())
FUNCTION_NAMES = Names({line.partition("(")[0] for line in LINES})
