from django.urls import path

from . import pages

app_name = "web"
urlpatterns = [
    path("", pages.home, name="home"),
    path("prefs/", pages.prefs, name="prefs"),
    path("components/", pages.components, name="components"),
]
