"""The deeds of delivery, in the order in which a task meets them."""

from .carrying import add_milestone, report_done, sign_for
from .deciding import agree_cannot_do, grant_extension, reassign, refuse
from .handing import assign, deliver, handle_directly
from .pleading import ask_extension, cannot_do, return_task
from .supervising import explain, redo, resume, supervise, urge

__all__ = [
    "add_milestone", "agree_cannot_do", "ask_extension", "assign", "cannot_do", "deliver", "explain",
    "grant_extension", "handle_directly", "reassign", "redo", "refuse", "report_done",
    "resume", "return_task", "sign_for", "supervise", "urge",
]  # fmt: skip
