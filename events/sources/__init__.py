"""What sources said: the sole writer of Report and, later, of its archived copies."""

from .cite import BadReport, cite

__all__ = ["BadReport", "cite"]
