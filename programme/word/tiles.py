"""Where the tiles of the 34 provinces (since 1 July 2025) lie: a layout of our own, north on top.

Column and row by code. No boundary is drawn; each province touches neighbours where that can be.
"""

from collections.abc import Mapping

COLUMNS, ROWS = 6, 17
TILES: Mapping[str, tuple[int, int, str]] = {
    "12": (1, 0, "Lai Châu"),
    "15": (2, 0, "Lào Cai"),
    "08": (3, 0, "Tuyên Quang"),
    "04": (4, 0, "Cao Bằng"),
    "11": (0, 1, "Điện Biên"),
    "14": (1, 1, "Sơn La"),
    "25": (2, 1, "Phú Thọ"),
    "19": (3, 1, "Thái Nguyên"),
    "20": (4, 1, "Lạng Sơn"),
    "01": (2, 2, "Hà Nội"),
    "24": (3, 2, "Bắc Ninh"),
    "22": (4, 2, "Quảng Ninh"),
    "37": (2, 3, "Ninh Bình"),
    "33": (3, 3, "Hưng Yên"),
    "31": (4, 3, "Hải Phòng"),
    "38": (2, 4, "Thanh Hóa"),
    "40": (2, 5, "Nghệ An"),
    "42": (2, 6, "Hà Tĩnh"),
    "44": (3, 7, "Quảng Trị"),
    "46": (3, 8, "Huế"),
    "48": (4, 9, "Đà Nẵng"),
    "51": (4, 10, "Quảng Ngãi"),
    "52": (4, 11, "Gia Lai"),
    "66": (4, 12, "Đắk Lắk"),
    "75": (2, 13, "Đồng Nai"),
    "68": (3, 13, "Lâm Đồng"),
    "56": (4, 13, "Khánh Hòa"),
    "80": (1, 14, "Tây Ninh"),
    "79": (2, 14, "TP HCM"),
    "91": (0, 15, "An Giang"),
    "82": (1, 15, "Đồng Tháp"),
    "86": (2, 15, "Vĩnh Long"),
    "96": (0, 16, "Cà Mau"),
    "92": (1, 16, "Cần Thơ"),
}
# archipelagos, part of the province named: shown, without a figure of their own
ISLANDS: Mapping[tuple[int, int], str] = {
    (5, 9): "Hoàng Sa\n(Đà Nẵng)",
    (5, 13): "Trường Sa\n(Khánh Hòa)",
}
