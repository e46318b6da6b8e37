"""Articles: text, HTML, mail and feed entries."""
