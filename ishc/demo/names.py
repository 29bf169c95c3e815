"""Names that sound right and are nobody's: each carries «mẫu» (sample) and a number."""

from random import Random

from ishc.demo.model import Sex

SURNAMES = (
    "Nông Hoàng Lương Vi Nguyễn Hoàng Lý Triệu Chu Bế Đàm Hứa Lộc Lăng Mã Phùng Dương Trần Hà La Lê"
).split()
MIDDLE: dict[Sex, tuple[str, ...]] = {
    "female": ("Thị", "Thị", "Thị", "Thúy", "Ngọc", "Thu", "Bích"),
    "male": ("Văn", "Văn", "Đình", "Minh", "Quốc", "Đức", "Hữu"),
}
GIVEN: dict[Sex, tuple[str, ...]] = {
    "female": tuple(
        "Lan Hoa Hương Mai Liên Nga Yến Thảo Hòa Thủy Nhung Bình Đào Sen Xuân Hằng Loan Oanh "
        "Thoa Tuyết Vân Phượng Quyên Dung".split()
    ),
    "male": tuple(
        "Hùng Sơn Thắng Long Bảo Cường Dũng Hải Khánh Lâm Nam Phong Quang Tài Thành Toàn Trung "
        "Tuấn Vinh Hoan Páo Thụy Đức Kiên".split()
    ),
}
VILLAGE_HEAD = "Nà Pò Khuổi Bản Pác Lũng Cốc Khau Phai Kéo".split()
VILLAGE_TAIL = (
    "Lùng Mò Sliềng Cạn Tát Ngòa Chuông Mạ Luông Đon Hin Kít Làng Thoong Vàng Quang".split()
)


def person_name(rng: Random, sex: Sex, number: int) -> str:
    """Make up a person's name, for example ``Nông Thị Lan Mẫu-0123``."""
    parts = (rng.choice(SURNAMES), rng.choice(MIDDLE[sex]), rng.choice(GIVEN[sex]))
    return f"{' '.join(parts)} Mẫu-{number:04d}"


def village_names(rng: Random, count: int) -> tuple[str, ...]:
    """Make up different village names, for example ``thôn Nà Lùng``."""
    heads = rng.sample(VILLAGE_HEAD, count)
    return tuple(f"thôn {head} {rng.choice(VILLAGE_TAIL)}" for head in heads)


def club_name(village: str, number: int) -> str:
    """Name a club after its first village, marked as a sample and numbered from 1."""
    return f"CLB LTHTGN {village} (mẫu {number + 1:02d})"


def phone(number: int) -> str:
    """Give a number of the right length that no network uses."""
    return f"0000{number % 1_000_000:06d}"
