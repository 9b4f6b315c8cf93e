"""Pages of delivery: the unit's desk, the convener's decisions, the supervisor's list."""

from .table import assign, decide, deliver, handle_directly, reassign
from .unit import act, task, tasks
from .watch import explain, resume, supervise, supervision, urge

__all__ = [
    "act", "assign", "decide", "deliver", "explain", "handle_directly", "reassign", "resume",
    "supervise", "supervision", "task", "tasks", "urge",
]  # fmt: skip
