from django.urls import include, path

from . import pages

app_name = "web"
urlpatterns = [
    path("", include("mashangyi.doors.web.rooms.urls")),
    path("", pages.home, name="home"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("prefs/", pages.prefs, name="prefs"),
    path("components/", pages.components, name="components"),
]
