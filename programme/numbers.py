"""Numbers as Vietnamese and English readers write them."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from programme.problem import Language

Figure = int | float | Decimal

_DIGITS = 60  # enough for any figure; the default of 28 would refuse long ones


def number(value: Figure, language: Language, decimals: int = 0) -> str:
    """Write a number: 1234567.89 → "1.234.567,89" (vi), "1,234,567.89" (en).

    Halves are rounded away from zero, as people round; a rounded zero has no sign.

    Args:
        value: a finite number; "no figure" is for the caller to write, never as 0.
        language: ``vi`` or ``en``.
        decimals: digits after the decimal sign, always written.

    Raises:
        ValueError: the value is not finite.
    """
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("there is no figure to write")
    with localcontext(prec=_DIGITS):
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    text = f"{rounded:,f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def counted(value: int, one: str, many: str) -> str:
    """Write a number with its noun in English: "1 submission", "2,345 submissions"."""
    return f"{number(value, 'en')} {one if value == 1 else many}"


def percent(value: Figure, language: Language, decimals: int = 1) -> str:
    """Write a percentage: 60.5 → "60,5%" (vi), "60.5%" (en).

    Args:
        value: of 100, not of 1.
        language: ``vi`` or ``en``.
        decimals: digits after the decimal sign.

    Raises:
        ValueError: the value is not finite.
    """
    return number(value, language, decimals) + "%"


def money(vnd: Figure, language: Language) -> str:
    """Write an amount: 5000000 → "5.000.000 đồng" (vi), "5,000,000 VND" (en).

    Args:
        vnd: đồng.
        language: ``vi`` or ``en``.

    Raises:
        ValueError: the value is not finite.
    """
    return f"{number(vnd, language)} {'đồng' if language == 'vi' else 'VND'}"
