"""Neural networks in ONNX, on the processor: loaded alike everywhere, the same result every time, and stoppable."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import onnxruntime

from core.engine.spawn import threads
from core.image.pixels import Floats

if TYPE_CHECKING:
    from core.engine.context import Context


def load(path: Path) -> onnxruntime.InferenceSession:
    """Return the network, ready to run on the processor. Without the arena it gives its working memory back."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(
    session: onnxruntime.InferenceSession, outputs: Sequence[str], inputs: Mapping[str, Floats], ctx: "Context"
) -> list[Floats]:
    """Return what the network makes of ``inputs``; a cancelled job stops it in the middle."""
    options = onnxruntime.RunOptions()

    def stop() -> None:
        options.terminate = True

    with ctx.on_cancel(stop):
        try:
            return list(session.run(list(outputs), dict(inputs), options))
        except Exception:
            ctx.check_cancelled()  # it raises a plain error when it was told to stop
            raise
