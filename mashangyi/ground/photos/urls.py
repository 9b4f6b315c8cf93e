from django.urls import path, register_converter

from . import pages


class Digest:
    """Sixty-four hexadecimal digits: no other name reaches the disk."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Digest, "digest")

app_name = "photos"
urlpatterns = [
    path("photos/<digest:digest>.jpg", pages.photo, name="photo"),
    path("photos/<digest:digest>-small.jpg", pages.photo, {"small": True}, name="small"),
]
