from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.stages.delivery"
    label = "delivery"

    def ready(self):
        from . import introduction  # noqa: F401
