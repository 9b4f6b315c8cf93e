"""What the forms of deliberation accept. The pages are drawn by our own macros; these only check."""
