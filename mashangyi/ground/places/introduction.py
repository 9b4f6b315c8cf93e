"""What places add to the law and the journal."""

from django.utils.translation import gettext_noop as N_

from ..journal import verbs
from ..journal.verbs import Verb
from ..people import law
from ..people.law import Permission

law.declare(
    Permission("places.import", N_("导入区划名单"), ("city_admin",), "anyone"),
    Permission("places.name", N_("增减区划的别名"), ("city_admin",), "anyone"),
    Permission("places.room", N_("开设、修改、关闭议事室"), ("city_admin",), "place"),
    Permission("places.print", N_("查看和打印议事室的码"), ("city_admin", "clerk", "convener"), "room"),
    Permission("places.code", N_("制作和停用议事室的码"), ("city_admin",), "place"),
)

verbs.declare(
    Verb(
        "places.imported",
        N_("导入区划：新增 %(added)s 个，改动 %(changed)s 个，别名 %(named)s 个"),
        public=False,
    ),
    Verb("places.named", N_("区划增加别名“%(name)s”"), public=False),
    Verb("places.unnamed", N_("区划去掉别名“%(name)s”"), public=False),
    Verb("places.opened", N_("%(room)s开放")),
    Verb("places.changed", N_("%(room)s更新了信息")),
    Verb("places.closed", N_("%(room)s关闭：%(why)s")),
    Verb("places.codes_made", N_("制作了 %(count)s 个码"), public=False),
    Verb("places.code_revoked", N_("停用了一个码：%(why)s"), public=False),
)
