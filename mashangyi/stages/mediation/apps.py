from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.stages.mediation"
    label = "mediation"

    def ready(self):
        from . import introduction  # noqa: F401
