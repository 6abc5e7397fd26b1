"""`backdrop --plain`: the whole way through as questions and numbered lists, line by line, for people who listen to it."""
