from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.ground.journal"
    label = "journal"

    def ready(self):
        from . import introduction  # noqa: F401
