"""Makes the three fonts of this folder from the static TTFs of Inter. Run by hand, only to update Inter:

    npm pack @expo-google-fonts/inter@0.4.2 && tar xzf expo-google-fonts-inter-0.4.2.tgz
    pip install fonttools==4.68.0
    python subset.py package

The digits of the result are Inter's tabular figures (feature tnum), all of one width, because fpdf applies no OpenType
feature and amounts stand in columns. The characters kept are those of covered in ../font.go: change both together.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

RANGES = [
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x0192, 0x0192), (0x0218, 0x021B), (0x0386, 0x0386), (0x0388, 0x038A),
    (0x038C, 0x038C), (0x038E, 0x03A1), (0x03A3, 0x03CE), (0x0400, 0x045F), (0x1E00, 0x1EFF), (0x2010, 0x2015),
    (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x202F, 0x202F), (0x2030, 0x2030), (0x2032, 0x2033),
    (0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265), (0x25A1, 0x25A1), (0x2713, 0x2713),
    (0x2717, 0x2717),
]


def tabular(font):
    """Points the ten digits of the character map at their tabular forms."""
    gsub = font["GSUB"].table
    swap = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    swap.update(getattr(table, "ExtSubTable", table).mapping)
    for cmap in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            cmap.cmap[code] = swap.get(cmap.cmap[code], cmap.cmap[code])  # tables may share one map


def main(package):
    for source, name in [("400Regular/Inter_400Regular", "Inter-Regular"), ("600SemiBold/Inter_600SemiBold", "Inter-SemiBold"),
                         ("700Bold/Inter_700Bold", "Inter-Bold")]:
        font = TTFont(f"{package}/{source}.ttf", recalcTimestamp=False)
        tabular(font)
        options = subset.Options()
        options.layout_features = []
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "DSIG"]
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.notdef_outline = True
        options.hinting = False
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        cutter.subset(font)
        missing = [hex(code) for first, last in RANGES for code in range(first, last + 1) if code not in font.getBestCmap()]
        print(name, len(font.getBestCmap()), "characters, missing:", missing)
        font.save(f"{name}.ttf")


main(sys.argv[1])
