"""The command line: parse arguments, call a job, print."""
