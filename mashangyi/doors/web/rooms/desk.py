"""The desk of places: rooms, codes and names for the city's administrators; prints for keepers of a room."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mashangyi.ground.asked import attempt, paged, put_away, sent, whole
from mashangyi.ground.people import law
from mashangyi.ground.people.guards import staff
from mashangyi.ground.places import actions
from mashangyi.ground.places import queries as places_of
from mashangyi.ground.places.models import PRINTED, PURPOSES, Alias, Code, Division, Room

from . import prints
from .finding import look_for
from .forms import HOURS, CodesForm, NameForm, RoomForm, WhyForm
from .targets import targets_of

administrator = staff("city_admin")
keeper = staff("city_admin", "clerk", "convener")

# --- rooms -------------------------------------------------------------------------------------


@keeper
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Every room, closed ones too: by words, by place, page by page; who keeps a room goes to it at once."""
    if request.actor.room_id:
        return redirect("web:desk_room", room_id=request.actor.room_id)
    get = request.GET.get
    found = look_for(get("q", ""), get("place", ""), get("after", ""), closed=True)
    return render(request, "rooms/desk_list.html", {"found": found})


@administrator
def new_room(request: HttpRequest) -> HttpResponse:
    """First the division, by words that may mean several; then the room."""
    division = Division.objects.filter(pk=request.GET.get("division", "")).first()
    if division is None:
        words = request.GET.get("q", "")
        asks = places_of.find_divisions(words)
        return render(request, "rooms/desk_new.html", {"words": words, "asks": asks})
    form, made = RoomForm(sent(request), initial=_suggested(division)), []
    if attempt(form, lambda given: made.append(actions.open_room(division=division.pk, by=request.actor, **given))):
        messages.success(request, _("%(room)s开好了，接着可以做门牌。") % {"room": made[0].name})
        return redirect("web:desk_room", room_id=made[0].pk)
    context = {"form": form, "division": division, "path": places_of.path_of(division.pk)}
    return render(request, "rooms/desk_open.html", context, status=422 if form.errors else 200)


def _suggested(division: Division) -> dict[str, str]:
    kind = "town" if division.level < 12 else "village" if division.name.endswith("村") else "community"
    return {"name": f"{division.name}协商议事室", "kind": kind, "hours": HOURS}


@keeper
def room(request: HttpRequest, room_id: int) -> HttpResponse:
    """One room: what people read of it, and its codes. Who keeps the room may look and print."""
    found = _room(request, room_id)
    form = RoomForm(sent(request), initial={field: getattr(found, field) for field in actions.DETAILS})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_room(found, by=request.actor, **form.cleaned_data)
            messages.success(request, _("改好了。"))
            return redirect("web:desk_room", room_id=room_id)
        except ValidationError as problem:
            found.refresh_from_db()
            put_away(form, problem)
    return _room_page(request, found, form=form)


def _room(request: HttpRequest, room_id: int) -> Room:
    """The room, for those who may see its desk: the one door through which every page here comes to it."""
    found = get_object_or_404(Room.objects.select_related("division"), pk=room_id)
    law.demand(request.actor, "places.print", found)
    return found


def _room_page(request: HttpRequest, found: Room, **forms) -> HttpResponse:
    """The room's desk; a form that was sent wrong stays as it was typed."""
    before = request.GET.get("before", "")
    codes = places_of.codes_of(found, before=whole(before))
    initial = {field: getattr(found, field) for field in actions.DETAILS}
    context = {
        "room": found,
        "path": places_of.path_of(found.place),
        "keepers": places_of.staffed_by(found),
        "codes": codes,
        "targets": targets_of(codes),
        "older": codes[-1].pk if len(codes) == places_of.PAGE else None,
        "form": RoomForm(initial=initial),
        "codes_form": CodesForm(),
        "why_form": WhyForm(),
        "PRINTED": PRINTED,
        "PURPOSES": PURPOSES,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "rooms/desk_room.html", context | forms, status=422 if wrong else 200)


@administrator
@require_POST
def close(request: HttpRequest, room_id: int) -> HttpResponse:
    found, form = _room(request, room_id), WhyForm(request.POST)
    if not attempt(form, lambda given: actions.close_room(found, given["why"], by=request.actor)):
        return _room_page(request, found, why_form=form)
    messages.success(request, _("%(room)s已关闭，它的码同时停用。") % {"room": found.name})
    return redirect("web:desk_room", room_id=room_id)


@administrator
@require_POST
def reopen(request: HttpRequest, room_id: int) -> HttpResponse:
    found = _room(request, room_id)
    try:
        actions.reopen_room(found, by=request.actor)
        messages.success(request, _("%(room)s重新开放了。") % {"room": found.name})
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("web:desk_room", room_id=room_id)


# --- codes -------------------------------------------------------------------------------------


@administrator
@require_POST
def make(request: HttpRequest, room_id: int) -> HttpResponse:
    """One code or many, one for each line; then on to printing them."""
    found = _room(request, room_id)
    form, made = CodesForm(request.POST, room=found), []

    def carry_out(given):
        target = given["target"]
        made.extend(actions.make_codes(found, given["purpose"], given["item"], form.places(), target=target, by=request.actor))

    if not attempt(form, carry_out):
        return _room_page(request, found, codes_form=form)
    messages.success(request, _("做好了 %(n)s 个码。") % {"n": len(made)})
    return redirect("web:desk_room", room_id=room_id)


@administrator
@require_POST
def revoke(request: HttpRequest, code_id: int) -> HttpResponse:
    code = _code(code_id)
    try:
        actions.revoke_code(code, request.POST.get("why", ""), by=request.actor)
        messages.success(request, _("这个码停用了。扫到它的人会被带到议事室的页面。"))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("web:desk_room", room_id=code.room_id)


def _code(code_id: int) -> Code:
    return get_object_or_404(Code.objects.select_related("room__division"), pk=code_id)


@keeper
@require_safe
def printed(request: HttpRequest, room_id: int) -> HttpResponse:
    """A sheet for each chosen code at its real size; the browser prints them or keeps them as PDF."""
    found = _room(request, room_id)
    item, after = request.GET.get("item", ""), whole(request.GET.get("after", "")) or 0
    codes = prints.chosen(found, item, request.GET.getlist("code"), after)
    sheets = prints.sheets(codes[: prints.MOST], prints.public_address(request), item)
    context = {"room": found, "sheets": sheets, "sizes": prints.SHEETS, "PRINTED": PRINTED, "item": item}
    context |= {"kinds": prints.kinds(found), "older": after, "next": _rest(request, codes)}
    return render(request, "rooms/print.html", context | {"local": prints.is_local(request)})


def _rest(request: HttpRequest, codes: list[Code]) -> str:
    """The address of the sheets that a browser has no room for on this page; empty where there are none."""
    if len(codes) <= prints.MOST:
        return ""
    query = request.GET.copy()
    query["after"] = codes[prints.MOST - 1].pk
    return "?" + query.urlencode()


@keeper
@require_safe
def drawing(request: HttpRequest, code_id: int, item: str) -> HttpResponse:
    """One printed item as an SVG file in millimetres, for a printer's shop."""
    if item not in prints.SHEETS:
        raise Http404
    code = _code(code_id)
    law.demand(request.actor, "places.print", code.room)
    svg = prints.drawn(code, item, prints.public_address(request))
    response = HttpResponse(prints.XML + svg, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code.short}-{item}.svg"'
    return response


# --- other names -------------------------------------------------------------------------------


@administrator
def names(request: HttpRequest) -> HttpResponse:
    """What people call a place, where the official list says otherwise."""
    form = NameForm(sent(request))
    asks = []
    if form.is_valid():
        asks = places_of.find_divisions(form.cleaned_data["words"])
        if len(asks) == 1 and _named(request, form, asks[0].code):
            return redirect("web:names")
        if len(asks) != 1:
            form.add_error("words", _("这样写能找到 %(n)s 个地方，请写全一些。") % {"n": len(asks)})
    rows, following = paged(places_of.aliases(after=whole(request.GET.get("after")) or 0), places_of.PAGE)
    context = {"form": form, "asks": asks, "aliases": rows, "next": following}
    return render(request, "rooms/desk_names.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, form: NameForm, code: str) -> bool:
    division = Division.objects.get(pk=code)
    if not attempt(form, lambda given: actions.add_alias(division, given["name"], by=request.actor)):
        return False
    messages.success(request, _("加好了，现在用这个名字也找得到。"))
    return True


@administrator
@require_POST
def drop_name(request: HttpRequest, alias_id: int) -> HttpResponse:
    actions.drop_alias(get_object_or_404(Alias, pk=alias_id), by=request.actor)
    messages.success(request, _("去掉了。"))
    return redirect("web:names")
