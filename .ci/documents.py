"""Reports as programs that are not ours read them.

  documents.py pdf REPORT TEXT PAGES PARTS   the printed text of every figure in the text of another program, ink on
                                             every page picture, and what the report carries
  documents.py page REPORT FOLDER            the page in Chromium: light, dark, printed, with read-outs, without network
  documents.py picture FILE...               charts as pictures: size and ink
  documents.py tables CSV JSON               the same table in pandas and in DuckDB, value by value

Each exits with a message where something is not as it must be.
"""

import json
import pathlib
import sys

# What a page of a report has at least that is not white, as a share of its pixels.
INK = 0.0005


def fail(words):
    sys.exit(f"foreign: {words}")


def packed(text):
    """Text without white space and soft hyphens: programs break lines where they like."""
    return "".join(text.replace("\u00ad", "").split())


def ink(path):
    """Size of a picture, and the share of its pixels that are not of the colour of its corner."""
    from PIL import Image, ImageChops

    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    marks = ImageChops.difference(picture, ground).convert("L").point(lambda value: 255 if value > 8 else 0)
    return picture.size, marks.histogram()[255] / (picture.size[0] * picture.size[1])


def pdf(report, text, pages, parts):
    figures = json.loads((parts / "figures.json").read_text())["figures"]
    if len(figures) < 500:
        fail(f"{report}: only {len(figures)} figures")
    said = packed(text.read_text())
    missing = [figure["id"] for figure in figures if packed(figure["text"]) not in said]
    if missing:
        fail(f"{report}: {len(missing)} printed texts are not in the text of pdftotext: {missing[:5]}")
    pictures = sorted(pages.glob("*.png"))
    blank = [picture.name for picture in pictures if ink(picture)[1] < INK]
    if len(pictures) < 5 or blank:
        fail(f"{report}: {len(pictures)} pages, blank: {blank}")
    carried = {"scenario.wattfolio.ron", "baseline.wattfolio.ron", "figures.json", "workbook.xlsx"}
    if not carried <= {part.name for part in parts.iterdir()}:
        fail(f"{report}: carries {sorted(part.name for part in parts.iterdir())}")
    print(f"{report.name}: {len(pictures)} pages with ink, {len(figures)} printed texts found, 4 files inside")


def page(report, folder):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        heights = {}
        for scheme in ("light", "dark"):
            view = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
            asked, faults = [], []
            view.on("request", lambda request: asked.append(request.url))
            view.on("pageerror", lambda error: faults.append(str(error)))
            view.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
            view.goto(report.resolve().as_uri())
            beyond = [url for url in asked if not url.startswith(("file:", "data:"))]
            if beyond or faults:
                fail(f"{report}: asks for {beyond}, faults {faults}")
            path = folder / f"{report.stem}-{scheme}.png"
            view.screenshot(path=path, full_page=True)
            heights[scheme], share = ink(path)
            if share < INK:
                fail(f"{report}: blank in {scheme}")
            wide = view.evaluate("document.documentElement.scrollWidth > innerWidth")
            view.set_viewport_size({"width": 480, "height": 900})
            narrow = view.evaluate("document.documentElement.scrollWidth > innerWidth")
            if wide or narrow:
                fail(f"{report}: wider than the window: at 1280 {wide}, at 480 {narrow}")
            view.set_viewport_size({"width": 1280, "height": 900})
            read = read_outs(view, scheme)
            view.close()
        if heights["light"] != heights["dark"]:
            fail(f"{report}: light and dark differ in size: {heights}")
        view = browser.new_page(color_scheme="dark")
        view.goto(report.resolve().as_uri())
        view.pdf(path=folder / f"{report.stem}-printed.pdf", format="A4", print_background=True)
        browser.close()
    print(f"{report.name}: no request, no fault, {read} charts with a read-out, light, dark, narrow and printed")


def read_outs(view, scheme):
    """Number of charts that say what is under the pointer; each says two different things at two places."""
    charts = view.locator("figure[data-read-out]")
    count = charts.count()
    for index in range(count):
        figure = charts.nth(index)
        drawing = figure.locator("svg:visible").first
        drawing.scroll_into_view_if_needed()
        place = drawing.bounding_box()
        said = set()
        for step in range(1, 40):
            view.mouse.move(place["x"] + place["width"] * step / 40, place["y"] + place["height"] / 2)
            said.add(figure.locator("output").inner_text())
        if len(said - {""}) < 2:
            fail(f"chart {index + 1} of {count} says nothing under the pointer in {scheme}")
    # Curves of the plan, their overlay, the chance of payback, and cash of each of three businesses.
    if count < 5:
        fail(f"only {count} charts with a read-out")
    return count


def picture(paths):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for path in paths:
            view = browser.new_page()
            view.goto(path.resolve().as_uri())
            shown = path.with_suffix(path.suffix + ".shown.png")
            view.screenshot(path=shown)
            size, share = ink(shown)
            if share < INK:
                fail(f"{path}: Chromium shows nothing")
            if path.suffix == ".png":
                size, share = ink(path)
                if share < INK:
                    fail(f"{path}: blank")
            print(f"{path.name}: {size[0]}×{size[1]} pixels, {share:.1%} ink")
        browser.close()


def tables(csv, objects):
    import duckdb
    import pandas

    frame = pandas.read_csv(csv, keep_default_na=False).set_index("id")
    listed = duckdb.sql(f"select * from read_csv('{csv}', all_varchar = true)").fetchall()
    if [row[0] for row in listed] != list(frame.index):
        fail(f"{csv}: pandas and DuckDB read other rows")
    compared = json.loads(objects.read_text())
    checked = 0
    for business in [name for name in frame.columns if name in compared]:
        column = list(frame.columns).index(business) + 1
        measures = compared[business]["measures"]
        for row in listed:
            ours, text = measures.get(row[0]), row[column] or "" or ""
            if str(frame.loc[row[0], business]) != text:
                fail(f"{csv}: {row[0]} of {business} is {frame.loc[row[0], business]} in pandas, {text} in DuckDB")
            if isinstance(ours, (int, float)):
                if float(text) != float(ours):
                    fail(f"{csv}: {row[0]} of {business} is {text}, the command says {ours}")
                checked += 1
    if checked < 50:
        fail(f"{csv}: only {checked} values compared")
    print(f"{csv.name}: {checked} numbers alike in pandas, DuckDB and the JSON of `wattfolio compare`")


def main(task, *paths):
    paths = [pathlib.Path(path) for path in paths]
    if task == "pdf":
        pdf(*paths)
    elif task == "page":
        page(*paths)
    elif task == "picture":
        picture(paths)
    elif task == "tables":
        tables(*paths)
    else:
        fail(__doc__)


main(*sys.argv[1:])
