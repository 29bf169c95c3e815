"""Recorded exchanges that the sandbox does not answer as recorded, each with its reason."""

HOOKS = "hooks: the product has none, changes are pulled"
THUMBNAIL = "thumbnails: the sandbox gives the original in every size"
BIG = "the 1,003 records were not recorded; test_listing covers the limits"

LEFT_OUT: dict[str, dict[str, str]] = {
    "01-auth-permissions": {"hooks, viewer": HOOKS},
    "06-listing": {
        "format=geojson": "GeoJSON: the product reads points from the records",
        "big form: default limit is 100": BIG,
        "big form: limit 30000 is clamped to 1000": BIG,
        "big form: next of the clamped page": BIG,
        "big form: start=1001 limit=30000": BIG,
        "big form: limit 1000, start 3": BIG,
        "big form: limit 2": BIG,
    },
    "10-attachments": {
        "thumbnail small": THUMBNAIL,
        "thumbnail medium": THUMBNAIL,
        "thumbnail large": THUMBNAIL,
        "thumbnail small of a tiny photo": THUMBNAIL,
        "range beyond the end": "the 416 page of the web server in front of the recorded one",
    },
}
