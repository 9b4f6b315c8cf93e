"""Every setting the environment may give, in one table. docs/settings.md is held to it by a test."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("MASHANGYI_DATA", "./data", "Folder of the database, the uploads and the keys."),
    Setting("DATABASE_URL", "", "Database address, such as postgres://…; empty: SQLite in the data folder."),
    Setting("MASHANGYI_ADDRESS", "", "Public address, such as https://yi.example.cn; printed in QR codes."),
    Setting("MASHANGYI_HOSTS", "*", "Host names that are answered, separated by commas."),
    Setting("MASHANGYI_CITY", "3208", "First four digits of the city's division code; the journal's chain."),
    Setting("MASHANGYI_DEBUG", "", "1: show errors in the browser. Never in service."),
    Setting("MASHANGYI_HTTPS", "", "1: the address is https; cookies are then sent over https only."),
    Setting("MASHANGYI_THREADS", "4", "Threads of one web process that run pages."),
    Setting("MASHANGYI_PROCESSES", "1", "Web processes; each takes about 100 MB and one core."),
    Setting("MASHANGYI_PROXIES", "0", "How many trusted proxies stand in front and add X-Forwarded-For."),
    Setting("MASHANGYI_RATE_REPORTS", "120/hour", "Reports taken from one address without signing in."),
    Setting("MASHANGYI_RATE_CODES", "5/hour", "Phone codes sent to one phone number."),
    Setting("MASHANGYI_RATE_TRIES", "10/5minute", "Wrong codes, numbers or passwords from one address."),
    Setting("MASHANGYI_LOG", "INFO", "Level of the log on standard error."),
)

DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def read(name: str) -> str:
    """The environment's value of a setting that the table names, else its default."""
    return os.environ.get(name) or DEFAULTS[name]


def switched_on(name: str) -> bool:
    return read(name).lower() in {"1", "true", "yes", "on"}


def terminal_language() -> str:
    """The language of the terminal that a command runs in; Chinese unless it is set to English."""
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if chosen.startswith("en") else "zh-hans"


def data_folder() -> Path:
    """The data folder, made if it is not there, closed to other users of the machine."""
    folder = Path(read("MASHANGYI_DATA")).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(name: str, length: int = 48) -> bytes:
    """The key kept in the data folder under `name`; made on first use, readable by the owner alone."""
    path = data_folder() / "keys" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(length))
    return path.read_bytes()
