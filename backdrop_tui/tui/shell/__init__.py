"""What all screens share: base classes, the queue of keys, closing when idle, background imports."""
