--liquibase formatted sql

--changeset campanile:0014-quiet-hours
-- The clock of people whose time zone is not known, an IANA id.
ALTER TABLE workspace ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC';
--rollback ALTER TABLE workspace DROP COLUMN time_zone;
