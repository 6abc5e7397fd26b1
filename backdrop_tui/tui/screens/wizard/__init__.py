"""The wizard: from Getting started through picking, matching and fixing a file to the Action Plan."""
