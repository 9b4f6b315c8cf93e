from django.urls import path

from . import pages

app_name = "mediation"
urlpatterns = [
    path("desk/t/<str:number>/mediate/", pages.open_case, name="open_case"),
    path("desk/t/<str:number>/mediator/", pages.change_mediator, name="change_mediator"),
    path("desk/cases/", pages.cases, name="cases"),
    path("desk/cases/<int:case_id>/", pages.case, name="case"),
    path("desk/cases/<int:case_id>/<slug:what>/", pages.act, name="act"),
]
