"""The JSON Schema of events.json, as `aifund schema` prints it."""

from __future__ import annotations

import json
from typing import Any

from aifund.output.document import Document


def schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12), derived from the models that events.json is written and read by."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Document.model_json_schema()}


def schema_json() -> str:
    """The schema as text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
