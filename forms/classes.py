"""The three classes of data: what may be shown to whom is decided by the author of the form."""

from typing import Literal, get_args

DataClass = Literal["plain", "personal", "sensitive"]
CLASSES: tuple[DataClass, ...] = get_args(DataClass)

# What a phone adds by itself can point to one person: the safe class unless the workbook says so.
METADATA_CLASSES: dict[str, DataClass] = {
    "start": "plain",
    "end": "plain",
    "today": "plain",
    "deviceid": "personal",
    "username": "personal",
    "phonenumber": "personal",
    "simserial": "personal",
    "subscriberid": "personal",
    "email": "personal",
    "start-geopoint": "personal",
}


def data_class(text: str) -> DataClass | None:
    """Read a cell of the column ``class``; None when it is not one of the three."""
    word = text.strip().lower()
    return word if word in CLASSES else None
