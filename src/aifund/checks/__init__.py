"""What tables must satisfy before they are published (checks.yaml)."""
