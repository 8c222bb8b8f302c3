/// Workspaces, keys and the audit trail, on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.access;
