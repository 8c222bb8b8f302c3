--liquibase formatted sql

--changeset campanile:0018-erasure
-- People who are gone and whose messages still name them; a row goes when none does any more. Addresses are in the form
-- they are compared in, or not; calls may have laid them over the fields, which are dotted paths. The time is the
-- database's; messages from end_id on are about somebody new. No message before from_id names them any more.
CREATE TABLE erasure (
  profile_id   uuid        PRIMARY KEY,
  workspace_id text        NOT NULL REFERENCES workspace,
  namespaces   text[]      NOT NULL,
  keys         text[]      NOT NULL,
  addresses    text[]      NOT NULL,
  fields       text[]      NOT NULL,
  erase_time   timestamptz NOT NULL,
  end_id       uuid        NOT NULL,
  from_id      uuid,
  CONSTRAINT erasure_identities_paired CHECK (cardinality(namespaces) = cardinality(keys))
);
--rollback DROP TABLE erasure;
