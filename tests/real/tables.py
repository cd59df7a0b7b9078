"""What a correct importer does with every real table: the case, and the account it must give."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Series = tuple[str, str]
"""Indicator and period."""


@dataclass(frozen=True)
class Case:
    """One command line and what is expected of it; what is not said is not checked.

    ``rows`` are counts by fate; ``figures`` the regions with a figure by indicator and period; ``asks`` are options
    that the question must name; ``says`` are words that stand in a sentence of the report, without case.
    """

    file: str
    edition: str
    arguments: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[Series, int] = field(default_factory=dict)
    states: Mapping[Series, int] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    system: str | None = None
    name: str = ""

    def __str__(self) -> str:
        return self.name or " ".join((self.file, self.edition, *self.arguments))


def asked(*indicators: str, **more: str) -> tuple[str, ...]:
    """The arguments for some indicators and other options: ``asked("kk=jumlah_kk", period="2024")``."""
    said = [part for each in indicators for part in ("--indicator", each)]
    return (*said, *(part for key, value in more.items() for part in (f"--{key.replace('_', '-')}", value)))


YEARS = ("2021", "2022", "2023", "2024")
SERANG = asked("iks=IKS", "ike=IKE", "ikl=IKL", "idm=NILAI IDM", "idm_status=STATUS IDM")
TOTALS = {"idm_2024": 75265}

CASES = (
    Case(
        "idm_2021_2024_kab_serang_wide.xlsx",
        "serang-k",
        SERANG,
        rows={"read": 326, "joined": 326},
        figures={(slug, year): 326 for slug in ("iks", "ike", "ikl", "idm", "idm_status") for year in YEARS},
        system="kemendagri",
    ),
    Case("rekap_idm_2024_provinsi.xlsx", "serang-k", asked("idm=MAJU"), rows={"joined": 0}, says=("provin",)),
    Case(
        "bandung_jumlah_kk_semester.csv",
        "bandung-k",
        asked("kk=jumlah_kk"),
        rows={"read": 2262, "joined": 2248, "refused": 14},
        figures={("kk", "2017-S1"): 151, ("kk", "2018-S2"): 148, ("kk", "2022-S2"): 150},
        system="kemendagri",
    ),
    Case(
        "bandung_kepadatan_kecamatan.csv",
        "bandung-k",
        asked("kepadatan=kepadatan_penduduk"),
        rows={"joined": 0},
        asks=("--level",),
    ),
    Case(
        "bandung_kepadatan_kecamatan.csv",
        "bandung-k",
        asked("kepadatan=kepadatan_penduduk", level="district"),
        rows={"read": 180, "joined": 180},
        figures={("kepadatan", str(year)): 30 for year in range(2018, 2024)},
    ),
    Case(
        "jabar_idm_sungai_limbah_2019_2021.csv.gz",
        "jabar-k",
        asked("uji_limbah=status_sungai_tercemar_limbah"),
        rows={"read": 15936, "joined": 15927, "refused": 9},
        figures={("uji_limbah", year): 5309 for year in ("2019", "2020", "2021")},
        system="kemendagri",
    ),
    Case(
        "jabar_idm_sungai_limbah_kab_bandung.csv",
        "jabar-k",
        asked("uji_limbah=status_sungai_tercemar_limbah"),
        rows={"read": 810, "joined": 810},
        figures={("uji_limbah", year): 270 for year in ("2019", "2020", "2021")},
    ),
    Case("jabar_garis_kemiskinan_html.xls", "jabar-k", rows={"read": 0}, says=("html",)),
    Case(
        "jakarta_corona_kelurahan_2020-04-30.xlsx",
        "jakarta-k",
        asked("uji_positif=POSITIF"),
        rows={"joined": 0},
        asks=("--period",),
    ),
    Case(
        "jakarta_corona_kelurahan_2020-04-30.xlsx",
        "jakarta-k",
        asked("uji_positif=POSITIF", period="2020-04-30"),
        rows={"read": 270, "joined": 267, "set_aside": 3},
        figures={("uji_positif", "2020-04-30"): 267},
    ),
    Case(
        "jakarta_corona_kelurahan_2021-01-30.xlsx",
        "jakarta-k",
        asked("uji_positif=POSITIF", period="2021-01-30"),
        rows={"read": 270, "joined": 267, "set_aside": 3},
        figures={("uji_positif", "2021-01-30"): 267},
    ),
    Case(
        "jakarta_kepadatan_kelurahan_2013.csv",
        "jakarta-k",
        asked("luas_km2=LUAS_WILAYAHKM2", "kepadatan=KEPADATANJIWAKM2"),
        rows={"read": 267, "joined": 258, "suggested": 9},
        figures={("luas_km2", "2013"): 258, ("kepadatan", "2013"): 258},
        asks=("--accept",),
    ),
    Case(
        "aceh_penduduk_desa_jk_2024.csv",
        "aceh-k",
        asked("penduduk=jumlah_penduduk_berdasarkan_jenis_kelamin"),
        rows={"read": 12994, "joined": 12994},
        figures={("penduduk", "2024"): 6497},
        system="kemendagri",
    ),
    Case("aceh_pidie_jaya_posko_kosong.xlsx", "aceh-k", asked("penduduk=TOTAL", period="2024"), rows={"joined": 0}),
    Case(
        "batu_podes_2024_rows_repeated.csv",
        "batu-b",
        asked("uji_jawaban=R502A", period="2024"),
        rows={"read": 638},
        system="bps",
    ),
    Case("batu_podes_2024_rows_repeated.csv", "batu-b", asked("penduduk=R502A", period="2024"), rows={"joined": 0}),
    Case(
        "batu_podes_2024_rows_repeated.csv",
        "batu-k",
        asked("uji_jawaban=R502A", period="2024"),
        rows={"joined": 0},
        asks=("--accept",),
    ),
    Case(
        "batu_podes_2024_rows_repeated.csv",
        "batu-k",
        asked("uji_jawaban=R502A", period="2024", accept="95"),
        rows={"read": 638, "joined": 24, "merged": 614},
        figures={("uji_jawaban", "2024"): 24},
    ),
    Case("cilacap_penduduk_2016_2020.csv", "cilacap-b", asked("penduduk=t"), rows={"joined": 0}, asks=("--regency",)),
    Case("banjarmasin_jumlah_rt_kelurahan.csv", "banjarmasin-k", asked("uji_rt=JUMLAH_RT"), asks=("--period",)),
    Case(
        "banjarmasin_jumlah_rt_kelurahan.csv",
        "banjarmasin-k",
        asked("uji_rt=JUMLAH_RT", period="2024"),
        rows={"read": 52, "joined": 52},
        figures={("uji_rt", "2024"): 52},
    ),
    Case(
        "malang_covid_kecamatan_2020.csv",
        "malang-k",
        asked("uji_positif=Positif"),
        rows={"joined": 0},
        asks=("--level",),
    ),
    Case(
        "malang_covid_kecamatan_2020.csv",
        "malang-k",
        asked("uji_positif=Positif", level="district"),
        rows={"read": 60, "joined": 60},
        figures={("uji_positif", f"2020-04-{day:02d}"): 5 for day in range(5, 17)},
    ),
    Case(
        "made_kda_lowokwaru_2010.xlsx",
        "malang-k",
        asked("luas_km2=Luas (km²)", "kepadatan=Kepadatan per km²"),
        rows={"read": 15, "joined": 12, "set_aside": 3},
        figures={("luas_km2", "2010"): 11, ("kepadatan", "2010"): 10},
        states={("luas_km2", "2010"): 1, ("kepadatan", "2010"): 2},
    ),
    Case(
        "made_kda_lowokwaru_2010.xlsx",
        "malang-k",
        asked("kk", sheet="Tabel 3.2"),
        rows={"joined": 12},
        figures={("kk", "2008"): 11, ("kk", "2009"): 12, ("kk", "2010"): 11},
        states={("kk", "2008"): 1, ("kk", "2009"): 0, ("kk", "2010"): 1},
    ),
    Case(
        "made_malang_penduduk_2010.xls",
        "malang-b",
        asked("penduduk"),
        rows={"read": 58, "joined": 57, "set_aside": 1},
        system="bps",
    ),
    Case("made_malang_penduduk_2010.ods", "malang-b", asked("penduduk"), rows={"read": 57, "joined": 57}, system="bps"),
    Case(
        "made_medan_names_cp1252.csv",
        "medan-k",
        asked("kk=Jumlah keluarga", "luas_km2=Luas (km²)", period="2020"),
        rows={"read": 32, "set_aside": 2},
    ),
    *(
        Case(f"made_malang_codes_{kind}.csv", "malang-k", asked("penduduk"), rows={"read": 57, "joined": 57})
        for kind in ("float", "mixed", "scientific_full")
    ),
    Case(
        "made_malang_codes_scientific.csv",
        "malang-k",
        asked("penduduk"),
        rows={"read": 57, "joined": 0, "refused": 57},
        says=("digit",),
    ),
    Case("made_person_level_refuse.csv", "malang-k", asked("penduduk"), rows={"joined": 0}, says=("nik",)),
)

_REST = "\n".join(
    (
        "decimals = 0",
        'polarity = "0"',
        'sensitivity = "low"',
        *(f'{key} = "Uji"' for key in ("concept", "definition", "interpretation", "formula", "measure", "source")),
        'breakdowns = "Wilayah"',
    )
)
INDICATORS = f"""
[uji_rt]
name = {{ id = "Uji RT", en = "Test of RT" }}
kind = "count"
{_REST}
unit = {{ id = "RT", en = "RT" }}
aggregation = "sum"

[uji_positif]
name = {{ id = "Kasus positif", en = "Positive cases" }}
kind = "count"
{_REST}
unit = {{ id = "kasus", en = "cases" }}
aggregation = "sum"

[uji_limbah]
name = {{ id = "Uji limbah", en = "Test of rivers" }}
kind = "category"
{_REST}
unit = ""
aggregation = "distribution"
categories = [
  {{ slug = "ada", name = {{ id = "Ada", en = "Yes" }}, spellings = ["ADA"] }},
  {{ slug = "tidak_ada", name = {{ id = "Tidak ada", en = "No" }}, spellings = ["TIDAK ADA"] }},
]

[uji_jawaban]
name = {{ id = "Jawaban kuesioner", en = "Answer" }}
kind = "category"
{_REST}
unit = ""
aggregation = "distribution"
categories = [
  {{ slug = "satu", name = {{ id = "Satu", en = "One" }}, spellings = ["1"] }},
  {{ slug = "dua", name = {{ id = "Dua", en = "Two" }}, spellings = ["2"] }},
  {{ slug = "tiga", name = {{ id = "Tiga", en = "Three" }}, spellings = ["3"] }},
]
"""
"""Indicators that only these tables have, as a site would add them."""
