"""Makes Letters.ttc, a font of a few letters for tests (Python: fonttools).

Three faces: Han, kana and Hangul of Droid Sans Fallback (Debian: fonts-droid-fallback), Arabic and Hebrew of Noto Sans
(Debian: fonts-noto-core). In each the letters and digits of ASCII are mapped to one of its own letters: where a bundled
letter were taken from this font, it would show.

    python make_letters.py DroidSansFallback.ttf NotoSansArabic-Regular.ttf NotoSansHebrew-Regular.ttf Letters.ttc
"""

import string
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

LETTERS = ["电電力会社中あア전력", "حساب", "שלום"]
NAMES = ["Wattfolio Test Han", "Wattfolio Test Arabic", "Wattfolio Test Hebrew"]


def face(source, letters, name):
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = [1, 2, 3, 4, 6]
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    foreign = font.getBestCmap()[ord(letters[0])]
    for table in font["cmap"].tables:
        if table.isUnicode():
            for letter in string.ascii_letters + string.digits:
                table.cmap[ord(letter)] = foreign
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    return font


collection = TTCollection()
collection.fonts = [face(*each) for each in zip(sys.argv[1:4], LETTERS, NAMES)]
collection.save(sys.argv[4])
