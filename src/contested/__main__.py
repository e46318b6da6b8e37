"""`python -m contested`."""

from contested.cli.main import run

run()
