"""What people add to the law and to the journal."""

from django.utils.translation import gettext_noop as N_

from ..journal import verbs
from ..journal.verbs import Verb
from . import law
from .law import Permission

law.declare(
    Permission("people.unseal", N_("为联系反映人查看姓名和电话"), ("clerk", "convener"), "room"),
    Permission("people.unseal_filed", N_("查看自己代提的反映人的姓名和电话"), ("grid_worker",), "own"),
    Permission("people.appoint", N_("任命岗位"), ("city_admin",), "place"),
    Permission("people.dismiss", N_("结束任期"), ("city_admin",), "place"),
    Permission("people.invite", N_("给工作人员发设置密码的链接"), ("city_admin",), "place"),
    Permission("people.make_unit", N_("登记承办单位"), ("city_admin",), "place"),
    Permission("people.change_vault_key", N_("给身份保险箱换钥匙"), ("system",), "anyone"),
    Permission("people.erase", N_("注销自己的账号，删去姓名和电话"), ("resident",), "own"),
)

verbs.declare(
    Verb("people.unsealed", N_("为“%(purpose)s”查看了联系方式"), public=False),
    Verb("people.appointed", N_("任命%(label)s，从 %(since)s起")),
    Verb("people.post_ended", N_("%(label)s任期结束")),
    Verb("people.invited", N_("发出设置密码的链接"), public=False),
    Verb("people.unit_made", N_("登记承办单位：%(name)s")),
    Verb("people.unit_changed", N_("修改承办单位：%(name)s")),
    Verb("people.password_set", N_("设置了密码"), public=False),
    Verb("people.second_factor_added", N_("登记了第二重验证"), public=False),
    Verb("people.second_factor_removed", N_("解除了第二重验证"), public=False),
    Verb("people.recovery_codes_made", N_("生成了新的备用码"), public=False),
    Verb("people.vault_key_changed", N_("身份保险箱换了新钥匙")),
    Verb("people.vault_key_retired", N_("身份保险箱的旧钥匙已经收走，%(sheets)s 条都用新钥匙封着")),
    Verb("people.erased", N_("一位居民注销了账号"), public=False),
)
