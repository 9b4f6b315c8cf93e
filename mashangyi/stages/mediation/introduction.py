"""What this stage adds to the law, the journal and the notices."""
