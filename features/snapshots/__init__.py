"""Step two in time: all features of all subjects as of a day, from the cells."""
