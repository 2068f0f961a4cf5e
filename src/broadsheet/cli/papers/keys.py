"""Keys of the live reader: the owner's password, and tokens for programs."""

import sys
from getpass import getpass
from typing import Annotated

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.printing import moment, print_json, print_table
from broadsheet.errors import ConfigError
from broadsheet.model import Token, TokenScope

password = typer.Typer(help="The password of the live reader.", no_args_is_help=True)
token = typer.Typer(help="Keys with which programs read the paper.", no_args_is_help=True)


@password.command("set")
def set_password(context: typer.Context) -> None:
    """Set the password. It is asked for twice, or read from a pipe; whoever is signed in must sign in again."""
    from broadsheet.web.access.keys import LONGEST_PASSWORD, SHORTEST_PASSWORD, hash_password

    chosen = _ask_twice() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if len(chosen) < SHORTEST_PASSWORD:
        raise ConfigError("password", f"has {len(chosen)} characters; choose one of {SHORTEST_PASSWORD} or more")
    if len(chosen.encode("utf-8", "replace")) > LONGEST_PASSWORD:
        raise ConfigError("password", f"is longer than {LONGEST_PASSWORD:,} bytes, of which no sign-in takes more")
    with paper_store(paper_config(context)) as store:
        store.doors.set_password(hash_password(chosen))
    print("the password is set; every session has ended")


@password.command("remove")
def remove_password(context: typer.Context) -> None:
    """Do without a password. The paper can then be read on this machine alone."""
    with paper_store(paper_config(context)) as store:
        store.doors.set_password(None)
    print("there is no password now: `broadsheet serve` listens to this machine alone")


@token.command("add")
def add_token(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for: phone, script …")],
    scope: Annotated[TokenScope, typer.Option(help="What it may: read, or write, which is both.")] = "read",
    days: Annotated[int | None, typer.Option(min=1, help="How long it is good for; else for ever.")] = None,
) -> None:
    """Make a token. It is shown once, and only its digest is kept."""
    from broadsheet.web.access.keys import make_token, token_name

    secret, made = make_token(token_name(name), scope, now(), days)
    with paper_store(paper_config(context)) as store:
        store.doors.add_token(made)
    print(secret)
    print(f"token {made.id} ({made.name}, {scope}): keep it, for it is not shown again", file=sys.stderr)


@token.command("list")
def list_tokens(context: typer.Context, json: JSON_OPTION = False) -> None:
    """List the tokens. Their secrets are not kept, so they cannot be shown."""
    with paper_store(paper_config(context)) as store:
        tokens = store.doors.tokens()
    if json:
        print_json([_shown(one) for one in tokens])
    elif tokens:
        print_table(
            ("id", "name", "scope", "made", "last used", "good until"),
            (
                (one.id, one.name, one.scope, moment(one.created_at), moment(one.used_at), moment(one.expires_at))
                for one in tokens
            ),
        )
    else:
        print("there are no tokens; `broadsheet token add NAME` makes one")


@token.command("revoke")
def revoke_token(
    context: typer.Context, token_id: Annotated[str, typer.Argument(metavar="ID", help="As `token list` shows it.")]
) -> None:
    """Make a token worthless, at once."""
    with paper_store(paper_config(context)) as store:
        store.doors.revoke(token_id)
    print(f"token {token_id} is worth nothing now")


def _ask_twice() -> str:
    chosen = getpass("password: ")
    if getpass("once more: ") != chosen:
        raise ConfigError("password", "the two differ; nothing was changed")
    return chosen


def _shown(one: Token) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "scope": one.scope,
        "created_at": one.created_at,
        "used_at": one.used_at,
        "expires_at": one.expires_at,
    }
