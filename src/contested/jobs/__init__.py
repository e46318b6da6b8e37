"""The verbs: ingest, rebuild, measure, publish. They join the edges to the core."""
