"""The names and shapes of every command. They are a contract: other programs rely on them."""

from __future__ import annotations

import argparse
from datetime import date
from typing import NoReturn

from app import __version__
from app.cli import benching
from app.cli.later import Later
from app.domain.content import Kind, Media
from app.domain.roles import Role

POSTABLE = [kind.value for kind in Kind if kind is not Kind.POINTS]
"""What staff may write: points are given, not posted."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See: {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    everywhere = _Parser(add_help=False)
    everywhere.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="the school's folder")
    everywhere.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="one JSON document on stdout"
    )
    top = _Parser(
        prog="schoolgate",
        description="Runs a school's home-school messaging by its own policy. Without a command it opens the desk.",
        parents=[everywhere],
    )
    top.add_argument("--version", action="version", version=f"Schoolgate {__version__}")
    top.set_defaults(carry_out=Later("showing", "desk"))
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, does: str, **names: object) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=does, description=does, parents=[everywhere])
        made.set_defaults(**names)
        return made

    _showing(command("demo", "the sample school: on screen, or the whole main job with no screen"))
    _school(commands, everywhere, command("init", "a new school, with its first headteacher account"))
    _imports(commands, everywhere)
    check = command("check", "the content checks alone: no store, no sign-in", carry_out=Later("content", "check"))
    check.add_argument("--register", metavar="R.json", required=True, help="the register to check against")
    check.add_argument("items", metavar="ITEMS.jsonl", help="items, one JSON object a line; - reads stdin")
    _draft(command("draft", "check a post before it is posted", carry_out=Later("draft", "draft")))
    report = command("report", "make a report, or list them all", carry_out=Later("reporting", "report"))
    report.add_argument("id", nargs="?", metavar="ID", help="which report")
    report.add_argument("--list", action="store_true", help="every report there is")
    report.add_argument("--out", metavar="FILE", help="the ending picks the form: .pdf or .xlsx")
    report.add_argument("--from", dest="starts", type=_day, metavar="DATE", help="first day, as 2026-09-01")
    report.add_argument("--to", dest="ends", type=_day, metavar="DATE", help="last day")
    command("verify", "database, audit chain and backups", carry_out=Later("keeping", "verify"))
    backup = command("backup", "a whole encrypted copy of the school", carry_out=Later("keeping", "backup"))
    backup.add_argument("--out", metavar="FILE", required=True)
    restore = command("restore", "a backup, into an empty --home", carry_out=Later("keeping", "restore"))
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="keep what is there beside it, and take its place")
    tour = command("tour", "every screen of the desk, a PNG each", carry_out=Later("showing", "tour"))
    tour.add_argument("--out", metavar="DIR", required=True)
    tour.add_argument("--scheme", choices=("light", "dark"), help="both where absent")
    tour.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH")
    tour.add_argument("--scale", type=float, default=1.0, metavar="1.5", help="text size")
    benching.arguments(command("bench", "the program measured beside named peers"))
    command("selftest", "a scratch school, one whole journey, a verdict", carry_out=Later("showing", "selftest"))
    return top


def _showing(demo: argparse.ArgumentParser) -> None:
    demo.set_defaults(carry_out=Later("showing", "demo"))
    demo.add_argument("--role", choices=("office", "slt", "safeguarding", "headteacher"), default="headteacher")
    demo.add_argument("--headless", action="store_true", help="the main job without a screen")
    demo.add_argument("--out", metavar="DIR", help="with --headless: where the reports go")


def _school(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser, init: argparse.ArgumentParser) -> None:
    init.set_defaults(carry_out=Later("school", "init"))
    init.add_argument("--name", required=True, help="the school's name")
    init.add_argument("--user", required=True, help="the headteacher's user name")
    user = commands.add_parser("user", help="who may sign in", parents=[everywhere])
    verbs = user.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=_Parser)
    add = verbs.add_parser("add", help="let another person sign in", parents=[everywhere])
    add.set_defaults(carry_out=Later("school", "add_user"))
    add.add_argument("name", metavar="NAME", help="the user name")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])


def _imports(commands: argparse._SubParsersAction[_Parser], everywhere: _Parser) -> None:
    bring = commands.add_parser("import", help="bring in the register, or posts and messages", parents=[everywhere])
    kinds = bring.add_subparsers(title="kinds", metavar="KIND", required=True, parser_class=_Parser)
    people = kinds.add_parser("register", help="pupils, guardians, classes, staff", parents=[everywhere])
    people.set_defaults(carry_out=Later("register", "bring_register"))
    people.add_argument("files", nargs="+", metavar="FILE")
    people.add_argument("--as", dest="format", choices=("csv", "xlsx", "ctf", "oneroster"))
    people.add_argument("--map", metavar="FILE", help='JSON: {"field": "column heading"}')
    people.add_argument("--preview", action="store_true", help="show the plan and change nothing")
    feed = kinds.add_parser("feed", help="stories, messages, points, e-mails, chats", parents=[everywhere])
    feed.set_defaults(carry_out=Later("content", "bring_feed"))
    feed.add_argument("files", nargs="+", metavar="FILE")


def _draft(check: argparse.ArgumentParser) -> None:
    check.add_argument("--class", dest="class_name", metavar="NAME", help="the class it is for")
    check.add_argument("--kind", choices=POSTABLE, default=POSTABLE[0])
    check.add_argument("--media", action="append", default=[], choices=[media.value for media in Media])
    check.add_argument("--child", dest="children", action="append", default=[], metavar="NAME", help="who is shown")
    check.add_argument("file", metavar="FILE", help="the draft; - reads stdin")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day as 2026-09-01") from None


def _size(text: str) -> tuple[int, int]:
    try:
        width, height = text.lower().split("x")
        size = int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a size as 1440x900") from None
    if not (400 <= size[0] <= 8_000 and 300 <= size[1] <= 8_000):
        raise argparse.ArgumentTypeError("the size is between 400x300 and 8000x8000")
    return size
