from django.urls import path

from . import pages

app_name = "topic"
urlpatterns = [
    path("t/<str:number>/", pages.topic, name="page"),
    path("topics/", pages.topics, name="list"),
    path("topics/<slug:place>/", pages.topics, name="list"),
    path("how/", pages.the_lifecycle, name="lifecycle"),
    path("desk/", pages.desk, name="desk"),
    path("desk/t/<str:number>/", pages.desk_topic, name="desk_topic"),
]
