"""Is this JSON what Telegram publishes? A small schema checker over the schemas of aiogram's models, made strict."""

import warnings
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import PydanticJsonSchemaWarning

LATEST_SECOND = 2**31
PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


@cache
def result_schema(method: str) -> dict[str, Any]:
    from aiogram import methods  # takes seconds, and only one worker needs it

    names = {name.lower(): name for name in dir(methods) if name[0].isupper()}
    return strict_schema(getattr(methods, names[method.lower()]).__returning__)


@cache
def update_schema() -> dict[str, Any]:
    from aiogram.types import Update

    return strict_schema(Update)


def strict_schema(thing: Any) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        schema: dict[str, Any] = TypeAdapter(thing).json_schema()
    return _harden(schema)


def _harden(node: Any) -> Any:
    """Moments are whole seconds, null is no value, and what is not published does not exist."""
    if isinstance(node, list):
        return [_harden(each) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") == "date-time":
        return {"type": "integer", "maximum": LATEST_SECOND}
    node = {name: _harden(value) for name, value in node.items()}
    if "anyOf" in node:
        node["anyOf"] = [each for each in node["anyOf"] if each.get("type") != "null"]
    if "properties" in node:
        node["additionalProperties"] = False
    return node


def check(value: Any, schema: dict[str, Any]) -> list[str]:
    """What is wrong, each with the place; nothing when all is well."""
    return _check(value, schema, schema.get("$defs", {}), "$")


def _check(value: Any, schema: dict[str, Any], defs: dict[str, Any], at: str) -> list[str]:
    if "$ref" in schema:
        return _check(value, defs[schema["$ref"].rsplit("/", 1)[1]], defs, at)
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        return _check_branches(value, schema, branches, defs, at)
    if "const" in schema and value != schema["const"]:
        return [f"{at}: {value!r} is not {schema['const']!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is none of {schema['enum']}"]
    expected = schema.get("type")
    if expected and not _is(value, expected):
        return [f"{at}: {value!r} is no {expected}"]
    if "maximum" in schema and value > schema["maximum"]:
        return [f"{at}: {value} is too large"]
    if isinstance(value, list):
        items = schema.get("items", {})
        return [wrong for n, item in enumerate(value) for wrong in _check(item, items, defs, f"{at}[{n}]")]
    return _check_object(value, schema, defs, at) if isinstance(value, dict) else []


def _is(value: Any, expected: str) -> bool:
    if isinstance(value, bool) and expected != "boolean":
        return False
    return isinstance(value, PYTHON_TYPES[expected])


def _check_branches(
    value: Any, schema: dict[str, Any], branches: list[Any], defs: dict[str, Any], at: str
) -> list[str]:
    tag = schema.get("discriminator")
    if tag and isinstance(value, dict) and value.get(tag["propertyName"]) in tag.get("mapping", {}):
        return _check(value, {"$ref": tag["mapping"][value[tag["propertyName"]]]}, defs, at)
    found = [_check(value, branch, defs, at) for branch in branches]
    return min(found, key=lambda wrongs: (len(wrongs), sum(map(len, wrongs))))


def _check_object(value: dict[str, Any], schema: dict[str, Any], defs: dict[str, Any], at: str) -> list[str]:
    properties = schema.get("properties", {})
    wrongs = [f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value]
    for name, inner in value.items():
        if name in properties:
            wrongs += _check(inner, properties[name], defs, f"{at}.{name}")
        elif schema.get("additionalProperties") is False:
            wrongs.append(f"{at}: {name} is not published")
    return wrongs
