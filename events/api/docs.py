"""The page that explains the API, made from its OpenAPI: no script, and no request to another host."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .service import api


@require_safe
def docs_page(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    calls = [
        {
            "method": method.upper(),
            "path": path,
            "summary": call.get("summary", ""),
            "description": call.get("description", ""),
            "parameters": [_parameter(p) for p in call.get("parameters", [])],
            "answers": [_answer(code, a) for code, a in call.get("responses", {}).items()],
        }
        for path, methods in schema["paths"].items()
        for method, call in methods.items()
    ]
    shapes = [
        {"name": name, "fields": [_field(key, f) for key, f in shape["properties"].items()]}
        for name, shape in sorted(schema["components"]["schemas"].items())
        if "properties" in shape
    ]
    return render(request, "api/docs.html", {"calls": calls, "shapes": shapes})


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    shape = parameter.get("schema", {})
    return {
        **parameter,
        "type": _type(shape),
        "description": parameter.get("description") or shape.get("description", ""),
        "default": shape.get("default"),
    }


def _answer(code: Any, answer: dict[str, Any]) -> dict[str, Any]:
    content = next(iter(answer.get("content", {}).values()), {})
    return {"code": code, "type": _type(content.get("schema", {}))}


def _field(name: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": _type(shape), "description": shape.get("description", "")}


def _type(shape: dict[str, Any]) -> str:
    """ "string", "StandingOut", "list of string", "held | joint", "string | null"."""
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in shape:
        return " | ".join(_type(part) for part in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(map(str, shape["enum"]))
    if shape.get("type") == "array":
        return f"list of {_type(shape.get('items', {}))}"
    return str(shape.get("type", ""))
