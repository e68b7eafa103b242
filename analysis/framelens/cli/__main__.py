"""``python -m framelens.cli`` is the command ``framelens``."""

from framelens.cli import main

main()
