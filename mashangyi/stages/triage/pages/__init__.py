"""The pages of triage: the screen on which messages are sorted, the review, and the reporter's answer."""
