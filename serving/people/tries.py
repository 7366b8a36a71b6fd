"""Wrong tries to sign in, of an account and from an address: after a few there is a wait, and it grows.

A try is counted before the password is looked at, so that many at once are many, and taken back when it was right.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from features.errors import TooMany
from serving.people.limits import FAMILIAR_ADDRESS, FIRST_WAIT, FREE_TRIES, LONGEST_WAIT, TRIES_FORGOTTEN
from serving.store.people import SignedIn, Tries, User

NETWORK_BITS = 64  # of an address of IPv6: whoever has one has all of its network


def count_try(session: Session, login: str, address: str, now: dt.datetime) -> None:
    """Count a try. TooMany, with the seconds to wait, where there were too many wrong ones; such a try is not counted.

    To be committed before the password is looked at.
    """
    counted = [(_locked(session, key, now), kind) for kind, key in sorted(_keys(session, login, address, now).items())]
    left = max(tries.newest + wait_after(tries.wrong, kind) - now for tries, kind in counted)
    if left > dt.timedelta():
        raise TooMany(
            "too many wrong tries to sign in",
            wait=left.total_seconds(),
            expected="a wait between tries, longer with each wrong one",
            do="wait as long as Retry-After says, or have the password set again",
        )
    for tries, _ in counted:
        tries.wrong, tries.newest = tries.wrong + 1, now


def take_back(session: Session, login: str, address: str, now: dt.datetime) -> None:
    """The try was right: the account's wrong ones no longer count, and the address has one less.

    To be called before a session begins, which makes its address a familiar one.
    """
    keys = _keys(session, login, address, now)
    session.execute(delete(Tries).where(Tries.key == keys["account"]))
    tries = _locked(session, keys["address"], now)
    tries.wrong = max(0, tries.wrong - 1)


def forget_accounts(session: Session, login: str) -> None:
    """Wrong tries of an account no longer count, wherever they were made: its password was set anew."""
    asked = select(SignedIn.address).join(User, User.user_id == SignedIn.user_id).where(User.login == _plain(login))
    places = {"", *map(_network, session.scalars(asked.distinct()))}
    session.execute(delete(Tries).where(Tries.key.in_([_hashed("account", _plain(login), one) for one in places])))


def forget_old(session: Session, now: dt.datetime) -> None:
    """Remove what counts no more, but for rows that somebody has in hand."""
    old = select(Tries.key).where(Tries.newest < now - TRIES_FORGOTTEN).with_for_update(skip_locked=True)
    session.execute(delete(Tries).where(Tries.key.in_(old)))


def wait_after(wrong: int, kind: str) -> dt.timedelta:
    """How long after the newest of so many wrong tries in a row the next is taken; `kind` is `account` or `address`."""
    beyond = wrong - FREE_TRIES[kind]
    return min(FIRST_WAIT * 2 ** min(beyond - 1, 32), LONGEST_WAIT) if beyond > 0 else dt.timedelta()


def _keys(session: Session, login: str, address: str, now: dt.datetime) -> dict[str, str]:
    """What is counted. Where the account's owner signs in, tries are counted apart from those made elsewhere."""
    login, network = _plain(login), _network(address)
    place = network if _is_familiar(session, login, address, now) else ""
    return {"account": _hashed("account", login, place), "address": _hashed("address", network)}


def _is_familiar(session: Session, login: str, address: str, now: dt.datetime) -> bool:
    asked = (
        select(SignedIn.session_id)
        .join(User, User.user_id == SignedIn.user_id)
        .where(User.login == login, SignedIn.address == address, SignedIn.began > now - FAMILIAR_ADDRESS)
    )
    return session.scalar(asked.limit(1)) is not None


def _plain(login: str) -> str:
    return login.strip().lower()


def _network(address: str) -> str:
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return address
    bits = NETWORK_BITS if given.version == 6 else given.max_prefixlen
    return str(ipaddress.ip_network((given, bits), strict=False))


def _locked(session: Session, key: str, now: dt.datetime) -> Tries:
    """The row of `key`, made if need be, which nobody else changes until this transaction ends."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(Tries).values(key=key, wrong=0, newest=now).on_conflict_do_nothing())
    tries = session.scalars(select(Tries).where(Tries.key == key).with_for_update()).one()
    if tries.newest < now - TRIES_FORGOTTEN:
        tries.wrong = 0
    return tries


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
