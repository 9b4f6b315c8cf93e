from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.stages.evaluation"
    label = "evaluation"

    def ready(self):
        from . import introduction  # noqa: F401
