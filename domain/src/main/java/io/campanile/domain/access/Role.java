package io.campanile.domain.access;

import java.util.EnumSet;
import java.util.Set;

/// What a key is for; a key may have several.
public enum Role {
    VIEWER(Permission.VIEW),
    /// For applications: triggers, what becomes of them, and what is learned about people.
    TRIGGER(Permission.TRIGGER),
    AUTHOR(Permission.VIEW, Permission.EDIT, Permission.ACTIVATE),
    APPROVER(Permission.VIEW, Permission.ACTIVATE),
    OPERATOR(Permission.VIEW, Permission.OPERATE, Permission.CONFIGURE),
    OWNER(Permission.values());

    /// Made by `Set.of`, which the checker cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Permission> permissions;

    Role(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    public boolean permits(Permission permission) {
        return permissions.contains(permission);
    }

    /// The roles that permit it, for error messages.
    public static Set<Role> permitting(Permission permission) {
        EnumSet<Role> roles = EnumSet.allOf(Role.class);
        roles.removeIf(role -> !role.permits(permission));
        return roles;
    }
}
