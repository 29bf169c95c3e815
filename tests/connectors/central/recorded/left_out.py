"""Recorded exchanges that the product does not meet, by their reasons."""

NEVER = "sent wrongly on purpose; the product sends it rightly or not at all"
PROJECT = "the product takes the project from ishc.toml or from the list of projects"
RESTORE = "the product opens a session and asks whose it is, not whether one is still open"
PEOPLE = "what people do on Central's page; the product meets what comes of it"
PHONES = "the product takes the whole key away from a phone, no single form"
HEAD = "the product asks for things, not for their heads"
METADATA = "the product reads types from the form's fields and definition"
TABLES = "the product reads whole submissions with $expand=*, no single row and no table below"
CONDITIONAL = "the product sends no ETag for these: some answer 304 to what has changed"
REST = "phones send by OpenRosa, the product sends nothing new"
ROW = "the product reads the list and the XML"
LOG = "logs, comments and differences: the product keeps every version itself"
VERSIONS = "the product reads the list of versions and their fields, and the newest content"
CSV = "the product reads OData and, where that loses, the XML"
LISTS = "the product asks for a list of entities by its name"
SINGLE = "the product makes entities many at a time, each with uuid and label"
FORCED = "the product changes an entity on the version that it has read"
BULK = "the product deletes and brings back one by one, since bulk leaves the times as they were"
LISTED = "the product reads the CSV of a list of entities, which keeps the names of properties"

LEFT_OUT: dict[str, dict[str, tuple[str, ...]]] = {
    NEVER: {
        "01_sessions_and_errors": (
            "login without password",
            "login malformed JSON",
            "not found: path",
            "wrong API version",
            "no API version",
        ),
        "02_forms_drafts_publish": (
            "XForm XML without a model",
            "upload a file the form does not name",
        ),
        "03_openrosa_app_user": (
            "formList without X-OpenRosa-Version",
            "no xml_submission_file part",
            "without X-OpenRosa-Version",
            "app user cannot read data",
        ),
        "05_edit_review_delete": (
            "edit A without deprecatedID 400.19",
            "review: unknown state 400.8",
            "review with a note",
        ),
        "08_entities": (
            "bulk create with one bad row: all refused",
            "bulk create without source",
            "link a picture to a dataset: 404",
            "properties: bad name",
        ),
    },
    PROJECT: {
        "01_sessions_and_errors": (
            "project",
            "project extended",
            "no credentials: project",
            "bad token: project",
            "malformed token: project",
            "second token still good",
            "expired token: project",
            "basic auth over plain http",
            "viewer: project is readable",
            "forbidden: viewer reads another project",
            "not found: project",
            "not found: project id not a number",
            "after logout: project",
        ),
    },
    RESTORE: {
        "01_sessions_and_errors": (
            "session restore",
            "bad token: session restore",
            "method not in the API",
            "after logout: session restore",
        ),
    },
    PEOPLE: {
        "01_sessions_and_errors": (
            "forbidden: viewer creates a project",
            "unexpected value type",
            "project rename",
        ),
        "02_forms_drafts_publish": (
            "published attachment cannot be replaced",
            "delete a draft attachment",
            "close the form",
            "bad form state",
            "delete the form (to the trash)",
            "forms in the trash",
            "restore the form",
        ),
        "05_edit_review_delete": (
            "delete C (soft)",
            "delete C again",
            "restore C",
            "restore C again",
        ),
        "06_attachments": (
            "upload photo of B (Vietnamese file name)",
            "replace photo of A",
            "upload a file C does not name: 404",
            "delete photo of B",
            "delete photo of B again",
        ),
        "09_paging_under_change": (
            "delete the cursor row (last row of page 2)",
            "restore the cursor row",
            "delete a row not yet seen",
            "delete a row already seen",
            "S2 delete a row already seen",
            "delete the submission of the subtable cursor row",
            "restore it",
            "delete the oldest row",
        ),
    },
    PHONES: {
        "03_openrosa_app_user": ("withdraw the assignment",),
    },
    HEAD: {
        "03_openrosa_app_user": ("submission HEAD",),
        "06_attachments": ("download photo of A, HEAD",),
    },
    METADATA: {
        "04_odata": (
            "service document",
            "metadata",
            "metadata refused as JSON",
            "unknown table",
        ),
        "08_entities": (
            "OData service document",
            "OData metadata",
            "OData metadata with the two",
        ),
    },
    TABLES: {
        "04_odata": (
            "subtable activity",
            "subtable activity page 2",
            "subtable activity page 3",
            "subtable activity page 4",
            "subtable activity page 5",
            "subtable activity, all",
            "nested subtable people",
            "subtable with filter on the submission",
            "subtable with filter, no $root",
            "single row",
            "single row expanded",
            "subtable of a single row",
            "single row that was deleted",
            "single row not found",
            "wrong type and unknown node: row",
        ),
        "05_edit_review_delete": (
            "row of A before any edit",
            "row of A: __id is the first instanceID, meta has the newest",
            "row by the newest instanceID",
        ),
        "09_paging_under_change": (
            "T subtable page 1",
            "T subtable page 2, after an insert",
            "T subtable page 3: cursor row gone",
            "T subtable page 3 again",
            "T subtable page 3: cursor row edited away",
        ),
    },
    CONDITIONAL: {
        "04_odata": (
            "If-None-Match: 304",
            "same ETag, other $select: 304 too",
        ),
        "05_edit_review_delete": (
            "manifest after: nothing",
            "manifest after: refused stale edit",
            "manifest after: late photo of C (304: ETag does not see it)",
            "manifest after: comment on B",
            "manifest after: refused changes to the deleted C",
        ),
        "06_attachments": (
            "download photo of A, If-None-Match",
            "OData after upload, If-None-Match: 304 although attachmentsPresent changed",
        ),
        "07_xml_and_csv": (
            "REST list If-None-Match",
            "csv.zip If-None-Match",
        ),
        "08_entities": (
            "entities.csv If-None-Match",
            "clubs.csv If-None-Match",
        ),
        "09_paging_under_change": (
            "page unchanged: 304",
            "first page after deletion of the oldest row",
            "second page",
        ),
    },
    REST: {
        "05_edit_review_delete": (
            "create submission A by REST",
            "create A again by REST",
            "create submission B by REST",
            "post C again by REST while deleted",
        ),
        "08_entities": ("registration with a bad entity id: accepted",),
    },
    ROW: {
        "05_edit_review_delete": (
            "submission A (REST)",
            "submission A extended",
            "C by REST while deleted",
        ),
    },
    LOG: {
        "05_edit_review_delete": (
            "diffs of A",
            "audits of A",
            "comment on B",
            "comment without body",
            "comments of B",
            "comments of B extended",
            "audits of B",
        ),
        "07_xml_and_csv": (
            "submitters",
            "keys (no encryption)",
        ),
        "08_entities": (
            "what the draft would create",
            "form dataset-diff",
            "audits of the submission name the entity",
            "audits of the entity",
            "diffs",
            "integrity url: deleted or unknown entities",
            "audits of the submission with the bad entity id: entity.error",
        ),
    },
    VERSIONS: {
        "02_forms_drafts_publish": (
            "download a draft attachment",
            "download a draft attachment not yet uploaded",
            "draft fields",
            "one version",
            "attachments of one version",
            "version not found",
        ),
        "05_edit_review_delete": (
            "versions of A",
            "xml of the first version of A",
        ),
        "06_attachments": (
            "list: first version of A",
            "download photo from the first version",
        ),
        "08_entities": ("versions",),
    },
    CSV: {
        "07_xml_and_csv": (
            "csv.zip with attachments: names only (two photos called hop.jpg)",
            "csv.zip without attachments, whole file",
            "csv.zip, no group paths, select multiples split",
            "csv.zip with deleted fields",
            "csv.zip with a filter",
            "csv.zip with an unsupported filter",
            "csv.zip by POST",
            "submissions.csv (root table)",
            "csv of an unknown form",
        ),
    },
    LISTS: {
        "08_entities": (
            "datasets, none",
            "datasets",
            "datasets extended",
        ),
    },
    SINGLE: {
        "08_entities": (
            "create one entity",
            "create it again 409.3",
            "create with a uuid used in a list of another, deleted project 409.3",
            "create without uuid: server makes one",
            "create without label",
            "create with an unknown property",
            "create with a number instead of text",
            "create with a bad uuid",
            "insert between pages",
            "create with the uuid of a deleted entity",
            "entity with both properties",
        ),
    },
    FORCED: {
        "08_entities": (
            "update without baseVersion 409.15",
            "forced update",
            "empty value",
            "update of an entity that does not exist",
            "update while deleted",
        ),
    },
    BULK: {
        "08_entities": (
            "bulk delete",
            "bulk restore",
        ),
    },
    LISTED: {
        "08_entities": (
            "OData all",
            "OData page 1",
            "OData page 2",
            "OData page 3",
            "OData select of properties",
            "OData select of label refused",
            "OData search",
            "OData filter updatedAt",
            "OData filter createdAt",
            "OData filter by property 501.5",
            "OData filter conflict",
            "OData unknown dataset",
            "OData: accented property names become underscores; the two collide",
        ),
    },
}
