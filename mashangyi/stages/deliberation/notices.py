"""What deliberation tells: the invited, those whose suggestion was answered, those who confirm, and the room."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...ground.calendar.words import day_words
from ...ground.outbox.notices import NoticeKind
from ...ground.people.models import Post
from ...ground.people.signin import posts_held
from ...topic.models import Topic
from ...topic.notices import ForTheRoom
from ..triage.notices import ReviewWaits
from .models import Invitation, Meeting, Suggestion


def _posts_of(invitations) -> dict[int, Invitation]:
    """Who holds an invitation: its post, or the officers of its unit."""
    rows = list(invitations)
    units = {each.unit_id: each for each in rows if each.unit_id}
    direct = {each.post_id: each for each in rows if each.post_id}
    officers = posts_held().filter(Q(unit__in=units) & Q(role="unit_officer")) if units else []
    return {**{post.pk: units[post.unit_id] for post in officers}, **direct}


def _invitation_of(recipient: str, entry) -> Invitation:
    """The invitation of the person who is told: of one of their posts, the first where they have several."""
    made = _posts_of(Invitation.objects.filter(pk__in=entry.data["invitations"]))
    theirs = Post.objects.filter(pk__in=made, person=recipient.partition(":")[2]).order_by("id")
    return made[theirs.first().pk]


class Invited(NoticeKind):
    """An invitation on the desk of whoever is asked to come."""

    name = "deliberation_invited"
    verbs = ("deliberation.invited",)
    duty = True

    def recipients(self, entry):
        made = Invitation.objects.filter(pk__in=entry.data["invitations"])
        return [f"post:{post}" for post in _posts_of(made)]

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        invitation = _invitation_of(recipient, entry)
        link = reverse("deliberation:invitation", kwargs={"pk": invitation.pk})
        return _("请您参加协商"), _("“%s”请您参加协商会，请答复来不来。") % topic.title, link


class MeetingCalled(NoticeKind):
    """Those who were invited hear when and where, and when it is moved: then all are asked anew."""

    name = "deliberation_called"
    verbs = ("topic.announce", "topic.change_meeting", "topic.second_round")
    duty = True

    def recipients(self, entry):
        invited = Invitation.objects.filter(topic=entry.topic).exclude(answer="not")
        return [f"post:{post}" for post in _posts_of(invited)]

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        meeting = Meeting.objects.get(pk=entry.data["meeting"])
        link = reverse("deliberation:meeting", kwargs={"meeting_id": meeting.pk})
        if entry.verb == "topic.change_meeting":
            return _("协商会改期"), _("“%s”的协商会改期了，新的时间另行公告，到时请再答复来不来。") % topic.title, link
        at = timezone.localtime(meeting.at)
        facts = {"title": topic.title, "day": day_words(at.date()), "hour": f"{at:%H:%M}", "place": meeting.place_words}
        return _("协商会公告"), _("“%(title)s”的协商会定在 %(day)s %(hour)s，%(place)s。") % facts, link


class SuggestionAnswered(NoticeKind):
    """Whoever suggested something hears whether it was adopted, and why."""

    name = "deliberation_answered"
    verbs = ("deliberation.suggestion_answered",)

    def recipients(self, entry):
        person = (
            Suggestion.objects.filter(pk=entry.data["suggestion"]).values_list("person", flat=True).first()
        )
        return [f"person:{person}"] if person else []

    def words(self, entry, recipient):
        suggestion = Suggestion.objects.select_related("topic").get(pk=entry.data["suggestion"])
        title = _("您的建议采纳了") if suggestion.adopted else _("您的建议有了答复")
        link = reverse("topic:page", kwargs={"number": suggestion.topic.number})
        return title, suggestion.answer, link


class ToConfirm(ReviewWaits):
    """Something was agreed: the party organisation of the place is asked to confirm it."""

    name = "deliberation_to_confirm"
    verbs = ("topic.conclude",)
    route = "topic:desk_topic"

    def recipients(self, entry):
        return super().recipients(entry) if entry.data.get("items") else []

    def title(self, entry):
        return _("有协商成果等您确认")


class Confirmed(ForTheRoom):
    """The room hears that it is confirmed and can be handed over."""

    name = "deliberation_confirmed"
    verbs = ("deliberation.confirmed",)


KINDS = (Invited(), MeetingCalled(), SuggestionAnswered(), ToConfirm(), Confirmed())
