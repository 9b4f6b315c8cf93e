from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.doors.web"
    label = "web"
