"""The five questions, each asked until its answer is understood."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import click

from ishc.beginning import read
from ishc.beginning.chosen import KOBO, KOBO_EU, NIGHTS, SANDBOX, USUAL, Chosen, Place, Secret
from ishc.beginning.sandbox import free_sandbox
from ishc.beginning.words import ANSWER, FOUND, MADE, QUESTIONS
from ishc.context import Context
from ishc.language import of_person
from programme.areas import Areas
from programme.problem import Language, ProblemError

Answer = TypeVar("Answer")
_LANGUAGES: tuple[Language, ...] = ("vi", "en")
_SERVERS = (KOBO, KOBO_EU, None, None, SANDBOX)
_OWN_KOBO, _CENTRAL = "3", "4"


@dataclass(frozen=True, slots=True)
class Given:
    """What stood on the command line; None or empty where nothing did.

    Args:
        area: names or codes of provinces.
        server: ``kobo``, ``kobo-eu``, ``sandbox`` or an address.
        phones_url: where phones send, on a KoBo of one's own.
        user: e-mail address on ODK Central.
        project: its number there.
        secret: where the token is.
        night: what is done every night.
    """

    area: str | None = None
    server: str | None = None
    phones_url: str = ""
    user: str = ""
    project: int | None = None
    secret: Secret | None = field(default=None, repr=False)
    night: str | None = None


def somebody_there(context: Context) -> bool:
    """Tell whether questions can be asked."""
    return not context.as_json and sys.stdin.isatty() and sys.stdout.isatty()


def choose(context: Context, given: Given, areas: Areas, *, asking: bool) -> Chosen:
    """Take what was given, and ask for the rest where somebody is there.

    Args:
        context: who speaks; its language is the first answer.
        given: the options.
        areas: all provinces.
        asking: False takes what is usual instead: Vietnamese, KoBo's own server, the whole
            country, nothing more at night.

    Raises:
        ProblemError: an option that cannot be used.
        click.Abort: Ctrl+C at a question.
    """
    ask = _Questions(context, asking)
    language = context.asked_language or ask.language()
    if asking:
        context.asked_language = language
    provinces = ask.one("area", given.area, "VN", lambda text: read.provinces(text, areas))
    place = _place(ask, given)
    secret = given.secret or ask.secret(place)
    usual = " ".join(str(NIGHTS.index(each) + 1) for each in USUAL) if asking else "none"
    return Chosen(
        language, provinces, place, secret, ask.one("night", given.night, usual, read.nights)
    )


def _place(ask: "_Questions", given: Given) -> Place:
    if given.server is not None or not ask.asking:
        found = read.place(
            given.server or "kobo",
            phones_url=given.phones_url,
            user=given.user,
            project=given.project,
        )
        return free_sandbox() if found == SANDBOX else found
    number = ask.one("server", None, "1", lambda text: str(read.number(text, len(_SERVERS))))
    if usual := _SERVERS[int(number) - 1]:
        return free_sandbox() if usual == SANDBOX else usual
    url = ask.line("address", read.address)
    if number == _OWN_KOBO:
        return Place("kobo", url, ask.line("phones", read.address, read.phones_of(url)))
    user = ask.line("user", read.user)
    return Place("central", url, user=user, project=ask.line("project", read.project, ""))


@dataclass(frozen=True, slots=True)
class _Questions:
    """Who is asked."""

    context: Context
    asking: bool

    def language(self) -> Language:
        """Ask in both languages; unasked it is that of the country."""
        if not self.asking:
            return "vi"
        usual = of_person()
        number = str(_LANGUAGES.index(usual) + 1)
        return self.one("language", None, number, lambda text: _LANGUAGES[read.number(text, 2) - 1])

    def one(
        self, name: str, given: str | None, usual: str, reads: Callable[[str], Answer]
    ) -> Answer:
        """Read what was given, else ask; unasked the usual answer holds."""
        if given is not None or not self.asking:
            return reads(usual if given is None else given)
        click.echo(f"\n{QUESTIONS[name].in_(self.context.language)}")
        shown = None if name == "area" else usual
        return self._until(ANSWER.in_(self.context.language), reads, shown)

    def line(self, name: str, reads: Callable[[str], Answer], usual: str | None = None) -> Answer:
        """Ask for one thing more."""
        return self._until(QUESTIONS[name].in_(self.context.language), reads, usual)

    def secret(self, place: Place) -> Secret:
        """Find the token, or ask for it without showing it; it may come later."""
        language = self.context.language
        if place.name == "sandbox":
            if self.asking:
                click.echo(f"\n{MADE.in_(language)}")
            return read.made_secret()
        if self.context.environ.get(place.variable, "").strip():
            if self.asking:
                click.echo(f"\n{FOUND.in_(language).format(name=place.variable)}")
            return Secret()
        if not self.asking:
            return Secret()
        click.echo(f"\n{QUESTIONS['password' if place.user else 'token'].in_(language)}")
        return self._until(
            ANSWER.in_(language), lambda text: read.secret(text, place), "", hidden=True
        )

    def _until(
        self,
        prompt: str,
        reads: Callable[[str], Answer],
        usual: str | None,
        *,
        hidden: bool = False,
    ) -> Answer:
        while True:
            text = click.prompt(
                prompt, default=usual, show_default=bool(usual), hide_input=hidden, err=False
            )
            try:
                return reads(text)
            except ProblemError as error:
                self.context.problems(error.problems)
