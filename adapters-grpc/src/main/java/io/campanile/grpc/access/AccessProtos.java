package io.campanile.grpc.access;

import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.access.Role;
import io.campanile.domain.eligibility.AddressFields;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.workspace.Workspace;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ViolationReason;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/// Workspaces, keys and audit entries as protobuf.
final class AccessProtos {
    private final InstantSource clock;

    AccessProtos(InstantSource clock) {
        this.clock = clock;
    }

    static io.campanile.v1.Workspace workspace(Workspace workspace) {
        var proto =
                io.campanile.v1.Workspace.newBuilder()
                        .setName(workspace.name())
                        .setDisplayName(workspace.displayName())
                        .setCreateTime(Times.timestamp(workspace.createTime()))
                        .setEmailsWhenUnset(workspace.emailsWhenUnset())
                        .setAllowedListOn(workspace.allowedListOn())
                        .setTimeZone(workspace.timeZone().getId())
                        .setAddressField(workspace.addressField())
                        .setAttributeSchema(SchemaProtos.proto(workspace.attributeSchema()))
                        .build();
        return proto.toBuilder().setEtag(Edits.etag(proto)).build();
    }

    /// The workspace as it is.
    ///
    /// @param etag what the caller has seen; empty when they do not care
    /// @throws io.grpc.StatusRuntimeException when that is another one
    static io.campanile.v1.Workspace unchanged(Workspace known, String etag) {
        io.campanile.v1.Workspace current = workspace(known);
        if (!etag.isEmpty() && !etag.equals(current.getEtag())) {
            throw GrpcErrors.etagMismatch(current.getName(), current.getEtag());
        }
        return current;
    }

    /// What a workspace becomes by an edit; without a display name it is called by its id.
    static Workspace edited(Workspace known, io.campanile.v1.Workspace merged) {
        String displayName = merged.getDisplayName();
        return new Workspace(
                known.id(),
                displayName.isEmpty() ? known.id().value() : displayName,
                known.createTime(),
                merged.getEmailsWhenUnset(),
                merged.getAllowedListOn(),
                timeZone(merged.getTimeZone()),
                addressField(merged.getAddressField()),
                SchemaProtos.schema(merged.getAttributeSchema()));
    }

    private static ZoneId timeZone(String id) {
        if (id.isEmpty()) {
            return ZoneId.of("UTC");
        }
        if (!ProfileDetails.isTimeZone(id)) {
            throw GrpcErrors.fieldViolation(
                    "workspace.time_zone",
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "is not the IANA id of a time zone, such as Europe/Vienna");
        }
        return ZoneId.of(id);
    }

    private static String addressField(String field) {
        AddressFields.fault(field)
                .ifPresent(fault -> {
                    throw GrpcErrors.fieldViolation(
                            "workspace.address_field",
                            ViolationReason.VIOLATION_REASON_SYNTAX,
                            fault);
                });
        return field;
    }

    io.campanile.v1.ApiKey key(ApiKey key) {
        var proto =
                io.campanile.v1.ApiKey.newBuilder()
                        .setName(Names.of(key.workspace(), key.id()))
                        .setDisplayName(key.displayName())
                        .setPrefix(key.prefix())
                        .setState(state(key))
                        .setCreateTime(Times.timestamp(key.createTime()));
        key.roles().stream()
                .sorted()
                .forEach(role ->
                        proto.addRoles(Enums.proto(io.campanile.v1.Role.class, "ROLE_", role)));
        Instant expireTime = key.expireTime();
        Instant revokeTime = key.revokeTime();
        if (expireTime != null) {
            proto.setExpireTime(Times.timestamp(expireTime));
        }
        if (revokeTime != null) {
            proto.setRevokeTime(Times.timestamp(revokeTime));
        }
        return proto.build();
    }

    private io.campanile.v1.ApiKey.State state(ApiKey key) {
        return switch (key.state(clock.instant())) {
            case ACTIVE -> io.campanile.v1.ApiKey.State.STATE_ACTIVE;
            case EXPIRED -> io.campanile.v1.ApiKey.State.STATE_EXPIRED;
            case REVOKED -> io.campanile.v1.ApiKey.State.STATE_REVOKED;
        };
    }

    static Role role(io.campanile.v1.Role role) {
        return switch (role) {
            case ROLE_VIEWER -> Role.VIEWER;
            case ROLE_TRIGGER -> Role.TRIGGER;
            case ROLE_AUTHOR -> Role.AUTHOR;
            case ROLE_APPROVER -> Role.APPROVER;
            case ROLE_OPERATOR -> Role.OPERATOR;
            case ROLE_OWNER -> Role.OWNER;
            case ROLE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked role");
        };
    }

    static io.campanile.v1.AuditEntry entry(AuditEntry entry) {
        return io.campanile.v1.AuditEntry.newBuilder()
                .setName(Names.of(entry.workspace()) + "/auditEntries/" + entry.id())
                .setCreateTime(Times.timestamp(entry.time()))
                .setActor(Names.of(entry.actor()))
                .setAction(entry.action().name())
                .setResource(entry.resource())
                .setDetail(entry.detail())
                .build();
    }
}
