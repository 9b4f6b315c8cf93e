from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.ground.places"
    label = "places"

    def ready(self):
        from . import introduction  # noqa: F401
