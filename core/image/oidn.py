"""Intel Open Image Denoise, spoken to directly.

The ``pyoidn`` package brings the library with its weights (both Apache-2.0); its own Python layer is left alone
because it imports torch and has no way to stop a filter that runs.
"""

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from core.engine.spawn import threads
from core.image.pixels import Floats
from core.values import AtelierError, Message

_CPU = 1
_FLOAT3 = 3
_CANCELLED = 6

_Monitor = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_double)


@cache
def _library() -> ctypes.CDLL:
    """Load the library and declare the few functions that are used. Raises :class:`AtelierError` when it is missing."""
    spec = importlib.util.find_spec("pyoidn")
    if spec is None or not spec.submodule_search_locations:
        raise AtelierError("Removing noise needs the package pyoidn, which is not installed.")
    root = Path(spec.submodule_search_locations[0]) / "oidn"
    try:
        if sys.platform == "win32":
            os.add_dll_directory(str(root / "bin"))
            library = ctypes.CDLL(str(root / "bin" / "OpenImageDenoise.dll"))
        else:
            suffix = "dylib" if sys.platform == "darwin" else "so"
            library = ctypes.CDLL(str(root / "lib" / f"libOpenImageDenoise.{suffix}"))
    except OSError as error:
        raise AtelierError("The library for removing noise cannot be loaded: {why}.", why=str(error)) from None
    pointer, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
    signatures: dict[str, tuple[object, list[object]]] = {
        "oidnNewDevice": (pointer, [ctypes.c_int]),
        "oidnCommitDevice": (None, [pointer]),
        "oidnReleaseDevice": (None, [pointer]),
        "oidnSetDeviceInt": (None, [pointer, text, ctypes.c_int]),
        "oidnSetDeviceBool": (None, [pointer, text, ctypes.c_bool]),
        "oidnGetDeviceError": (ctypes.c_int, [pointer, ctypes.POINTER(text)]),
        "oidnNewFilter": (pointer, [pointer, text]),
        "oidnSetSharedFilterImage": (None, [pointer, text, pointer, ctypes.c_int, size, size, size, size, size]),
        "oidnSetFilterBool": (None, [pointer, text, ctypes.c_bool]),
        "oidnSetFilterProgressMonitorFunction": (None, [pointer, _Monitor, pointer]),
        "oidnCommitFilter": (None, [pointer]),
        "oidnExecuteFilter": (None, [pointer]),
        "oidnReleaseFilter": (None, [pointer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def denoise(rgb: Floats, out: Floats, monitor: Callable[[float], object]) -> None:
    """Denoise ``rgb`` (float32 H×W×3, sRGB-encoded, 0…1) into ``out`` (the same shape) on the processor.

    ``monitor(fraction)`` is called on a thread of the library; what it raises stops the filter and comes out here.
    Raises :class:`AtelierError` when the library fails.
    """
    assert rgb.dtype == out.dtype == np.float32 and rgb.shape == out.shape
    assert rgb.flags.c_contiguous and out.flags.c_contiguous
    height, width = rgb.shape[:2]
    library = _library()
    raised: list[BaseException] = []

    def tell(_: object, fraction: float) -> bool:
        try:
            monitor(fraction)
        except BaseException as error:  # it must not travel through the library
            raised.append(error)
        return not raised

    call = _Monitor(tell)
    device = library.oidnNewDevice(_CPU)
    if not device:
        _raise(library, None)
    try:
        library.oidnSetDeviceInt(device, b"numThreads", threads())
        library.oidnSetDeviceBool(device, b"setAffinity", False)
        library.oidnCommitDevice(device)
        _raise(library, device)
        handle = library.oidnNewFilter(device, b"RT")
        try:
            for name, array in ((b"color", rgb), (b"output", out)):
                address = array.ctypes.data_as(ctypes.c_void_p)
                library.oidnSetSharedFilterImage(handle, name, address, _FLOAT3, width, height, 0, 0, 0)
            library.oidnSetFilterBool(handle, b"srgb", True)
            library.oidnSetFilterProgressMonitorFunction(handle, call, None)
            library.oidnCommitFilter(handle)
            library.oidnExecuteFilter(handle)
        finally:
            library.oidnReleaseFilter(handle)
        _raise(library, device)
    finally:
        library.oidnReleaseDevice(device)
    if raised:
        raise raised[0]


def _raise(library: ctypes.CDLL, device: int | None) -> None:
    """Raise what went wrong; that the filter was stopped is nothing wrong."""
    message = ctypes.c_char_p()
    code = library.oidnGetDeviceError(device, ctypes.byref(message))
    if code not in (0, _CANCELLED):
        why = (message.value or b"").decode(errors="replace")
        raise AtelierError(
            "The library for removing noise failed: {why}.", why=why or Message("error {code}", code=code)
        )
