"""The fixed words of deliberation: parties, forms, kinds of ballots, sources of money. Keys are
stored, words shown."""

from django.utils.translation import gettext_noop as N_

# The eight parties (一码联八方), in the order in which they are always shown.
PARTIES = {
    "residents": N_("群众"),
    "grid_workers": N_("网格员"),
    "members": N_("政协委员"),
    "deputies": N_("人大代表、党员"),
    "departments": N_("职能部门、承办单位"),
    "experts": N_("专家、社会组织"),
    "enterprises": N_("企业、物业"),
    "organisation": N_("党组织、政协"),
}
# In what class somebody takes part: one of the parties, or a guest whom nobody has vouched for yet.
CLASSES = {**PARTIES, "guest": N_("来宾（未核对）")}
# The class of somebody who signs in while acting in a post.
CLASS_OF_ROLE = {
    "grid_worker": "grid_workers",
    "member": "members",
    "unit_officer": "departments",
    "reviewer": "organisation",
    "clerk": "organisation",
    "convener": "organisation",
    "mediator": "experts",
    "supervisor": "organisation",
}

FORMS = {
    "room": N_("议事室"),
    "field": N_("田间地头"),
    "stool": N_("小板凳会"),
    "square": N_("广场议事会"),
    "online": N_("线上"),
    "hybrid": N_("线上线下同步"),
    "on_the_spot": N_("现场即议"),
}
REMOTE_FORMS = {"online", "hybrid"}

# The reason that a meeting called on the spot has for its short notice and for inviting nobody.
AT_ONCE = N_("现场即议")
MEETING_STATES = {
    "planned": N_("已公告"),
    "open": N_("正在开"),
    "closed": N_("已结束"),
    "called_off": N_("已改期"),
    "paused": N_("已转调解"),
}

ANSWERS = {"coming": N_("参加"), "substitute": N_("派人参加"), "not": N_("来不了")}

# How somebody takes part, and how a vote reached the tally.
WAYS = {"site": N_("现场"), "online": N_("线上"), "clerk": N_("专员代录")}
ORIGINS = {"phone": N_("手机"), "clerk": N_("专员代录"), "hands": N_("举手"), "paper": N_("纸票")}
COUNTED = ("hands", "paper")

BALLOT_KINDS = {"agree": N_("同意或反对"), "consent": N_("能不能接受"), "choice": N_("几选一")}
CHOICES = {
    "agree": {"agree": N_("同意"), "disagree": N_("反对"), "abstain": N_("弃权")},
    "consent": {"consent": N_("可以接受"), "concern": N_("有顾虑"), "block": N_("不能接受")},
}
NEEDS_WORDS = {"concern", "block"}
# Whose votes a ballot takes. A guest is whoever has the digits: one phone may be many of them. A ballot that
# takes guests shows a mood and decides nothing.
ELECTORATES = {
    "vouched": N_("用手机号登录或专员核对过的各方"),
    "residents": N_("用手机号登录或专员核对过的群众"),
    "everyone": N_("所有签到的人，只看倾向"),
}
MOOD = "everyone"
BALLOT_OUTCOMES = {
    "passed": N_("通过"),
    "failed": N_("没有通过"),
    "blocked": N_("有人不能接受"),
    "no_quorum": N_("人数不够"),
    "mood": N_("只看倾向，不作决定"),
}

OUTCOMES = {"agreed": N_("达成一致"), "partly": N_("部分一致"), "none": N_("没有谈拢")}
SOURCES = {
    "department": N_("部门资金"),
    "village": N_("村（居）自筹"),
    "service_fund": N_("为民服务专项经费"),
    "enterprise": N_("企业出资"),
    "donation": N_("捐赠"),
    "none": N_("不用花钱"),
}
PROCUREMENT = {"none": N_("不用采购"), "quote": N_("比价"), "tender": N_("公开招标")}
PLEDGE_KINDS = {
    "people": N_("出人"),
    "goods": N_("出物"),
    "venue": N_("出场地"),
    "money": N_("出钱"),
    "purchase": N_("认购"),
    "skill": N_("出技术"),
}
VOTE_PROCEDURES = {"owners": N_("业主共同决定（民法典第 278 条）"), "village": N_("四议两公开")}
