"""Makes WattfolioSans.ttf from the variable Inter font (Debian: fonts-inter-variable; Python: fonttools).

Inter's default figures are proportional, and egui cannot ask for the feature `tnum`: the ten digits, the signs and
the dollar are mapped to their tabular forms instead. Only the characters and weights that the app uses are kept.
The OFL asks that changed fonts have a name of their own.

    python make_font.py /usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf WattfolioSans.ttf
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TABULAR = "0123456789+−"
SYMBOLS = "◆■●↺↻▲▼→←↑↓↗↘−×…φπστηδρκΣεΔλΦμ≥≤≈≠½✓⚠∞√·•°–—‘’“”†‹›«»€£¥¢§©®™‰⌘⇧⌃⌥⏎○◇□△▽⌫⇥⎋\u2009\u202f\u00a0"


def tabular_glyphs(font):
    """What the feature `tnum` turns each glyph into."""
    table = font["GSUB"].table
    lookups = {i for r in table.FeatureList.FeatureRecord if r.FeatureTag == "tnum" for i in r.Feature.LookupListIndex}
    mapping = {}
    for index in lookups:
        for sub in table.LookupList.Lookup[index].SubTable:
            sub = getattr(sub, "ExtSubTable", sub)
            mapping.update(getattr(sub, "mapping", {}))
    return mapping


def main(source, target):
    font = TTFont(source)
    mapping = tabular_glyphs(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for character in TABULAR:
                glyph = table.cmap.get(ord(character))
                if glyph in mapping:
                    table.cmap[ord(character)] = mapping[glyph]
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    subsetter = subset.Subsetter(options)
    latin = list(range(0x20, 0x7F)) + list(range(0xA0, 0x180))
    subsetter.populate(unicodes=latin + [ord(c) for c in SYMBOLS])
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": (400, 600)})
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = {6: "WattfolioSans", 3: "WattfolioSans-1"}.get(record.nameID, "Wattfolio Sans")
    font.save(target)
    cmap = font.getBestCmap()
    advances = {c: font["hmtx"][cmap[ord(c)]][0] for c in TABULAR}
    assert len({advances[c] for c in "0123456789"}) == 1, advances
    print(target, len(cmap), "characters, missing:", [c for c in SYMBOLS if ord(c) not in cmap])


if __name__ == "__main__":
    main(*sys.argv[1:])
