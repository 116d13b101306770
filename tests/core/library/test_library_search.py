"""Finding elements by meaning, over the whole shipped library."""

import pytest

from core.documents import svg_drawing
from core.library.search import Index, edits, library
from core.library.store import LICENCES
from core.library.words import stems


@pytest.fixture(scope="module")
def index() -> Index:
    return library.index()


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("coffee", "coffee"),
        ("咖啡", "coffee"),
        ("shopping cart", "cart"),
        ("购物车", "cart"),
        ("sale", "sale discount"),
        ("促销", "sale discount offer"),
        ("arrow right", "arrow right"),
        ("右箭头", "arrow right"),
        ("delivery truck", "truck delivery"),
        ("快递", "delivery truck"),
        ("gift box", "gift"),
        ("礼物", "gift present"),
        ("生日蛋糕", "cake"),
        ("优惠券", "coupon ticket voucher"),
        ("熊猫", "panda"),
        ("医院", "hospital"),
        ("灯笼", "lantern"),
        ("笑脸", "smile smiley smiling"),
        ("手机", "phone mobile smartphone"),
        ("放大镜", "search magnify magnifying glass"),
        ("蓝色购物车图标", "cart"),
        ("hamburgers", "hamburger burger"),
        ("cofee", "coffee"),
        ("umberlla", "umbrella"),
        ("envelo", "envelope"),
    ],
)
def test_sensible_elements_come_first(index: Index, query: str, word: str) -> None:
    first = index.search(query)[:5]
    assert len(first) == 5
    assert all(set(stems(word)) & set(stems(one.name)) for one in first), [one.id for one in first]


@pytest.mark.parametrize("query", ["arrow right", "右箭头"])
def test_all_words_of_a_phrase_are_met(index: Index, query: str) -> None:
    for one in index.search(query)[:40]:
        assert {"arrow", "right"} <= set(stems(one.name)), one.id


@pytest.mark.parametrize(("query", "flag"), [("中国", "circle-flags:cn"), ("japan flag", "circle-flags:jp")])
def test_countries_are_found_by_name(index: Index, query: str, flag: str) -> None:
    assert index.search(query)[0].id == flag


def test_exact_names_come_before_longer_ones_and_favoured_families_first(index: Index) -> None:
    found = [one.id for one in index.search("rocket")]
    assert found[0] == "tabler:rocket"
    assert found.index("mdi:rocket") < found.index("tabler:rocket-off")


def test_nonsense_finds_nothing_and_nothing_finds_all(index: Index) -> None:
    assert index.search("qwxyzv") == []
    assert len(index.search("")) == len(index.store.elements)
    assert index.search("x" * 5000) == []


def test_category_and_set_narrow_what_is_found(index: Index) -> None:
    food = index.search("cup", kind="food")
    assert food and all("food" in one.kinds for one in food)
    lucide = index.search("cup", sets=frozenset({"lucide"}))
    assert lucide and {one.set for one in lucide} == {"lucide"}


def test_the_library_is_large_and_every_set_may_be_shipped(index: Index) -> None:
    assert len(index.store.elements) >= 20_000
    assert {info.licence for info in index.store.sets.values()} <= set(LICENCES)
    assert len({one.id for one in index.store.elements}) == len(index.store.elements)
    assert set(index.store.sets) == {one.set for one in index.store.elements}


def test_no_brand_marks_are_in_it(index: Index) -> None:
    names = {word for one in index.store.elements for word in one.key.split("-")}
    assert not names & {"facebook", "instagram", "whatsapp", "tiktok", "youtube", "wechat", "weixin", "alipay"}


def test_elements_can_be_drawn_by_the_importer(index: Index) -> None:
    """Every 97th: the script that builds the library tries all of them."""
    for one in index.store.elements[::97]:
        assert svg_drawing.parse(index.store.body(one)), one.id


def test_letters_changed_are_counted() -> None:
    assert edits("cofee", "coffee", 2) == 1
    assert edits("umberlla", "umbrella", 2) == 1
    assert edits("cat", "elephant", 2) == 3
