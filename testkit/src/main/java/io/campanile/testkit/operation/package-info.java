/// Contracts of the ports of operation.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.operation;
