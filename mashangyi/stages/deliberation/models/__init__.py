"""What deliberation keeps, in the order in which it comes about."""

from .ballot import Ballot, Count, Vote
from .meeting import Attendance, Meeting, Statement
from .preparation import Invitation, Option, ResearchVisit, Suggestion, Voice
from .resolution import Dissent, Pledge, Resolution, ResolutionItem, StatutoryVote

__all__ = [
    "Attendance", "Ballot", "Count", "Dissent", "Invitation", "Meeting", "Option", "Pledge", "ResearchVisit",
    "Resolution", "ResolutionItem", "Statement", "StatutoryVote", "Suggestion", "Voice", "Vote",
]  # fmt: skip
