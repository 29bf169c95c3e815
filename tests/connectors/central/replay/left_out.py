"""Recorded exchanges that the stand-in does not answer as recorded, each with its reason."""

METADATA = "$metadata: the product reads the types from the form's own definition"
VALIDATE = "found by ODK Validate, for which the stand-in would need Java"
CSV = "CSV by the server: the product reads OData and, where that loses, the XML"
DIFFS = "diffs: the product keeps every version itself"
LOG = "the log of an entity: the product keeps its own"

LEFT_OUT: dict[str, dict[str, str]] = {
    "02_forms_drafts_publish": {"invalid XLSForm: bracket, found by Validate": VALIDATE},
    "04_odata": {"metadata": METADATA, "metadata refused as JSON": METADATA},
    "05_edit_review_delete": {"diffs of A": DIFFS},
    "07_xml_and_csv": {
        "csv.zip with attachments: names only (two photos called hop.jpg)": CSV,
        "csv.zip If-None-Match": CSV,
        "csv.zip without attachments, whole file": CSV,
        "csv.zip, no group paths, select multiples split": CSV,
        "csv.zip with deleted fields": CSV,
        "csv.zip with a filter": CSV,
        "csv.zip with an unsupported filter": CSV,
        "csv.zip by POST": CSV,
        "submissions.csv (root table)": CSV,
    },
    "08_entities": {
        "audits of the entity": LOG,
        "OData metadata": METADATA,
        "OData metadata with the two": METADATA,
    },
}
