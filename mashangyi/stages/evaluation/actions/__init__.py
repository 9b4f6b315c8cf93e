"""The deeds of evaluation."""

from .asking import ask, close_when_over
from .calling import record_call_back_answer
from .judging import judge
from .reopening import reopen, reopen_by_audit

__all__ = ["ask", "close_when_over", "judge", "record_call_back_answer", "reopen", "reopen_by_audit"]
