"""From the journal to the people: entries become notices, notices become deliveries, deliveries are sent.

Any number of workers may run. A notice is made once (journal number, kind, recipient), a delivery is
claimed by one of them, and the database is let go of before anything outside is called.
"""

import logging
from collections import defaultdict

from django.conf import settings
from django.db import OperationalError
from django.db.models import F
from django.utils import translation
from django.utils.translation import ngettext

from ..calendar.clock import now
from ..journal import read
from ..journal.deeds import turn
from ..journal.models import Entry
from . import rules
from .carriers import CARRIERS, Refused
from .models import OPEN, Delivery, Notice, Unmade, Wish
from .notices import KINDS, NoticeKind, kinds_for
from .recipients import accounts, person, resolved

log = logging.getLogger("mashangyi.outbox")
READER = "notices"
BATCH = 100
DIGEST = "digest"


# --- journal → notices ------------------------------------------------------------------------


def project(limit: int = BATCH) -> int:
    """Make the notices of the next entries of the journal; how many entries were read.

    What to say to whom is found out before the write begins; then notices, deliveries and the place in
    the journal are written in one turn. Another worker that did the same meanwhile makes it void.
    """
    seen = read.has_read(READER)
    entries = read.since(seen, limit)
    if not entries:
        return 0
    drafts, failures = _drafted(entries)
    with turn():
        if not read.advance(READER, seen=seen, to=entries[-1].seq):
            return 0
        Unmade.objects.bulk_create(failures, ignore_conflicts=True)
        _write(drafts)
    return len(entries)


def make_again() -> int:
    """Try once more what failed (after a release that mends its kind); how many entries it worked for.

    What fails again goes to the end of the row, so that a hundred hopeless ones hold up nobody.
    """
    mended = 0
    for unmade in Unmade.objects.order_by("failed_at", "id")[:BATCH]:
        entry, kind = read.one(unmade.seq), KINDS.get(unmade.kind)
        drafts, failures = _drafted([entry], [kind]) if entry and kind else ([], True)
        if failures:
            Unmade.objects.filter(pk=unmade.pk).update(failed_at=now())
            continue
        with turn():
            _write(drafts)
            unmade.delete()
        mended += 1
    return mended


Draft = tuple[Notice, NoticeKind, Wish | None]


def _drafted(entries: list[Entry], kinds: list[NoticeKind] | None = None) -> tuple[list[Draft], list[Unmade]]:
    """The notices of these entries, and where a kind failed: that one alone goes without."""
    drafts, failures = [], []
    for entry in entries:
        for kind in kinds or kinds_for(entry.verb):
            try:
                drafts += _of_entry(entry, kind)
            except OperationalError:  # the database's fault, not the kind's: the whole batch waits
                raise
            except Exception as problem:
                log.exception("the notice %s of entry %d could not be made", kind.name, entry.seq)
                error = f"{type(problem).__name__}: {problem}"[:300]
                failures.append(Unmade(seq=entry.seq, kind=kind.name, error=error))
    return drafts, failures


def _of_entry(entry: Entry, kind: NoticeKind) -> list[Draft]:
    told = _told(entry, resolved(kind.recipients(entry)))
    wishes = Wish.objects.in_bulk(told) if told else {}
    return [
        (_notice(entry, kind, whom, name, wishes.get(whom)), kind, wishes.get(whom))
        for whom, name in told.items()
        if kind.duty or not _silent(wishes.get(whom))
    ]


def _told(entry: Entry, names: list[str]) -> dict[str, str]:
    """Who gets the notice, and by which name the kind knows them: a receipt's goes to the account that has its phone
    number, so that it stands on that page and the wishes said there hold. Never to the doer."""
    doer, owners, told = person(entry.person) if entry.person else "", accounts(names), {}
    for name in names:
        whom = owners.get(name, name)
        if whom != doer:
            told[name if whom in told else whom] = name
    return told


def _notice(entry: Entry, kind: NoticeKind, whom: str, name: str, wish: Wish | None) -> Notice:
    with translation.override(wish.language if wish else settings.LANGUAGE_CODE):
        title, words, link = kind.words(entry, name)
    return Notice(
        seq=entry.seq, kind=kind.name, recipient=whom, title=title[:120], words=words, link=link[:200],
        urgent=kind.is_urgent(entry), created_at=entry.at,
    )  # fmt: skip


def _silent(wish: Wish | None) -> bool:
    return bool(wish and wish.silent)


# --- notices → deliveries ---------------------------------------------------------------------


def _write(drafts: list[Draft]) -> None:
    """Write the notices that are not there yet, and their deliveries."""
    if not drafts:
        return
    Notice.objects.bulk_create([notice for notice, _kind, _wish in drafts], ignore_conflicts=True)
    seqs = {notice.seq for notice, _kind, _wish in drafts}
    made = {(n.seq, n.kind, n.recipient): n for n in Notice.objects.filter(seq__in=seqs)}
    names = {notice.recipient for notice, _kind, _wish in drafts}
    reached = {carrier.name: carrier.reaches(names) for carrier in CARRIERS.values()}
    deliveries = [
        delivery
        for draft, kind, wish in drafts
        for delivery in _deliveries(made[draft.seq, draft.kind, draft.recipient], kind, wish, reached)
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def _deliveries(notice: Notice, kind: NoticeKind, wish: Wish | None, reached) -> list[Delivery]:
    done = Delivery(notice=notice, carrier="page", state="sent", sent_at=now())
    if now() - notice.created_at > rules.STALE:
        return [done]
    wanted = [name for name in kind.carriers if not (wish and wish.carriers) or name in wish.carriers]
    ways = [CARRIERS[name] for name in wanted if notice.recipient in reached[name]]
    return [done, *(_delivery(notice, carrier, kind, wish) for carrier in ways)]


def _delivery(notice: Notice, carrier, kind: NoticeKind, wish: Wish | None) -> Delivery:
    if wish and wish.digest and not kind.duty and not notice.urgent:
        return Delivery(notice=notice, carrier=carrier.name, state=DIGEST, next_at=rules.next_morning(now()))
    when = rules.by_day(now(), rings=carrier.rings, urgent=notice.urgent)
    return Delivery(notice=notice, carrier=carrier.name, next_at=when)


# --- the daily letter -------------------------------------------------------------------------


def bundle_due(limit: int = 500) -> int:
    """Put what waits for the daily letter into one letter for each; how many letters."""
    due = Delivery.objects.filter(state=DIGEST, next_at__lte=now())
    if not due.exists():
        return 0
    heaps = defaultdict(list)
    with turn():
        for delivery in (
            due.select_for_update(of=("self",)).select_related("notice").order_by("next_at", "id")[:limit]
        ):
            heaps[delivery.notice.recipient, delivery.carrier].append(delivery)
        for (name, carrier), heap in heaps.items():
            _letter(name, carrier, heap)
    return len(heaps)


def _letter(name: str, carrier: str, heap: list[Delivery]) -> None:
    wish = Wish.objects.filter(pk=name).first()
    with translation.override(wish.language if wish else settings.LANGUAGE_CODE):
        n = len(heap)
        title = ngettext("有 %(n)s 件新进展：", "有 %(n)s 件新进展：", n) % {"n": n}
    words = "\n".join([title, *(f"{place}. {each.notice.words}" for place, each in enumerate(heap, 1))])
    letter, _made = Notice.objects.get_or_create(
        seq=max(each.notice.seq for each in heap), kind=f"{DIGEST}:{carrier}", recipient=name,
        defaults={"title": title, "words": words, "link": "/notices/", "seen_at": now()},
    )  # fmt: skip
    Delivery.objects.get_or_create(notice=letter, carrier=carrier)
    Delivery.objects.filter(pk__in=[each.pk for each in heap], state=DIGEST).update(state="bundled")


# --- deliveries → outside ---------------------------------------------------------------------


def deliver_due(limit: int = 100) -> int:
    """Send what is due, one after the other; how many were taken up, sent or not."""
    bundle_due()
    _hold_until_morning()
    taken = 0
    while taken < limit and (delivery := _claim()):
        _send(delivery)
        taken += 1
    return taken


def _hold_until_morning() -> None:
    """What was due by day and is still there at night waits until the morning."""
    if not rules.is_night(now()):
        return
    ringing = [carrier.name for carrier in CARRIERS.values() if carrier.rings]
    late = Delivery.objects.filter(state="waiting", next_at__lte=now(), carrier__in=ringing)
    late.filter(notice__urgent=False).update(next_at=rules.next_morning(now()))


def _claim() -> Delivery | None:
    """Take up the delivery that has been due longest: of two workers that want it, one gets it."""
    for state in OPEN:
        due = Delivery.objects.filter(state=state, next_at__lte=now()).order_by("next_at")
        for delivery in due.select_related("notice")[:20]:
            if _take(delivery):
                return delivery
    return None


def _take(delivery: Delivery) -> bool:
    """Make it ours if it is still as we saw it; one whose every try ended its worker is given up."""
    seen = Delivery.objects.filter(pk=delivery.pk, state=delivery.state, attempts=delivery.attempts)
    if delivery.attempts > len(rules.BACK_OFF):
        seen.update(state="dead", error="the worker ended in the middle of every try")
        return False
    taken = seen.update(state="sending", attempts=F("attempts") + 1, next_at=now() + rules.LEASE)
    delivery.attempts += taken
    return bool(taken)


def _send(delivery: Delivery) -> None:
    """Call the carrier, outside any transaction, and note how it went."""
    carrier = CARRIERS.get(delivery.carrier)
    try:
        if carrier is None:
            raise Refused(f"there is no carrier {delivery.carrier}")
        carrier.send(delivery.notice, delivery.key)
    except Refused as problem:
        _note(delivery, state="dead", error=str(problem)[:300])
    except Exception as problem:
        log.warning("delivery %d failed: %s", delivery.pk, type(problem).__name__)
        _failed(delivery, carrier, problem)
    else:
        _note(delivery, state="sent", sent_at=now(), error="")


def _failed(delivery: Delivery, carrier, problem: Exception) -> None:
    error = f"{type(problem).__name__}: {problem}"[:300]
    again = rules.after_failure(delivery.attempts, now())
    if again is None:
        return _note(delivery, state="dead", error=error)
    again = rules.by_day(again, rings=carrier.rings, urgent=delivery.notice.urgent)
    return _note(delivery, state="waiting", error=error, next_at=again)


def _note(delivery: Delivery, **fields) -> None:
    """Write the outcome, unless the lease ran out and another worker has taken it up."""
    mine = Delivery.objects.filter(pk=delivery.pk, state="sending", attempts=delivery.attempts)
    mine.update(**fields)


# --- what was given up, by hand ---------------------------------------------------------------


def send_again(deliveries=None) -> int:
    """Take dead deliveries (by default all) up once more, from the first try on; how many there were.

    Those older than a week stay: nobody wants a week-old message.
    """
    dead = Delivery.objects.filter(state="dead", notice__created_at__gte=now() - rules.STALE)
    if deliveries is not None:
        dead = dead.filter(pk__in=deliveries)
    return dead.update(state="waiting", attempts=0, next_at=now(), error="")


def forget() -> int:
    """Strike off what was given up and what could not be made, once somebody has looked at it; how many.

    The notices themselves stay on the pages of those to whom they are.
    """
    dropped = Delivery.objects.filter(state="dead").update(state="dropped")
    return dropped + Unmade.objects.all().delete()[0]
