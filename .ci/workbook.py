"""Workbooks as other programs compute them: poisons cached values, and compares recomputed ones with ours.

  workbook.py poison FROM TO            a copy in which every formula has the same wrong value
  workbook.py compare OURS THEIRS JSON  every formula cell, and the measures of `wattfolio compare --format json`
  workbook.py stale OURS THEIRS         fails unless the wrong values are still there

Only the standard library, so that nothing of ours reads what we wrote.
"""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

POISON = "12345.678"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets(archive):
    """Names of the sheets, and the roots of their parts."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    parts = {link.get("Id"): link.get("Target") for link in links}
    for sheet in book.iter(MAIN + "sheet"):
        part = "xl/" + parts[sheet.get(LINK)].removeprefix("/xl/")
        yield sheet.get("name"), ElementTree.fromstring(archive.read(part))


def money_formats(archive):
    """Which formats of cells are whole dollars."""
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {form.get("numFmtId"): form.get("formatCode") for form in styles.iter(MAIN + "numFmt")}
    formats = styles.find(MAIN + "cellXfs")
    return [codes.get(form.get("numFmtId"), "").startswith("$#,##0_)") for form in formats]


def values(path, formulas_only):
    """Values of cells by sheet and address, with whether they are dollars."""
    with zipfile.ZipFile(path) as archive:
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(text.text or "" for text in item.iter(MAIN + "t")) for item in strings]
        money = money_formats(archive)
        found = {}
        for name, root in sheets(archive):
            for cell in root.iter(MAIN + "c"):
                if formulas_only and cell.find(MAIN + "f") is None:
                    continue
                value = cell.find(MAIN + "v")
                text = "" if value is None or value.text is None else value.text
                if cell.get("t") == "s":
                    text = shared[int(text)]
                found[name, cell.get("r")] = text, money[int(cell.get("s", "0"))]
        return found


def names(path):
    """The cells that have names."""
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {}
    for name in book.iter(MAIN + "definedName"):
        sheet, _, cell = name.text.rpartition("!")
        found[name.get("name")] = sheet.strip("'").replace("''", "'"), cell.replace("$", "")
    return found


def poison(source, target):
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    count = 0

    def poisoned(cell):
        nonlocal count
        count += 1
        head = cell.group(1).replace(' t="str"', "")
        return f"{head}{cell.group(2)}<v>{POISON}</v></c>"

    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in archive.namelist():
            content = archive.read(part)
            if part.startswith("xl/worksheets/sheet"):
                text = content.decode()
                text = re.sub(r"(<c [^>]*>)(<f>[^<]*</f>)<v>[^<]*</v></c>", poisoned, text)
                content = text.encode()
            copy.writestr(part, content)
    left = [place for place, (text, _) in values(target, True).items() if text != POISON]
    if left or not count:
        sys.exit(f"{source}: {count} formulas poisoned, {len(left)} not")


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def flow_sizes(ours, named):
    """The sum of absolute flows of each business by its sheet, USD."""
    sizes = {place[0]: float(ours[place][0]) for name, place in named.items() if name.endswith("_flow_size")}
    return sizes, max(sizes.values())


def compare(ours_path, theirs_path, json_path):
    ours, theirs, named = values(ours_path, True), values(theirs_path, False), names(ours_path)
    sizes, largest = flow_sizes(ours, named)
    worst = {"dollars, of the flows": 0.0, "rates": 0.0, "else": 0.0}
    differing = []
    rates = {place for name, place in named.items() if name.endswith(("_irr", "_mirr", "_irr_monthly"))}
    for place, (text, is_money) in ours.items():
        other = theirs.get(place, ("", False))[0]
        mine, found = number(text), number(other)
        if mine is None or found is None:
            if text != other:
                differing.append(f"{place}: {text!r} is {other!r}")
            continue
        if is_money:
            own = [size for sheet, size in sizes.items() if place[0].startswith(sheet)]
            kind, share = "dollars, of the flows", abs(mine - found) / max(own, default=largest)
        else:
            kind = "rates" if place in rates else "else"
            share = abs(mine - found) / (1.0 if place in rates else max(1.0, abs(mine)))
        worst[kind] = max(worst[kind], share)
        if share > 1e-9:
            differing.append(f"{place}: {text} is {other}")
    results = json.loads(pathlib.Path(json_path).read_text())
    measures = 0
    for name, place in named.items():
        # With several scenarios names begin with the letter of theirs; 0 is the one that was compared.
        business, _, measure = name.removeprefix("scenario_0_").partition("_")
        known = results.get(business, {}).get("measures", {}).get(measure)
        if place in ours and isinstance(known, (int, float)):
            measures += 1
            if number(ours[place][0]) != known:
                differing.append(f"{name}: {ours[place][0]} was written, the crate has {known}")
    figures = ", ".join(f"{kind} {share:.1e}" for kind, share in worst.items())
    print(f"{pathlib.Path(ours_path).stem}: {len(ours)} formulas, {measures} measures; largest differences: {figures}")
    if differing or measures < 15:
        sys.exit("\n".join([f"{len(differing)} cells differ, {measures} measures", *differing[:20]]))


def stale(ours_path, theirs_path):
    theirs = values(theirs_path, False)
    ours = values(ours_path, True)
    kept = sum(theirs.get(place, ("", False))[0] == POISON for place in ours)
    print(f"control without recalculation: {kept} of {len(ours)} wrong values came through")
    if kept != len(ours):
        sys.exit("the control did not keep the wrong values: the check proves nothing")


if __name__ == "__main__":
    {"poison": poison, "compare": compare, "stale": stale}[sys.argv[1]](*sys.argv[2:])
