"""What the project is built and tested with: the lock file of CI, and whether a known vulnerability is in it."""
