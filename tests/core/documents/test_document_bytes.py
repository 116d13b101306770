"""A document is stored as bytes: equal revisions are equal bytes, whichever way they came about."""

from hypothesis import given

from core.documents.base import decode_document, encode_document
from core.documents.image import FillLayer, ImageDocument, TextLayer, Transform
from tests.core.documents.image_strategies import documents


@given(documents)
def test_what_is_read_back_is_equal_and_is_stored_as_the_same_bytes(document: ImageDocument) -> None:
    data = encode_document(document)
    again = decode_document(data)
    assert again == document
    assert encode_document(again) == data


def test_values_that_were_worked_out_are_stored_like_those_that_were_read() -> None:
    third = 1 / 3
    worked_out = TextLayer(id="t", text="a", opacity=third * 3, transform=Transform(x=40, y=0.0 + 0))
    read = TextLayer(id="t", text="a", opacity=1.0, transform=Transform(x=40.0))
    first, second = (
        ImageDocument(id="d", width=10, height=10, layers=(FillLayer(id="f"), layer)) for layer in (worked_out, read)
    )
    assert first == second
    assert encode_document(first) == encode_document(second)
