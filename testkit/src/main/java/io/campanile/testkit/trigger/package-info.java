/// Contracts of the intake's ports, and triggers to store.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.trigger;
