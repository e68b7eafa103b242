"""What is said, by whom and how: mentions, attributions, voice, sentiment."""
