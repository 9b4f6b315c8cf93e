from django.urls import path

from . import pages

app_name = "outbox"
urlpatterns = [
    path("notices/", pages.notices, name="notices"),
    path("notices/seen/", pages.seen, name="seen"),
    path("notices/wishes/", pages.wishes, name="wishes"),
]
