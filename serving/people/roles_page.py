"""The page of roles, in English and Chinese, made from `roles.toml`; tested for staleness."""

from __future__ import annotations

import sys

from serving.people.roles import PERMISSIONS, ROLES, Permission, Role

HEAD = """# Roles 角色

Made from `serving/people/roles.toml` by `make generated`. Somebody may have several roles; what they see is always
limited to the regions given to them, and numbers, accounts, phones and names are masked until a reason is given.
本页由 `make generated` 生成。一人可有多个角色；所见限于获授辖区；号码、账户、电话和姓名均隐去，说明理由后方可查看。
"""

ELSEWHERE = """
## Outside the regions 辖区之外

What lies outside somebody's regions does not exist for them: it is answered like what is not there, and is in no list,
count, search, export, tie, candidate or ring that they see. A number that is a fact of a record within their regions (how
many persons use its account, its rank, its probability) may rest on the whole province, for fraud crosses regions, and so
does the score. But no name, number, identifier or link of a person, employer or claim outside is shown: in its place
stands "an employer outside your regions" or "a claim outside your regions". What no region is known of, only those
see who see everywhere. An identifier that is taken outside is taken as a free one when a claim is sent under it to be scored.

辖区之外的内容对其不存在：查询结果与不存在时相同，也不出现在其所见的名单、计数、检索、导出、关联、疑似同一人或团伙中。
辖区内记录自身的数字（如同一账户的人数、名次、概率）可基于全省计算，因为欺诈往往跨辖区，评分亦然；但不显示辖区外个人、单位或申领的
姓名、名称、号码、标识或链接，而以“辖区外的单位”“辖区外的申领”代之。所属辖区不明的内容，仅可见全部辖区者能看到。
以辖区外已占用的编号提交申领即时评分时，按未占用的编号处理。
"""


def roles_page() -> str:
    """Markdown: a line a role, a table of who may do what, and what is seen of other regions."""
    titles = [f"{role.title.en} {role.title.zh}" for role in ROLES.values()]
    lines = [HEAD, *(_role(role) for role in ROLES.values()), "", _row(["may 权限", *titles, "token 令牌"])]
    lines.append(_row(["---"] * (len(ROLES) + 2)))
    lines += [_permission(permission) for permission in PERMISSIONS.values()]
    return "\n".join(lines) + "\n" + ELSEWHERE


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
