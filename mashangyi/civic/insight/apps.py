from django.apps import AppConfig


class Config(AppConfig):
    name = "mashangyi.civic.insight"
    label = "insight"
