"""Django's settings. What an operator may change is read in environment.py, and nowhere else."""

from pathlib import Path

import dj_database_url

from .environment import TIME_ZONE, data_folder, read, secret, switched_on  # noqa: F401 — TIME_ZONE is one of Django's
from .log import LINE

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_folder()

# --- the application -------------------------------------------------------------------------
SECRET_KEY = secret("django").hex()
DEBUG = switched_on("MASHANGYI_DEBUG")
ALLOWED_HOSTS = [host.strip() for host in read("MASHANGYI_HOSTS").split(",")]
ROOT_URLCONF = "mashangyi.config.urls"
WSGI_APPLICATION = "mashangyi.config.server.pages"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]

INSTALLED_APPS = [
    "mashangyi.ground.calendar",
    "mashangyi.ground.journal",
    "mashangyi.ground.places",
    "mashangyi.ground.people",
    "mashangyi.ground.photos",
    "mashangyi.ground.outbox",
    "mashangyi.topic",
    "mashangyi.stages.intake",
    "mashangyi.stages.triage",
    "mashangyi.stages.deliberation",
    "mashangyi.stages.mediation",
    "mashangyi.stages.delivery",
    "mashangyi.stages.evaluation",
    "mashangyi.civic.insight",
    "mashangyi.doors.web",
    "mashangyi.doors.channels",
    "mashangyi.doors.ops",
    "mashangyi.doors.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "mashangyi.doors.web.middleware.headers",
    "mashangyi.doors.web.middleware.language",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mashangyi.doors.web.csrf.CsrfWhereThereIsASession",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mashangyi.doors.web.middleware.MessagesWhereUsed",
    "mashangyi.doors.web.middleware.acting",
    "allauth.account.middleware.AccountMiddleware",
    "mashangyi.doors.web.middleware.answers",
]

TEMPLATES = [
    {
        "BACKEND": "mashangyi.doors.web.engine.Pages",
        "NAME": "jinja2",
        "APP_DIRS": False,
        "DIRS": [
            PACKAGE / "doors/web/templates",
            *sorted(PACKAGE.glob("*/*/templates")),
            PACKAGE / "topic/templates",
        ],
        "OPTIONS": {"environment": "mashangyi.doors.web.jinja.environments"},
    },
]

# --- the database ----------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        read("DATABASE_URL") or f"sqlite:///{DATA / 'mashangyi.sqlite3'}",
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
        ),
    }

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "lang"
USE_TZ = True
CITY = read("MASHANGYI_CITY")

# --- files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "doors/web/static"]
STATIC_ROOT = None  # nothing is collected: the front reads from the package (front/static.py)
MEDIA_ROOT = DATA / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- safety ----------------------------------------------------------------------------------
HTTPS = switched_on("MASHANGYI_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "mashangyi.ground.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "mashangyi.doors.web.pages.from_elsewhere"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "mashangyi.ground.people.rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_ADAPTER = "mashangyi.ground.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key"}
MFA_ADAPTER = "mashangyi.ground.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "mashangyi.ground.people.second_factor.AuthenticateForm",
    "reauthenticate": "mashangyi.ground.people.second_factor.ReauthenticateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
AUTHENTICATION_BACKENDS = ["mashangyi.ground.people.sessions.Backend"]
LOGIN_URL = "/staff/login/"
LOGIN_REDIRECT_URL = "/desk/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": LINE}},
    "filters": {"discreet": {"()": "mashangyi.config.log.Discreet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]}},
    "root": {"handlers": ["stderr"], "level": read("MASHANGYI_LOG")},
}
