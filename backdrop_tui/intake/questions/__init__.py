"""Questions about who the rows of a file are: asked one by one or by groups, side by side with the people stored, and answered."""
