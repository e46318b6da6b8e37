"""Names to places: every settlement, by any of its names, in the right one of five."""
