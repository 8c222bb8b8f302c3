/// Workspaces and keys for tests, and the contracts of the ports that keep them.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.access;
