from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.doors.web"
    label = "web"

    def ready(self):
        from .rooms import wanting  # noqa: F401
