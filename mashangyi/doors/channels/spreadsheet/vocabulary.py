"""Column names of other systems' tables, and ours. A mapping file (JSON) adds to them or replaces them."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Our field: the headings by which hotline exports name it, the first one found wins.
HEADINGS = {
    "external_id": ("工单编号", "工单号", "受理编号", "留言编号", "ticket_id"),
    "title": ("工单标题", "标题", "诉求标题", "留言主题", "title"),
    "words": ("诉求内容", "问题描述", "工单内容", "留言详情", "content"),
    "spot": ("诉求地址", "事发地址", "地址", "address"),
    "happened_at": ("来电时间", "受理时间", "登记时间", "留言时间", "time"),
    "name": ("诉求人", "来电人", "联系人", "留言用户", "caller"),
    "phone": ("联系电话", "来电号码", "手机号", "phone"),
    "urgent": ("紧急程度", "是否紧急", "urgency"),
}
REQUIRED = ("external_id", "words")
# Facts about who said it: they go to the vault and nowhere else.
IDENTITIES = ("name", "phone")
URGENT_WORDS = {"紧急", "特急", "是", "yes", "1", "urgent"}


def mapping_for(headings: list[str], file: Path | None = None) -> dict[str, str]:
    """Our field → the heading of this table. Raises ValidationError when a required one is missing."""
    chosen = _chosen(file) if file else {}
    unknown = set(chosen) - set(HEADINGS)
    if unknown:
        raise ValidationError(_("对照文件里有不认识的字段：%s。") % "、".join(sorted(unknown)))
    mapping = {field: name for field, name in chosen.items() if name in headings}
    for field, names in HEADINGS.items():
        if field not in chosen and (found := next((n for n in names if n in headings), None)):
            mapping[field] = found
    missing = [field for field in REQUIRED if field not in mapping]
    if missing:
        raise ValidationError(
            _("表里缺少这些列：%(missing)s。请写一个对照文件，例如 {\"words\": \"诉求内容\"}。")
            % {"missing": "、".join(HEADINGS[field][0] for field in missing)}
        )
    return mapping


def _chosen(file: Path) -> dict[str, str]:
    """What a mapping file says. Raises ValidationError when it is none."""
    try:
        chosen = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        raise ValidationError(_("对照文件读不懂：%s") % problem) from None
    if not isinstance(chosen, dict) or not all(isinstance(name, str) for name in chosen.values()):
        raise ValidationError(_("对照文件要写成这样：{\"words\": \"诉求内容\"}。"))
    return chosen
