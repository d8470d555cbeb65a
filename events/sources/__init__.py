"""What sources said: the sole writer of Report and, later, of its archived copies."""

from .cite import BadReport, Cited, check, cite, cite_many

__all__ = ["BadReport", "Cited", "check", "cite", "cite_many"]
