"""Organisations and people: the catalogue of known names, and which entity a name in an article means."""
