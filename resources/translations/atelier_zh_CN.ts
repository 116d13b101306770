<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Atelier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An offline studio for creative work. It runs on this computer alone and never opens a network connection. Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ActionTable</name>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AdjustmentSection</name>
    <message>
        <source>Adjustment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all values</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnchorField</name>
    <message>
        <source>Anchor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The part of the picture that stays in place. Arrow keys choose it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AssetsDock</name>
    <message>
        <source>Search assets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh all out of date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop pictures, sounds, films, texts or fonts into the window: they are kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place in the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how this was made</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BlendField</name>
    <message>
        <source>Blend mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BrushTool</name>
    <message>
        <source>Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to paint. [ and ] change the size, Shift+[ and Shift+] the hardness, digits the opacity; Shift+click draws a line, Alt takes a colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a pixel layer or a mask to erase from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one layer to paint on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list to paint on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer is hidden: show it in the layer list to paint on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer is squashed flat: reset its size to paint on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} px</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColourField</name>
    <message>
        <source>{title} as hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A colour is # and six digits, such as #6c61e8.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColourPopup</name>
    <message>
        <source>Saturation and brightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColourWells</name>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Foreground and background colour. X swaps them, D makes them black and white.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Foreground {first}, background {second}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all of these layers before you merge them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock all of these layers before you merge them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture was changed while layers were merged, so nothing was merged.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Before and after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The arrow keys move the divider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurveEditor</name>
    <message>
        <source>Curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab to a point with the comma and full stop keys, move it with the arrow keys, Delete takes it away.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurvesBody</name>
    <message>
        <source>RGB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Close {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close; Window brings it back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Properties</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Docks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dock it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentSection</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the size of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anchor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In print</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the tab; the document stays in the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop files here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a picture, a project or a folder here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound, video, text, MIDI and fonts are kept as assets of the project.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Drops</name>
    <message>
        <source>One project is open at a time; “{name}” was opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> And {n} more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is in Assets now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files are in Assets now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is not a font that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The font {family} can be used in this project now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is a safe model file, but nothing in this version runs models of your own yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EraserTool</name>
    <message>
        <source>Eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to erase pixels, or to hide when a mask is selected. [ and ] change the size, Shift+[ and Shift+] the hardness, digits the opacity.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every pixel as it is, with transparency.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small and understood everywhere. The background shows where the picture is transparent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller than JPEG, with transparency; for the web.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weigh the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EyedropperTool</name>
    <message>
        <source>Eyedropper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to take the colour under the pointer, with Alt as the background colour.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FamilyField</name>
    <message>
        <source>Typeface</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FillSection</name>
    <message>
        <source>Fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FrameView</name>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HandTool</name>
    <message>
        <source>Hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to move the view. Holding Space does the same with any tool.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryDock</name>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every step you take is kept here, also after closing. Undo never runs out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the present state a name, to come back to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of this state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept as “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No snapshots yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to this state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget everything before this…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the oldest step already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget {count} steps before {when}? They cannot be undone any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>current state</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImagePanel</name>
    <message>
        <source>Background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{family}” is in the project. Install it on this computer to set text in it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InputField</name>
    <message>
        <source>From the recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a layer, or drop one here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use what is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asset</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Open a picture to see its properties.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobsDock</name>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs appear here while they run. Long ones can be left alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{running} running, {waiting} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do it next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made by a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows only where the layer below it is</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerRows</name>
    <message>
        <source>Layer name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide (Alt: only this layer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to paint on the mask, Shift+click to switch it off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayersDock</name>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here yet. Drop a picture on the canvas, paint with the brush, or add a layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a pixel layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an adjustment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group the selected layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LicencesDialog</name>
    <message>
        <source>Licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Atelier itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MadeView</name>
    <message>
        <source>How this was made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out of date: what it was made from has changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change and make again…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vary the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh with all that depends on it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Nothing is open. Drop a picture here, or start with an empty one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New image…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a layer to see its properties.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layers of the open document appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not on this computer: save it to a file and drop that.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MakeDock</name>
    <message>
        <source>What do you want to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by intent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaskSection</name>
    <message>
        <source>Mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint on the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White shows the layer, black hides it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New &amp;image…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New &amp;project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sample project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a &amp;copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;lace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close &amp;tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close pro&amp;ject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dese&amp;lect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit in window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Side panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Make</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Atelier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo: {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo: {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MoveTool</name>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to move. Shift keeps the direction, Alt drags a copy, Ctrl stops snapping. Arrow keys move by 1 px, with Shift by 10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list to move it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{x}, {y} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose layer here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed layer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewImageDialog</name>
    <message>
        <source>New image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} megapixels</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Type a number or a sum such as 1920/2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset to {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OperationForm</name>
    <message>
        <source>Choose what to use as “{field}” first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {field}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptionalNumber</name>
    <message>
        <source>Set it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set {field}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptionsBar</name>
    <message>
        <source>1 pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto-select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A click chooses the topmost layer under the pointer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align left edges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre horizontally</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align right edges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align top edges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre vertically</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align bottom edges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equal gaps across</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equal gaps down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure changes the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlaceSection</name>
    <message>
        <source>Position and size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>X</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep width and height in proportion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip horizontally</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip vertically</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn by 90° clockwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset size and rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its own pixels: {width} × {height}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>made by a model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory for models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 lets Atelier decide: three quarters of {n} GB. It counts from the next start on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProjectCard</name>
    <message>
        <source>Cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off this list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProjectCommands</name>
    <message>
        <source>Projects and pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project was damaged; what could be read is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample campaign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample is being made; Jobs shows how far it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample is ready: one ad in three sizes, every layer of it editable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A copy was written to {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Workspaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Atelier sends nothing by itself. This is what an archive for the people who mend it would hold: logs without names, paths and contents of your work. Save it, and attach it to your report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files in the archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the archive…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the archive</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultStrip</name>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it into the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results appear here, to compare with the original before you keep one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A preview comes as soon as there is something to see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{colour}: click to copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{colour} was copied.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The background is gone. A mask in its place can still be painted on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a mask instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer was changed since; run “Remove background” on it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This picture needs no correction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The palette is in the Properties: click a colour to paint with it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <source>Another seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throw the dice: another seed, another result</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Open {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong in Atelier; your work is saved. See Help → Report a problem.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutPage</name>
    <message>
        <source>Search commands or keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands and their shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another shortcut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{command}” has this shortcut too; neither works until one of them gets another.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything runs on this computer. Atelier never opens a network connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core: not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core: starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core: idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core: working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core: not answering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core: could not start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core: working, {count} jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the core process is doing. Click to see the jobs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SwatchSection</name>
    <message>
        <source>Palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{colour}: click to paint with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as foreground colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy {colour}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextSection</name>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Italic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letter spacing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letter spacing in thousandths of the type size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines break at this width; 0 lets them run on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box behind the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corner radius</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typeface</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corners</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextTool</name>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click and type, or drag a box to write in. Click a text to change it; Esc or Ctrl+Enter when you are done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This text is locked: unlock it in the layer list to change it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ToolStrip</name>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image, text, music and video in one place. Everything stays on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New image…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A real product photo becomes a finished ad in three sizes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkArea</name>
    <message>
        <source>All documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All documents of this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{title}” was removed from the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ZoomTool</name>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to come closer, with Alt to step back, or drag a frame around what you want to see.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Preview</name>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>adjustment</name>
    <message>
        <source>Exposure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brightness and contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hue and saturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White balance</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>blend</name>
    <message>
        <source>Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Darken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lighten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour dodge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour burn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hard light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exclusion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear dodge (add)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>drops</name>
    <message>
        <source>“{name}” cannot be read: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is a database, but not an Atelier project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is of a kind that Atelier has no use for ({type}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is a pickle, which could run any code when it is read; use a safetensors, GGUF or ONNX file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” holds more than {n} files; drop a smaller folder.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Change adjustment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset adjustment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add adjustment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ungroup layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock or unlock layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clip layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch mask on or off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset transform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distribute layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rasterise layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resize canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change blend mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto grade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change text style</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint on mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lineage</name>
    <message>
        <source>result of “{step}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>operations</name>
    <message>
        <source>Auto grade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto, enhance, exposure, white balance, contrast, colour correction, fix, improve, levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrects exposure, colour cast, contrast and saturation. Keep the result as adjustment layers to change it later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 leaves the picture as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colour transfer, color match, look, grade like, reference, palette transfer, mood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives a picture the colours of another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture whose colours are wanted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep lightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes over hue and saturation only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same seed, same result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>denoise, grain, clean, smooth, iso, low light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes grain and sensor noise out of a picture and keeps its edges.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>save, write, png, jpeg, jpg, webp, share, deliver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes a PNG, JPEG or WebP with an sRGB profile and without personal data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Png</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jpeg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Webp</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For JPEG and WebP; colour is kept at full resolution in JPEG. PNG is always lossless.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For WebP: keep every pixel as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What shows through transparent parts in a JPEG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written into the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy title, description, author and copyright of the original; place, camera and owner are never copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file whose metadata is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>template, layout, compose, ad, banner, sizes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts pictures into the layers of a template that are named for them, fitted and centred.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open, import, load, read, place, photo, svg, png, jpeg, webp, tiff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads PNG, JPEG, WebP, TIFF, BMP, GIF (first frame) or SVG, whatever the file is called, and converts it to sRGB. Turned photos are set upright.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What messages call the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For SVG: how wide to draw it. Empty: as the drawing says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>palette, swatches, colours, harmony, complementary, contrast, wcag, brand colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds a picture&apos;s main colours, colours in harmony with them, and which pairs are readable together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut out, isolate, transparent, cutout, knock out, product, mask, select subject, matting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds the main subject and makes everything else transparent. Colours along the edge are cleaned of the old background.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refine edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How closely the edge follows hair, threads and other fine detail of the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves the edge inwards (−) or outwards (+).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feather</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softens the edge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean edge colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the old background&apos;s colour out of half-covered pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compose document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>flatten, merge, render, compose, layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Composes all visible layers of an image document into one picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 is the document&apos;s own size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upscale, super resolution, make it bigger, 2x, 4x, sharpen, print size, enhance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a picture two or four times as large and draws finer edges than plain scaling can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Art suits drawings, logos and flat colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Art</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes grain and JPEG traces out while enlarging.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Medium</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Highest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Midtones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tint</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>outputs</name>
    <message>
        <source>image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>info</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>panel</name>
    <message>
        <source>{name} tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black and white colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New pixel layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New colour fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adjust: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn into pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clip to the layer below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add mask that hides all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip horizontally</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip vertically</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn 90° clockwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn 90° anticlockwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset size and rotation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Square post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Portrait post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wide banner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full HD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4K UHD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A4, 300 ppi</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large poster</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>since</name>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px/in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>°</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>weights</name>
    <message>
        <source>Thin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extra light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regular</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Medium</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Semibold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extra bold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>workspaces</name>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
