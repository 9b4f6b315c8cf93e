from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.stages.deliberation"
    label = "deliberation"

    def ready(self):
        from . import introduction  # noqa: F401
