"""Arrays in, numbers out: the statistics behind every estimate, free of tables."""
