"""The account tried once, and told in a few lines."""

from dataclasses import astuple
from datetime import datetime
from typing import Literal

from ishc.beginning.chosen import SANDBOX
from ishc.context import Context
from ishc.doctor.servers import look_at
from programme.account import ServerSettings, token
from programme.problem import ProblemError

Account = Literal["fine", "not reached", "refused", "no token"]
_NOT_REACHED = {"server-unreachable", "server-name", "server-timeout"}


def tried(context: Context, account: ServerSettings, now: datetime) -> Account:
    """Try the account, tell what was found, and go on whatever it was."""
    try:
        token(account, context.environ)
    except ProblemError:
        return "no token"
    found: Account = "fine"
    for seen in look_at(account, context.environ, now):
        if {each.code for each in seen.problems} & _NOT_REACHED:
            found = "not reached"
            if account.name == SANDBOX.name:  # it is started as the next step
                return found
        elif any(each.severity == "error" for each in seen.problems):
            found = "refused"
        context.say(*(f"{'✗' if seen.problems else '✓'} {each}" for each in astuple(seen.what)))
        context.problems(seen.problems)
    return found
