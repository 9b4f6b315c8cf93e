from django.urls import path

from . import pages

app_name = "insight"
urlpatterns = [
    path("city/", pages.city, name="city"),
    path("city/<slug:place>/", pages.city, name="city"),
    path("city/<slug:place>/<str:figure>/", pages.list_behind, name="behind"),
]
