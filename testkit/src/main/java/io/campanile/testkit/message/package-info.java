/// An in-memory store of executions and messages behind all ports of the hot path, and the
/// contracts of look-ups.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.message;
