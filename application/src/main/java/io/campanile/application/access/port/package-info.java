/// Where workspaces, keys and the audit trail are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.access.port;
