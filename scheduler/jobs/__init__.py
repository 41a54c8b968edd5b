"""The jobs: a file for each, with its `JOB`."""
