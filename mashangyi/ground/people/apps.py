from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.ground.people"
    label = "people"

    def ready(self):
        from . import introduction  # noqa: F401
