from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.civic.insight"
    label = "insight"

    def ready(self):
        from . import introduction  # noqa: F401
