--liquibase formatted sql

--changeset campanile:0004-access
CREATE TABLE api_key (
  api_key_id   uuid        PRIMARY KEY,
  workspace_id text        NOT NULL REFERENCES workspace,
  display_name text        NOT NULL,
  roles        text[]      NOT NULL,
  prefix       text        NOT NULL,
  hash         text        NOT NULL,
  create_time  timestamptz NOT NULL,
  expire_time  timestamptz,
  revoke_time  timestamptz,
  CONSTRAINT api_key_hash_unique UNIQUE (hash),
  CONSTRAINT api_key_hash_is_sha256 CHECK (hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT api_key_opens_something CHECK (cardinality(roles) > 0),
  CONSTRAINT api_key_roles_known
    CHECK (roles <@ ARRAY['VIEWER', 'TRIGGER', 'AUTHOR', 'APPROVER', 'OPERATOR', 'OWNER'])
);

CREATE INDEX api_key_workspace ON api_key (workspace_id, create_time);

-- Written once.
CREATE TABLE audit_entry (
  audit_entry_id uuid        PRIMARY KEY,
  workspace_id   text        NOT NULL REFERENCES workspace,
  time           timestamptz NOT NULL,
  actor          text        NOT NULL,
  action         text        NOT NULL,
  resource       text        NOT NULL,
  detail         text        NOT NULL,
  CONSTRAINT audit_entry_actor_known
    CHECK (actor = 'system' OR actor ~ '^workspaces/[^/]+/apiKeys/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  CONSTRAINT audit_entry_action_named CHECK (action ~ '^[A-Z]+(_[A-Z]+)*$'),
  CONSTRAINT audit_entry_resource_of_workspace
    CHECK (resource = 'workspaces/' || workspace_id OR starts_with(resource, 'workspaces/' || workspace_id || '/'))
);

CREATE INDEX audit_entry_workspace ON audit_entry (workspace_id, time);
CREATE INDEX audit_entry_time ON audit_entry (time);

-- Request ids of changing calls that took effect.
CREATE TABLE request_log (
  workspace_id text        NOT NULL REFERENCES workspace,
  request_id   text        NOT NULL,
  digest       bytea       NOT NULL,
  resource     text        NOT NULL,
  create_time  timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, request_id),
  CONSTRAINT request_log_digest_is_sha256 CHECK (octet_length(digest) = 32)
);

CREATE INDEX request_log_time ON request_log (create_time);

-- How often what the nodes keep in memory was changed; raised in the transaction of each change.
CREATE TABLE change_counter (
  topic   text   PRIMARY KEY,
  counter bigint NOT NULL,
  CONSTRAINT change_counter_topic_known CHECK (topic IN ('CAMPAIGNS', 'ACCESS')),
  CONSTRAINT change_counter_counts CHECK (counter > 0)
) WITH (fillfactor = 50);
--rollback DROP TABLE change_counter;
--rollback DROP TABLE request_log;
--rollback DROP TABLE audit_entry;
--rollback DROP TABLE api_key;
