"""The Poisson solver, which the operations on pictures share with the healing brush."""

from core.raster.poisson import Mask, Tick, solve

__all__ = ["Mask", "Tick", "solve"]
