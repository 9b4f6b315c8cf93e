"""Column names of other systems' tables, and ours. A mapping file (JSON) adds to them or replaces them."""

import json
import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .tables import heading

# Our field: the headings by which hotline exports name it, the first one found wins.
HEADINGS = {
    "external_id": ("工单编号", "工单号", "受理编号", "留言编号", "信访编号", "ticket_id"),
    "title": ("工单标题", "标题", "诉求标题", "留言主题", "title"),
    "words": ("诉求内容", "问题描述", "工单内容", "留言详情", "信访内容", "content"),
    "spot": ("诉求地址", "事发地址", "地址", "address"),
    "happened_at": ("来电时间", "受理时间", "登记时间", "留言时间", "信访时间", "time"),
    "name": ("诉求人", "来电人", "联系人", "留言用户", "信访人", "caller"),
    "phone": ("联系电话", "来电号码", "手机号", "phone"),
    "urgent": ("紧急程度", "是否紧急", "urgency"),
}
REQUIRED = ("external_id", "words")
# Headings that tell who somebody is: such a column goes to the vault or nowhere, whatever it is mapped to.
PERSONAL = re.compile("姓名|电话|手机|号码|证件|身份证|联系人|联系方式|诉求人|来电人|来话人|投诉人|信访人|用户|邮箱|微信|住址|"
                      "caller|phone|mobile|name|e-?mail", re.IGNORECASE)  # fmt: skip
URGENT_WORDS = {"紧急", "特急", "加急", "是", "yes", "1", "urgent"}


def known_headings(file: Path | None = None) -> frozenset[str]:
    """The headings by which the row of headings is told from titles: the usual ones, and those of a mapping file."""
    usual = (name for names in HEADINGS.values() for name in names)
    return frozenset([*usual, *(_read(file).values() if file else ())])


def mapping_for(headings: list[str], file: Path | None = None) -> dict[str, str]:
    """Our field → the heading of this table. Raises ValidationError, naming what is missing and what there is."""
    chosen = _chosen(file, headings) if file else {}
    mapping = dict(chosen)
    for field, names in HEADINGS.items():
        if field not in chosen and (found := next((n for n in names if n in headings), None)):
            mapping[field] = found
    missing = [field for field in REQUIRED if field not in mapping]
    if missing:
        raise ValidationError(
            _("表里缺少这些列：%(missing)s。表里有：%(there)s。列名不同，就写一个对照文件，例如 {\"%(field)s\": \"表里的列名\"}，用 --mapping 给它。")
            % {
                "missing": _("、").join(HEADINGS[field][0] for field in missing),
                "there": _("、").join(name[:20] for name in headings[:30]) or _("什么也没有"),
                "field": missing[0],
            }
        )  # fmt: skip
    return mapping


def _chosen(file: Path, headings: list[str]) -> dict[str, str]:
    """What the mapping file says; every field is one of ours, every heading one of the table's."""
    chosen = _read(file)
    facts = {"fields": _("、").join(sorted(set(chosen) - set(HEADINGS))), "ours": _("、").join(HEADINGS)}
    if facts["fields"]:
        raise ValidationError(_("对照文件里有不认识的字段：%(fields)s。认识的是：%(ours)s。") % facts)
    gone = sorted(set(chosen.values()) - set(headings))
    if gone:
        raise ValidationError(_("对照文件里的列，表里没有：%(gone)s。表里有：%(there)s。")
                              % {"gone": _("、").join(gone), "there": _("、").join(headings[:30])})  # fmt: skip
    return chosen


def _read(file: Path) -> dict[str, str]:
    """A mapping file: our field → their heading, as tables have it."""
    try:
        chosen = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        raise ValidationError(_("对照文件不是 JSON：%(why)s。写成 {\"words\": \"诉求内容\"} 这样。") % {"why": problem}) from None
    if not isinstance(chosen, dict) or not all(isinstance(name, str) for name in chosen.values()):
        raise ValidationError(_("对照文件要写成 {\"words\": \"诉求内容\"} 这样：我们的字段，表里的列名。"))
    return {field: heading(name) for field, name in chosen.items()}


def phone_in(cell: str) -> str:
    """The number in a cell; nothing where it only says that there is none: "匿名", "保密", "138****0000"."""
    return cell if sum(letter.isdigit() for letter in cell) > 4 and "*" not in cell else ""
