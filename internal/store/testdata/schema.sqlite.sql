CREATE TABLE absence_items (
  workspace_id BIGINT NOT NULL,
  absence_id   BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  item_id      BIGINT NOT NULL, value BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, absence_id, kind, item_id)
) WITHOUT ROWID;

CREATE TABLE absences (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  from_at      BIGINT NOT NULL,
  to_at        BIGINT NOT NULL,
  mode         TEXT NOT NULL,
  stand_in_id  BIGINT NOT NULL DEFAULT 0,
  state        TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX absences_open ON absences (workspace_id, from_at) WHERE state <> 'over';

CREATE INDEX absences_user ON absences (workspace_id, user_id, from_at);

CREATE TABLE accounts (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  owner_id     BIGINT NOT NULL DEFAULT 0,
  name         TEXT NOT NULL,
  domain       TEXT NOT NULL DEFAULT '',
  zone         TEXT NOT NULL DEFAULT '',
  country      TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL, subdivision TEXT NOT NULL DEFAULT '', website TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '', custom TEXT NOT NULL DEFAULT '{}', search TEXT NOT NULL DEFAULT '', archived_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX accounts_domain ON accounts (workspace_id, domain);

CREATE INDEX accounts_name ON accounts (workspace_id, substr(name, 1, 200));

CREATE INDEX accounts_search ON accounts (workspace_id, search, id);

CREATE TABLE assignments (
  workspace_id BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  from_id      BIGINT NOT NULL,
  by_id        BIGINT NOT NULL,
  owner_id     BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, thread_id)
) WITHOUT ROWID;

CREATE TABLE attempts (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  mailing_id   BIGINT NOT NULL,
  n            INTEGER NOT NULL,
  started_at   BIGINT NOT NULL,
  ended_at     BIGINT NOT NULL DEFAULT 0,
  outcome      TEXT NOT NULL,
  code         INTEGER NOT NULL DEFAULT 0,
  enhanced     TEXT NOT NULL DEFAULT '',
  says         TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, mailing_id, n)
) WITHOUT ROWID;

CREATE TABLE briefs (
  workspace_id BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  made_at      BIGINT NOT NULL,
  up_to        BIGINT NOT NULL,
  model        TEXT NOT NULL DEFAULT '',
  refused      TEXT NOT NULL DEFAULT '',
  sentences    TEXT NOT NULL,
  rests_on     TEXT NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
) WITHOUT ROWID;

CREATE TABLE bulk_actions (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  at           BIGINT NOT NULL,
  undone_at    BIGINT NOT NULL DEFAULT 0,
  items        TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX bulk_actions_at ON bulk_actions (workspace_id, at);

CREATE TABLE calls (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  task_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  minutes      INTEGER NOT NULL DEFAULT 0,
  disposition  TEXT NOT NULL,
  sentiment    TEXT NOT NULL DEFAULT '',
  purpose      TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '', external_id TEXT NOT NULL DEFAULT '', incoming INTEGER NOT NULL DEFAULT 0, seconds BIGINT NOT NULL DEFAULT 0, recording TEXT NOT NULL DEFAULT '', override TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX calls_external ON calls (workspace_id, external_id) WHERE external_id <> '';

CREATE INDEX calls_person ON calls (workspace_id, person_id, at);

CREATE TABLE card_uses (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  card_id      BIGINT NOT NULL,
  version      INTEGER NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  via          TEXT NOT NULL,
  via_id       BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX card_uses_once ON card_uses (workspace_id, card_id, via, via_id);

CREATE INDEX card_uses_person ON card_uses (workspace_id, person_id);

CREATE TABLE card_versions (
  workspace_id BIGINT NOT NULL,
  card_id      BIGINT NOT NULL,
  version      INTEGER NOT NULL,
  stage        TEXT NOT NULL DEFAULT '',
  title        TEXT NOT NULL,
  body         TEXT NOT NULL DEFAULT '',
  proof        TEXT NOT NULL DEFAULT '',
  tags         TEXT NOT NULL DEFAULT '',
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, card_id, version)
) WITHOUT ROWID;

CREATE TABLE cards (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  key          TEXT NOT NULL,
  kind         TEXT NOT NULL,
  stage        TEXT NOT NULL DEFAULT '',
  title        TEXT NOT NULL,
  body         TEXT NOT NULL DEFAULT '',
  proof        TEXT NOT NULL DEFAULT '',
  tags         TEXT NOT NULL DEFAULT '',
  version      INTEGER NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  archived_at  BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX cards_key ON cards (workspace_id, key);

CREATE TABLE chases (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  channel      TEXT NOT NULL,
  reason       TEXT NOT NULL,
  mailing_id   BIGINT NOT NULL DEFAULT 0,
  rest_until   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX chases_at ON chases (workspace_id, at);

CREATE INDEX chases_mailing ON chases (workspace_id, mailing_id) WHERE mailing_id <> 0;

CREATE INDEX chases_person ON chases (workspace_id, person_id, at);

CREATE TABLE connections (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  pain_id      BIGINT NOT NULL DEFAULT 0,
  card_id      BIGINT NOT NULL DEFAULT 0,
  user_id      BIGINT NOT NULL DEFAULT 0,
  sentence     TEXT NOT NULL,
  source       TEXT NOT NULL DEFAULT '',
  source_id    BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  dropped_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX connections_card ON connections (workspace_id, card_id, id) WHERE card_id <> 0;

CREATE INDEX connections_person ON connections (workspace_id, person_id, id);

CREATE TABLE counters (
  workspace_id BIGINT NOT NULL,
  name         TEXT NOT NULL,
  about        BIGINT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, name, about)
) WITHOUT ROWID;

CREATE TABLE cursors (
  workspace_id BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  folder       TEXT NOT NULL,
  uidvalidity  BIGINT NOT NULL,
  last_uid     BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, mailbox_id, folder)
) WITHOUT ROWID;

CREATE TABLE day_counts (
  workspace_id BIGINT NOT NULL,
  day          BIGINT NOT NULL,
  scope        TEXT NOT NULL,
  about        TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, day, scope, about)
) WITHOUT ROWID;

CREATE TABLE days_off (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  source       TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL DEFAULT '',
  country      TEXT NOT NULL DEFAULT '',
  subdivision  TEXT NOT NULL DEFAULT '',
  from_day     TEXT NOT NULL,
  to_day       TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX days_off_source ON days_off (workspace_id, substr(source, 1, 200));

CREATE TABLE deals (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  account_id   BIGINT NOT NULL DEFAULT 0,
  owner_id     BIGINT NOT NULL DEFAULT 0,
  name         TEXT NOT NULL,
  stage        TEXT NOT NULL,
  meaning      TEXT NOT NULL,
  amount       BIGINT NOT NULL DEFAULT 0,
  currency     TEXT NOT NULL DEFAULT '',
  close_on     BIGINT NOT NULL DEFAULT 0,
  next_step    TEXT NOT NULL DEFAULT '',
  next_on      BIGINT NOT NULL DEFAULT 0,
  task_id      BIGINT NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '',
  reason_text  TEXT NOT NULL DEFAULT '',
  custom       TEXT NOT NULL,
  was          TEXT NOT NULL,
  search       TEXT NOT NULL DEFAULT '',
  version      BIGINT NOT NULL DEFAULT 1,
  stage_at     BIGINT NOT NULL DEFAULT 0,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  closed_at    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX deals_account ON deals (workspace_id, account_id);

CREATE INDEX deals_open ON deals (workspace_id, owner_id, id) WHERE meaning = 'open';

CREATE INDEX deals_stage ON deals (workspace_id, stage, id);

CREATE TABLE drafts (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  subject      TEXT NOT NULL DEFAULT '',
  body         TEXT NOT NULL DEFAULT '',
  rev          BIGINT NOT NULL,
  at           BIGINT NOT NULL, html TEXT NOT NULL DEFAULT '', to_addr TEXT NOT NULL DEFAULT '', cc TEXT NOT NULL DEFAULT '', files TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, user_id, person_id, thread_id)
) WITHOUT ROWID;

CREATE INDEX drafts_files ON drafts (workspace_id) WHERE files <> '';

CREATE TABLE enrollments (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  sequence_id  BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  account_id   BIGINT NOT NULL DEFAULT 0,
  owner_id     BIGINT NOT NULL DEFAULT 0,
  mailbox_id   BIGINT NOT NULL DEFAULT 0,
  state        TEXT NOT NULL,
  reason       TEXT NOT NULL DEFAULT '',
  actor        TEXT NOT NULL DEFAULT '',
  state_at     BIGINT NOT NULL DEFAULT 0,
  position     INTEGER NOT NULL DEFAULT 0,
  awaiting     INTEGER NOT NULL DEFAULT 0,
  next_at      BIGINT NOT NULL DEFAULT 0,
  until_at     BIGINT NOT NULL DEFAULT 0,
  version      BIGINT NOT NULL DEFAULT 1,
  auto_mails   INTEGER NOT NULL DEFAULT 0,
  mails        INTEGER NOT NULL DEFAULT 0,
  last_step_at BIGINT NOT NULL DEFAULT 0,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  enrolled_at  BIGINT NOT NULL,
  hold_gate    TEXT NOT NULL DEFAULT '',
  hold_why     TEXT NOT NULL DEFAULT '',
  hold_until   BIGINT NOT NULL DEFAULT 0, track TEXT NOT NULL DEFAULT '', anchor_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX enrollments_account ON enrollments (workspace_id, account_id) WHERE account_id <> 0;

CREATE INDEX enrollments_due ON enrollments (workspace_id, next_at) WHERE next_at > 0;

CREATE INDEX enrollments_owner ON enrollments (workspace_id, owner_id, id) WHERE state IN ('pending','active','waiting_human','waiting_them','paused');

CREATE INDEX enrollments_person ON enrollments (workspace_id, person_id);

CREATE INDEX enrollments_sequence ON enrollments (workspace_id, sequence_id, state, id);

CREATE TABLE facts (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  value        TEXT NOT NULL,
  source       TEXT NOT NULL,
  url          TEXT NOT NULL DEFAULT '',
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX facts_account ON facts (workspace_id, account_id, id);

CREATE TABLE feeds (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  url          TEXT NOT NULL,
  title        TEXT NOT NULL DEFAULT '',
  added_by     BIGINT NOT NULL DEFAULT 0,
  added_at     BIGINT NOT NULL,
  read_at      BIGINT NOT NULL DEFAULT 0,
  free_at      BIGINT NOT NULL DEFAULT 0,
  problem      TEXT NOT NULL DEFAULT '',
  found        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX feeds_due ON feeds (workspace_id, free_at);

CREATE TABLE files (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  name         TEXT NOT NULL,
  media_type   TEXT NOT NULL,
  size         BIGINT NOT NULL,
  sha256       BLOB NOT NULL,
  bytes        BLOB NOT NULL,
  created_at   BIGINT NOT NULL, private INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
);

CREATE UNIQUE INDEX files_sha ON files (workspace_id, sha256, name);

CREATE TABLE lessons (
  workspace_id BIGINT NOT NULL,
  message_id   BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  intent       TEXT NOT NULL DEFAULT '',
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  back_at      BIGINT NOT NULL DEFAULT 0,
  back_by      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, message_id)
) WITHOUT ROWID;

CREATE INDEX lessons_at ON lessons (workspace_id, at, message_id);

CREATE TABLE letters (
  workspace_id BIGINT NOT NULL,
  mailing_id   BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  body         TEXT NOT NULL DEFAULT '',
  html         TEXT NOT NULL DEFAULT '',
  quote        TEXT NOT NULL DEFAULT '',
  to_addr      TEXT NOT NULL DEFAULT '',
  to_name      TEXT NOT NULL DEFAULT '',
  cc           TEXT NOT NULL DEFAULT '',
  files        TEXT NOT NULL DEFAULT '',
  later        TEXT NOT NULL DEFAULT '',
  unless_at    BIGINT NOT NULL DEFAULT 0,
  closed       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, mailing_id)
) WITHOUT ROWID;

CREATE INDEX letters_files ON letters (workspace_id) WHERE files <> '';

CREATE INDEX letters_later ON letters (workspace_id, person_id) WHERE unless_at <> 0;

CREATE TABLE mail_names (
  workspace_id BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  name         TEXT NOT NULL,
  person_id    BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  mailing_id   BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, mailbox_id, name, person_id)
) WITHOUT ROWID;

CREATE TABLE mailbox_days (
  workspace_id BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  day          BIGINT NOT NULL,
  name         TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, mailbox_id, day, name)
) WITHOUT ROWID;

CREATE TABLE mailboxes (
  workspace_id  BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  user_id       BIGINT NOT NULL,
  address       TEXT NOT NULL,
  name          TEXT NOT NULL DEFAULT '',
  signature     TEXT NOT NULL DEFAULT '',
  smtp          TEXT NOT NULL,
  smtp_password BLOB,
  imap          TEXT NOT NULL,
  imap_password BLOB,
  sent_folder   TEXT NOT NULL DEFAULT '',
  junk_folder   TEXT NOT NULL DEFAULT '',
  saves_sent    INTEGER NOT NULL DEFAULT 0,
  state         TEXT NOT NULL,
  state_why     TEXT NOT NULL DEFAULT '',
  limits        TEXT NOT NULL,
  ramp_from     BIGINT NOT NULL DEFAULT 0,
  next_send_at  BIGINT NOT NULL DEFAULT 0,
  read_at       BIGINT NOT NULL DEFAULT 0,
  lease_node    TEXT NOT NULL DEFAULT '',
  lease_until   BIGINT NOT NULL DEFAULT 0,
  watch_node    TEXT NOT NULL DEFAULT '',
  watch_until   BIGINT NOT NULL DEFAULT 0,
  created_at    BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX mailboxes_address ON mailboxes (workspace_id, address);

CREATE TABLE mailings (
  workspace_id  BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  key           TEXT NOT NULL,
  enrollment_id BIGINT NOT NULL DEFAULT 0,
  step_id       BIGINT NOT NULL DEFAULT 0,
  person_id     BIGINT NOT NULL,
  mailbox_id    BIGINT NOT NULL,
  user_id       BIGINT NOT NULL DEFAULT 0,
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL,
  recipient     TEXT NOT NULL DEFAULT '',
  subject       TEXT NOT NULL DEFAULT '',
  body          TEXT NOT NULL DEFAULT '',
  in_reply_to   TEXT NOT NULL DEFAULT '',
  refs          TEXT NOT NULL DEFAULT '',
  thread_id     BIGINT NOT NULL DEFAULT 0,
  follow_up     INTEGER NOT NULL DEFAULT 0,
  due_at        BIGINT NOT NULL DEFAULT 0,
  header_id     TEXT NOT NULL DEFAULT '',
  raw_id        BIGINT NOT NULL DEFAULT 0,
  attempts      INTEGER NOT NULL DEFAULT 0,
  attempt_at    BIGINT NOT NULL DEFAULT 0,
  last_error    TEXT NOT NULL DEFAULT '',
  hold_gate     TEXT NOT NULL DEFAULT '',
  hold_why      TEXT NOT NULL DEFAULT '',
  sent_at       BIGINT NOT NULL DEFAULT 0,
  appended      INTEGER NOT NULL DEFAULT 0,
  created_at    BIGINT NOT NULL, variant_id BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX mailings_append ON mailings (workspace_id, mailbox_id, id) WHERE state = 'sent' AND appended = 0;

CREATE INDEX mailings_by_hand ON mailings (workspace_id, mailbox_id, due_at) WHERE state = 'queued' AND kind = 'manual';

CREATE INDEX mailings_enrollment ON mailings (workspace_id, enrollment_id) WHERE enrollment_id <> 0;

CREATE INDEX mailings_header ON mailings (workspace_id, header_id) WHERE header_id <> '';

CREATE UNIQUE INDEX mailings_key ON mailings (workspace_id, key);

CREATE INDEX mailings_person ON mailings (workspace_id, person_id);

CREATE INDEX mailings_queue ON mailings (workspace_id, mailbox_id, follow_up DESC, due_at) WHERE state = 'queued';

CREATE INDEX mailings_sending ON mailings (workspace_id, mailbox_id) WHERE state = 'sending';

CREATE INDEX mailings_sent ON mailings (workspace_id, mailbox_id, sent_at) WHERE state = 'sent';

CREATE INDEX mailings_unknown ON mailings (workspace_id, mailbox_id) WHERE state = 'unknown';

CREATE INDEX mailings_variant ON mailings (workspace_id, variant_id) WHERE variant_id <> 0;

CREATE TABLE match_candidates (
  workspace_id BIGINT NOT NULL,
  message_id   BIGINT NOT NULL,
  n            INTEGER NOT NULL,
  person_id    BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  colleague    INTEGER NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, message_id, n)
) WITHOUT ROWID;

CREATE INDEX match_candidates_person ON match_candidates (workspace_id, person_id);

CREATE TABLE match_holds (
  workspace_id  BIGINT NOT NULL,
  message_id    BIGINT NOT NULL,
  enrollment_id BIGINT NOT NULL,
  until_at      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, message_id, enrollment_id)
) WITHOUT ROWID;

CREATE INDEX match_holds_enrollment ON match_holds (workspace_id, enrollment_id);

CREATE TABLE messages (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  person_id    BIGINT NOT NULL DEFAULT 0,
  thread_id    BIGINT NOT NULL DEFAULT 0,
  mailing_id   BIGINT NOT NULL DEFAULT 0,
  direction    TEXT NOT NULL,
  header_id    TEXT NOT NULL,
  in_reply_to  TEXT NOT NULL DEFAULT '',
  refs         TEXT NOT NULL DEFAULT '',
  from_addr    TEXT NOT NULL DEFAULT '',
  from_name    TEXT NOT NULL DEFAULT '',
  to_addr      TEXT NOT NULL DEFAULT '',
  subject      TEXT NOT NULL DEFAULT '',
  date_at      BIGINT NOT NULL DEFAULT 0,
  arrived_at   BIGINT NOT NULL DEFAULT 0,
  seen_at      BIGINT NOT NULL DEFAULT 0,
  body         TEXT NOT NULL DEFAULT '',
  full_text    TEXT NOT NULL DEFAULT '',
  html         TEXT NOT NULL DEFAULT '',
  raw_id       BIGINT NOT NULL DEFAULT 0,
  folder       TEXT NOT NULL DEFAULT '',
  uid          BIGINT NOT NULL DEFAULT 0,
  kind         TEXT NOT NULL DEFAULT '',
  intent       TEXT NOT NULL DEFAULT '',
  verdict      TEXT NOT NULL,
  matched      TEXT NOT NULL DEFAULT '', lesson_id BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX messages_header ON messages (workspace_id, header_id, mailbox_id);

CREATE INDEX messages_lesson ON messages (workspace_id, lesson_id) WHERE lesson_id <> 0;

CREATE INDEX messages_nobody ON messages (workspace_id, mailbox_id, from_addr, id) WHERE person_id = 0;

CREATE INDEX messages_person ON messages (workspace_id, person_id, id) WHERE person_id <> 0;

CREATE INDEX messages_thread ON messages (workspace_id, thread_id, id);

CREATE INDEX messages_unclear ON messages (workspace_id, seen_at) WHERE kind = 'reply' AND intent = 'unclear';

CREATE TABLE model_asks (
  workspace_id BIGINT NOT NULL,
  message_id   BIGINT NOT NULL,
  person_id    BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  state        TEXT NOT NULL,
  tries        INTEGER NOT NULL DEFAULT 1,
  free_at      BIGINT NOT NULL DEFAULT 0,
  host         TEXT NOT NULL DEFAULT '',
  model        TEXT NOT NULL DEFAULT '',
  sent         TEXT NOT NULL DEFAULT '',
  requests     INTEGER NOT NULL DEFAULT 0,
  bytes_out    BIGINT NOT NULL DEFAULT 0,
  bytes_in     BIGINT NOT NULL DEFAULT 0,
  took_us      BIGINT NOT NULL DEFAULT 0,
  answer       TEXT NOT NULL DEFAULT '',
  intent       TEXT NOT NULL DEFAULT '',
  quote        TEXT NOT NULL DEFAULT '',
  why          TEXT NOT NULL DEFAULT '', about TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, message_id)
) WITHOUT ROWID;

CREATE INDEX model_asks_at ON model_asks (workspace_id, at);

CREATE TABLE model_endpoints (
  workspace_id BIGINT NOT NULL,
  url          TEXT NOT NULL DEFAULT '',
  model        TEXT NOT NULL DEFAULT '',
  key_sealed   BLOB,
  unclear      INTEGER NOT NULL DEFAULT 1,
  on_since     BIGINT NOT NULL DEFAULT 0,
  problem      TEXT NOT NULL DEFAULT '',
  wait_until   BIGINT NOT NULL DEFAULT 0,
  changed_at   BIGINT NOT NULL DEFAULT 0,
  changed_by   BIGINT NOT NULL DEFAULT 0, briefs INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id)
) WITHOUT ROWID;

CREATE TABLE moves (
  workspace_id  BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  at            BIGINT NOT NULL,
  actor         TEXT NOT NULL,
  kind          TEXT NOT NULL,
  person_id     BIGINT NOT NULL DEFAULT 0,
  account_id    BIGINT NOT NULL DEFAULT 0,
  enrollment_id BIGINT NOT NULL DEFAULT 0,
  user_id       BIGINT NOT NULL DEFAULT 0,
  message_id    BIGINT NOT NULL DEFAULT 0,
  task_id       BIGINT NOT NULL DEFAULT 0,
  asks          INTEGER NOT NULL DEFAULT 0,
  milliminutes  BIGINT NOT NULL DEFAULT 0,
  says          TEXT NOT NULL DEFAULT '', deal_id BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, person_id, id)
) WITHOUT ROWID;

CREATE INDEX moves_account ON moves (workspace_id, account_id, id) WHERE person_id = 0;

CREATE INDEX moves_at ON moves (workspace_id, at, actor, kind, user_id, milliminutes);

CREATE INDEX moves_deal ON moves (workspace_id, deal_id, id) WHERE deal_id <> 0;

CREATE TABLE nodes (
  workspace_id BIGINT NOT NULL,
  node         TEXT NOT NULL,
  until_at     BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, node)
) WITHOUT ROWID;

CREATE TABLE outside_mails (
  workspace_id BIGINT NOT NULL,
  mailbox_id   BIGINT NOT NULL,
  header_id    TEXT NOT NULL,
  at           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, mailbox_id, header_id)
) WITHOUT ROWID;

CREATE INDEX outside_mails_at ON outside_mails (workspace_id, mailbox_id, at);

CREATE TABLE page_beats (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
) WITHOUT ROWID;

CREATE TABLE page_time (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  day          BIGINT NOT NULL,
  page         TEXT NOT NULL,
  seconds      BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id, day, page)
) WITHOUT ROWID;

CREATE INDEX page_time_day ON page_time (workspace_id, day, user_id, page, seconds);

CREATE TABLE parts (
  workspace_id BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  deal_id      BIGINT NOT NULL DEFAULT 0,
  person_id    BIGINT NOT NULL,
  role         TEXT NOT NULL DEFAULT '',
  named_by     BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, account_id, deal_id, person_id)
) WITHOUT ROWID;

CREATE INDEX parts_deal ON parts (workspace_id, deal_id) WHERE deal_id <> 0;

CREATE INDEX parts_person ON parts (workspace_id, person_id);

CREATE TABLE paths (
  workspace_id BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  stages       BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
) WITHOUT ROWID;

CREATE TABLE people (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  account_id   BIGINT NOT NULL DEFAULT 0,
  owner_id     BIGINT NOT NULL DEFAULT 0,
  email        TEXT NOT NULL DEFAULT '',
  address      TEXT NOT NULL DEFAULT '',
  first_name   TEXT NOT NULL DEFAULT '',
  last_name    TEXT NOT NULL DEFAULT '',
  title        TEXT NOT NULL DEFAULT '',
  phone        TEXT NOT NULL DEFAULT '',
  zone         TEXT NOT NULL DEFAULT '',
  country      TEXT NOT NULL DEFAULT '',
  language     TEXT NOT NULL DEFAULT '',
  linkedin     TEXT NOT NULL DEFAULT '',
  custom       TEXT NOT NULL,
  search       TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  move         TEXT NOT NULL DEFAULT '',
  move_since   BIGINT NOT NULL DEFAULT 0,
  move_until   BIGINT NOT NULL DEFAULT 0,
  last_in_at   BIGINT NOT NULL DEFAULT 0,
  last_out_at  BIGINT NOT NULL DEFAULT 0,
  untouched    INTEGER NOT NULL DEFAULT 0, subdivision TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX people_account ON people (workspace_id, account_id);

CREATE INDEX people_called ON people (workspace_id, phone) WHERE phone <> '';

CREATE UNIQUE INDEX people_email ON people (workspace_id, email) WHERE email <> '';

CREATE INDEX people_linkedin ON people (workspace_id, lower(linkedin)) WHERE email = '';

CREATE INDEX people_ours ON people (workspace_id, owner_id, move_since, id) WHERE move = 'ours';

CREATE INDEX people_owner ON people (workspace_id, owner_id, id);

CREATE INDEX people_phone ON people (workspace_id, phone) WHERE email = '';

CREATE TABLE person_addresses (
  workspace_id BIGINT NOT NULL,
  address      TEXT NOT NULL,
  person_id    BIGINT NOT NULL,
  theirs       INTEGER NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, address, person_id)
) WITHOUT ROWID;

CREATE INDEX person_addresses_person ON person_addresses (workspace_id, person_id);

CREATE UNIQUE INDEX person_addresses_theirs ON person_addresses (workspace_id, address) WHERE theirs = 1;

CREATE TABLE person_leases (
  workspace_id BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  until_at     BIGINT NOT NULL, dialed_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, person_id)
) WITHOUT ROWID;

CREATE INDEX person_leases_user ON person_leases (workspace_id, user_id, until_at);

CREATE TABLE phone_hooks (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  user_id      BIGINT NOT NULL,
  token_hash   BLOB NOT NULL,
  secret       BLOB NOT NULL,
  created_at   BIGINT NOT NULL,
  used_at      BIGINT NOT NULL DEFAULT 0,
  revoked_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX phone_hooks_token ON phone_hooks (workspace_id, token_hash);

CREATE TABLE pins (
  workspace_id BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, user_id, person_id)
) WITHOUT ROWID;

CREATE TABLE points (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  key          TEXT NOT NULL,
  person_id    BIGINT NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  kind         TEXT NOT NULL,
  side         TEXT NOT NULL,
  state        TEXT NOT NULL,
  says         TEXT NOT NULL,
  due_at       BIGINT NOT NULL DEFAULT 0,
  source       TEXT NOT NULL DEFAULT '',
  source_id    BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  ended_at     BIGINT NOT NULL DEFAULT 0,
  ended_by     BIGINT NOT NULL DEFAULT 0,
  answer       TEXT NOT NULL DEFAULT '',
  answer_id    BIGINT NOT NULL DEFAULT 0,
  task_id      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX points_key ON points (workspace_id, key);

CREATE INDEX points_person ON points (workspace_id, person_id, id);

CREATE INDEX points_theirs ON points (workspace_id, due_at, person_id) WHERE kind = 'promise' AND side = 'theirs' AND state = 'open' AND due_at > 0;

CREATE TABLE raws (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  bytes        BLOB NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE recounts (
  workspace_id BIGINT NOT NULL,
  sequence_id  BIGINT NOT NULL,
  asked_at     BIGINT NOT NULL,
  free_at      BIGINT NOT NULL,
  after_id     BIGINT NOT NULL DEFAULT 0,
  again        BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, sequence_id)
) WITHOUT ROWID;

CREATE INDEX recounts_free ON recounts (workspace_id, free_at);

CREATE TABLE researches (
  workspace_id BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  state        TEXT NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  asked_at     BIGINT NOT NULL,
  ended_at     BIGINT NOT NULL DEFAULT 0,
  free_at      BIGINT NOT NULL DEFAULT 0,
  tries        INTEGER NOT NULL DEFAULT 0,
  says         TEXT NOT NULL DEFAULT '',
  pages        TEXT NOT NULL,
  PRIMARY KEY (workspace_id, account_id)
) WITHOUT ROWID;

CREATE INDEX researches_asked ON researches (workspace_id, free_at) WHERE state = 'asked';

CREATE TABLE rulesets (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  rules        TEXT NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX rulesets_name ON rulesets (workspace_id, lower(name));

CREATE TABLE schedules (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  windows      TEXT NOT NULL,
  holidays     INTEGER NOT NULL DEFAULT 1,
  days_off     INTEGER NOT NULL DEFAULT 1,
  version      INTEGER NOT NULL DEFAULT 1,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX schedules_name ON schedules (workspace_id, lower(name));

CREATE TABLE sequence_versions (
  workspace_id BIGINT NOT NULL,
  sequence_id  BIGINT NOT NULL,
  version      INTEGER NOT NULL,
  user_id      BIGINT NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL,
  says         TEXT NOT NULL DEFAULT '',
  plan         TEXT NOT NULL,
  PRIMARY KEY (workspace_id, sequence_id, version)
) WITHOUT ROWID;

CREATE TABLE sequences (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  owner_id     BIGINT NOT NULL,
  name         TEXT NOT NULL,
  state        TEXT NOT NULL,
  rules        TEXT NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1,
  created_at   BIGINT NOT NULL,
  started_at   BIGINT NOT NULL DEFAULT 0, ruleset_id BIGINT NOT NULL DEFAULT 0, schedule_id BIGINT NOT NULL DEFAULT 0, options TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX sequences_ruleset ON sequences (workspace_id, ruleset_id) WHERE ruleset_id <> 0;

CREATE INDEX sequences_schedule ON sequences (workspace_id, schedule_id) WHERE schedule_id <> 0;

CREATE TABLE sessions (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  token_hash   BLOB NOT NULL,
  kind         TEXT NOT NULL DEFAULT 'session',
  created_at   BIGINT NOT NULL,
  seen_at      BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  ip           TEXT NOT NULL DEFAULT '',
  agent        TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);

CREATE INDEX sessions_user ON sessions (workspace_id, user_id);

CREATE TABLE skips (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  user_id      BIGINT NOT NULL,
  person_id    BIGINT NOT NULL,
  task_id      BIGINT NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  at           BIGINT NOT NULL,
  until_at     BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX skips_at ON skips (workspace_id, at, id);

CREATE INDEX skips_person ON skips (workspace_id, user_id, person_id, until_at);

CREATE TABLE snippets (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  name         TEXT NOT NULL,
  body         TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX snippets_name ON snippets (workspace_id, lower(name));

CREATE TABLE step_stats (
  workspace_id BIGINT NOT NULL,
  step_id      BIGINT NOT NULL,
  name         TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, step_id, name)
) WITHOUT ROWID;

CREATE TABLE steps (
  workspace_id  BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  sequence_id   BIGINT NOT NULL,
  position      INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  delay_n       INTEGER NOT NULL DEFAULT 0,
  delay_unit    TEXT NOT NULL DEFAULT 'days',
  subject       TEXT NOT NULL DEFAULT '',
  body          TEXT NOT NULL DEFAULT '',
  note          TEXT NOT NULL DEFAULT '',
  max_wait_days INTEGER NOT NULL DEFAULT 0, track TEXT NOT NULL DEFAULT '', options TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX steps_sequence ON steps (workspace_id, sequence_id, position);

CREATE TABLE suppressions (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  kind         TEXT NOT NULL,
  hash         BLOB NOT NULL,
  value        TEXT NOT NULL DEFAULT '',
  reason       TEXT NOT NULL,
  source       TEXT NOT NULL DEFAULT '',
  at           BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, kind, hash)
) WITHOUT ROWID;

CREATE UNIQUE INDEX suppressions_id ON suppressions (workspace_id, id);

CREATE TABLE tasks (
  workspace_id  BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  key           TEXT NOT NULL,
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL,
  person_id     BIGINT NOT NULL,
  user_id       BIGINT NOT NULL DEFAULT 0,
  enrollment_id BIGINT NOT NULL DEFAULT 0,
  step_id       BIGINT NOT NULL DEFAULT 0,
  message_id    BIGINT NOT NULL DEFAULT 0,
  mailing_id    BIGINT NOT NULL DEFAULT 0,
  title         TEXT NOT NULL DEFAULT '',
  note          TEXT NOT NULL DEFAULT '',
  intent        TEXT NOT NULL DEFAULT '',
  created_at    BIGINT NOT NULL,
  due_at        BIGINT NOT NULL DEFAULT 0,
  snoozed_until BIGINT NOT NULL DEFAULT 0,
  done_at       BIGINT NOT NULL DEFAULT 0,
  done_why      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX tasks_answers ON tasks (workspace_id, created_at) WHERE kind = 'answer' AND state = 'open';

CREATE INDEX tasks_done ON tasks (workspace_id, user_id, done_at, person_id) WHERE state = 'done';

CREATE INDEX tasks_enrollment ON tasks (workspace_id, enrollment_id) WHERE enrollment_id <> 0 AND state = 'open';

CREATE UNIQUE INDEX tasks_key ON tasks (workspace_id, key);

CREATE INDEX tasks_lane ON tasks (workspace_id, user_id, (CASE kind WHEN 'answer' THEN CASE intent WHEN 'interested' THEN 0 WHEN 'question' THEN 1 ELSE 2 END WHEN 'call' THEN CASE step_id WHEN 0 THEN 3 ELSE 4 END WHEN 'referral' THEN 5 WHEN 'approve' THEN 6 WHEN 'confirm' THEN 7 WHEN 'decide' THEN 8 WHEN 'fix' THEN 9 ELSE 10 END), due_at, id, snoozed_until, person_id, kind, intent, step_id, message_id, created_at) WHERE state = 'open';

CREATE INDEX tasks_open ON tasks (workspace_id, user_id, due_at) WHERE state = 'open';

CREATE INDEX tasks_person ON tasks (workspace_id, person_id, state);

CREATE INDEX tasks_snoozed ON tasks (workspace_id, user_id, snoozed_until) WHERE state = 'open' AND snoozed_until > 0;

CREATE TABLE threads (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  person_id    BIGINT NOT NULL DEFAULT 0,
  mailbox_id   BIGINT NOT NULL,
  subject      TEXT NOT NULL DEFAULT '',
  last_at      BIGINT NOT NULL DEFAULT 0,
  last_in_at   BIGINT NOT NULL DEFAULT 0,
  last_header  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX threads_inbox ON threads (workspace_id, last_in_at, id) WHERE last_in_at > 0;

CREATE INDEX threads_person ON threads (workspace_id, person_id);

CREATE INDEX threads_subject ON threads (workspace_id, mailbox_id, substr(lower(subject), 1, 200));

CREATE TABLE trials (
  workspace_id BIGINT NOT NULL,
  step_id      BIGINT NOT NULL,
  trial        TEXT NOT NULL,
  base         TEXT NOT NULL,
  begun_at     BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, step_id)
) WITHOUT ROWID;

CREATE TABLE users (
  workspace_id  BIGINT NOT NULL,
  id            BIGINT NOT NULL,
  email         TEXT NOT NULL,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  zone          TEXT NOT NULL DEFAULT '',
  password_hash TEXT NOT NULL DEFAULT '',
  disabled      INTEGER NOT NULL DEFAULT 0,
  created_at    BIGINT NOT NULL, calendar_url TEXT NOT NULL DEFAULT '', uncounted BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX users_email ON users (email);

CREATE TABLE variant_stats (
  workspace_id BIGINT NOT NULL,
  variant_id   BIGINT NOT NULL,
  name         TEXT NOT NULL,
  n            BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, variant_id, name)
) WITHOUT ROWID;

CREATE TABLE variants (
  workspace_id BIGINT NOT NULL,
  id           BIGINT NOT NULL,
  sequence_id  BIGINT NOT NULL,
  step_id      BIGINT NOT NULL,
  name         TEXT NOT NULL,
  weight       INTEGER NOT NULL DEFAULT 1,
  state        TEXT NOT NULL,
  subject      TEXT NOT NULL DEFAULT '',
  body         TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) WITHOUT ROWID;

CREATE INDEX variants_sequence ON variants (workspace_id, sequence_id, step_id);

CREATE TABLE workspaces (
  workspace_id BIGINT NOT NULL PRIMARY KEY,
  name         TEXT NOT NULL,
  settings     TEXT NOT NULL,
  created_at   BIGINT NOT NULL
, lessons BIGINT NOT NULL DEFAULT 0, node TEXT NOT NULL DEFAULT '') WITHOUT ROWID;

CREATE INDEX workspaces_node ON workspaces (node, workspace_id);
