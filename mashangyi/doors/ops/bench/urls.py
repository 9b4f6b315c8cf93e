from django.http import HttpResponse
from django.urls import include, path

from mashangyi.ground.people.guards import public


@public
def bare(request):
    """What a page costs that does nothing: the framework, its middleware, the server, the wire."""
    return HttpResponse("<!doctype html><title>bare</title><p>bare</p>")


urlpatterns = [path("bare/", bare), path("", include("mashangyi.config.urls"))]
