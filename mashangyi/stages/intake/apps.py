from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.stages.intake"
    label = "intake"

    def ready(self):
        from . import introduction  # noqa: F401
