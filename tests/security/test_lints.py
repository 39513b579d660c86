"""What no file of ours may contain: the rows of ASVS that are held by looking at the source (reliability §2, marked L).

Each rule is a function from a parsed file to the lines that break it, so that its own tests can give it a bad one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.code import parsed, walked

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2] / "amends"
Rule = Callable[[ast.AST], Iterator[int]]


def files() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of a name or an attribute; of anything else the last part alone."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in walked(tree) if isinstance(node, ast.Call))


def calling(*names: str) -> Rule:
    """No call of a function or method with one of these names."""

    def rule(tree: ast.AST) -> Iterator[int]:
        return (call.lineno for call in calls(tree) if dotted(call.func).rpartition(".")[2] in names)

    return rule


def importing(*modules: str) -> Rule:
    """No import of one of these modules, or of anything in it."""

    def rule(tree: ast.AST) -> Iterator[int]:
        only_types = {id(inner) for node in walked(tree) if _for_types(node) for inner in ast.walk(node)}
        for node in walked(tree):
            named: list[str] = []
            if id(node) in only_types:
                continue
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                named = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if any(name == module or name.startswith(f"{module}.") for name in named for module in modules):
                yield getattr(node, "lineno", 0)

    return rule


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and dotted(node.test) == "TYPE_CHECKING"


def composed(node: ast.AST) -> bool:
    """Put together from pieces at run time."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) and not _of_ours(part.value) for part in node.values)
    if isinstance(node, ast.BinOp):
        return not (isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant))
    return isinstance(node, ast.Call) and dotted(node.func).endswith(".format")


def composed_sql(tree: ast.AST) -> Iterator[int]:
    for call in calls(tree):
        name = dotted(call.func).rpartition(".")[2]
        if name in {"raw", "extra", "RawSQL"}:
            yield call.lineno
        if name in {"execute", "executemany", "executescript"} and call.args and composed(call.args[0]):
            yield call.lineno


def filters_named_by_a_request(tree: ast.AST) -> Iterator[int]:
    """`filter(**request.GET)` lets a stranger choose the columns (Django's own advisory of 2025)."""
    for call in calls(tree):
        if dotted(call.func).rpartition(".")[2] in {"filter", "exclude", "get", "create", "update"}:
            for keyword in call.keywords:
                if keyword.arg is None and re.search(r"\b(GET|POST|request)\b", ast.unparse(keyword.value)):
                    yield call.lineno


def a_shell(tree: ast.AST) -> Iterator[int]:
    for call in calls(tree):
        if any(one.arg == "shell" and ast.unparse(one.value) != "False" for one in call.keywords):
            yield call.lineno
        if dotted(call.func) in {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}:
            yield call.lineno


def marked_safe(tree: ast.AST) -> Iterator[int]:
    """Words that did not stand in the source as they are."""
    for call in calls(tree):
        name = dotted(call.func).rpartition(".")[2]
        if name in {"mark_safe", "SafeString", "SafeText"} and not _literal(call):
            yield call.lineno
        if name in {"format_html", "format_html_join"} and not _literal(call) and not _a_name_of_ours(call):
            yield call.lineno


def _literal(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant)


def _a_name_of_ours(call: ast.Call) -> bool:
    """A shape that is a constant of the module, or comes out of a loop over such."""
    return bool(call.args) and isinstance(call.args[0], ast.Name)


def compared_secrets(tree: ast.AST) -> Iterator[int]:
    """`==` tells by its time how much of a secret was right."""
    for node in walked(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = [node.left, *node.comparators]
            if any(isinstance(one, ast.Constant) for one in sides):
                continue
            said = " ".join(ast.unparse(one).lower() for one in sides)
            if re.search(r"(?<![a-z])_?(mac|hmac|signature|secret|digest|token|password)(?![a-z])", said):
                yield node.lineno


def unescaped_patterns(tree: ast.AST) -> Iterator[int]:
    """A pattern with a value in it that is not escaped: whoever chooses the value chooses the pattern (ASVS 1.2.9)."""
    for call in calls(tree):
        if dotted(call.func).startswith("re.") and call.args and isinstance(call.args[0], ast.JoinedStr):
            for part in call.args[0].values:
                if isinstance(part, ast.FormattedValue) and not _of_ours(part.value):
                    yield call.lineno


def _of_ours(value: ast.expr) -> bool:
    said = ast.unparse(value)
    return "re.escape" in said or "map(escape" in said or bool(re.fullmatch(r"(\w+\.)?_?[A-Z][A-Z_0-9]*", said))


def formats_of_others(tree: ast.AST) -> Iterator[int]:
    """`words.format(…)` with words that are not ours reads attributes: `{0.__class__}` (S34)."""
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"format", "format_map"}:
            of = call.func.value
            known = isinstance(of, ast.Constant) or re.fullmatch(r"_?[A-Z][A-Z_0-9]*(\[.*\])?", ast.unparse(of))
            if not known and not (isinstance(of, ast.Call) and dotted(of.func) in {"_", "str", "gettext", "ngettext"}):
                yield call.lineno


STEERING = re.compile(r"(?i)x-(amends|zammad|otrs|freescout|rt|osticket)-|rt-(?!mailer)")


def commands_in_mail(tree: ast.AST) -> Iterator[int]:
    """A header by which a help desk lets itself be steered may be written by anybody (S6)."""
    for node in walked(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and STEERING.match(node.value):
            yield node.lineno


def unverified(tree: ast.AST) -> Iterator[int]:
    for node in walked(tree):
        if dotted(node).rpartition(".")[2] in {"CERT_NONE", "_create_unverified_context"}:
            yield getattr(node, "lineno", 0)
        if isinstance(node, ast.keyword) and node.arg == "verify" and ast.unparse(node.value) == "False":
            yield node.value.lineno


RULES: dict[str, tuple[Rule, set[str], str]] = {
    "SQL is not put together (S9, ASVS 1.2.4)": (
        composed_sql,
        # Names of tables, columns, indexes and pragmas, none from outside.
        {"upkeep/backup/cut.py", "upkeep/doctor/database.py", "kit/rows.py", "kit/indexes.py"},
        'cursor.execute(f"SELECT {x}")',
    ),
    "no request names a column (S9)": (filters_named_by_a_request, set(), "A.objects.filter(**request.GET.dict())"),
    "no shell (S34, ASVS 1.2.5)": (a_shell, set(), "subprocess.run(x, shell=True)"),
    "no object is read out of bytes (ASVS 1.5.2)": (
        importing("pickle", "marshal", "shelve", "dill", "yaml"),
        set(),
        "import pickle",
    ),
    "no code is made at run time": (calling("eval", "exec", "__import__"), set(), "eval(x)"),
    "words are marked safe where pages are drawn only (S1, ASVS 1.2.1)": (
        marked_safe,
        # What each has escaped itself; a template's own answer.
        {"ui/voices.py", "ui/pieces.py", "ui/engine.py", "ui/templatetags/ui.py", "desk/found.py"},
        "mark_safe(x)",
    ),
    "what looks random is (S22, ASVS 11.5.1)": (importing("random", "uuid"), set(), "from uuid import uuid1"),
    "secrets are compared in constant time (S30)": (
        compared_secrets,
        {
            "channels/accounts.py",
            "triage/reader/extra.py",
            "upkeep/backup/make.py",
            "upkeep/backup/verify.py",
        },  # whether something changed: no secret
        "token == given",
    ),
    "addresses are read by our own reader (S15)": (
        calling("parseaddr", "getaddresses"),
        set(),
        "email.utils.parseaddr(x)",
    ),
    "no slow cleaning of words from outside (S27)": (
        calling("strip_tags", "urlize", "urlizetrunc", "linebreaks"),
        set(),
        "strip_tags(x)",
    ),
    "no template out of words (S34, ASVS 1.3.7)": (
        calling("Template", "from_string", "engine_from"),
        set(),
        "Template(x)",
    ),
    "no format out of words (S34)": (
        formats_of_others,
        {"channels/email/oauth.py"},  # the addresses of the providers, a table of our own
        "words.format(case)",
    ),
    "patterns are escaped (ASVS 1.2.9)": (
        unescaped_patterns,
        # Sets of letters, and words, that we made ourselves; names of companies, each of whose words is escaped.
        {"kit/sentences.py", "triage/reader/brands.py"},
        're.compile(f"{word}+")',
    ),
    "only the guarded client speaks HTTP (S10, ASVS 1.3.6)": (
        importing("requests", "urllib.request", "urllib3", "http.client", "httpx", "httpcore", "aiohttp", "pycurl"),
        {"kit/http.py"},
        "import urllib.request",
    ),
    "only mail and the processes open sockets (S10)": (
        importing("socket", "socketserver", "asyncio.open_connection"),
        {
            "kit/http.py",
            "kit/beats.py",
            "kit/clamd.py",  # at an address that the house has named
            "channels/email/connect.py",
            "channels/email/imap_connection.py",
            "channels/email/probe.py",
            "channels/email/smtp.py",
            "channels/local/server.py",
            "cli/run.py",
        },
        "import socket",
    ),
    "only the mail adapters speak mail": (
        importing("smtplib", "imaplib", "poplib", "ftplib", "telnetlib", "imap_tools"),
        {f"channels/email/{name}.py" for name in ("imap", "imap_connection", "sent", "smtp", "probe")},
        "import smtplib",
    ),
    "certificates are looked at (ASVS 12.3.2)": (unverified, set(), "context.verify_mode = ssl.CERT_NONE"),
    "no XML is read by a reader that follows entities (ASVS 1.5.1)": (
        importing("xml", "lxml"),
        set(),
        "import xml.etree.ElementTree",
    ),
    "no header of a mail steers the desk (S6)": (commands_in_mail, set(), 'mail["X-Amends-Owner"]'),
    "no name of a file that somebody else may take": (calling("mktemp"), set(), "tempfile.mktemp()"),
}
"""What holds → the rule, the files that may break it because breaking it is what they are for, a line that breaks it."""


@pytest.mark.parametrize("name", RULES)
def test_no_file_breaks_the_rule(name: str) -> None:
    rule, allowed, _bad = RULES[name]
    broken = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in files()
        if path.relative_to(ROOT).as_posix() not in allowed
        for line in rule(parsed(path))
    ]
    assert not broken


@pytest.mark.parametrize("name", RULES)
def test_the_rule_finds_what_it_is_for(name: str) -> None:
    rule, _allowed, bad = RULES[name]
    assert list(rule(ast.parse(bad)))


@pytest.mark.parametrize("name", RULES)
def test_every_exception_is_still_one(name: str) -> None:
    rule, allowed, _bad = RULES[name]
    needless = [path for path in allowed if not list(rule(parsed(ROOT / path)))]
    assert not needless, "these break the rule no more: take them out of its exceptions"


MARKED = re.compile(
    r"\|\s*safe\b|\bautoescape\b|\|\s*(?:safeseq|urlize|striptags|forceescape|xmlattr|tojson)\b|\bMarkup\b"
)
SAFE_IN_TEMPLATES = {
    "ui/jinja2/ui/components/letter.html": "the letter that `sanitise` has cleaned",
    "ui/jinja2/ui/forms/field.html": "the help text of a field, which we or Django wrote",
    "flows/jinja2/flows/letter.html": "the letter that `compose` has cleaned a line before",
    "desk/jinja2/desk/case/as_sent.html": "the letter that the view has cleaned a line before",
}
"""Template → what it shows as HTML. One more needs a reason here."""


def test_templates_mark_nothing_safe_but_cleaned_letters() -> None:
    """S1, ASVS 1.2.1."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.rglob("*.html"), *ROOT.rglob("*.txt")]
        if {"jinja2", "templates"} & set(path.parts)
        and path.suffix == ".html"
        and MARKED.search(path.read_text("utf-8"))
    }
    assert found == SAFE_IN_TEMPLATES.keys()


INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|\bnonce=|type=.application/json))|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|javascript:",
    re.I,
)


def test_no_template_asks_for_what_the_content_policy_forbids() -> None:
    """S3: nothing inline, so that nobody is ever tempted to allow it."""
    pages = [
        path
        for folder in ("jinja2", "templates")
        for path in ROOT.rglob(f"{folder}/**/*.html")
        if "flows" not in path.parts  # letters are no pages
    ]
    assert not [path.name for path in pages if INLINE.search(path.read_text("utf-8"))]
