package io.campanile.domain.workspace;

import io.campanile.domain.schema.AttributeSchema;

import java.time.Instant;
import java.time.ZoneId;

/// A tenant: owns campaigns, channel configurations and keys, and sees nothing of others.
///
/// @param emailsWhenUnset whether marketing by email goes to people who neither agreed nor refused
/// @param allowedListOn whether nothing is sent but to the allowed list
/// @param timeZone the clock of people whose time zone is not known
/// @param addressField which attribute of people holds their address, by dotted path; empty for
///   none
/// @param attributeSchema which attributes people may have
public record Workspace(
        WorkspaceId id,
        String displayName,
        Instant createTime,
        boolean emailsWhenUnset,
        boolean allowedListOn,
        ZoneId timeZone,
        String addressField,
        AttributeSchema attributeSchema) {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /// One that lives by UTC, names no field for addresses and allows all attributes.
    public Workspace(
            WorkspaceId id,
            String displayName,
            Instant createTime,
            boolean emailsWhenUnset,
            boolean allowedListOn) {
        this(
                id,
                displayName,
                createTime,
                emailsWhenUnset,
                allowedListOn,
                UTC,
                "",
                AttributeSchema.NONE);
    }

    /// One that is made now, as careful as the law is: marketing needs consent that was given.
    public static Workspace created(WorkspaceId id, String displayName, Instant now) {
        return new Workspace(id, displayName, now, false, false);
    }

    /// The full name, `workspaces/{workspace}`.
    public String name() {
        return id.name();
    }
}
