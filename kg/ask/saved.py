"""Queries in ``.rq`` files: their header of ``#+`` lines, as grlc reads it, their parameters and their columns.

What the query itself says is read from it and not from the header: parameters are the variables named as grlc names
them (``?_platform_iri``, ``?_amount_decimal``, ``?_since_date``), columns and form come from the engine's own parser.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg.ask.guard import tokens_of
from kg.ask.header import Header, body, parse_header
from kg.errors import UsageError
from kg.resources import resource_folder

TYPES = ("iri", "string", "literal", "integer", "decimal", "date", "dateTime")
"""What a parameter's values can be; the type closes its variable's name, and is ``literal`` where none does."""

_PARAMETER = re.compile(rf"[?$]__?([A-Za-z0-9]+)(?:_({'|'.join(TYPES)}))?")
_DEFAULT = re.compile(r"COALESCE\(\s*[?$](\w+)\s*,\s*(?:\"([^\"]*)\"|([-+\w.]+))\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: the name a user gives, the variable it binds, the type of its values and what the header says.

    ``classes`` are local names of the classes that an entity may have. ``default`` is what the query takes where no
    value is given, empty where it then leaves the question open (all platforms, any amount).
    """

    name: str
    variable: str
    type: str
    meaning: str = ""
    default: str = ""
    example: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with what its header says of it.

    ``empty`` says why it finds nothing in the embedded corpus, ``slow`` why it takes long on a large graph; both are
    empty for most.
    """

    name: str
    text: str
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    empty: str = ""
    slow: str = ""

    @property
    def body(self) -> str:
        """The query without its header."""
        return body(self.text)

    @property
    def form(self) -> str:
        """``SELECT``, ``ASK`` or ``CONSTRUCT`` (also for ``DESCRIBE``).

        Raises:
            UsageError: the text is not SPARQL.
        """
        return _parsed(self.name, self.text)[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The projected variables in order; none unless it is a SELECT.

        Raises:
            UsageError: the text is not SPARQL.
        """
        return _parsed(self.name, self.text)[1]

    @property
    def examples(self) -> dict[str, str]:
        """A value for each parameter that the header gives an example of."""
        return {parameter.name: parameter.example for parameter in self.parameters if parameter.example}

    @property
    def services(self) -> tuple[str, ...]:
        """The IRIs of the servers that its SERVICE clauses call; none for most."""
        tokens = list(tokens_of(self.text))
        return tuple(
            following.text.strip("<>") for token, following in pairwise(tokens) if token.text.upper() == "SERVICE"
        )

    def parameter(self, name: str) -> Parameter:
        """The parameter of a name.

        Raises:
            UsageError: there is none; the message lists those there are.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        if name in known:
            return known[name]
        listed = ", ".join(known) or "none"
        raise UsageError(f"-p {name}=…: query {self.name} has no such parameter (it has: {listed}){hint(name, known)}")


@cache
def _parsed(name: str, text: str) -> tuple[str, tuple[str, ...]]:
    from kg.vocabulary import PREFIXES

    try:
        answer = Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise UsageError(f"query {name}: not SPARQL that can be run ({error}); mend it there") from error
    if isinstance(answer, QuerySolutions):
        return "SELECT", tuple(variable.value for variable in answer.variables)
    return ("ASK" if isinstance(answer, QueryBoolean) else "CONSTRUCT"), ()


def hint(name: str, known: object) -> str:
    """``; did you mean 'x'?`` for the nearest of some names, or nothing."""
    near = difflib.get_close_matches(name, [str(one) for one in known], n=1, cutoff=0.5)  # type: ignore[attr-defined]
    return f"; did you mean {near[0]!r}?" if near else ""


def parse_query(name: str, text: str) -> SavedQuery:
    """A query from the text of its file.

    Raises:
        UsageError: its header cannot be read.
    """
    try:
        header = parse_header(text)
    except UsageError as error:
        raise UsageError(f"query {name}: {error}") from error
    return SavedQuery(
        name,
        text,
        _text(header, "title") or name,
        _text(header, "description"),
        _texts(header, "tags"),
        _texts(header, "questions"),
        _parameters(text, header),
        _text(header, "empty"),
        _text(header, "slow"),
    )


def _text(header: Header, key: str) -> str:
    value = header.get(key, "")
    return value if isinstance(value, str) else ""


def _texts(header: Header, key: str) -> tuple[str, ...]:
    value = header.get(key, "")
    return () if isinstance(value, str) else tuple(item for item in value if isinstance(item, str))


def _parameters(text: str, header: Header) -> tuple[Parameter, ...]:
    listed = header.get("parameters", [])
    said = {item.get("name", ""): item for item in listed if isinstance(item, dict)}
    defaults = {variable: words or number for variable, words, number in _DEFAULT.findall(text)}
    found: dict[str, Parameter] = {}
    for token in tokens_of(text):
        match = _PARAMETER.fullmatch(token.text) if token.kind == "variable" else None
        if match and match[1] not in found:
            about = said.get(match[1], {})
            variable = token.text[1:]
            found[match[1]] = Parameter(
                match[1],
                variable,
                match[2] or "literal",
                about.get("meaning", ""),
                defaults.get(variable, ""),
                about.get("example", ""),
                tuple(about.get("class", "").split()),
            )
    order = [*said, *found]
    return tuple(sorted(found.values(), key=lambda parameter: order.index(parameter.name)))


def saved_queries() -> dict[str, SavedQuery]:
    """The queries that ship with the package, by name."""
    paths = sorted(resource_folder("queries").glob("*.rq"))
    return {path.stem: parse_query(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def offline_queries() -> list[SavedQuery]:
    """The saved queries that call no other server."""
    return [query for query in saved_queries().values() if not query.services]


def spoken_queries() -> dict[str, SavedQuery]:
    """The saved queries that questions in English are matched with: those on links are asked by name."""
    return {name: query for name, query in saved_queries().items() if "links" not in query.tags}


def find_query(name_or_text: str) -> SavedQuery:
    """A saved query by its name, a query file by its path, or the text itself where it is SPARQL.

    Raises:
        UsageError: it is none of these.
    """
    if re.search(r"[{\s]", name_or_text):
        return parse_query("query", name_or_text)
    path = resource_folder("queries") / f"{name_or_text}.rq"
    path = Path(name_or_text) if "/" in name_or_text or not path.is_file() else path
    if path.is_file():
        try:
            return parse_query(path.stem, path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    raise UsageError(
        f"query {name_or_text!r}: no saved query and no file{hint(name_or_text, saved_queries())}; "
        "'kg queries' lists the saved ones"
    )
