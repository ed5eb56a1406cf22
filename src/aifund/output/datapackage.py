"""datapackage.json: the tables' types and keys as a Frictionless Data Package v2, derived from the rows' models."""

from __future__ import annotations

from typing import Any

from aifund.output.document import SCHEMA_VERSION
from aifund.output.tables import TABLES, Reference, Table

PROFILE = "https://datapackage.org/profiles/2.0/"
CONSTRAINTS = ("enum", "pattern", "minimum", "maximum", "minLength")


def descriptor() -> dict[str, Any]:
    """The whole descriptor: one resource a CSV table."""
    return {
        "$schema": f"{PROFILE}datapackage.json",
        "name": "aifund",
        "title": "AI funding events, with who says so",
        "version": SCHEMA_VERSION,
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILE}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": (table.row.__doc__ or "").strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"$schema": f"{PROFILE}tabledialect.json", "delimiter": ",", "lineTerminator": "\n"},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    columns = table.row.model_json_schema()["properties"]
    keys = [_foreign_key(reference, table) for reference in table.references]
    return {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": [_field(name, columns[name]) for name in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _foreign_key(reference: Reference, table: Table) -> dict[str, Any]:
    """A table that refers to itself leaves its own name out, as version 2 asks."""
    target = {} if reference.table == table.name else {"resource": reference.table}
    return {"fields": list(reference.columns), "reference": {**target, "fields": list(reference.key)}}


def _field(name: str, column: dict[str, Any]) -> dict[str, Any]:
    """A column's JSON Schema in the words of Table Schema; a column that admits no null is required."""
    choices = _choices(column)
    values = [choice for choice in choices if choice["type"] != "null"]
    constraints: dict[str, Any] = {} if len(values) < len(choices) else {"required": True}
    for value in values:
        constraints |= {key: value[key] for key in CONSTRAINTS if key in value}
    description = next((one["description"] for one in (column, *_branches(column)) if "description" in one), None)
    return {
        "name": name,
        "type": _type(values),
        **({"description": description} if description else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _branches(column: dict[str, Any]) -> list[dict[str, Any]]:
    return list(column.get("anyOf", ()))


def _choices(column: dict[str, Any]) -> list[dict[str, Any]]:
    """The plain types that a column admits, out of unions in unions."""
    branches = _branches(column)
    return [choice for branch in branches for choice in _choices(branch)] if branches else [column]


def _type(values: list[dict[str, Any]]) -> str:
    types = {"date" if value.get("format") == "date" else value["type"] for value in values}
    if types == {"integer", "number"}:
        return "number"
    return str(types.pop())
