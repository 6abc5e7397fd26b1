"""Keeping things: the data folder, people in TinyDB files that survive kills and full disks, set-up's own documents."""
