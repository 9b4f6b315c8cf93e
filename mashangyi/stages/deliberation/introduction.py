"""What deliberation adds to the law, the journal, the desks, the topic's pages and the notices."""

from django.utils.translation import gettext_noop as N_

from ...ground.journal.verbs import Verb
from ...ground.journal.verbs import declare as declare_verbs
from ...ground.outbox.notices import declare as declare_notices
from ...ground.people.actor import KEEPERS, ROLES
from ...ground.people.law import Permission
from ...ground.people.law import declare as declare_law
from ...topic.desk import declare as declare_inbox
from ...topic.panels import declare as declare_panels
from ..intake.leads import declare as declare_lead
from . import desk, leads, notices, panels

EVERYONE = tuple(role for role in ROLES if role not in {"system", "integration"})

declare_law(
    Permission("deliberation.research", N_("记录会前调研"), (*KEEPERS, "member"), "room"),
    Permission("deliberation.option", N_("拟出可选的方案"), KEEPERS, "room"),
    Permission("deliberation.suggest", N_("提建议"), EVERYONE, "anyone"),
    Permission("deliberation.answer_suggestion", N_("答复建议：采纳没有、为什么"), KEEPERS, "room"),
    Permission("deliberation.invite", N_("邀请各方参加协商会"), KEEPERS, "room"),
    Permission("deliberation.answer_invitation", N_("答复给自己的邀请"), desk.INVITED, "own"),
    Permission("deliberation.announce", N_("公告协商会和改期"), KEEPERS, "room"),
    Permission("deliberation.meet_at_once", N_("现场即议、应急处置"), KEEPERS, "room"),
    Permission("deliberation.open", N_("开会、走议程"), KEEPERS, "room"),
    Permission("deliberation.sign_in", N_("签到参加协商会"), EVERYONE, "anyone"),
    Permission("deliberation.say", N_("在会上发言、保留意见"), EVERYONE, "own"),
    Permission("deliberation.vote", N_("在会上投自己的一票"), EVERYONE, "own"),
    Permission("deliberation.enter_for", N_("替没有手机的人签到、记发言、录票"), KEEPERS, "room"),
    Permission("deliberation.ballot", N_("发起和结束表决"), KEEPERS, "room"),
    Permission("deliberation.count", N_("录入举手数和纸票数"), KEEPERS, "room"),
    Permission("deliberation.conclude", N_("宣布协商结果，或再议、提请上级"), ("convener",), "room"),
    Permission("deliberation.pledge", N_("登记认领和兑现"), KEEPERS, "room"),
    Permission("deliberation.confirm", N_("确认协商成果"), ("reviewer",), "place"),
    Permission("deliberation.hand_to_vote", N_("交法定表决并记录结果"), KEEPERS, "room"),
)

declare_verbs(
    Verb("deliberation.researched", N_("会前调研：%(who)s")),
    Verb("deliberation.option_added", N_("方案%(label)s：%(title)s")),
    Verb("deliberation.suggested", N_("收到一条建议"), listed=False),
    Verb("deliberation.suggestion_answered", N_("答复了一条建议"), listed=False),
    Verb("deliberation.invited", N_("邀请参加协商：%(who)s")),
    Verb("deliberation.invitation_answered", N_("%(body)s：%(answer)s"), listed=False),
    Verb("deliberation.signed_in", N_("第 %(number)s 位签到：%(kind)s，%(way)s"), listed=False),
    Verb("deliberation.vouched", N_("核对了第 %(number)s 位：%(kind)s"), listed=False),
    Verb("deliberation.struck", N_("划掉了第 %(number)s 位的签到"), listed=False),
    Verb("deliberation.heads_counted", N_("现场清点 %(heads)s 人"), listed=False),
    Verb("deliberation.said", N_("%(kind)s发言（%(way)s）"), listed=False),
    Verb("deliberation.withheld", N_("一条发言没有公开：%(why)s"), listed=False),
    Verb("deliberation.turned_to", N_("议程往下走"), listed=False),
    Verb("deliberation.dissented", N_("记下一条保留意见")),
    Verb("deliberation.ballot_opened", N_("开始表决：%(question)s")),
    Verb("deliberation.voted", N_("收到一票（%(origin)s）"), listed=False),
    Verb("deliberation.counted", N_("录入%(origin)s %(total)s 票"), listed=False),
    Verb("deliberation.ballot_closed", N_("表决结束：“%(question)s”%(outcome)s，共 %(total)s 票")),
    Verb("deliberation.mood_asked", N_("看看大家的倾向，不作决定：%(question)s")),
    Verb("deliberation.mood_taken", N_("看过倾向，不作决定：“%(question)s”，共 %(total)s 票")),
    Verb("deliberation.pledged", N_("%(who)s认领：%(quantity)s")),
    Verb("deliberation.pledge_kept", N_("%(who)s兑现了：%(quantity)s")),
    Verb("deliberation.pledge_broken", N_("%(who)s没有兑现：%(quantity)s")),
    Verb("deliberation.confirmed", N_("党组织确认了协商成果")),
)

declare_inbox(*desk.INBOXES)
declare_notices(*notices.KINDS)
declare_panels(*panels.PANELS)
declare_lead("deliberate", leads.to_meeting)
declare_lead("sign_in", leads.to_sign_in)
declare_lead("suggest", leads.to_suggest)
