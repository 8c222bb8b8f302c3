package io.campanile.application.access;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.access.Role;

/// How lists of keys and of the audit trail are filtered and ordered.
public final class AccessLists {
    /// `role = OWNER` finds keys that have the role, whatever else they have.
    public static final ListFields KEY_FIELDS =
            ListFields.orderedBy(new SortOrder("create_time", true))
                    .sortableTime("create_time")
                    .text("display_name")
                    .time("expire_time")
                    .time("revoke_time")
                    .choice("role", Role.class)
                    .build();

    /// `actor` is the id of a key, or `system`; `create_time` is when it happened, as in the API.
    public static final ListFields AUDIT_FIELDS =
            ListFields.orderedBy(new SortOrder("create_time", true))
                    .sortableTime("create_time")
                    .text("actor")
                    .text("resource")
                    .choice("action", AuditAction.class)
                    .build();

    private AccessLists() {}

    /// Where the page after this key begins.
    public static Cursor cursor(ApiKey key, SortOrder order) {
        return new Cursor(key.createTime().toString(), key.id().toString());
    }

    /// Where the page after this entry begins.
    public static Cursor cursor(AuditEntry entry, SortOrder order) {
        return new Cursor(entry.time().toString(), entry.id().toString());
    }
}
