"""Every setting the environment may give, in one table. docs/settings.md is held to it by a test."""

import difflib
import os
import re
import sys
import tempfile
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
    Setting("MASHANGYI_PROCESSES", "1", "Web processes; each takes about 150 MB and one core."),
    Setting("MASHANGYI_PROXIES", "0", "How many trusted proxies stand in front and add X-Forwarded-For."),
    Setting("MASHANGYI_RATE_REPORTS", "120/hour", "Reports from one address, or from one person who signed in."),
    Setting("MASHANGYI_RATE_CODES", "5/hour", "Phone codes sent to one phone number."),
    Setting("MASHANGYI_RATE_TRIES", "10/5minute", "Wrong codes or numbers from one address or signed-in person."),
    Setting("MASHANGYI_STAFF_HOURS", "12", "Hours after which staff sign in again; residents after 30 days."),
    Setting("MASHANGYI_LOG", "INFO", "Level of the log on standard error: DEBUG, INFO, WARNING, ERROR or CRITICAL."),
)

# The city's clock: one for the whole country.
TIME_ZONE = "Asia/Shanghai"

DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
MEANINGS = {setting.name: setting.meaning for setting in SETTINGS}

# What may be written where not everything may: regular expressions.
RATE = r"[1-9]\d* ?(/|per) ?([1-9]\d*)? ?(second|minute|hour|day|month|year)s?"
SWITCH = r"(?i:1|true|yes|on|0|false|no|off)"
FORMS = {
    "DATABASE_URL": r"(postgres(ql)?|sqlite)://.*",
    "MASHANGYI_ADDRESS": r"https?://[^/\s]+/?",
    "MASHANGYI_HOSTS": r"[^/\s,]+( *, *[^/\s,]+)*",
    "MASHANGYI_CITY": r"\d{4}",
    "MASHANGYI_DEBUG": SWITCH,
    "MASHANGYI_HTTPS": SWITCH,
    "MASHANGYI_THREADS": r"[1-9]\d{0,3}",
    "MASHANGYI_PROCESSES": r"[1-9]\d{0,2}",
    "MASHANGYI_PROXIES": r"\d{1,2}",
    "MASHANGYI_RATE_REPORTS": RATE,
    "MASHANGYI_RATE_CODES": RATE,
    "MASHANGYI_RATE_TRIES": RATE,
    "MASHANGYI_STAFF_HOURS": r"[1-9]\d{0,2}",
    "MASHANGYI_LOG": "DEBUG|INFO|WARNING|ERROR|CRITICAL",
}


def mistakes() -> list[str]:
    """One line for each setting of the environment that cannot be what it is meant for."""
    wrong = [name for name, form in FORMS.items() if read(name) and not re.fullmatch(form, read(name))]
    told = [f"{name}={_shown(name)} cannot be used. {MEANINGS[name]}{_usual(name)} See docs/settings.md." for name in wrong]
    return told + mistyped()


def mistyped() -> list[str]:
    """Names of the environment that nobody reads and that look like a setting's: it would be off, unseen."""
    unread = (name for name in os.environ if name.startswith("MASHANGYI_") and name not in DEFAULTS)
    meant = {name: difflib.get_close_matches(name, DEFAULTS, 1, cutoff=0.9) for name in unread}
    return [f"{name} is not a setting: is {near[0]} meant? See docs/settings.md." for name, near in meant.items() if near]


def _usual(name: str) -> str:
    return f" Usually: {DEFAULTS[name]}." if DEFAULTS[name] else ""


def _shown(name: str) -> str:
    """What was written, without the password of an address."""
    return re.sub(r"//.*@", "//…@", read(name))


def read(name: str) -> str:
    """The environment's value of a setting that the table names, else its default."""
    return os.environ.get(name) or DEFAULTS[name]


def switched_on(name: str) -> bool:
    return read(name).lower() in {"1", "true", "yes", "on"}


def terminal_language() -> str:
    """The language of the terminal that a command runs in; English where it is set, or has no Chinese letters."""
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if chosen.startswith("en") or not can_show("码上议") else "zh-hans"


def can_show(words: str) -> bool:
    """Whether the terminal's encoding has these characters."""
    try:
        words.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def data_folder() -> Path:
    """The data folder, made if it is not there, closed to other users of the machine."""
    folder = Path(read("MASHANGYI_DATA")).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(name: str, length: int = 48) -> bytes:
    """The key kept in the data folder under `name`; made on first use, readable by the owner alone.

    It is there whole or not at all, whoever else starts at the same moment and whenever the power fails:
    half a key would seal what no key opens again. Raises RuntimeError for a file that is shorter.
    """
    path = data_folder() / "keys" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        put_whole(path, os.urandom(length))
    key = path.read_bytes()
    if len(key) < length:
        raise RuntimeError(f"{path} is damaged: {len(key)} bytes instead of {length}; restore it from a backup")
    return key


def put_whole(path: Path, content: bytes) -> None:
    """Write a file beside and link it to its name; where the name is taken meanwhile, that file stays."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent)  # readable by the owner alone
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(beside)
