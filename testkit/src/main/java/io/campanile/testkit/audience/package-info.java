/// Fake audiences and the contract they share with the real ones.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.audience;
