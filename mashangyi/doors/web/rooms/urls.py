from django.urls import path

from . import desk, pages

# Included by the web door: the names are web:room, web:places, …
urlpatterns = [
    path("rooms/", pages.rooms, name="rooms"),
    path("rooms/<int:room_id>/", pages.room, name="room"),
    path("codes/", pages.codes, name="codes"),
    path("desk/places/", desk.places, name="places"),
    path("desk/places/new/", desk.new_room, name="new_room"),
    path("desk/places/names/", desk.names, name="names"),
    path("desk/places/names/<int:alias_id>/drop/", desk.drop_name, name="drop_name"),
    path("desk/places/<int:room_id>/", desk.room, name="desk_room"),
    path("desk/places/<int:room_id>/codes/", desk.make, name="make_codes"),
    path("desk/places/<int:room_id>/close/", desk.close, name="close_room"),
    path("desk/places/<int:room_id>/reopen/", desk.reopen, name="reopen_room"),
    path("desk/places/<int:room_id>/print/", desk.printed, name="print_codes"),
    path("desk/places/codes/<int:code_id>/revoke/", desk.revoke, name="revoke_code"),
    path("desk/places/codes/<int:code_id>/<str:item>.svg", desk.drawing, name="code_svg"),
]
