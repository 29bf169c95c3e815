-- The raw store: what servers gave, as they gave it, and when. Times are UTC, ISO 8601.
-- A store that was made before a table was added gets it when it is opened for writing.

CREATE TABLE IF NOT EXISTS submission (
    source     TEXT NOT NULL,      -- name of the source in ishc.toml
    form       TEXT NOT NULL,      -- form id
    id         INTEGER NOT NULL,   -- the server's own id
    asset      TEXT NOT NULL,      -- the server's id of the form
    root_uuid  TEXT NOT NULL,      -- never changes; without "uuid:"
    uuid       TEXT NOT NULL,      -- changes with every edit
    json       TEXT,               -- the record; NULL when deleted, history has it then
    hash       TEXT NOT NULL,      -- of the whole record as it is kept
    mark       TEXT NOT NULL,      -- of what the manifest shows of it
    received   TEXT NOT NULL,      -- when the server got it, as the server says
    first_seen TEXT NOT NULL,      -- the first pull that met this submission
    last_seen  TEXT NOT NULL,      -- the last pull that fetched it; position has later proofs
    deleted    TEXT,               -- the pull that missed it on the server
    PRIMARY KEY (source, form, id)
);
CREATE INDEX IF NOT EXISTS submission_root ON submission (form, source, root_uuid);
-- what every pull compares, without reading the records
CREATE INDEX IF NOT EXISTS submission_mark ON submission (source, form, asset, id, mark, received, deleted)
    WHERE deleted IS NULL;

-- what came, changed or went, in order, whoever did it: a run works only on what is later than
-- the one before; the random number tells a store that was restored from a copy
CREATE TABLE IF NOT EXISTS change (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    form      TEXT NOT NULL,
    root_uuid TEXT NOT NULL,
    token     INTEGER NOT NULL DEFAULT (random())
);
CREATE TRIGGER IF NOT EXISTS submission_came AFTER INSERT ON submission BEGIN
    INSERT INTO change (form, root_uuid) VALUES (new.form, new.root_uuid);
END;
CREATE TRIGGER IF NOT EXISTS submission_changed AFTER UPDATE OF source, form, id, root_uuid, uuid, json, deleted
ON submission BEGIN
    INSERT INTO change (form, root_uuid) VALUES (new.form, new.root_uuid);
    INSERT INTO change (form, root_uuid) SELECT old.form, old.root_uuid
        WHERE (old.form, old.root_uuid) <> (new.form, new.root_uuid);
END;
CREATE TRIGGER IF NOT EXISTS submission_went AFTER DELETE ON submission BEGIN
    INSERT INTO change (form, root_uuid) VALUES (old.form, old.root_uuid);
END;

-- the row of a workbook that an imported record was made of; sorting the rows changes no record
CREATE TABLE IF NOT EXISTS imported_row (
    form  TEXT NOT NULL,
    id    INTEGER NOT NULL,        -- of the submission
    file  TEXT NOT NULL,
    sheet TEXT NOT NULL,
    row   INTEGER NOT NULL,
    PRIMARY KEY (form, id)
) WITHOUT ROWID;

-- every version that was replaced, and the last version of what was deleted
CREATE TABLE IF NOT EXISTS history (
    source     TEXT NOT NULL,
    form       TEXT NOT NULL,
    id         INTEGER NOT NULL,
    root_uuid  TEXT NOT NULL,
    uuid       TEXT NOT NULL,
    json       TEXT NOT NULL,
    hash       TEXT NOT NULL,
    first_seen TEXT NOT NULL,      -- the pull that fetched this version
    ended      TEXT NOT NULL,      -- the pull that found it replaced or deleted
    reason     TEXT NOT NULL CHECK (reason IN ('replaced', 'deleted'))
);
CREATE INDEX IF NOT EXISTS history_submission ON history (source, form, id);

-- submissions that the server lists and that cannot be read, until they can or have gone
CREATE TABLE IF NOT EXISTS unreadable (
    source     TEXT NOT NULL,
    form       TEXT NOT NULL,
    id         INTEGER NOT NULL,
    asset      TEXT NOT NULL,
    why        TEXT NOT NULL CHECK (why IN ('large', 'broken', 'another')),
    first_seen TEXT NOT NULL,      -- the first pull that could not read it, and the last one
    last_seen  TEXT NOT NULL,
    PRIMARY KEY (source, form, id)
) WITHOUT ROWID;

-- how far a form of a source has been fetched, followed and proven
CREATE TABLE IF NOT EXISTS position (
    source         TEXT NOT NULL,
    form           TEXT NOT NULL,
    asset          TEXT NOT NULL,
    fetched_to     INTEGER NOT NULL DEFAULT 0,  -- highest id stored
    followed       TEXT,                        -- the last pull that followed it to its end
    proven         TEXT,                        -- the last pull that proved completeness
    proven_to      INTEGER,                     -- highest id of that proof
    proven_total   INTEGER,                     -- live submissions then
    history_to     TEXT,                        -- known so far of the history, by the server's clock
    history_found  INTEGER,                     -- an event stands there and has to be met again
    history_closed TEXT,                        -- the pull that found it closed to this account
    PRIMARY KEY (source, form)
);

-- the ledger of pulls; a row without an end is a pull that was cut off
CREATE TABLE IF NOT EXISTS run (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    source      TEXT NOT NULL,
    form        TEXT NOT NULL,
    asset       TEXT,
    kind        TEXT CHECK (kind IN ('followed', 'proven')),  -- NULL: it failed before that
    started     TEXT NOT NULL,
    ended       TEXT,
    added       INTEGER,
    changed     INTEGER,
    deleted     INTEGER,
    total       INTEGER,
    attachments INTEGER,
    agreed      INTEGER,                      -- followed or proven to its end
    problems    TEXT                          -- codes, separated by blanks
);

CREATE TABLE IF NOT EXISTS attachment (
    source        TEXT NOT NULL,
    form          TEXT NOT NULL,
    id            INTEGER NOT NULL,   -- of the submission
    uid           TEXT NOT NULL,      -- the server's id of the file
    asset         TEXT NOT NULL,
    name          TEXT NOT NULL,      -- as the phone called it; data, never a path
    question_path TEXT NOT NULL,
    mimetype      TEXT NOT NULL,      -- as the server believes
    sha256        TEXT,               -- NULL until it is here
    size          INTEGER,            -- bytes
    file          TEXT,               -- below data/attachments, named by its content
    fetched       TEXT,
    deleted       TEXT,               -- the pull that missed it; 'erased': never to be fetched again
    tried         INTEGER NOT NULL DEFAULT 0,  -- how often it could not be fetched
    PRIMARY KEY (source, form, id, uid)
);
CREATE INDEX IF NOT EXISTS attachment_waiting ON attachment (source, form)
    WHERE sha256 IS NULL AND deleted IS NULL;

-- codes of clubs, members, boards and loans; never issued twice
CREATE TABLE IF NOT EXISTS issued_code (
    kind   TEXT NOT NULL,
    key    TEXT NOT NULL,
    code   TEXT NOT NULL UNIQUE,
    issued TEXT NOT NULL,
    PRIMARY KEY (kind, key)
);

-- who was met in which row of a submission, so that codes follow people when rows are edited
CREATE TABLE IF NOT EXISTS code_row (
    kind      TEXT NOT NULL,       -- member, board, action
    root_uuid TEXT NOT NULL,
    identity  TEXT NOT NULL,       -- a keyed hash; it names nobody
    row       INTEGER,             -- where it stood when it was last seen; NULL when it was gone
    code      TEXT NOT NULL,
    PRIMARY KEY (kind, root_uuid, identity)
) WITHOUT ROWID;

-- which workbook a source runs, so that an unchanged one is not sent again
CREATE TABLE IF NOT EXISTS deployment (
    source   TEXT NOT NULL,
    form     TEXT NOT NULL,
    asset    TEXT NOT NULL,
    xform    TEXT NOT NULL,           -- hash of the XForm that phones were offered after it
    workbook TEXT NOT NULL,           -- SHA-256 of the file
    PRIMARY KEY (source, form)
);

-- forms whose content was being replaced: what the server holds as a draft of them is ours
CREATE TABLE IF NOT EXISTS replacing (
    source TEXT NOT NULL,
    form   TEXT NOT NULL,
    asset  TEXT NOT NULL,
    PRIMARY KEY (source, form)
);

-- validation states that this programme set; whatever else a server shows is a person's
CREATE TABLE IF NOT EXISTS push (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    form   TEXT NOT NULL,
    id     INTEGER NOT NULL,   -- of the submission
    uuid   TEXT NOT NULL,      -- of the version that was judged
    wanted TEXT,               -- on_hold, not_approved, approved; NULL takes ours away
    state  TEXT,               -- as the server showed it afterwards, and when it says it was set
    at     INTEGER,
    pushed TEXT NOT NULL,      -- when it was asked for
    done   INTEGER NOT NULL DEFAULT 0  -- read back; 0 after an end in between
);
CREATE INDEX IF NOT EXISTS push_submission ON push (source, form, id);

-- runs of the checks whose findings were compared with those before; equal to the run shown, or
-- later ones that never were shown and are void
CREATE TABLE IF NOT EXISTS finding_run (
    number INTEGER PRIMARY KEY,
    as_of  TEXT NOT NULL
);

-- what became of findings: a line whenever the state of one changed
CREATE TABLE IF NOT EXISTS finding_event (
    run        INTEGER NOT NULL,
    finding_id TEXT NOT NULL,
    check_code TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('new', 'open', 'mended', 'waived', 'came_back')),
    first_seen TEXT NOT NULL,      -- cut-off dates of the runs that found it
    last_seen  TEXT NOT NULL,
    PRIMARY KEY (finding_id, run)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS finding_event_run ON finding_event (run);

-- what people answered to findings; the last one of a finding counts
CREATE TABLE IF NOT EXISTS finding_answer (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    finding_id TEXT NOT NULL,
    decision   TEXT NOT NULL CHECK (decision IN ('mended', 'waive', 'question', 'reopen')),
    answer     TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_on TEXT NOT NULL,     -- a day, or empty
    value      TEXT NOT NULL,      -- mark of the value that was answered to
    file       TEXT NOT NULL,      -- the workbook, and the row in it
    row        INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS finding_answer_finding ON finding_answer (finding_id);

-- what people decided about two entries that may be one; the last one of a pair counts
CREATE TABLE IF NOT EXISTS decision (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind IN ('club', 'member', 'loan', 'borrower', 'words')),
    left_code  TEXT NOT NULL,
    right_code TEXT NOT NULL,
    decision   TEXT NOT NULL CHECK (decision IN ('same', 'different', 'not_sure', 'undone')),
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL,      -- a day, or empty
    note       TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS decision_pair ON decision (kind, left_code, right_code);

-- when lists were last brought in step with the registers, form by form
CREATE TABLE IF NOT EXISTS published (
    source TEXT NOT NULL,
    form   TEXT NOT NULL,
    at     TEXT NOT NULL,          -- UTC
    PRIMARY KEY (source, form)
);

-- the yearly survey: how each year's sample was drawn, and whom
CREATE TABLE IF NOT EXISTS sample_draw (
    year     INTEGER PRIMARY KEY,
    seed     TEXT NOT NULL,        -- draws the same sample again from the same registers
    drawn_on TEXT NOT NULL,
    as_of    TEXT NOT NULL,        -- cut-off date of the registers it was drawn from
    clubs    INTEGER NOT NULL,     -- who might have been drawn, and how many are only counted
    members  INTEGER NOT NULL,
    counted  INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sample (
    year          INTEGER NOT NULL,
    code          TEXT NOT NULL,
    stratum       TEXT NOT NULL,
    club          TEXT NOT NULL,
    member        TEXT NOT NULL,
    weight        REAL NOT NULL,   -- one over the product of both chances
    club_chance   REAL NOT NULL,
    member_chance REAL NOT NULL,
    place         INTEGER NOT NULL, -- order within the club
    state         TEXT NOT NULL CHECK (state IN ('asked', 'reserve', 'replaced')),
    replaces      TEXT,            -- code of the one in whose place this one is asked
    PRIMARY KEY (year, code),
    UNIQUE (year, member)
) WITHOUT ROWID;

-- people who asked to be erased: what of a submission is never stored again. It names nobody.
CREATE TABLE IF NOT EXISTS erased (
    source    TEXT NOT NULL,
    form      TEXT NOT NULL,
    root_uuid TEXT NOT NULL,
    code      TEXT NOT NULL,       -- of the person
    rule      TEXT NOT NULL,       -- JSON: paths and keyed hashes
    erased    TEXT NOT NULL,       -- moment, UTC
    held      INTEGER NOT NULL,    -- the server still has what it had
    PRIMARY KEY (source, form, root_uuid, code)
) WITHOUT ROWID;

-- how far answers were removed because their time was over, form by form
CREATE TABLE IF NOT EXISTS retention (
    form  TEXT PRIMARY KEY,
    rules TEXT NOT NULL,           -- hash of what was to be removed
    until TEXT NOT NULL,           -- received before this day: done
    done  TEXT NOT NULL            -- moment of the last run, UTC; what was fetched later is new
) WITHOUT ROWID;

-- people whose data may be kept and counted, and used for nothing else. It names nobody.
CREATE TABLE IF NOT EXISTS restricted (
    code  TEXT PRIMARY KEY,        -- of the person
    since TEXT NOT NULL            -- moment, UTC
) WITHOUT ROWID;

-- corrections that a server did not take yet
CREATE TABLE IF NOT EXISTS correction (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    code      TEXT NOT NULL,       -- of the person
    source    TEXT NOT NULL,
    form      TEXT NOT NULL,
    root_uuid TEXT NOT NULL,
    repeat    TEXT NOT NULL,       -- path of the repeat, and number of the row in it
    row       INTEGER NOT NULL,
    was       TEXT NOT NULL,       -- keyed hash of the row that is to be corrected
    answers   TEXT NOT NULL,       -- JSON: right value by path
    asked     TEXT NOT NULL        -- moment, UTC
);
