from django.urls import path

from . import pages

app_name = "intake"
urlpatterns = [
    path("s/<slug:short>/", pages.scan, name="scan"),
    path("s/<slug:short>/similar/", pages.similar, name="similar"),
    path("t/<str:number>/me-too/", pages.me_too, name="me_too"),
    path("r/", pages.look_up, name="look_up"),
    path("r/<str:number>/<slug:secret>/", pages.receipt, name="receipt"),
    path("r/<str:number>/<slug:secret>/withdraw/", pages.withdraw, name="withdraw"),
    path("me/", pages.mine, name="mine"),
    path("desk/file/", pages.file_for, name="file_for"),
    path("desk/propose/", pages.propose, name="propose"),
    path("desk/set-topic/", pages.set_topic, name="set_topic"),
    path("desk/filed/<str:number>/", pages.filed, name="filed"),
    path("desk/filed/<str:number>/slip/", pages.slip, name="slip"),
]
