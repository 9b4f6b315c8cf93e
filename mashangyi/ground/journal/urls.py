from django.urls import path

from . import pages

app_name = "journal"
urlpatterns = [
    path("journal/", pages.journal, name="journal"),
    path("journal/recount.jsonl", pages.recount, name="recount"),
    path("journal/recount.py", pages.recount_program, name="recount_program"),
    path("journal/<int:seq>/", pages.entry, name="entry"),
    path("journal/<int:seq>.txt", pages.entry_text, name="entry_text"),
    path("desk/audit/", pages.audit, name="audit"),
]
