from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.ground.calendar"
    label = "calendar"

    def ready(self):
        from . import introduction  # noqa: F401
