"""Birth dates by evidence: what year groups, stored dates and the dates themselves say about how they were written."""
