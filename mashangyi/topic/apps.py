from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.topic"
    label = "topic"

    def ready(self):
        from . import introduction  # noqa: F401
