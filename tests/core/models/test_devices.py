"""What is said of the device, without loading anything."""

import subprocess
import sys
import types
from pathlib import Path

import pytest

from core.models import devices

ROOT = Path(__file__).parents[3]


def test_a_processor_is_described_without_torch() -> None:
    code = "import sys; from core.models import devices; print(devices.current().kind, 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["cpu", "False"]
    device = devices.current()
    assert device.name.startswith("CPU, ")
    assert 0 < device.memory_used < device.memory_total


def test_a_graphics_card_is_described_once_torch_uses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for torch: this machine has no card; what it must answer is torch's documented interface."""
    cuda = types.SimpleNamespace(
        is_initialized=lambda: True,
        mem_get_info=lambda: (6 << 30, 24 << 30),
        get_device_name=lambda: "NVIDIA GeForce RTX 4090",
    )
    monkeypatch.setitem(sys.modules, "torch", types.SimpleNamespace(cuda=cuda))
    device = devices.current()
    assert (device.kind, device.name) == ("cuda", "NVIDIA GeForce RTX 4090")
    assert (device.memory_used, device.memory_total) == (18 << 30, 24 << 30)


def test_a_torch_that_is_still_being_imported_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", types.ModuleType("torch"))
    assert devices.current().kind == "cpu"
