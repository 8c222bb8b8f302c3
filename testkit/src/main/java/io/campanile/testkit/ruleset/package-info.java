/// Rule sets in memory, and what every store of them must do.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.ruleset;
