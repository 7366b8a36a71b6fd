"""Who may do what: the table, its page, and duties that must not come together."""

from pathlib import Path

import pytest

from features.errors import BadInput, Forbidden
from serving.jurisdiction import EVERYWHERE
from serving.people.callers import Caller
from serving.people.roles import PERMISSIONS, ROLES, known_roles, machine_permissions, permissions_of
from serving.people.roles_page import roles_page

PAGE = Path(__file__).parents[3] / "docs" / "roles.md"
CHANGES = ("draw", "decide", "hold", "write", "record", "start", "change", "manage", "unmask")


def test_the_page_is_what_the_table_says():
    assert PAGE.read_text(encoding="utf-8") == roles_page(), "run make generated"


def test_roles_name_only_permissions_there_are_and_every_permission_is_somebodys():
    given = permissions_of(ROLES)
    assert given == set(PERMISSIONS)


@pytest.mark.parametrize(
    ("role", "never"),
    [
        ("auditor", [name for name in PERMISSIONS if name.endswith(CHANGES)]),
        ("administrator", ["alerts.read", "claims.read", "employers.read", "watchlists.read", "persons.unmask"]),
        ("data_scientist", ["persons.unmask", "alerts.decide", "settings.change"]),
        ("inspector", ["alerts.read", "claims.read", "settings.change"]),
        ("fund_supervisor", ["settings.change"]),
    ],
)
def test_duties_that_must_not_come_together(role, never):
    assert never
    assert not ROLES[role].may & set(never)


def test_a_caller_may_what_any_of_the_roles_may():
    both = Caller.person("u", ["inspector", "auditor"], EVERYWHERE, "en", "s")
    assert both.may("visits.record") and both.may("unmaskings.read") and not both.may("settings.change")
    with pytest.raises(Forbidden, match=r"settings\.change"):
        both.must("settings.change")


def test_a_role_taken_out_of_the_table_gives_nothing():
    assert permissions_of(["formerly"]) == set()


def test_unknown_names_are_told():
    assert known_roles(["auditor", "auditor"]) == ["auditor"]
    with pytest.raises(BadInput, match="inspector"):
        known_roles(["chief"])
    with pytest.raises(BadInput, match=r"alerts\.decide"):
        machine_permissions(["claims.score", "alerts.decide"])
