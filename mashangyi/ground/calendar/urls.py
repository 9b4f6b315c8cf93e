from django.urls import path

from . import pages

app_name = "calendar"
urlpatterns = [
    path("desk/calendar/", pages.days, name="days"),
    path("desk/calendar/<str:day>/drop/", pages.drop, name="drop"),
]
