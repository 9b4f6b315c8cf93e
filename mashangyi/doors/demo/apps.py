from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.doors.demo"
    label = "demo"
