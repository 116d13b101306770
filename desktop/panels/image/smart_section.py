"""Inspector section for a smart layer: which document it shows, and the ways to that document."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import theme
from desktop.panels.image.editor import Editor
from desktop.panels.image.sections import Section
from desktop.panels.image.smart_commands import SmartCommands


class SmartSection(Section):
    """Says what the layer shows; *Edit contents* and *Replace*."""

    def __init__(self, editor: Editor, commands: SmartCommands, parent: QWidget | None = None) -> None:
        super().__init__(editor, "", parent)
        self.heading.setText(self.tr("Smart layer"))
        self._commands = commands
        self.what = QLabel()
        self.what.setWordWrap(True)
        theme.set_role(self.what, "secondary")
        self.edit = QPushButton()
        self.edit.clicked.connect(commands.edit_contents)
        self.replace = QPushButton(self.tr("Replace…"))
        self.replace.setToolTip(self.tr("Show another picture of this project here"))
        self.replace.clicked.connect(lambda: commands.choose(self.replace, commands.replace_contents))
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.edit)
        row.addWidget(self.replace)
        self.wide(self.what)
        self.wide(buttons)

    def follow(self) -> None:
        layer = self._commands.layer
        if layer is None:
            return
        linked = self._commands.linked(layer)
        if linked is None:
            self.what.setText(self.tr("The document it showed is not in the project any more. What it shows is kept."))
            self.edit.setText(self.tr("Bring it back"))
        else:
            words = self.tr("Shows “{title}”, {width} × {height} px, and follows every change of it.")
            title = linked.title or self.tr("Untitled")
            self.what.setText(words.format(title=title, width=linked.width, height=linked.height))
            self.edit.setText(self.tr("Edit contents"))
        self.replace.setEnabled(not layer.locked)
