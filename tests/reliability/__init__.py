"""The long versions of the tests of what failing calls, power cuts and kills leave behind, and of what is said about it.

`python -m tests.reliability [--minutes N] [PART ...]` runs them and prints the figures of docs/reliability.md. It ends with status 1 if
anything was lost, half done or untrue.
"""
