--liquibase formatted sql

--changeset campanile:0003-campaign
CREATE TABLE campaign (
  campaign_id       uuid        PRIMARY KEY,
  workspace_id      text        NOT NULL REFERENCES workspace,
  chosen_id         text        NOT NULL,
  category          text        NOT NULL,
  display_name      text        NOT NULL,
  description       text        NOT NULL,
  tags              text[]      NOT NULL,
  state             text        NOT NULL,
  pause_mode        text,
  live_revision     integer,
  draft             jsonb,
  stop_to_cancel    bigint,
  stop_in_hand_over bigint,
  start_time        timestamptz,
  end_time          timestamptz,
  version           bigint      NOT NULL,
  create_time       timestamptz NOT NULL,
  update_time       timestamptz NOT NULL,
  CONSTRAINT campaign_name_unique UNIQUE (workspace_id, chosen_id),
  CONSTRAINT campaign_id_chosen CHECK (chosen_id ~ '^[a-z][a-z0-9-]{0,62}$'),
  CONSTRAINT campaign_is_named CHECK (btrim(display_name) <> ''),
  CONSTRAINT campaign_category_known CHECK (category IN ('MARKETING', 'TRANSACTIONAL')),
  CONSTRAINT campaign_state_known
    CHECK (state IN ('DRAFT', 'SCHEDULED', 'LIVE', 'PAUSED', 'STOPPED', 'COMPLETED', 'ARCHIVED')),
  CONSTRAINT campaign_pause_mode_known CHECK (pause_mode IN ('HOLD', 'REFUSE')),
  -- A campaign that is paused when it completes stays so.
  CONSTRAINT campaign_pause_mode_while_paused
    CHECK (state = 'COMPLETED' OR (state = 'PAUSED') = (pause_mode IS NOT NULL)),
  CONSTRAINT campaign_live_once_activated CHECK ((state = 'DRAFT') = (live_revision IS NULL)),
  CONSTRAINT campaign_draft_has_definition CHECK (state <> 'DRAFT' OR draft IS NOT NULL),
  CONSTRAINT campaign_scheduled_has_start CHECK (state <> 'SCHEDULED' OR start_time IS NOT NULL),
  CONSTRAINT campaign_stopped_has_counts CHECK (state <> 'STOPPED' OR stop_in_hand_over IS NOT NULL),
  CONSTRAINT campaign_counts_once_stopped CHECK (state IN ('STOPPED', 'ARCHIVED') OR stop_in_hand_over IS NULL),
  -- Those to cancel may have been too many to be counted.
  CONSTRAINT campaign_counts_in_hand_over CHECK (stop_to_cancel IS NULL OR stop_in_hand_over IS NOT NULL),
  CONSTRAINT campaign_counts_count CHECK (stop_to_cancel >= 0 AND stop_in_hand_over >= 0),
  CONSTRAINT campaign_version_counts CHECK (version > 0)
);

CREATE INDEX campaign_running ON campaign (state) WHERE state IN ('SCHEDULED', 'LIVE', 'PAUSED');

-- Content frozen at activation.
CREATE TABLE campaign_revision (
  campaign_id   uuid        NOT NULL REFERENCES campaign ON DELETE CASCADE,
  revision      integer     NOT NULL,
  definition    jsonb       NOT NULL,
  activated_by  text        NOT NULL,
  rollback_of   integer,
  create_time   timestamptz NOT NULL,
  PRIMARY KEY (campaign_id, revision),
  CONSTRAINT campaign_revision_counts CHECK (revision > 0),
  CONSTRAINT campaign_revision_rolls_back CHECK (rollback_of BETWEEN 1 AND revision - 1)
);

ALTER TABLE campaign
  ADD CONSTRAINT campaign_live_revision_exists FOREIGN KEY (campaign_id, live_revision)
    REFERENCES campaign_revision (campaign_id, revision) DEFERRABLE INITIALLY DEFERRED;

-- What intake and marks lock shared and obey. Narrow and roomy, because every shared lock writes to
-- the row's page. The live revision is 0 before the first activation.
CREATE TABLE campaign_control (
  campaign_id      uuid    PRIMARY KEY REFERENCES campaign ON DELETE CASCADE,
  accepts_triggers boolean NOT NULL,
  live_revision    integer NOT NULL,
  delivery         text    NOT NULL,
  CONSTRAINT campaign_control_delivery_known CHECK (delivery IN ('DELIVER', 'HOLD', 'CANCEL')),
  CONSTRAINT campaign_control_accepts_what_it_keeps CHECK (NOT accepts_triggers OR delivery <> 'CANCEL'),
  CONSTRAINT campaign_control_accepts_by_a_revision CHECK (live_revision >= CASE WHEN accepts_triggers THEN 1 ELSE 0 END)
) WITH (fillfactor = 50);
--rollback DROP TABLE campaign_control;
--rollback ALTER TABLE campaign DROP CONSTRAINT campaign_live_revision_exists;
--rollback DROP TABLE campaign_revision;
--rollback DROP TABLE campaign;
