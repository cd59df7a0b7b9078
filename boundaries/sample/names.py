"""Invented names of the island's regions; any likeness to real places is chance."""

PROVINCE = ("99", "Nusa Purnama")
REGENCIES = {"99.01": "Kabupaten Purnama Raya", "99.71": "Kota Bandar Purnama"}
DISTRICTS = {
    "99.01.01": "Ujung Senja",
    "99.01.02": "Pesisir Lontar",
    "99.01.03": "Danau Wening",
    "99.01.04": "Purnama Utara",
    "99.01.05": "Bukit Cendana",
    "99.01.06": "Tanjung Fajar",
    "99.71.01": "Bandar Lama",
    "99.71.02": "Bandar Timur",
    "99.71.03": "Bandar Hulu",
}
DESA = (
    "Tanjung Lumis",
    "Karang Senja",
    "Lontar Jaya",
    "Batu Pelita",
    "Savana Rindu",
    "Muara Lembayung",
    "Pantai Merdu",
    "Wening Asri",
    "Telaga Biru",
    "Rimba Sunyi",
    "Sumber Embun",
    "Padang Ilalang",
    "Cendana Wangi",
    "Bukit Rusa",
    "Lembah Kenari",
    "Mata Air Jernih",
    "Kebun Pala",
    "Teluk Camar",
    "Karang Mutiara",
    "Gili Purnama",
    "Ladang Jagung",
    "Bambu Kuning",
    "Watu Payung",
    "Air Menari",
    "Puncak Halimun",
    "Sawah Luhur",
    "Tapak Kuda",
    "Pandan Sari",
    "Nyiur Melambai",
    "Tanjung Fajar",
    "Labuhan Angin",
    "Rawa Bangau",
    "Kampung Garam",
    "Bintang Laut",
    "Kaki Langit",
    "Lereng Madu",
    "Sungai Perak",
    "Mekar Tani",
    "Gunung Selasih",
    "Pasir Putihan",
)
KELURAHAN = (
    "Pelabuhan",
    "Pasar Ikan",
    "Kauman Laut",
    "Bentengan",
    "Menara",
    "Kampung Kapas",
    "Pecinan Lama",
    "Alun Purnama",
    "Taman Sari Laut",
    "Kenanga",
    "Cempaka Timur",
    "Melati Permai",
    "Tirta Kencana",
    "Griya Nelayan",
    "Dermaga Baru",
    "Hulu Bandar",
    "Sumber Waras",
    "Panggung Rejo",
    "Kebon Asam",
    "Wonolapis",
    "Jati Purnama",
    "Gerbang Barat",
)
CAPITAL = "Purnama Kota"
MAINLAND = ("Kab. Tanah Gersik", "Kab. Lembah Anggrek", "Kab. Bukit Kasturi")
"""The regencies of the mainland, from west to east."""
NEARBY = "Kab. Pulau Kelana"
LAKE = "Danau Anggrek"
SEAS = {"Selat Purnama": (-15_500, 13_500), "Laut Kelana": (16_000, 19_500), "Samudra Rindu": (-4_000, -19_500)}
"""Names of the sea and where they stand, in metres around the island's origin."""
