from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.doors.channels"
    label = "channels"
