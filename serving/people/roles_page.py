"""The page of roles, in English and Chinese, made from `roles.toml`; tested for staleness."""

from __future__ import annotations

import sys

from serving.people.roles import PERMISSIONS, ROLES, Permission, Role

HEAD = """# Roles 角色

Made from `serving/people/roles.toml` by `make generated`. Somebody may have several roles; what they see is always
limited to the regions given to them, and numbers, accounts, phones and names are masked until a reason is given.
本页由 `make generated` 生成。一人可有多个角色；所见限于获授辖区；号码、账户、电话和姓名均隐去，说明理由后方可查看。
"""


def roles_page() -> str:
    """Markdown: a line a role, then a table of who may do what."""
    titles = [f"{role.title.en} {role.title.zh}" for role in ROLES.values()]
    lines = [HEAD, *(_role(role) for role in ROLES.values()), "", _row(["may 权限", *titles, "token 令牌"])]
    lines.append(_row(["---"] * (len(ROLES) + 2)))
    lines += [_permission(permission) for permission in PERMISSIONS.values()]
    return "\n".join(lines) + "\n"


def _role(role: Role) -> str:
    return f"- **{role.title.en}** (`{role.name}`): {role.does.en}. **{role.title.zh}**：{role.does.zh}。"


def _permission(permission: Permission) -> str:
    who = ["✓" if permission.name in role.may else "" for role in ROLES.values()]
    said = f"{permission.says.en} {permission.says.zh} `{permission.name}`"
    return _row([said, *who, "" if permission.people_only else "✓"])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(roles_page())
