"""The public journal, one entry of it, what anyone needs to recount it, and the auditor's desk."""

import json
from pathlib import Path
from time import perf_counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..asked import whole
from ..people import law
from ..people.guards import public, staff
from . import read
from .freshness import fresh
from .models import Chain, Entry
from .record import canonical, seal
from .things import named

PAGE = 20
# How many entries the auditor's page verifies while one waits; the whole chain: `mashangyi doctor`.
VERIFIED = 2000
RECOUNTED = 1000


@public
@fresh("city")
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """The newest public entries, and the fingerprint with which the journal ends."""
    room, before = _number(request, "room"), _number(request, "before")
    found = read.latest(before=before, room=room, limit=PAGE + 1)
    return render(request, "journal/journal.html", _list(found, room, before, read.end()))


@public
@fresh("city")
@require_GET
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry: what the public reads, and the text that its hash was made of. A closed one is the auditor's alone."""
    found = _entry(seq)
    is_public = read.is_public(found)
    shown = is_public or law.may(request.actor, "journal.audit", law.Within(request.actor.place))
    context = {
        "is_public": is_public,
        "entry": found,
        "names": named([found]) if shown else {},
        "text": canonical(found) if shown else "",
        "seal": seal(found) if shown else "",
        "newer": read.head() > seq,
    }
    return render(request, "journal/entry.html", context)


@public
@require_GET
def entry_text(request: HttpRequest, seq: int) -> HttpResponse:
    """The canonical text of a public entry, byte for byte: its SHA-256 is the entry's hash."""
    found = _entry(seq)
    if not read.is_public(found):
        raise Http404
    return HttpResponse(canonical(found), content_type="text/plain; charset=utf-8")


@public
@require_GET
def recount(request: HttpRequest) -> HttpResponse:
    """A thousand entries after one number, a JSON line each: the text of public ones, the hash of all."""
    entries = read.since(_number(request, "after"), RECOUNTED)
    lines = (json.dumps(_line(each), ensure_ascii=False) + "\n" for each in entries)
    return HttpResponse("".join(lines), content_type="application/jsonl; charset=utf-8")


@public
@require_GET
def recount_program(request: HttpRequest) -> HttpResponse:
    """The program that recounts, to be read before it is run."""
    program = Path(__file__).with_name("recount.py").read_text(encoding="utf-8")
    return HttpResponse(program, content_type="text/plain; charset=utf-8")


@staff("auditor")
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Everything but identities, public or not, and whether the end of the chain is whole."""
    law.demand(request.actor, "journal.audit", law.Within(request.actor.place))
    room, before = _number(request, "room"), _number(request, "before")
    begin = perf_counter()
    end = read.end()
    faults = read.faults(last=VERIFIED, end=end)
    found = read.everything(before=before, room=room, limit=PAGE + 1)
    context = _list(found, room, before, end)
    context |= {
        "faults": faults,
        "seconds": perf_counter() - begin,
        "verified": min(VERIFIED, context["head"]),
        "public_verbs": set(read.public_verbs()),
    }
    return render(request, "journal/audit.html", context)


def _list(found: list[Entry], room: int, before: int, end: Chain) -> dict:
    shown = found[:PAGE]
    names = named(shown)
    kept = f"&room={room}" if room else ""
    return {
        "entries": shown,
        "names": names,
        "head": end.seq,
        "fingerprint": end.hash,
        "room": room,
        "room_name": names["room"][room].name if room in names["room"] else "",
        "older": f"?before={shown[-1].seq}{kept}" if len(found) > PAGE else "",
        "newest": f"?room={room}" if room else "?",
        "before": before,
    }


def _entry(seq: int) -> Entry:
    found = read.one(seq)
    if found is None:
        raise Http404
    return found


def _line(each: Entry) -> dict:
    line = {"seq": each.seq, "prev": each.prev, "hash": each.hash}
    return line | {"text": canonical(each)} if read.is_public(each) else line


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.GET.get(name)) or 0
