"""One function for each question that triage asks; how many queries it takes never depends on the rows."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat
from django.http import Http404

from ...ground.calendar.clock import now
from ...ground.calendar.models import Clock
from ...ground.journal.models import Entry
from ...ground.people.models import Identity, Unit
from ...ground.photos.models import Photo
from ...ground.photos.queries import by_subject, photos_of_all, photos_under
from ...ground.places.naming import past
from ...ground.prepared import prepared
from ...ground.together import together
from ...topic import numbers
from ...topic.models import Category, Topic
from ...topic.queries import demand_reach
from ..intake.models import Report
from .models import CallBack, Decision, DutyRow, Question, Review, SiteVisit
from .shelves import PAGE, of_post, shelf_sizes

MOST_REPORTS, MOST_PHOTOS = 60, 200

# --- one message -------------------------------------------------------------------------------


def message_for(actor, number: str) -> Topic:
    """The topic with this number for someone who works on it. Raises Http404; No outside their place."""
    try:
        topic = message(actor, numbers.serial("Y", number))
    except ValueError:
        topic = None
    if topic is None or topic.number != number:
        raise Http404
    demand_reach(actor, topic)
    return topic


def message(actor, serial: int) -> Topic | None:
    """A topic with everything the screen says of it in one row: its unit, `contact_due`, `asked`, the sizes
    of the shelves, and `room_seq`, the number of the last thing that happened in its room."""
    return _message.first(serial=serial, subject=f"topic:{serial}", **of_post(actor))


@prepared
def _message(serial, subject, **post):
    contact = Clock.objects.filter(subject=subject, kind="contact", stopped_at=None)
    asked = Question.objects.filter(topic=OuterRef("pk"), answered_at=None)
    rows = Topic.objects.select_related("room", "category", "merged_into", "sorting__unit").annotate(
        contact_due=Subquery(contact.values("due_at")[:1]),
        asked=Subquery(asked.values("words")[:1]),
        room_seq=Subquery(Entry.objects.filter(room=OuterRef("room")).order_by("-seq").values("seq")[:1]),
        **shelf_sizes(post),
    )
    return rows.filter(pk=serial)


def reports_of(topic: Topic) -> list[Report]:
    """What was said, in order; each tells whether the vault knows a phone number for it (`has_phone`)."""
    return _reports(topic=topic.pk)


@prepared
def _reports(topic):
    rows = Report.objects.filter(topic=topic).select_related("filed_by").order_by("id")
    return rows.annotate(has_phone=Exists(_phones_of(OuterRef("pk"))))[:MOST_REPORTS]


def _phones_of(key) -> QuerySet[Identity]:
    subject = Concat(Value("report:"), Cast(key, CharField()), output_field=CharField())
    return Identity.objects.filter(subject=subject, field="phone")


def awaits_call(topic: Topic) -> bool:
    """Whether a reporter of this topic left a number and nobody has reached them."""
    reports = topic.reports.filter(withdrawn_at=None).annotate(has_phone=Exists(_phones_of(OuterRef("pk"))))
    return reports.filter(has_phone=True).exclude(call_backs__reached=True).exists()


def photos_by_subject(topic: Topic) -> dict[str, list[Photo]]:
    """The photos of a topic's reports and site visits."""
    reports = topic.reports.values_list("pk", flat=True)
    visits = SiteVisit.objects.filter(_under(topic)).values_list("pk", flat=True)
    return photos_of_all([*(f"report:{pk}" for pk in reports), *(f"visit:{pk}" for pk in visits)])


def photos_for(reports, facts) -> dict[str, list[Photo]]:
    """The photos of reports and visits that are loaded already."""
    visits = [f"visit:{fact.pk}" for fact in facts if fact.kind == "visit"]
    return photos_of_all([*(report.subject for report in reports), *visits])


# --- what was found out ------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """One thing found out about a topic: a visit, a call back, or a question with its answer."""

    kind: str
    pk: int
    at: datetime
    words: str
    more: str
    label: str
    yes: bool


def facts_of(topic: Topic) -> list[Fact]:
    """Visits, call backs and questions of a topic and of those merged into it, newest first; one query."""
    return [Fact(*row[:6], bool(row[6])) for row in _facts(topic=topic.pk)]


@prepared
def _facts(topic):
    columns = ("kind", "pk", "when", "words", "more", "label", "yes")
    visits = SiteVisit.objects.filter(_under(topic)).annotate(
        kind=_said("visit"), when=F("at"), words=F("findings"), more=F("stakeholders"), yes=Value(1)
    )
    calls = CallBack.objects.filter(_under(topic)).annotate(
        kind=_said("call"), when=F("at"), more=_said(""), yes=_as_number("reached")
    )
    asked = Question.objects.filter(_under(topic)).annotate(
        kind=_said("question"), when=F("asked_at"), more=F("answer"), yes=Value(1)
    )
    rows = visits.values_list(*columns).union(
        calls.values_list(*columns), asked.values_list(*columns), all=True
    )
    return rows.order_by("-when", "-pk")[:60]


def _said(words: str) -> Value:
    return Value(words, output_field=CharField())


def _as_number(field: str):
    return Case(When(**{field: True}, then=Value(1)), default=Value(0))


def _under(topic) -> Q:
    """Rows of the topic, and of topics merged into it (and into those)."""
    return (
        Q(topic=topic) | Q(topic__merged_into=topic) | Q(topic__merged_into__merged_into=topic)
        | Q(topic__merged_into__merged_into__merged_into=topic)
    )  # fmt: skip


@prepared
def _visits(topic):
    return SiteVisit.objects.filter(_under(topic)).order_by("-at", "-id")[:30]


@prepared
def _calls(topic):
    return CallBack.objects.filter(_under(topic)).order_by().values_list("reached").annotate(Count("pk"))


def decisions_of(topic: Topic) -> list[Decision]:
    return _decisions(topic=topic.pk)


@prepared
def _decisions(topic):
    return Decision.objects.filter(topic=topic).order_by("-at", "-id")[:10]


@dataclass(frozen=True)
class Told:
    """What everyone may read of checking, review and outcome. `said` are the reporters' photos that are public."""

    visits: list[SiteVisit]
    reached: int
    missed: int
    reviews: list[Review]
    decisions: list[Decision]
    photos: dict[str, list[Photo]]

    @property
    def said(self) -> list[Photo]:
        return [photo for subject, rows in self.photos.items() if subject.startswith("report:") for photo in rows]


def told_of(topic: Topic) -> Told:
    """One query, however much was done."""
    named = {"visits": _visits, "calls": _calls, "reviews": _reviews, "decisions": _decisions}
    named |= {"sent": _report_photos, "taken": _visit_photos}
    found = together(**{name: question.of(topic=topic.pk) for name, question in named.items()})
    calls = dict(found.pop("calls"))
    return Told(reached=calls.get(True, 0), missed=calls.get(False, 0), photos=by_subject(found.pop("sent") + found.pop("taken")), **found)


@prepared
def _report_photos(topic):
    return photos_under("report", Report.objects.filter(topic=topic)).filter(public=True)[:MOST_PHOTOS]


@prepared
def _visit_photos(topic):
    return photos_under("visit", SiteVisit.objects.filter(_under(topic))).filter(public=True)[:MOST_PHOTOS]


def open_question(topic: Topic) -> Question | None:
    """What is being asked at present."""
    return Question.objects.filter(topic=topic, answered_at=None).first()


def answers_of(report: Report) -> list[Question]:
    """What was asked and this report's holder answered, oldest first."""
    return _answers(report=report.pk)


@prepared
def _answers(report):
    return Question.objects.filter(report=report).order_by("asked_at", "id")[:10]


def silent(limit: int) -> list[Topic]:
    """Topics whose reporters were asked and whose time to answer is over, the oldest first."""
    rows = Topic.objects.filter(stage="triage", state="needs_information", due_at__lt=now())
    return list(rows.select_related("room").order_by("due_at", "id")[:limit])


# --- one matter --------------------------------------------------------------------------------


def root_of(topic: Topic) -> Topic:
    """The topic under which a merged one stands at last; an unmerged one is its own root."""
    while topic.merged_into_id:
        topic = Topic.objects.select_related("room").get(pk=topic.merged_into_id)
    return topic


def merged_below(topic: Topic) -> list[int]:
    """The topics merged into this one, and into those, and so on."""
    found, level = [], [topic.pk]
    while level:
        level = list(Topic.objects.filter(merged_into__in=level, state="merged").values_list("pk", flat=True))
        found += level
    return found


def merged_into(topic: Topic) -> list[Topic]:
    """The topics that were joined to this one, the latest first: each may be split off again."""
    return list(topic.merged.filter(state="merged").order_by("-moved_at")[:30])


# --- category and unit -------------------------------------------------------------------------


def categories_with_duty(place: str) -> list[Category]:
    """The scheme in its order, each row with `unit_id` and `unit_name`: whose duty it is in this place."""
    return _scheme(city=place[:4], county=place[:6], town=place[:9], place=place)


@prepared
def _scheme(**places):
    duty = DutyRow.objects.filter(category=OuterRef("pk"), place__in=list(places.values())).order_by("-place")
    rows = Category.objects.annotate(
        unit_id=Subquery(duty.values("unit")[:1]), unit_name=Subquery(duty.values("unit__name")[:1])
    )
    return rows.order_by("order", "path")


def duty_of(categories: list[Category], path: str) -> Category | None:
    """The row that names the unit for a category: its own, else that of the group it belongs to."""
    by_path = {each.path: each for each in categories}
    rows = (by_path.get(each) for each in (path, path.partition("/")[0]))
    return next((row for row in rows if row and row.unit_id), None)


def grouped(categories: list[Category]) -> list[tuple[str, list[Category]]]:
    """Categories of the second level under the names of the first, as a list of choices."""
    names = {each.path: each.label for each in categories if "/" not in each.path}
    below = [each for each in categories if "/" in each.path]
    return [
        (names.get(head, head), list(rows))
        for head, rows in groupby(below, key=lambda each: each.path.partition("/")[0])
    ]


def full_name(categories: list[Category], path: str) -> str:
    """ "环境卫生 › 施工噪声"."""
    names = {each.path: each.label for each in categories}
    head = path.partition("/")[0]
    return " › ".join(names[each] for each in dict.fromkeys((head, path)) if each in names)


def unit_of(topic: Topic) -> Unit | None:
    """The unit a clerk put down as responsible; the stages that follow start from it."""
    sorting = getattr(topic, "sorting", None)
    return sorting.unit if sorting else None


# --- review ------------------------------------------------------------------------------------


def reviews_of(topic: Topic) -> list[Review]:
    """Every review of a topic that was decided, newest first."""
    return _reviews(topic=topic.pk)


@prepared
def _reviews(topic):
    return Review.objects.filter(topic=topic).exclude(decided_at=None).order_by("-decided_at")[:10]


def late_reviews(place: str, limit: int = PAGE) -> list[Topic]:
    """Emergencies under a place that still wait for the look afterwards, each with `late_due`, due first; one
    that was over within the day, too."""
    running = Clock.objects.filter(kind="late_review", stopped_at=None, place__gte=place, place__lt=past(place))
    due = dict(running.order_by("due_at", "id").values_list("topic", "due_at")[:limit])
    topics = Topic.objects.select_related("room").in_bulk(list(due))
    for topic in topics.values():
        topic.late_due = due[topic.pk]
    return [topics[pk] for pk in due]


def late_review_due(topic: Topic) -> datetime | None:
    """Until when an emergency is to be looked at afterwards; None when it need not be, or has been."""
    running = Clock.objects.filter(subject=topic.subject, kind="late_review", stopped_at=None)
    return running.values_list("due_at", flat=True).first()
