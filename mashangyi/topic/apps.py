from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.topic"
    label = "topic"
