from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.stages.triage"
    label = "triage"

    def ready(self):
        from . import introduction  # noqa: F401
