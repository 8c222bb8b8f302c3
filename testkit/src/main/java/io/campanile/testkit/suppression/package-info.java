/// A fake suppression list and the contract it shares with the real one.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.suppression;
