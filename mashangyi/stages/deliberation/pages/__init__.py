"""Pages of deliberation: for everyone (public, meeting, wall), and for those who prepare and host
(prepare, console)."""
