"""The language of the interface: English is in the source, everything else in ``resources/translations``.

Text is translated while a widget is built; when the language changes the window is built anew. Words that come from
declarations (operations, adjustment fields) and from history labels are looked up in contexts of their own, see
``scripts/translations.py``. What the core says arrives as a :class:`core.values.Message` and is shown by :func:`said`.
"""

import logging
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.operations.base import FieldInfo, OperationInfo
from core.operations.recipe import Recipe, Step
from core.resources import resource
from core.values import AtelierError, Message, reason

log = logging.getLogger(__name__)

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Every language by code, named in itself."""


@dataclass
class _Loaded:
    code: str = "en"
    translators: tuple[QTranslator, ...] = ()


_loaded = _Loaded()


def system_language() -> str:
    """Return the language of the platform, English where there is no translation for it."""
    for name in QLocale.system().uiLanguages():
        if name.lower().startswith("zh") and "hant" not in name.lower() and name[-2:] not in ("TW", "HK", "MO"):
            return "zh_CN"
        if name.lower().startswith("en"):
            return "en"
    return "en"


def language() -> str:
    """Return the code of the language in use."""
    return _loaded.code


def use(code: str) -> str:
    """Translate everything that is built from now on into ``code`` (``system`` asks the platform). GUI thread."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("a language needs a running application")
    code = system_language() if code == "system" else code
    code = code if code in LANGUAGES else "en"
    for old in _loaded.translators:
        app.removeTranslator(old)
    translators: list[QTranslator] = []
    if code != "en":
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{code}", qt_folder), (f"atelier_{code}", str(resource("translations")))):
            translator = QTranslator(app)
            if translator.load(name, folder):
                app.installTranslator(translator)
                translators.append(translator)
            else:
                log.warning("the translation %s was not found in %s", name, folder)
    _loaded.translators = tuple(translators)
    _loaded.code = code
    QLocale.setDefault(QLocale(code) if code != "en" else QLocale(QLocale.Language.English))
    return code


def word(context: str, text: str) -> str:
    """Return ``text`` translated in ``context``; itself where there is no translation, and empty text as it is."""
    return QCoreApplication.translate(context, text) if text else text


def said(words: str | BaseException) -> str:
    """Return what the core says, a message or an error, in the language in use; any other text as it is.

    The values of a message are translated where they are messages themselves, and never looked into.
    """
    if isinstance(words, AtelierError):
        words = words.message
    elif isinstance(words, OSError):
        words = reason(words)
    if not isinstance(words, Message):
        return str(words)
    template = _template(words.template)
    if not words.values:
        return template
    values = {name: said(value) if isinstance(value, Message) else value for name, value in words.values.items()}
    try:
        return template.format(**values)
    except (LookupError, ValueError, TypeError, AttributeError):
        log.warning("the translation %r does not fit %r", template, words.template)
        return str(words)


def _template(text: str) -> str:
    """Return what the core says translated; titles of operations stand in its sentences too."""
    for context in ("messages", "operations"):
        found = word(context, text)
        if found != text:
            return found
    return text


def step_title(step: Step) -> str:
    """Return what a step of a recipe is called, in the language in use."""
    return said(Message(step.label)) if step.label else operation_title(step.operation.info)


def recipe_title(recipe: Recipe) -> str:
    """Return what a recipe is called, in the language in use where it was not a person who named it."""
    return said(Message(recipe.title))


def operation_title(info: OperationInfo) -> str:
    """Return an operation's title in the language in use."""
    return word("operations", info.title)


def operation_help(info: OperationInfo) -> str:
    """Return an operation's help in the language in use."""
    return word("operations", info.help)


def search_words(info: OperationInfo) -> str:
    """Return what an operation can be found by: title and intent in every language, whichever is in use."""
    texts = [info.title, info.intent]
    for translator in _for_search():
        texts += [translator.translate("operations", text) or "" for text in (info.title, info.intent)]
    return ", ".join(dict.fromkeys(text for text in texts if text))


@cache
def _for_search() -> tuple[QTranslator, ...]:
    """Return a translator for each language: people search in the language they think in."""
    made = []
    for code in LANGUAGES:
        translator = QTranslator()
        if code != "en" and translator.load(f"atelier_{code}", str(resource("translations"))):
            made.append(translator)
    return tuple(made)


def field_title(info: FieldInfo) -> str:
    """Return a field's title in the language in use."""
    return word("operations", info.title)


def field_help(info: FieldInfo) -> str:
    """Return a field's help in the language in use."""
    return word("operations", info.help)


def choice_text(value: object) -> str:
    """Return a choice of a field as English words: ``salt_and_pepper`` as “Salt and pepper”."""
    return str(value).replace("_", " ").replace("-", " ").capitalize()


def choice(value: object) -> str:
    """Return a choice of a field, ``high`` or ``4``, as a person reads it."""
    return word("operations", choice_text(value))


def unit(text: str) -> str:
    """Return a unit in the language in use."""
    return word("units", text)


def history_label(label: str) -> str:
    """Return the label of a transaction in the language in use."""
    return word("history", label)
