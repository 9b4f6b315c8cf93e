from django.urls import path

from . import pages

app_name = "evaluation"
urlpatterns = [
    path("r/<str:number>/<slug:secret>/judge/", pages.judge, name="judge"),
    path("r/<str:number>/<slug:secret>/reopen/", pages.reopen, name="reopen"),
    path("desk/t/<str:number>/call-back/", pages.call_back, name="call_back"),
    path("desk/t/<str:number>/reopen/", pages.reopen_by_audit, name="reopen_by_audit"),
]
