from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.ground.outbox"
    label = "outbox"

    def ready(self):
        from . import introduction  # noqa: F401
