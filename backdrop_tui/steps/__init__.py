"""The steps of set-up: each one declared whole in `listing`, and everything worked out from those declarations."""
