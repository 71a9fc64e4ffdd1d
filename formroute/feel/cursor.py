"""Where the parser is: the tokens, the names in scope, the depth; and how it complains."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from formroute.feel.errors import FeelError, find
from formroute.feel.lexer import Token, tokenize
from formroute.feel.limits import Limits
from formroute.feel.names import Names
from formroute.feel.syntax import Node

OPERATOR_WORDS = frozenset({"and", "or", "in", "between", "instance", "then", "else", "return", "satisfies"})
KEYWORDS = OPERATOR_WORDS | {"if", "for", "some", "every", "of", "function", "true", "false", "null"}


Rule = Callable[["Cursor", int], Node]


class Cursor:
    """A position in the tokens of one text.

    `names` are the variables and functions in scope, `fields` every name that may stand after a dot,
    `rule` reads an expression whose operators bind tighter than a number.
    """

    def __init__(self, text: str, names: Names, fields: Names, limits: Limits, rule: Rule) -> None:
        self.text = text
        self._rule = rule
        self.names = names
        self.fields = fields
        self.limits = limits
        self.index = 0
        self.depth = 0
        if len(text) > limits.text:
            self.tokens = [Token("end", "", 0, 0)]
            raise self.error(f"this expression is longer than {limits.text} characters", limit=True)
        self.tokens = tokenize(text)

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.index]

    @property
    def word(self) -> str:
        """What the next token says, unless it is a text; a text is no keyword."""
        token = self.token
        return token.text if token.kind != "string" else ""

    def ahead(self, count: int = 1) -> Token:
        """Look at a token further on."""
        return self.tokens[min(self.index + count, len(self.tokens) - 1)]

    def advance(self, count: int = 1) -> Token:
        """Read tokens, and give the first of them."""
        token = self.token
        self.index = min(self.index + count, len(self.tokens) - 1)
        return token

    def accept(self, *words: str) -> bool:
        """Read the next token if it is one of these words or signs."""
        if self.word in words and self.token.kind != "end":
            self.advance()
            return True
        return False

    def expression(self, power: int = 0) -> Node:
        """Read an expression whose operators bind tighter than `power`."""
        return self._rule(self, power)

    def expect(self, word: str) -> None:
        """Read this word or sign, or fail."""
        if not self.accept(word):
            raise self.error(f"expected {word!r} here, found {self.found()}")

    def new_name(self, *stops: str) -> str:
        """Read a name that is being introduced, up to the word or sign that ends it; that is not read."""
        if self.token.kind != "name":
            raise self.error(f"expected a name here, found {self.found()}")
        start = self.advance().start
        while self.word not in stops:
            if not self.word or self.word in "{}()[],:":
                raise self.error(f"expected {stops[0]!r} here, found {self.found()}")
            self.advance()
        first, last = self.span(start)
        return " ".join(self.text[first:last].split())

    def found(self) -> str:
        """Say what the next token is, for a message."""
        token = self.token
        if token.kind == "end":
            return "the end"
        return f"the text {token.text!r}" if token.kind == "string" else repr(token.text)

    def span(self, start: int) -> tuple[int, int]:
        """Give the offsets from a start to the end of what has been read."""
        return start, self.tokens[self.index - 1].end if self.index else start

    def error(self, message: str, *, limit: bool = False) -> FeelError:
        """Make the error about the next token."""
        token = self.token
        return FeelError(find("limit" if limit else "syntax", message, self.text, token.start, token.end))

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Go one level down, at most as deep as the limits say."""
        self.depth += 1
        if self.depth > self.limits.nesting:
            raise self.error(f"this is nested deeper than {self.limits.nesting} levels", limit=True)
        yield
        self.depth -= 1

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Forget, at the end, the names that were declared inside."""
        outer = self.names
        yield
        self.names = outer

    def declare(self, *names: str) -> None:
        """Add variables to the scope."""
        self.names = self.names.with_names(names)

    def declare_fields(self) -> None:
        """Let every field be named without its context, as inside a filter."""
        self.names = self.names.merged(self.fields)

    def unexpected(self) -> FeelError:
        """Make the error for a token that no rule wants, with the keyword that was perhaps meant."""
        message = f"did not expect {self.found()} here"
        near = get_close_matches(self.word, KEYWORDS, 1, 0.8) if self.token.kind == "name" else []
        return self.error(f"{message}; did you mean {near[0]!r}?" if near and near[0] != self.word else message)
