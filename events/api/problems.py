"""Errors as RFC 9457 problem details: what went wrong and which field, never a stack trace."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from events.ledger import Refused, Unsettled
from events.outage import RETRY_AFTER

Errors = list[dict[str, str]]


def problem(status: int, detail: str, errors: Errors | None = None, **more: Any) -> HttpResponse:
    """`errors`: [{"field", "reason"}], where it is the caller's fields that are wrong; `more`: other members."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    body |= more
    return JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def wrong_fields(errors: Errors) -> HttpResponse:
    detail = "; ".join(f"{error['field']}: {error['reason']}" for error in errors)
    return problem(422, detail, errors)


def not_found(detail: str = "") -> HttpResponse:
    return problem(404, detail or _("There is nothing at this address."))


def went_wrong() -> HttpResponse:
    return problem(500, _("Something went wrong on our side. It has been logged."))


def away() -> HttpResponse:
    response = problem(503, _("The record cannot be read just now. Ask again in a moment."))
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def add_handlers(api: NinjaAPI) -> None:
    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return wrong_fields(
            [{"field": f, "reason": why} for f, reasons in error.errors.items() for why in reasons]
        )

    @api.exception_handler(Unsettled)
    def unsettled(request: HttpRequest, error: Unsettled) -> HttpResponse:
        response = problem(503, str(error))
        response["Retry-After"] = str(error.seconds)
        return response

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return wrong_fields(
            [{"field": str(e["loc"][-1]), "reason": str(e["msg"])} for e in error.errors]
        )

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return not_found(str(error))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = problem(
            401, _("Send a token: “Authorization: Bearer …”. This one does not count.")
        )
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return problem(403, str(error) or _("This is not allowed to you."))

    @api.exception_handler(HttpError)
    def refused_by_ninja(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))

    @api.exception_handler(Exception)
    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        raise error  # `wire.on_the_wire` answers, and logs
