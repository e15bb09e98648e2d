"""The registers: one file a report, each a few tables over what the records hold."""
