/// Workspaces, API keys and the audit trail.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.access;
